"""A cohort that is open, two schools that have chosen provider-led, and who trains there."""

from collections.abc import Callable
from typing import Any

from tests.integration.cli.cohort_folders import opened

ALDGATE, BRIDGE = "100000", "100001"
KENT, UNITY = "Kent Teaching School Hub", "Unity Teaching School Hub"
FIRST, SECOND = "Teach First", "Ambition Institute"
EXTRACT = (
    "URN,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),"
    "EstablishmentStatus (code),EstablishmentStatus (name),OpenDate,CloseDate,"
    "PhaseOfEducation (code),PhaseOfEducation (name),UKPRN,Street,Locality,Address3,Town,"
    "Postcode,SchoolWebsite,MainEmail,AlternativeEmail,Section41Approved (name),"
    "DistrictAdministrative (code),DistrictAdministrative (name)\n"
    f"{ALDGATE},Aldgate School,2,,1,,,,,,,,,,,,,,,,E09000001,\n"
    f"{BRIDGE},Bridge School,2,,1,,,,,,,,,,,,,,,,E09000001,\n"
)
IN_2025 = ("--cohort", "2025")


def begun(ecf: Any, write: Callable[[str, str], str]) -> Any:
    """The command line, where the year has begun."""
    opened(ecf, 2025)
    ecf.json("schools", "import", write("extract.csv", EXTRACT))
    for hub in (KENT, UNITY):
        works_with = [f"--works-with={name}:2025" for name in (FIRST, SECOND)]
        ecf.json("delivery-partners", "add", hub, *works_with)
    for urn in (ALDGATE, BRIDGE):
        ecf.json("school-cohort", "set", urn, *IN_2025, "--programme", "provider_led")
    return ecf


def enrolled(ecf: Any, name: str, *others: str, urn: str = ALDGATE, type_: str = "ect") -> Any:
    """A participant who has just been enrolled."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    who = ("--type", type_, "--name", name, "--email", email)
    return ecf.json("participant", "enrol", "--urn", urn, *IN_2025, *who, *others)


def partnered(ecf: Any, lead_provider: str = FIRST, hub: str = KENT, *, urn: str = ALDGATE) -> Any:
    """A partnership that has just been formed."""
    return ecf.json("partnership", "create", *wish(lead_provider, hub, urn=urn))


def wish(lead_provider: str, hub: str, *, urn: str = ALDGATE) -> tuple[str, ...]:
    """The options of a partnership."""
    parties = ("--lead-provider", lead_provider, "--delivery-partner", hub)
    return (*parties, "--urn", urn, *IN_2025)


def programmes(ecf: Any, urn: str = ALDGATE) -> list[dict[str, Any]]:
    """The induction programmes of a school for the cohort, the default one first."""
    shown = ecf.json("school-cohort", "show", urn, *IN_2025)["induction_programmes"]
    return sorted(shown, key=lambda programme: not programme["default"])
