"""The API: the lists and new partnerships."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import ColumnElement, and_, func, literal, not_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from benchmarks.lists.peer.create import Refused, create_partnership
from benchmarks.lists.peer.database import engine, get_session
from benchmarks.lists.peer.models import (
    ApiToken,
    DeliveryPartner,
    InductionTutor,
    LeadProvider,
    Partnership,
    School,
    SchoolCohort,
)
from benchmarks.lists.peer.schemas import (
    Document,
    Documents,
    NewPartnershipDocument,
    PartnershipAttributes,
    SchoolAttributes,
    partnership_resource,
    school_resource,
)

app = FastAPI()
SessionOf = Annotated[Session, Depends(get_session)]
PerPage = Annotated[int, Query(alias="page[per_page]", ge=1, le=3000)]
PageNumber = Annotated[int, Query(alias="page[page]", ge=1)]
Since = Annotated[datetime | None, Query(alias="filter[updated_since]")]
_greatest = func.max if engine.dialect.name == "sqlite" else func.greatest
_bearer = HTTPBearer()


def get_lead_provider(
    session: SessionOf, credentials: Annotated[HTTPAuthorizationCredentials, Depends(_bearer)]
) -> LeadProvider:
    hashed = sha256(credentials.credentials.encode()).hexdigest()
    token = session.scalar(
        select(ApiToken).where(ApiToken.hash == hashed).options(joinedload(ApiToken.lead_provider))
    )
    now = datetime.now(UTC)
    if token is None or token.revoked_at or (token.expires_at and token.expires_at <= now):
        raise HTTPException(401, "HTTP Token: Access denied")
    if token.last_used_at is None or now - token.last_used_at >= timedelta(minutes=1):
        token.last_used_at = now
        session.commit()
    return token.lead_provider


Caller = Annotated[LeadProvider, Depends(get_lead_provider)]


@app.exception_handler(Refused)
def refused(_: Request, refusal: Refused) -> JSONResponse:
    return JSONResponse({"errors": refusal.errors}, status_code=422)


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/api/v3/partnerships/ecf")
def list_partnerships(
    session: SessionOf,
    lead_provider: Caller,
    updated_since: Since = None,
    page: PageNumber = 1,
    per_page: PerPage = 100,
) -> Documents[PartnershipAttributes]:
    statement = (
        select(Partnership)
        .join(Partnership.school)
        .join(Partnership.delivery_partner)
        .outerjoin(School.induction_tutor)
        .options(
            contains_eager(Partnership.school).contains_eager(School.induction_tutor),
            contains_eager(Partnership.delivery_partner),
        )
        .where(
            Partnership.lead_provider_id == lead_provider.id,
            not_(Partnership.relationship),
            Partnership.cohort >= 2021,
        )
        .order_by(Partnership.created_at, Partnership.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    if updated_since is not None:
        latest = _greatest(
            Partnership.updated_at,
            School.updated_at,
            DeliveryPartner.updated_at,
            func.coalesce(InductionTutor.updated_at, Partnership.updated_at),
        )
        statement = statement.where(latest >= _instant(updated_since))
    found = session.scalars(statement).all()
    return Documents(data=[partnership_resource(partnership) for partnership in found])


@app.get("/api/v3/schools/ecf")
def list_schools(
    session: SessionOf,
    lead_provider: Caller,  # noqa: ARG001 - whoever asks
    cohort: Annotated[int, Query(alias="filter[cohort]")],
    updated_since: Since = None,
    page: PageNumber = 1,
    per_page: PerPage = 100,
) -> Documents[SchoolAttributes]:
    statement = (
        select(School, SchoolCohort, Partnership)
        .outerjoin(
            SchoolCohort, and_(SchoolCohort.school_id == School.id, SchoolCohort.cohort == cohort)
        )
        .outerjoin(
            Partnership,
            and_(
                Partnership.school_id == School.id,
                Partnership.cohort == cohort,
                Partnership.challenged_at.is_(None),
                not_(Partnership.relationship),
            ),
        )
        .where(or_(School.eligible, Partnership.id.is_not(None)))
        .order_by(School.created_at, School.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    if updated_since is not None:
        latest = _greatest(
            School.updated_at, func.coalesce(SchoolCohort.updated_at, School.updated_at)
        )
        statement = statement.where(latest >= _instant(updated_since))
    return Documents(
        data=[
            school_resource(school, cohort, school_cohort, partnership)
            for school, school_cohort, partnership in session.execute(statement)
        ]
    )


def _instant(at: datetime) -> ColumnElement[datetime]:
    """Compared as the columns are kept: a maximum of them has forgotten their type."""
    return literal(at, Partnership.updated_at.type)


@app.post("/api/v3/partnerships/ecf")
def post_partnership(
    session: SessionOf, lead_provider: Caller, sent: NewPartnershipDocument
) -> Document[PartnershipAttributes]:
    partnership = create_partnership(session, lead_provider, sent.data.attributes)
    return Document(data=partnership_resource(partnership))
