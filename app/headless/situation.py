"""`muster situation OP --at T`: the folded situation of an operation at a moment, as JSON."""

import argparse
from dataclasses import fields
from typing import Any

from immutables import Map

from app.cli import BadInputError
from app.headless.jsonio import write_json
from app.headless.moments import moment_us
from app.headless.site_store import open_site
from app.queries.situations import SituationReader
from models.ids import OperationId
from models.operation.situation import Situation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("operation", metavar="OP", help="the operation's id")
    parser.add_argument(
        "--at", metavar="T", help="recorded time: ISO 8601 with offset, or µs UTC; default: now"
    )


def run(args: argparse.Namespace) -> int:
    """Print the situation."""
    at_us = None if args.at is None else moment_us("--at", args.at)
    operation_id = OperationId(args.operation)
    with open_site(args) as opened:
        if opened.journal.head(operation_id).seq == 0:
            known = ", ".join(operation.id for operation in opened.journal.operations())
            raise BadInputError(f"{args.operation}: no such operation; known are: {known}")
        reader = SituationReader(opened.journal)
        situation = reader.latest(operation_id) if at_us is None else reader.at(operation_id, at_us)
    write_json(as_builtins(situation))
    return 0


def as_builtins(situation: Situation) -> dict[str, Any]:
    """Return a situation as msgspec can write it: persistent maps become sorted plain ones."""
    values = {field.name: getattr(situation, field.name) for field in fields(situation)}
    return {
        name: dict(sorted(value.items())) if isinstance(value, Map) else value
        for name, value in values.items()
    }
