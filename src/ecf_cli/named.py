"""What the names on a command line mean: ids, where there are any.

``None`` is a name left blank, and the id of nothing one that nobody knows; the rules have a
message for each. Where no rule follows, ``known_…`` refuses with the same message.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from ecf_cli.deployment import Deployment
from ecf_cli.output import warn
from ecf_cli.refusals import blank
from ecf_core.errors import NotFound, Refused, Violation
from ecf_core.model.ids import (
    NOTHING,
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    ParticipantId,
    PartnershipId,
    SchoolId,
    TrainingRecordId,
)
from ecf_core.model.participant import ParticipantType
from ecf_core.model.providers import squished
from ecf_core.queries.participants import ParticipantRow, ParticipantsFilter
from ecf_core.queries.schools import SchoolRow
from ecf_core.rules.migrating_participants import MigrationRequest

NO_PARTNERSHIP: Final = Violation("partnership", "blank", "Enter a '#/partnership'.")
_NO_SCHOOL: Final = Violation("urn", "invalid", "There is no school with this URN.")
_NO_COHORT: Final = Violation(
    "cohort",
    "invalid",
    "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
)
_NO_LEAD_PROVIDER: Final = Violation(
    "lead_provider_id", "invalid", "Enter a valid '#/lead_provider_id'."
)
_NO_DELIVERY_PARTNER: Final = Violation(
    "delivery_partner_id",
    "invalid",
    "The '#/delivery_partner_id' you have entered is invalid."
    " Check delivery partner details and try again.",
)
_NO_PARTICIPANT: Final = Violation("participant", "invalid", "Enter a valid '#/participant'.")
_NO_TYPE: Final = Violation(
    "type", "invalid", f"The '#/type' must be one of {', '.join(ParticipantType)}."
)
_NO_PROGRAMME: Final = Violation(
    "programme",
    "invalid",
    "The '#/programme' you have entered is invalid. Check programme details and try again.",
)


def id_in(text: str) -> UUID | None:
    """The id that a text is; the id of nothing where it is none."""
    if not text.strip():
        return None
    try:
        return UUID(text.strip())
    except ValueError:
        return NOTHING


def partnership(text: str) -> PartnershipId | None:
    found = id_in(text)
    return None if found is None else PartnershipId(found)


def programme(text: str) -> InductionProgrammeId | None:
    found = id_in(text)
    return None if found is None else InductionProgrammeId(found)


def participant(text: str, field: str = "participant") -> ParticipantId:
    """Of a person; where a command is about training, it may be the training record's."""
    found = id_in(text)
    if found is None:
        raise blank(field)
    return ParticipantId(found)


def school(deployment: Deployment, urn: str) -> SchoolId | None:
    if not urn.strip():
        return None
    return deployment.queries.schools.id_of(urn.strip()) or SchoolId(NOTHING)


def lead_provider(deployment: Deployment, name: str) -> LeadProviderId | None:
    if not (name := squished(name)):
        return None
    known = {lp.name: lp.id for lp in deployment.queries.providers.lead_providers()}
    if name not in known:
        _hint(deployment, "lead provider", name, known)
    return known.get(name, LeadProviderId(NOTHING))


def delivery_partner(deployment: Deployment, name_or_id: str) -> DeliveryPartnerId | None:
    name = squished(name_or_id)
    found = id_in(name)
    if found != NOTHING:
        return None if found is None else DeliveryPartnerId(found)
    known = {
        partner.name: partner.id for partner in deployment.queries.providers.delivery_partners()
    }
    if name not in known:
        _hint(deployment, "delivery partner", name, known)
    return known.get(name, DeliveryPartnerId(NOTHING))


def _hint(deployment: Deployment, what: str, name: str, known: Iterable[str]) -> None:
    names = {candidate.lower(): candidate for candidate in known}
    close = [
        *get_close_matches(name.lower(), names, n=3),
        *(candidate for candidate in names if name.lower() in candidate),
    ]
    if close:
        meant = ", ".join(f"'{names[candidate]}'" for candidate in list(dict.fromkeys(close))[:3])
        deployment.output.hint(f"there is no {what} '{name}'; did you mean {meant}?")


def known_school(deployment: Deployment, urn: str, cohort: int | None = None) -> SchoolRow:
    if not (urn := urn.strip()):
        raise blank("urn")
    found = deployment.queries.schools.one(urn, cohort)
    if found is None:
        raise NotFound(_NO_SCHOOL)
    return found


def known_cohort(deployment: Deployment, year: int | None) -> int:
    if year is None:
        raise blank("cohort")
    if not deployment.queries.schools.cohort_exists(year):
        raise NotFound(_NO_COHORT)
    return year


def known_lead_provider(deployment: Deployment, name: str) -> LeadProviderId:
    found = lead_provider(deployment, name)
    if found is None:
        raise blank("lead_provider_id")
    if found == NOTHING:
        raise Refused(_NO_LEAD_PROVIDER)
    return found


def known_delivery_partner(deployment: Deployment, name_or_id: str) -> DeliveryPartnerId:
    """A delivery partner that is not discarded."""
    found = delivery_partner(deployment, name_or_id)
    if found is None:
        raise blank("delivery_partner_id")
    if all(partner.id != found for partner in deployment.queries.providers.delivery_partners()):
        raise NotFound(_NO_DELIVERY_PARTNER)
    return found


def known_participant(
    deployment: Deployment, id_: ParticipantId | TrainingRecordId, type_: str | None = None
) -> ParticipantRow:
    """By the id of the training record, or the person's; of two trainings, the one begun last."""
    if type_ is not None and type_ not in set(ParticipantType):
        raise Refused(_NO_TYPE)
    every = deployment.queries.participants.all(ParticipantsFilter(id=id_))
    found = [row for row in every if type_ in {None, row.type}]
    if not found:
        raise NotFound(_NO_PARTICIPANT)
    for other in found[:-1]:
        warn(f"note: trains as {other.type} too: training record {other.training_record_id}")
    return found[-1]


def known_programme(deployment: Deployment, text: str) -> InductionProgrammeId:
    """One that participants could be migrated from."""
    wanted = programme(text)
    if wanted is None:
        raise blank("programme")
    with deployment.look() as facts:
        request = MigrationRequest(from_programme=wanted, to_programme=None)
        if facts.proposed_migration(request).source is None:
            raise NotFound(_NO_PROGRAMME)
    return wanted
