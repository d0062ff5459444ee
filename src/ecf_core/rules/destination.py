"""What a participant who comes from another school joins at the new one.

Guide: "Clarifying terms"; live service, "Transfers".
"""

from attrs import frozen

from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, TrainingProgramme
from ecf_core.rules.proposed_transfer import ProposedTransfer


@frozen
class Join:
    """There is such a programme: the participant joins it."""

    programme: InductionProgramme


@frozen
class AddProgramme:
    """The school trains so, but has no programme of it beside its default: one is added.

    ``partnership`` is the one that the school has with the participant's providers already; a
    school-led programme has none.
    """

    partnership: Partnership | None


@frozen
class Relate:
    """The school has no partnership with the participant's providers: a relationship one is made.

    A programme is added for it.
    """


@frozen
class BeginTraining:
    """The school has chosen no training for the cohort: it takes up the participant's.

    A provider-led one comes with a partnership of the school's own.
    """


Destination = Join | AddProgramme | Relate | BeginTraining


def destination(p: ProposedTransfer) -> Destination:
    """What the participant joins, once the rules have passed."""
    if not p.continues and p.default is not None:
        return Join(p.default)
    training_chosen = p.default is not None
    if not p.provider_led:
        led_by_school = p.programme_of(TrainingProgramme.SCHOOL_LED, None)
        if not training_chosen:
            return BeginTraining()
        return Join(led_by_school) if led_by_school is not None else AddProgramme(None)
    if p.continued is not None:
        under_it = p.programme_of(TrainingProgramme.PROVIDER_LED, p.continued.id)
        return Join(under_it) if under_it is not None else AddProgramme(p.continued)
    return Relate() if training_chosen else BeginTraining()
