"""`muster report OP`: a report of each incident of an operation, drafted from its journal."""

import argparse
from typing import Any

from app.cli import BadInputError
from app.headless.jsonio import write_json
from app.headless.site_store import OpenSite, open_site
from app.queries.reports import draft_sentences
from app.queries.situations import SituationReader
from models.ids import OperationId
from models.operation.events.incident import IncidentOpened
from models.operation.reporting import report_title
from models.operation.situation import Situation
from models.store.reference import ReferenceStore

_PAGE = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("operation", metavar="OP", help="the operation's id")
    parser.add_argument("--incident", metavar="NUMBER", help="one incident, e.g. I-2026-0007")
    parser.add_argument("--language", choices=("zh", "en"), help="default: the site's language")


def run(args: argparse.Namespace) -> int:
    """Print the sentences, each with the ids of the entries it rests on."""
    operation_id = OperationId(args.operation)
    with open_site(args) as opened:
        if opened.journal.head(operation_id).seq == 0:
            known = ", ".join(operation.id for operation in opened.journal.operations())
            raise BadInputError(f"{args.operation}: no such operation; known are: {known}")
        incidents = _incidents(opened, operation_id)
        if args.incident and args.incident not in incidents.values():
            known = ", ".join(incidents.values()) or "none"
            raise BadInputError(f"{args.incident}: no such incident; known are: {known}")
        situation = SituationReader(opened.journal).latest(operation_id)
        language = args.language or opened.settings.language
        reports = [
            _report(opened, situation, incident_id, number, language)
            for incident_id, number in incidents.items()
            if not args.incident or number == args.incident
        ]
    write_json({"operation": str(operation_id), "reports": reports})
    return 0


def _incidents(opened: OpenSite, operation_id: OperationId) -> dict[str, str]:
    """Return the number of every incident of the journal by its id, old ones included."""
    found: dict[str, str] = {}
    after_seq = 0
    while events := opened.journal.read(operation_id, after_seq, _PAGE):
        after_seq = events[-1].seq
        for event in events:
            if isinstance(event.payload, IncidentOpened):
                found[event.subject] = event.payload.number
    return found


def _report(
    opened: OpenSite, situation: Situation, incident_id: str, number: str, language: str
) -> dict[str, Any]:
    reference = ReferenceStore(opened.store).view(situation.reference_revision)
    sentences, seq, head_hash = draft_sentences(
        opened.journal, situation, reference, incident_id, language, opened.settings.timezone
    )
    incident = situation.incidents.get(incident_id)
    closed = incident is None or incident.closed_us is not None
    return {
        "incident": number,
        "title": report_title("final" if closed else "first", 1, language),
        "sentences": [
            {"text": each.text, "estimate": each.estimate, "sources": each.sources}
            for each in sentences
        ],
        "head_seq": seq,
        "head_hash": head_hash,
    }
