"""`python3 run.py test`: lint, types, import contracts, tests, and files held at 100 %."""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.bootstrap import environment
from app.bootstrap.environment import ROOT

FULL_COVERAGE = ROOT / "tests" / "full_coverage.txt"
_COUNTS = re.compile(r"\d+ (?:passed|failed|error|errors|deselected|skipped)\b.* in [\d.]+s")
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"
_ESCAPES = re.compile(r"\x1b\[[\d;]*m")


def without(words: Sequence[str]) -> tuple[str, ...]:
    """Return the servers named by `--without A,B` or `--without=A,B`."""
    named: list[str] = []
    for place, word in enumerate(words):
        if word == "--without" and place + 1 < len(words):
            named += words[place + 1].split(",")
        elif word.startswith("--without="):
            named += word.partition("=")[2].split(",")
    return tuple(name.strip() for name in named if name.strip())


def listed_files(text: str, root: Path = ROOT) -> list[str]:
    """Return the files of the list's patterns; a pattern that matches nothing is an error.

    Raises
    ------
    ValueError
        When a pattern matches no file: a renamed file would else leave the list unseen.
    """
    files: dict[str, None] = {}
    for line in text.splitlines():
        pattern = line.partition("#")[0].strip()
        if not pattern:
            continue
        found = sorted(path.relative_to(root).as_posix() for path in root.glob(pattern))
        if not found:
            raise ValueError(f"{FULL_COVERAGE.name}: {pattern} matches no file")
        files |= dict.fromkeys(found)
    return list(files)


def gaps(files: Sequence[str], report: Mapping[str, Any]) -> list[str]:
    """Return one line per listed file that isn't covered wholly, by line and branch."""
    found = []
    measured = report["files"]
    for name in files:
        entry = measured.get(name) or measured.get(name.replace("/", "\\"))
        if entry is None:
            found.append(f"{name}: no test imports it")
        elif entry["missing_lines"] or entry["missing_branches"]:
            lines = ", ".join(str(line) for line in entry["missing_lines"])
            branches = ", ".join(f"{a}->{b}" for a, b in entry["missing_branches"])
            found.append(f"{name}: lines [{lines}] branches [{branches}]")
    return found


def run_all(python: Path, words: Sequence[str]) -> int:
    """Run every check, also after one failed; return 0 when all passed."""
    began_s = time.monotonic()
    failed: list[str] = []
    times: list[str] = []
    steps = {
        "ruff check": [str(python), "-m", "ruff", "check", "."],
        "ruff format": [str(python), "-m", "ruff", "format", "--check", "."],
        "oxlint": [str(python.with_name("oxlint")), "--deny-warnings", "resources/map"],
        "mypy": [str(python), "-m", "mypy"],
        "import-linter": [str(python), "-c", _LINT_IMPORTS],
    }
    for name, command in steps.items():
        step_s = time.monotonic()
        print(f"== {name}", flush=True)
        if subprocess.call(command, cwd=ROOT, env=environment.for_children()):
            failed.append(name)
        times.append(f"{name} {time.monotonic() - step_s:.0f} s")
    step_s = time.monotonic()
    counts = _tests(python, words, failed)
    times.append(f"pytest {time.monotonic() - step_s:.0f} s")
    print(f"== {', '.join(times)}")
    verdict = f"FAILED ({', '.join(failed)})" if failed else "OK"
    left_out = without(words)
    tail = f" --without {','.join(left_out)}" if left_out else ""
    print(f"{verdict}: {counts}; all checks took {time.monotonic() - began_s:.0f} s{tail}")
    return 1 if failed else 0


def _tests(python: Path, words: Sequence[str], failed: list[str]) -> str:
    """Run pytest under coverage of the listed files; return its line of counts."""
    print("== pytest", flush=True)
    try:
        files = listed_files(FULL_COVERAGE.read_text("utf-8"))
    except ValueError as error:
        print(error)
        failed.append("coverage list")
        files = []
    is_whole = not words
    with tempfile.TemporaryDirectory(prefix="muster-coverage-") as folder:
        settings = Path(folder) / "coveragerc"
        included = "\n    ".join(files)
        # Only the listed files are traced, to keep the run short.
        settings.write_text(
            f"[run]\nbranch = true\nrelative_files = true\ndata_file = {folder}/data\n"
            f"include =\n    {included}\n[json]\noutput = {folder}/report.json\n"
        )
        measured = ["-m", "coverage", "run", f"--rcfile={settings}"] if is_whole and files else []
        code, counts = _stream([str(python), *measured, "-m", "pytest", *words])
        if code:
            failed.append("pytest")
        if measured:
            report = [str(python), "-m", "coverage", "json", f"--rcfile={settings}", "--quiet"]
            found = (
                gaps(files, json.loads((Path(folder) / "report.json").read_text("utf-8")))
                if subprocess.call(report, cwd=ROOT) == 0
                else ["coverage made no report"]
            )
            print(f"== {len(files) - len(found)} of {len(files)} listed files are covered wholly")
            print("".join(f"{line}\n" for line in found), end="")
            if found:
                failed.append("coverage")
        else:
            print("== coverage is judged only in a whole run (python3 run.py test)")
    return counts


def _stream(command: Sequence[str]) -> tuple[int, str]:
    """Run a command, pass its output through and return its exit code and counts."""
    counts = "no tests ran"
    variables = {**environment.for_children(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        list(command),
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        bufsize=1,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            if found := _COUNTS.search(_ESCAPES.sub("", line)):
                counts = found.group(0)
    return process.returncode, counts
