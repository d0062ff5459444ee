"""What the core needs of the world, as protocols: a class fits one by having its methods."""

from ecf_core.ports.answers import AnswerKey, Answers, KeptAnswer
from ecf_core.ports.clock import Clock
from ecf_core.ports.cohorts import Cohorts
from ecf_core.ports.facts import Facts, Look
from ecf_core.ports.participants import AppropriateBodies, Participants
from ecf_core.ports.partnerships import Partnerships, SchoolCohorts
from ecf_core.ports.providers import Providers
from ecf_core.ports.randomness import NewId, NewSecret
from ecf_core.ports.schools import Schools, SchoolsLoaded
from ecf_core.ports.storage import Storage
from ecf_core.ports.tokens import Tokens
from ecf_core.ports.unit_of_work import Begin, UnitOfWork

__all__ = [
    "AnswerKey",
    "Answers",
    "AppropriateBodies",
    "Begin",
    "Clock",
    "Cohorts",
    "Facts",
    "KeptAnswer",
    "Look",
    "NewId",
    "NewSecret",
    "Participants",
    "Partnerships",
    "Providers",
    "SchoolCohorts",
    "Schools",
    "SchoolsLoaded",
    "Storage",
    "Tokens",
    "UnitOfWork",
]
