"""What can be done, each a callable over the ports; ``UseCases`` is all of them.

Exported besides is what they take and give that is not in ``ecf_core`` itself.
"""

from attrs import frozen

from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import TokenId
from ecf_core.model.providers import ProviderRelationship
from ecf_core.model.school import InductionTutor
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Look
from ecf_core.ports.randomness import NewId, NewSecret
from ecf_core.ports.schools import SchoolsLoaded
from ecf_core.ports.unit_of_work import Begin
from ecf_core.rules.opening_a_cohort import CohortFiles
from ecf_core.rules.profile import RuleProfile
from ecf_core.use_cases.amend_participant import AmendParticipant
from ecf_core.use_cases.challenge_partnership import ChallengePartnership
from ecf_core.use_cases.change_partnership import ChangePartnership, ProgrammeRepaired
from ecf_core.use_cases.change_schedule import ChangeSchedule
from ecf_core.use_cases.confirm_programme import ConfirmProgramme
from ecf_core.use_cases.create_partnership import CreatePartnership
from ecf_core.use_cases.defer_training import DeferTraining
from ecf_core.use_cases.enrol_participant import EnrolParticipant
from ecf_core.use_cases.explain_partnership import ExplainPartnership
from ecf_core.use_cases.import_appropriate_bodies import AppropriateBodyRow, ImportAppropriateBodies
from ecf_core.use_cases.import_participants import (
    EnrolmentRow,
    ImportParticipants,
    ParticipantsLoaded,
)
from ecf_core.use_cases.import_providers import (
    ImportDeliveryPartners,
    Imported,
    ImportLeadProviders,
    NamedRow,
)
from ecf_core.use_cases.import_schools import ImportSchools, SchoolIdRow
from ecf_core.use_cases.merge_participants import MergeParticipants
from ecf_core.use_cases.migrate_participants import MigrateParticipants
from ecf_core.use_cases.moving import Formed
from ecf_core.use_cases.open_cohort import OpenCohort, OpenedCohort
from ecf_core.use_cases.provider_relationships import (
    DiscardProviderRelationship,
    ImportProviderRelationships,
    RelationshipRow,
)
from ecf_core.use_cases.remove_participant import RemoveParticipant
from ecf_core.use_cases.resume_training import ResumeTraining
from ecf_core.use_cases.set_induction_tutor import SetInductionTutor
from ecf_core.use_cases.set_up_delivery_partner import (
    DeliveryPartnerReady,
    DiscardDeliveryPartner,
    SetUpDeliveryPartner,
    WorksWith,
)
from ecf_core.use_cases.tokens import IssuedToken, IssueToken, NoteTokenUse, RevokeToken
from ecf_core.use_cases.transfer_participant import TransferParticipant
from ecf_core.use_cases.update_partnership import UpdatePartnership
from ecf_core.use_cases.withdraw_training import WithdrawTraining

__all__ = [
    "AppropriateBodyRow",
    "CohortFiles",
    "DeliveryPartnerReady",
    "EnrolmentRow",
    "Establishment",
    "Formed",
    "Imported",
    "InductionTutor",
    "IssuedToken",
    "NamedRow",
    "OpenedCohort",
    "ParticipantsLoaded",
    "ProgrammeRepaired",
    "ProviderRelationship",
    "RelationshipRow",
    "SchoolIdRow",
    "SchoolsLoaded",
    "TokenId",
    "UseCases",
    "WorksWith",
]


@frozen(kw_only=True)
class UseCases:
    """Every use case, over one storage, clock, source of randomness and rule profile."""

    create_partnership: CreatePartnership
    update_partnership: UpdatePartnership
    challenge_partnership: ChallengePartnership
    explain_partnership: ExplainPartnership
    confirm_programme: ConfirmProgramme
    change_partnership: ChangePartnership
    enrol_participant: EnrolParticipant
    import_participants: ImportParticipants
    transfer_participant: TransferParticipant
    migrate_participants: MigrateParticipants
    amend_participant: AmendParticipant
    merge_participants: MergeParticipants
    remove_participant: RemoveParticipant
    defer_training: DeferTraining
    withdraw_training: WithdrawTraining
    resume_training: ResumeTraining
    change_schedule: ChangeSchedule
    import_appropriate_bodies: ImportAppropriateBodies
    set_induction_tutor: SetInductionTutor
    open_cohort: OpenCohort
    import_schools: ImportSchools
    import_lead_providers: ImportLeadProviders
    import_delivery_partners: ImportDeliveryPartners
    set_up_delivery_partner: SetUpDeliveryPartner
    discard_delivery_partner: DiscardDeliveryPartner
    import_provider_relationships: ImportProviderRelationships
    discard_provider_relationship: DiscardProviderRelationship
    issue_token: IssueToken
    revoke_token: RevokeToken
    note_token_use: NoteTokenUse

    @classmethod
    def over(
        cls,
        *,
        begin: Begin,
        look: Look,
        clock: Clock,
        new_id: NewId,
        new_secret: NewSecret,
        rules: RuleProfile,
    ) -> "UseCases":
        """All use cases, given what they need from the world."""
        return cls(
            create_partnership=CreatePartnership(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            update_partnership=UpdatePartnership(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            challenge_partnership=ChallengePartnership(begin=begin, clock=clock, rules=rules),
            explain_partnership=ExplainPartnership(look=look, rules=rules),
            confirm_programme=ConfirmProgramme(
                begin=begin, clock=clock, new_id=new_id, rules=rules
            ),
            change_partnership=ChangePartnership(
                begin=begin, clock=clock, new_id=new_id, rules=rules
            ),
            enrol_participant=EnrolParticipant(
                begin=begin, clock=clock, new_id=new_id, rules=rules
            ),
            import_participants=ImportParticipants(
                begin=begin, clock=clock, new_id=new_id, rules=rules
            ),
            transfer_participant=TransferParticipant(
                begin=begin, clock=clock, new_id=new_id, rules=rules
            ),
            migrate_participants=MigrateParticipants(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            amend_participant=AmendParticipant(begin=begin, clock=clock, rules=rules),
            merge_participants=MergeParticipants(begin=begin, clock=clock, rules=rules),
            remove_participant=RemoveParticipant(begin=begin, clock=clock, rules=rules),
            defer_training=DeferTraining(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            withdraw_training=WithdrawTraining(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            resume_training=ResumeTraining(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            change_schedule=ChangeSchedule(
                begin=begin, look=look, clock=clock, new_id=new_id, rules=rules
            ),
            import_appropriate_bodies=ImportAppropriateBodies(
                begin=begin, clock=clock, new_id=new_id
            ),
            set_induction_tutor=SetInductionTutor(begin=begin, clock=clock),
            open_cohort=OpenCohort(begin=begin, look=look, clock=clock, new_id=new_id),
            import_schools=ImportSchools(begin=begin, clock=clock),
            import_lead_providers=ImportLeadProviders(begin=begin, clock=clock, new_id=new_id),
            import_delivery_partners=ImportDeliveryPartners(
                begin=begin, clock=clock, new_id=new_id
            ),
            set_up_delivery_partner=SetUpDeliveryPartner(begin=begin, clock=clock, new_id=new_id),
            discard_delivery_partner=DiscardDeliveryPartner(begin=begin, clock=clock),
            import_provider_relationships=ImportProviderRelationships(begin=begin, clock=clock),
            discard_provider_relationship=DiscardProviderRelationship(begin=begin, clock=clock),
            issue_token=IssueToken(begin=begin, clock=clock, new_id=new_id, new_secret=new_secret),
            revoke_token=RevokeToken(begin=begin, clock=clock),
            note_token_use=NoteTokenUse(begin=begin, clock=clock),
        )
