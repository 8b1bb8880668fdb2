"""`muster verify`: chains, columns, checkpoints and schema; or `verify models FILE`."""

import argparse
import importlib
import sys
from typing import Any

from app.headless.jsonio import write_json
from app.headless.site_store import open_site
from app.verification import Verification, verify_operation
from models.ids import OperationId
from models.store.opening import stored_revision
from models.store.version import HEAD

EXIT_DAMAGED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", nargs="?", choices=("models",), help="'models' runs a case file")
    parser.add_argument("file", nargs="?", metavar="FILE", help="validation cases (JSON)")
    parser.add_argument("--operation", metavar="OP", help="only this operation")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print what was verified; exit 1 when something doesn't fit."""
    if args.what == "models":
        models = importlib.import_module("app.headless.verify_models")
        code: int = models.run_models(args.file or "-", as_json=args.json)
        return code
    with open_site(args) as opened:
        revision = stored_revision(opened.store)
        ids = [operation.id for operation in opened.journal.operations()]
        if args.operation is not None:
            ids = [OperationId(args.operation)]
        results = [verify_operation(opened.journal, operation_id) for operation_id in ids]
    ok = all(result.ok for result in results)
    if args.json:
        write_json(
            {
                "ok": ok,
                "schema": revision,
                "newest_schema": HEAD,
                "operations": [_as_json(result) for result in results],
            }
        )
    else:
        _print(results, revision, ok=ok)
    return 0 if ok else EXIT_DAMAGED


def _as_json(result: Verification) -> dict[str, Any]:
    return {
        "id": result.operation_id,
        "events": result.events,
        "checkpoints": result.checkpoints,
        "head_hash": result.head_hash,
        "findings": result.findings,
    }


def _print(results: list[Verification], revision: str | None, *, ok: bool) -> None:
    for result in results:
        sys.stdout.write(
            f"{result.operation_id}: {result.events} events, {result.checkpoints} checkpoints,"
            f" head {result.head_hash}\n"
        )
        for finding in result.findings:
            sys.stdout.write(f"  seq {finding.seq}: {finding.code} {finding.detail}\n")
    sys.stdout.write(f"schema {revision}; {'all fits' if ok else 'DAMAGED'}\n")
