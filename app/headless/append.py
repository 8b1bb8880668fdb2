"""`muster append OP`: each line of standard input is a batch; `seq hash` confirms it stored."""

import argparse
import sys
from typing import Any

import msgspec

from app.cli import BadInputError
from app.headless.site_store import open_site
from models.ids import EventId, OperationId
from models.operation.events import Draft, payload_type


class _Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    subject: str
    payload: dict[str, Any]
    actor: str = "append"
    event_time_us: int | None = None
    caused_by: str | None = None
    id: str | None = None


_decoder = msgspec.json.Decoder(_Draft | list[_Draft])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("operation", metavar="OP", help="the operation's id")


def run(args: argparse.Namespace) -> int:
    """Append batch by batch; a line is printed only when its batch is safely stored."""
    with open_site(args, create=True) as opened:
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            events = opened.journal.append(
                OperationId(args.operation), parse_batch(line, f"line {number}")
            )
            if events:
                sys.stdout.write(f"{events[-1].seq} {events[-1].hash.hex()}\n")
                sys.stdout.flush()
    return 0


def parse_batch(line: str, place: str) -> list[Draft]:
    """Return the drafts in a line: one JSON object, or an array of them for one batch.

    Raises
    ------
    BadInputError
        Naming the line and the field.
    """
    try:
        given = _decoder.decode(line)
        return [_draft(item) for item in (given if isinstance(given, list) else [given])]
    except msgspec.MsgspecError as error:
        raise BadInputError(f"{place}: {error}") from error
    except KeyError as error:
        raise BadInputError(f"{place}: kind: {error} is no event kind") from error


def _draft(item: _Draft) -> Draft:
    return Draft(
        payload=msgspec.convert(item.payload, payload_type(item.kind)),
        subject=item.subject,
        actor=item.actor,
        event_time_us=item.event_time_us,
        caused_by=None if item.caused_by is None else EventId(item.caused_by),
        id=None if item.id is None else EventId(item.id),
    )
