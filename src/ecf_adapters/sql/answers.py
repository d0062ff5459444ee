from datetime import datetime
from typing import Final

from attrs import asdict, frozen
from sqlalchemy import ColumnElement, Connection, and_, select, update

from ecf_adapters.sql.bygone import let_go
from ecf_adapters.sql.tables import answers
from ecf_adapters.sql.upsert import insert_into
from ecf_core.ports.answers import AnswerKey, KeptAnswer

_UNANSWERED: Final = b""


@frozen
class SqlAnswers:
    _connection: Connection

    def claim(
        self, key: AnswerKey, fingerprint: str, *, at: datetime, expired: datetime
    ) -> KeptAnswer | None:
        # Where another transaction has the key, PostgreSQL waits here until it has ended, and then
        # goes by what it left.
        insert = insert_into(self._connection, answers)
        values = {"fingerprint": fingerprint, "content": _UNANSWERED, "answered_at": at}
        claim = (
            insert.values(**asdict(key), **values)
            .on_conflict_do_update(
                index_elements=list(answers.primary_key.columns),
                set_=values,
                where=answers.c.answered_at <= expired,
            )
            .returning(answers.c.name)
        )
        if self._connection.execute(claim).one_or_none() is not None:
            return None
        kept = select(answers.c.fingerprint, answers.c.content).where(_is(key))
        row = self._connection.execute(kept).one()
        return KeptAnswer(fingerprint=row.fingerprint, content=row.content)

    def keep(self, key: AnswerKey, content: bytes, *, expired: datetime) -> None:
        self._connection.execute(update(answers).where(_is(key)).values(content=content))
        let_go(self._connection, answers, answers.c.answered_at <= expired)


def _is(key: AnswerKey) -> ColumnElement[bool]:
    return and_(*(answers.c[column] == value for column, value in asdict(key).items()))
