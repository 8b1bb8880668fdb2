"""What `run.py` does with its arguments."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.bootstrap import checks, environment
from app.bootstrap.debian import SetUpError

EXIT_NO_DISPLAY = 3
_OPTIONS_WITH_VALUE = frozenset({"--site", "--language", "--theme"})
_OWN_COMMANDS = frozenset({"test", "bench", "soak"})


def opens_desk(words: Sequence[str]) -> bool:
    """Return whether these arguments open the desk: no subcommand and no call for help."""
    rest = iter(words)
    for word in rest:
        if word in {"-h", "--help"}:
            return False
        if word in _OPTIONS_WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            return False
    return True


def lacks_display(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether a window can't be opened here (only Linux can tell beforehand)."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform.startswith("linux") and not any(environ.get(name) for name in names)


def run(words: Sequence[str]) -> int:
    """Set up, then run what was asked for; return the exit code."""
    command = words[0] if words and words[0] in _OWN_COMMANDS else None
    try:
        without = checks.without(words[1:]) if command == "test" else ()
        python = environment.ensure(for_tests=command is not None, without=without)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    match command:
        case "test":
            return checks.run_all(python, words[1:])
        case "bench":
            return _call(python, ["-m", "tests.benchmarks", *words[1:]])
        case "soak":
            return _call(python, ["-m", "tests.soak", *words[1:]])
    if opens_desk(words) and lacks_display(os.environ):
        print(
            "There is no display: DISPLAY and WAYLAND_DISPLAY are not set. Open the desk in a "
            "graphical session, or set QT_QPA_PLATFORM=offscreen to run it unseen.",
            file=sys.stderr,
        )
        return EXIT_NO_DISPLAY
    return _become(python, ["-P", "-m", "app", *words])


def _call(python: Path, arguments: Sequence[str]) -> int:
    return subprocess.call(
        [str(python), *arguments], cwd=environment.ROOT, env=environment.for_children()
    )


def _become(python: Path, arguments: Sequence[str]) -> int:
    """Run the program in our place; the folder we were called from stays the current one."""
    command = [str(python), *arguments]
    if sys.platform == "win32":  # exec there returns to the shell at once
        return subprocess.call(command, env=environment.for_children())
    sys.stdout.flush()
    return os.execve(command[0], command, environment.for_children())  # noqa: S606 - our own interpreter
