"""`muster undo`: take back the newest change of the reference data, in one step."""

import argparse

from app.cli import BadInputError
from app.headless.import_ import ACTOR, service_of
from app.headless.jsonio import write_json
from app.headless.site_store import open_site
from app.reference import UndoRefusedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--revision", type=int, metavar="N", help="this change, not the newest")


def run(args: argparse.Namespace) -> int:
    """Undo and print what was taken back."""
    with open_site(args) as opened:
        service = service_of(opened)
        try:
            if args.revision is None:
                change = service.undo_last(ACTOR)
            else:
                change = service.undo(args.revision, ACTOR)
        except UndoRefusedError as error:
            raise BadInputError(f"undo: {error}") from error
        undo = next(item for item in service.revisions() if item.revision == change.revision)
    write_json(
        {
            "undone": undo.undoes,
            "revision": change.revision,
            "kind": undo.origin.kind,
            "removed": change.diff.removed,
            "restored": change.diff.changed,
        }
    )
    return 0
