"""The command line as a whole: every subcommand stands, and a reader may leave."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import COMMANDS, EXIT_READER_LEFT, build_parser, main
from models.store import open_store


@pytest.mark.parametrize("command", COMMANDS)
def test_that_every_command_declares_its_arguments(command: str) -> None:
    assert f"muster {command}" in _help_of(command)


def _help_of(command: str) -> str:
    parser = build_parser(command)
    (subparsers,) = (action for action in parser._actions if action.dest == "command")
    return subparsers.choices[command].format_help()


@pytest.mark.parametrize("words", [["doctor", "--json"], ["verify"]])
def test_that_a_reader_may_leave_at_once(words: list[str], tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/operations.db").close()
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "app", "--site", str(tmp_path), *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (EXIT_READER_LEFT, "")


def test_that_another_broken_pipe_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def add_arguments(self, _parser: object) -> None: ...

        def run(self, _args: object) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("app.cli._module", lambda _command: Broken())
    with pytest.raises(BrokenPipeError):
        main(["verify"])
