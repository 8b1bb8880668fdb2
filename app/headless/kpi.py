"""`muster kpi OP`: how well the alarm system served, by the figures of ISA-18.2, as JSON."""

import argparse

from app.cli import BadInputError
from app.headless.jsonio import write_json
from app.headless.moments import moment_us
from app.headless.site_store import open_site
from app.journal import Journal
from models.ids import OperationId
from models.operation.events.base import Event
from models.telemetry.alarm_kpi import alarm_kpi, occurrences

_PAGE = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("operation", metavar="OP", help="the operation's id")
    parser.add_argument(
        "--from", metavar="T", dest="from_", help="ISO 8601 with offset, or µs UTC; default: start"
    )
    parser.add_argument("--to", metavar="T", help="end, itself left out; default: the last event")
    parser.add_argument(
        "--operators", metavar="N", type=int, default=1, help="who shared the alarms; default: 1"
    )


def run(args: argparse.Namespace) -> int:
    """Print the figures of the span."""
    operation_id = OperationId(args.operation)
    with open_site(args) as opened:
        events = _events(opened.journal, operation_id)
        if not events:
            known = ", ".join(operation.id for operation in opened.journal.operations())
            raise BadInputError(f"{args.operation}: no such operation; known are: {known}")
    times_us = [event.event_time_us for event in events]
    from_us = moment_us("--from", args.from_) if args.from_ else min(times_us)
    to_us = moment_us("--to", args.to) if args.to else max(times_us) + 1
    try:
        figures = alarm_kpi(occurrences(events), from_us, to_us, args.operators)
    except ValueError as error:
        raise BadInputError(f"--from, --to, --operators: {error}") from error
    write_json(figures._asdict())
    return 0


def _events(journal: Journal, operation_id: OperationId) -> list[Event]:
    events: list[Event] = []
    while fresh := journal.read(operation_id, events[-1].seq if events else 0, _PAGE):
        events += fresh
    return events
