"""What enrolments are decided on: looked up in sets, in as many statements for many as for one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from attrs import field, frozen
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, select

from ecf_adapters.sql.facts.cohorts import schedules_of
from ecf_adapters.sql.facts.joins import held, in_fixed_order, lock
from ecf_adapters.sql.facts.people import people_named
from ecf_adapters.sql.facts.standing import (
    partnerships_among,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.participants import SqlAppropriateBodies
from ecf_adapters.sql.rows import cohort_from, school_from
from ecf_adapters.sql.tables import (
    cohorts,
    induction_programmes,
    induction_tutors,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_adapters.sql.values import texts_in
from ecf_core.model.appropriate_body import AppropriateBody
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import email_key
from ecf_core.model.partnership import Partnership
from ecf_core.model.schedule import DEFAULT_SCHEDULE, Schedule
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort
from ecf_core.model.trn import trn_from
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, ProposedEnrolment


def proposed_enrolments(
    connection: Connection, requests: Sequence[EnrolmentRequest], *, at: datetime, locks: bool
) -> tuple[ProposedEnrolment, ...]:
    """Locks the school cohorts of every school and cohort that is named, then the people."""
    urns = texts_in(connection, (r.urn for r in requests if r.urn))
    years = {r.cohort for r in requests if r.cohort is not None}
    named = schools.c.urn.in_(urns)
    if locks:
        of_named = school_cohorts.c.school_id.in_(select(schools.c.id).where(named))
        lock(
            connection,
            in_fixed_order(and_(of_named, school_cohorts.c.cohort.in_(years))),
            held(schools, named),
        )
    known = _Known(
        cohorts=_cohorts(connection, years),
        schedules={s.cohort: s for s in schedules_of(connection, years, DEFAULT_SCHEDULE)},
        bodies={body.name: body for body in SqlAppropriateBodies(connection).all()},
        schools=_schools(connection, named, years),
        people=people_named(connection, requests, locks=locks),
        at=at,
    )
    return tuple(map(known.proposed, requests))


@frozen(kw_only=True)
class _Standing:
    """A school, with what it has chosen for some cohorts."""

    school: School
    school_cohorts: Mapping[int, SchoolCohort]
    programmes: Mapping[int, tuple[InductionProgramme, ...]]
    partnerships: Mapping[int, tuple[Partnership, ...]]


@frozen(kw_only=True)
class _Known:
    """Everything that any of the requests names, by what it is named."""

    cohorts: Mapping[int, Cohort]
    schedules: Mapping[int, Schedule]
    bodies: Mapping[str, AppropriateBody]
    schools: Mapping[str, _Standing]
    people: Mapping[ParticipantId, Known]
    at: datetime
    with_trn: Mapping[str, Known] = field(init=False)
    with_email: Mapping[str, Known] = field(init=False)

    @with_trn.default
    def _with_trn(self) -> Mapping[str, Known]:
        return {known.person.trn: known for known in self.people.values() if known.person.trn}

    @with_email.default
    def _with_email(self) -> Mapping[str, Known]:
        return {
            person.email_key: known for known in self.people.values() for person in known.everyone
        }

    def proposed(self, request: EnrolmentRequest) -> ProposedEnrolment:
        standing = self.schools.get(request.urn or "")
        year = request.cohort or 0
        return ProposedEnrolment(
            request=request,
            cohort=self.cohorts.get(year),
            school=standing.school if standing else None,
            school_cohort=standing.school_cohorts.get(year) if standing else None,
            programmes=standing.programmes.get(year, ()) if standing else (),
            partnerships=standing.partnerships.get(year, ()) if standing else (),
            schedule=self.schedules.get(year),
            appropriate_body=self.bodies.get(request.appropriate_body or ""),
            named_mentor=self.people.get(request.mentor_id)
            if request.mentor_id
            else self.with_email.get(email_key(request.mentor_email or "")),
            with_trn=self.with_trn.get(trn_from(request.trn or "") or ""),
            with_email=self.with_email.get(email_key(request.email or "")),
            at=self.at,
        )


def _cohorts(connection: Connection, years: Iterable[int]) -> dict[int, Cohort]:
    rows = connection.execute(select(cohorts).where(cohorts.c.start_year.in_(years))).mappings()
    found = (cohort_from(row) for row in rows)
    return {cohort.start_year: cohort for cohort in found if cohort is not None}


def _schools(
    connection: Connection, named: ColumnElement[bool], years: Iterable[int]
) -> dict[str, _Standing]:
    c = school_cohorts.c
    everything = (
        schools.outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(school_cohorts, and_(c.school_id == schools.c.id, c.cohort.in_(years)))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(partnerships, partnerships.c.id == induction_programmes.c.partnership_id)
    )
    rows: dict[str, dict[int, list[RowMapping]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(
        select(*schools.c, *induction_tutors.c, *c, *induction_programmes.c, *partnerships.c)
        .select_from(everything)
        .where(named)
    ).mappings():
        rows[row[schools.c.urn]][row[c.cohort] or 0].append(row)
    return {urn: _standing(of_school) for urn, of_school in rows.items()}


def _standing(rows: Mapping[int, Sequence[RowMapping]]) -> _Standing:
    (school,) = {school_from(of_cohort[0]) for of_cohort in rows.values()}
    if school is None:
        raise AssertionError(rows)
    chosen = {year: school_cohort_among(of_cohort) for year, of_cohort in rows.items()}
    return _Standing(
        school=school,
        school_cohorts={year: each for year, each in chosen.items() if each is not None},
        programmes={year: programmes_among(of_cohort) for year, of_cohort in rows.items()},
        partnerships={year: partnerships_among(of_cohort) for year, of_cohort in rows.items()},
    )
