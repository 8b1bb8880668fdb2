"""The command line: a table of subcommands, each imported only when it is called."""

import argparse
import importlib
import os
import select
import sys
from collections.abc import Sequence
from typing import Protocol

EXIT_BAD_INPUT = 2
EXIT_READER_LEFT = 141  # what a shell reports of a program that SIGPIPE ended

# name → (module under app.headless, what it does)
COMMANDS: dict[str, tuple[str, str]] = {
    "gateway": ("gateway", "ingestion, history and alarms alone"),
    "import": ("import_", "import reference data of a kind from a file"),
    "export": ("export", "export reference data of a kind to a file"),
    "undo": ("undo", "take back the newest import"),
    "grade": ("grade", "GB 18218 S, R and grade"),
    "zone": ("zone", "threat zones of one case"),
    "estimate": ("estimate", "where and how much leaks, from detector readings"),
    "decode": ("decode", "what the gateway's decoders make of recorded messages"),
    "warn": ("warn", "early warnings over a recorded series"),
    "route": ("route", "travel times and routes that avoid polygons"),
    "situation": ("situation", "the folded situation of an operation at a moment"),
    "kpi": ("kpi", "how well the alarm system served: rate, floods, chattering, stale"),
    "report": ("report", "a report of each incident, drafted from the journal"),
    "append": ("append", "append events to an operation (for checks and soak runs)"),
    "verify": ("verify", "hash chain, stores, migrations; or 'verify models FILE'"),
    "backup": ("backup", "back the site up"),
    "restore": ("restore", "restore a backup"),
    "shots": ("shots", "pictures of every station, both languages, both themes"),
    "doctor": ("doctor", "what is installed, reachable, writable, and each setting's origin"),
}


class BadInputError(Exception):
    """What the user gave makes no sense; the text names file, row and field."""


class _Headless(Protocol):
    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


def _module(command: str) -> _Headless:
    return importlib.import_module(f"app.headless.{COMMANDS[command][0]}")


def build_parser(command: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the arguments of `command` are imported and filled in."""
    parser = argparse.ArgumentParser(prog="muster", description="Emergency response and command")
    parser.add_argument("--site", metavar="DIR", help="the site's folder")
    parser.add_argument("--exit-when-ready", action="store_true", help="leave when the desk is up")
    parser.add_argument("--language", choices=("zh", "en"), help="screen language")
    parser.add_argument("--theme", choices=("dark", "light", "contrast", "system"), help="theme")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (_, summary) in COMMANDS.items():
        sub = subparsers.add_parser(name, help=summary, description=summary)
        sub.add_argument("--site", metavar="DIR", default=argparse.SUPPRESS, help="site folder")
        if name == command:
            _module(name).add_arguments(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run `muster`; return the exit code (0 success, 2 bad input, 3 no display)."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in words if word in COMMANDS), None)
    args = build_parser(command).parse_args(words)
    if args.command is None:
        from app.main import run_desk  # Qt only where a desk is wanted

        return run_desk(args)
    try:
        code = _module(args.command).run(args)
        sys.stdout.flush()
    except BadInputError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command line's voice
        return EXIT_BAD_INPUT
    except BrokenPipeError:
        if not _reader_left():
            raise
        return EXIT_READER_LEFT
    return code


def _reader_left() -> bool:
    """Return whether nobody reads standard output any more (`muster … | head`), then drop it."""
    if sys.platform != "win32":
        poll = select.poll()
        poll.register(sys.stdout, 0)
        if not poll.poll(0):
            return False
    # The interpreter flushes once more at its end; that must find something to write to.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True
