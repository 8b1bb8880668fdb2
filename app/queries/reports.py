"""Reads the record of one incident and drafts a report's sentences from it."""

from zoneinfo import ZoneInfo

from app.desk import Reference
from app.journal import Journal
from app.queries.timeline import Timeline
from models.basics import Name
from models.ids import IncidentId, OperationId
from models.operation.events.report import Sentence
from models.operation.reporting import ReportWriter
from models.operation.situation import Situation


def draft_sentences(
    journal: Journal,
    situation: Situation,
    reference: Reference,
    incident_id: str,
    language: str,
    time_zone: str,
) -> tuple[tuple[Sentence, ...], int, str]:
    """Return the sentences, and the journal head (seq, hash hex) they rest on."""
    operation_id = OperationId(situation.operation_id)
    head = journal.head(operation_id)

    def name_of(kind: str, key: str) -> Name:
        record = reference.get(kind, key)
        return record.name if record else Name()

    events = Timeline(journal).of_incident(operation_id, IncidentId(incident_id), upto_seq=head.seq)
    writer = ReportWriter(language, ZoneInfo(time_zone), name_of)
    return writer.write(events), head.seq, head.hash.hex()
