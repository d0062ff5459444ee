"""What can be asked of the API: what the code that serves it does not say by itself."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from ecf_core.rules.profile import DOCUMENTED
from ecf_core.rules.rule import Rule
from ecf_http import filters
from ecf_http.body import Attribute
from ecf_http.dry_run import DRY_RUN
from ecf_http.paging import OF_A_LIST, OF_A_POLLED_LIST
from ecf_http.query_parameters import QueryParameter
from ecf_http.sorting import sort
from ecf_http.wire import delivery_partners, participants, partnerships, schools, unfunded_mentors


@frozen(kw_only=True)
class Operation:
    """One of them. ``sent`` is what is read of a body, by ``rules`` that may refuse it.

    They refuse what is ``not_sent`` besides; one that ``finds`` is 404 for what is not there.
    """

    id: str
    tag: str
    summary: str
    query: tuple[QueryParameter, ...] = ()
    sent: tuple[Attribute, ...] = ()
    sent_type: str = ""
    rules: tuple[Rule[Any], ...] = ()
    not_sent: tuple[str, ...] = ()
    finds: bool = True

    @property
    def writes(self) -> bool:
        return bool(self.sent)


TAGS: Final = {
    "partnerships": "Your partnerships with schools and delivery partners, challenged ones too.",
    "schools": "The schools of a cohort: those that are eligible, and those that are in an "
    "unchallenged partnership of any lead provider. The list is the same for everyone.",
    "delivery partners": "The delivery partners that you work with.",
    "participants": "Those who train with you, or did: under a partnership of yours that is not "
    "challenged.",
    "participant transfers": "Those of them who go to another school, or came from one.",
    "unfunded mentors": "Mentors of early career teachers who train with you, who do not "
    "themselves.",
    "participants, v1": "The same, flat: one for each training.",
    "participants, v2": "The same as in version 1.",
}

_UPDATE: Final = Operation(
    id="updatePartnership",
    tag="partnerships",
    summary="Change the delivery partner of a partnership",
    query=(DRY_RUN,),
    sent=partnerships.UPDATED_FROM,
    sent_type="ecf-partnership-update",
    rules=DOCUMENTED.updating_a_partnership,
)


def _flat_participants() -> Iterator[tuple[tuple[str, str], Operation]]:
    """What versions 1 and 2 have in common."""
    for version in ("V1", "V2"):
        tag, path = f"participants, {version.lower()}", f"/api/{version.lower()}/participants"
        for id_, where in ((version, f"{path}/ecf"), (f"{version}Alias", path)):
            yield (
                ("get", where),
                Operation(
                    id=f"listParticipants{id_}",
                    tag=tag,
                    summary="List the participants that train with you, one for each training",
                    query=(*filters.OF_TRAININGS, *OF_A_POLLED_LIST),
                ),
            )
            yield (
                ("get", f"{where}.csv"),
                Operation(
                    id=f"listParticipants{id_}AsCsv",
                    tag=tag,
                    summary="The whole list as CSV: empty if there is nobody",
                    query=filters.OF_TRAININGS,
                ),
            )
        yield (
            ("get", f"{path}/ecf/{{id}}"),
            Operation(
                id=f"showParticipant{version}",
                tag=tag,
                summary="Show one of them, as an early career teacher first",
                query=filters.OF_TRAININGS,
            ),
        )


OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("get", "/api/v3/partnerships/ecf"): Operation(
        id="listPartnerships",
        tag="partnerships",
        summary="List your partnerships",
        query=(*filters.OF_PARTNERSHIPS, sort(partnerships.SORT_KEYS), *OF_A_POLLED_LIST),
    ),
    ("post", "/api/v3/partnerships/ecf"): Operation(
        id="createPartnership",
        tag="partnerships",
        summary="Form a partnership with a school and a delivery partner",
        query=(DRY_RUN,),
        sent=partnerships.CREATED_FROM,
        sent_type="ecf-partnership",
        rules=DOCUMENTED.creating_a_partnership,
    ),
    ("get", "/api/v3/partnerships/ecf/{id}"): Operation(
        id="showPartnership", tag="partnerships", summary="Show one of your partnerships"
    ),
    ("put", "/api/v3/partnerships/ecf/{id}"): _UPDATE,
    ("patch", "/api/v3/partnerships/ecf/{id}"): evolve(
        _UPDATE, id="patchPartnership", summary="The same as PUT"
    ),
    ("get", "/api/v3/schools/ecf"): Operation(
        id="listSchools",
        tag="schools",
        summary="List the schools of a cohort",
        query=(*filters.OF_SCHOOLS, sort(schools.SORT_KEYS), *OF_A_POLLED_LIST),
    ),
    ("get", "/api/v3/schools/ecf/{id}"): Operation(
        id="showSchool",
        tag="schools",
        summary="Show a school of a cohort, if the filters let it pass",
        query=filters.OF_SCHOOLS,
    ),
    ("get", "/api/v3/schools/ecf/{id}/partnership-check"): Operation(
        id="checkPartnership",
        tag="schools",
        summary="Tell whether you could form a partnership with a school, rule by rule",
        query=filters.OF_A_CHECK,
    ),
    ("get", "/api/v3/delivery-partners"): Operation(
        id="listDeliveryPartners",
        tag="delivery partners",
        summary="List the delivery partners that you work with",
        query=(
            *filters.OF_DELIVERY_PARTNERS,
            sort(delivery_partners.SORT_KEYS),
            *OF_A_LIST,
        ),
    ),
    ("get", "/api/v3/delivery-partners/{id}"): Operation(
        id="showDeliveryPartner",
        tag="delivery partners",
        summary="Show one of them, of whatever cohort",
    ),
    ("get", "/api/v3/participants/ecf"): Operation(
        id="listParticipants",
        tag="participants",
        summary="List the participants that train with you",
        query=(*filters.OF_PARTICIPANTS, sort(participants.SORT_KEYS), *OF_A_POLLED_LIST),
    ),
    ("get", "/api/v3/participants/ecf/{id}"): Operation(
        id="showParticipant",
        tag="participants",
        summary="Show one of them, if the filters let it pass",
        query=filters.OF_PARTICIPANTS,
    ),
    ("get", "/api/v3/participants/ecf/transfers"): Operation(
        id="listTransfers",
        tag="participant transfers",
        summary="List the participants who transfer, with their transfers",
        query=(*filters.OF_TRANSFERS, *OF_A_LIST),
    ),
    ("get", "/api/v3/participants/ecf/{id}/transfers"): Operation(
        id="showTransfers",
        tag="participant transfers",
        summary="Show the transfers of one participant, if the filter lets them pass",
        query=filters.OF_TRANSFERS,
    ),
    ("get", "/api/v3/unfunded-mentors/ecf"): Operation(
        id="listUnfundedMentors",
        tag="unfunded mentors",
        summary="List the mentors whom you do not train",
        query=(*filters.OF_UNFUNDED_MENTORS, sort(unfunded_mentors.SORT_KEYS), *OF_A_LIST),
    ),
    ("get", "/api/v3/unfunded-mentors/ecf/{id}"): Operation(
        id="showUnfundedMentor",
        tag="unfunded mentors",
        summary="Show one of them, if the filter lets them pass",
        query=filters.OF_UNFUNDED_MENTORS,
    ),
    **dict(_flat_participants()),
}
"""By method and path, in the order in which the document has them."""
