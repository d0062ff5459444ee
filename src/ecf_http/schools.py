"""``/api/v3/schools/ecf``."""

from litestar import Controller, get
from litestar.params import FromPath

from ecf_core.model.ids import SchoolId
from ecf_core.queries.schools import SchoolQueries
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.use_cases.explain_partnership import ExplainPartnership
from ecf_http.answers import Answer, listed_as_sent
from ecf_http.asked import Asked, parameters_of
from ecf_http.casts import id_of
from ecf_http.filters import required_cohort, schools_filter, wanted_delivery_partner
from ecf_http.lists import SchoolList
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import schools as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, found


class SchoolsController(Controller):
    """The schools that lead providers can work with in a cohort, the same for all of them."""

    path = "/schools/ecf"
    school_list: SchoolList
    schools: SchoolQueries
    explain_partnership: ExplainPartnership

    @get(sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.SchoolAttributes]]:
        """Schools that are eligible, or in a partnership in the cohort, oldest first."""
        parameters = parameters_of(request)
        wanted = schools_filter(parameters)  # judged before the page is
        part, ordered = window(parameters), order(parameters, wire.SORT_KEYS)
        after = wire.COLUMNS.after(parameters, ordered)
        page = self.school_list.page(wanted, ordered, part, after)
        return listed_as_sent(page, request, wire.COLUMNS, ordered)

    @get("/{school_id:str}", sync_to_thread=False, media_type=JSON_API)
    def show(self, request: Asked, school_id: FromPath[str]) -> Document[wire.SchoolAttributes]:
        """One of them; the list's filters apply."""
        wanted = schools_filter(parameters_of(request))
        row = self.schools.one_listed(SchoolId(id_of(school_id)), wanted)
        return Document(wire.resource(wire.shown(found(row, "school"))))

    @get("/{school_id:str}/partnership-check", sync_to_thread=False, media_type=JSON_API)
    def check(self, request: Asked, school_id: FromPath[str]) -> Document[wire.CheckAttributes]:
        """Whether the caller could form a partnership with the school, rule by rule."""
        parameters = parameters_of(request)
        proposed = PartnershipRequest(
            cohort=required_cohort(parameters),
            school_id=SchoolId(id_of(school_id)),
            lead_provider_id=request.user.lead_provider_id,
            delivery_partner_id=wanted_delivery_partner(parameters),
        )
        explanation = self.explain_partnership(proposed)
        return wire.check(found(explanation.proposal.school, "school").id, explanation)
