"""The spans of one training record do not overlap, however they are written.

A trigger goes with its table: who makes ``induction_records`` anew makes these anew.
"""

from alembic import op

revision = "0007_spans"
down_revision = "0006_induction"
branch_labels = None
depends_on = None

_SAME_TIME = """
    other.training_record_id = {written}.training_record_id AND other.id <> {written}.id
    AND (other.end_date IS NULL OR other.end_date > {written}.start_date)
    AND ({written}.end_date IS NULL OR other.start_date < {written}.end_date)
"""
_OVERLAPS = f"""
    SELECT 1 FROM induction_records AS other WHERE {_SAME_TIME.format(written="NEW")}
"""  # noqa: S608 - of constants alone

# What becomes shorter overlaps nothing new, and a move makes a great many shorter.
_GROWS = """
    NEW.training_record_id <> OLD.training_record_id OR NEW.start_date < OLD.start_date
    OR (OLD.end_date IS NOT NULL AND (NEW.end_date IS NULL OR NEW.end_date > OLD.end_date))
"""

_MESSAGE = "induction records of one training record overlap"
_RAISE = f"""
    RAISE EXCEPTION '{_MESSAGE}'
    USING ERRCODE = 'exclusion_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
"""
# Who writes to a training record that another is writing to waits, and sees what that one wrote.
# What is inserted together is looked at together, by a plan made for how much it is.
_POSTGRESQL = (
    f"""
    CREATE FUNCTION refuse_inserted_overlap() RETURNS trigger AS $$
    DECLARE
        refused boolean;
    BEGIN
        EXECUTE 'SELECT 1 FROM training_records
            WHERE id IN (SELECT training_record_id FROM written) ORDER BY id FOR NO KEY UPDATE';
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM written
            JOIN induction_records AS other ON {_SAME_TIME.format(written="written")})'
            INTO refused;
        IF refused THEN {_RAISE} END IF;
        RETURN NULL;
    END
    $$ LANGUAGE plpgsql
    """,  # noqa: S608 - of constants alone
    f"""
    CREATE FUNCTION refuse_updated_overlap() RETURNS trigger AS $$
    BEGIN
        PERFORM 1 FROM training_records WHERE id = NEW.training_record_id FOR NO KEY UPDATE;
        IF EXISTS ({_OVERLAPS}) THEN {_RAISE} END IF;
        RETURN NULL;
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER tr_induction_records_inserted_overlap AFTER INSERT ON induction_records
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_inserted_overlap()
    """,
    f"""
    CREATE TRIGGER tr_induction_records_updated_overlap
    AFTER UPDATE OF training_record_id, start_date, end_date ON induction_records
    FOR EACH ROW WHEN ({_GROWS}) EXECUTE FUNCTION refuse_updated_overlap()
    """,
)

_REFUSED = f"SELECT RAISE(ABORT, '{_MESSAGE}') WHERE EXISTS ({_OVERLAPS});"
_SQLITE = (
    f"""
    CREATE TRIGGER tr_induction_records_inserted_overlap AFTER INSERT ON induction_records
    BEGIN {_REFUSED} END
    """,
    f"""
    CREATE TRIGGER tr_induction_records_updated_overlap
    AFTER UPDATE OF training_record_id, start_date, end_date ON induction_records
    WHEN {_GROWS}
    BEGIN {_REFUSED} END
    """,
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)
