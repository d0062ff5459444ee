"""``/api/v3/schools/ecf``."""

from typing import Any

from litestar import Controller, Request, get
from litestar.params import FromPath

from ecf_core.model.ids import SchoolId
from ecf_core.queries.schools import SchoolQueries
from ecf_core.queries.tokens import Caller
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.use_cases.explain_partnership import ExplainPartnership
from ecf_http.answers import Answer, listed
from ecf_http.casts import id_of
from ecf_http.di import Injected, parameters_of
from ecf_http.filters import required_cohort, schools_filter, wanted_delivery_partner
from ecf_http.lists import SchoolList
from ecf_http.nested import Parameters
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import schools as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, documents, found


class SchoolsController(Controller):
    """The schools that lead providers can work with in a cohort, the same for all of them."""

    path = "/schools/ecf"

    @get(sync_to_thread=True, media_type=JSON_API)
    def index(
        self,
        request: Request[Caller, Any, Any],
        school_list: Injected[SchoolList],
    ) -> Answer[Documents[wire.SchoolAttributes]]:
        """Schools that are eligible, or in a partnership in the cohort, oldest first."""
        parameters = parameters_of(request)
        wanted = schools_filter(parameters)  # judged before the page is
        part, ordered = window(parameters), order(parameters, wire.SORT_KEYS)
        page = school_list.page(wanted, ordered, part, wire.COLUMNS.after(parameters, ordered))
        found = documents(map(wire.resource, page.rows))
        return listed(found, page, request, lambda: wire.COLUMNS.cursor(page.rows[-1], ordered))

    @get("/{school_id:str}", sync_to_thread=True, media_type=JSON_API)
    def show(
        self,
        school_id: FromPath[str],
        parameters: Injected[Parameters],
        schools: Injected[SchoolQueries],
    ) -> Document[wire.SchoolAttributes]:
        """One of them; the list's filters apply."""
        row = schools.one_listed(SchoolId(id_of(school_id)), schools_filter(parameters))
        return Document(wire.resource(wire.shown(found(row, "school"))))

    @get("/{school_id:str}/partnership-check", sync_to_thread=True, media_type=JSON_API)
    def check(
        self,
        school_id: FromPath[str],
        parameters: Injected[Parameters],
        caller: Injected[Caller],
        explain_partnership: Injected[ExplainPartnership],
    ) -> Document[wire.CheckAttributes]:
        """Whether the caller could form a partnership with the school, rule by rule."""
        proposed = PartnershipRequest(
            cohort=required_cohort(parameters),
            school_id=SchoolId(id_of(school_id)),
            lead_provider_id=caller.lead_provider_id,
            delivery_partner_id=wanted_delivery_partner(parameters),
        )
        explanation = explain_partnership(proposed)
        return wire.check(found(explanation.proposal.school, "school").id, explanation)
