from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads
from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.participant import TrainingRecord
from ecf_core.queries.participants import InductionRecordRow, ParticipantRow, ParticipantsFilter


@frozen
class MemoryParticipantQueries(Reads):
    def all(self, wanted: ParticipantsFilter) -> tuple[ParticipantRow, ...]:
        return tuple(
            self._shown(training_record)
            for training_record in sorted(
                self.state.training_records.values(), key=lambda t: (t.created_at, t.id)
            )
            if training_record.merged_into is None and self._is_wanted(training_record, wanted)
        )

    def _is_wanted(self, training_record: TrainingRecord, wanted: ParticipantsFilter) -> bool:
        history = self.state.histories[training_record.id]
        there = [
            self._record(record)
            for record in history.records
            if record is history.latest or (wanted.at is not None and not record.ended(wanted.at))
        ]
        return (
            (wanted.id is None or self._is_named(training_record, wanted.id))
            and any(
                wanted.urn in {None, row.urn}
                and wanted.cohort in {None, row.cohort}
                and wanted.programme_id in {None, row.programme_id}
                for row in there
            )
            and (
                wanted.lead_provider_id is None
                or any(
                    placed is not None
                    and placed.partnered
                    and placed.partnership is not None
                    and placed.partnership.lead_provider_id == wanted.lead_provider_id
                    for placed in (self.state.placed(r.programme_id) for r in history.records)
                )
            )
        )

    def _is_named(
        self, training_record: TrainingRecord, id_: ParticipantId | TrainingRecordId
    ) -> bool:
        now = self.state.now(ParticipantId(id_))
        return now in {training_record.id, training_record.participant_id}

    def _shown(self, training_record: TrainingRecord) -> ParticipantRow:
        person = self.state.people[training_record.participant_id]
        return ParticipantRow(
            id=person.id,
            training_record_id=training_record.id,
            type=training_record.type.value,
            full_name=person.full_name,
            email=person.email,
            trn=person.trn,
            created_at=training_record.created_at,
            induction_records=tuple(
                self._record(record) for record in self.state.histories[training_record.id].records
            ),
        )

    def _record(self, record: InductionRecord) -> InductionRecordRow:
        placed = self.state.placed(record.programme_id)
        if placed is None:
            raise AssertionError(record)
        body_id = record.appropriate_body_id
        partnership = placed.partnership if placed.partnered else None
        agreement = self.state.agreement(partnership) if partnership else None
        return InductionRecordRow(
            id=record.id,
            programme_id=placed.programme.id,
            training_programme=placed.programme.training_programme.value,
            partnership_id=placed.programme.partnership_id,
            lead_provider=agreement.lead_provider.name if agreement else None,
            delivery_partner=agreement.delivery_partner.name if agreement else None,
            urn=self.state.schools[placed.school_id].urn,
            cohort=placed.cohort,
            schedule=record.schedule,
            appropriate_body=self.state.appropriate_bodies[body_id].name if body_id else None,
            start_date=record.start_date,
            end_date=record.end_date,
            induction_status=record.induction_status.value,
            training_status=record.training_status.value,
            school_transfer=record.school_transfer,
            mentor_id=record.mentor_id,
        )
