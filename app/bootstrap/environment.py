"""The virtual environment in `.venv`, made from the lock, with a stamp that says it is right."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from app.bootstrap import debian
from app.bootstrap.debian import SetUpError

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "muster-stamp.json"
_INSTALL_HINTS = {"darwin": "brew install mosquitto postgresql", "win32": "see docs/cli.md"}


def venv_python(venv: Path = VENV, platform: str = sys.platform) -> Path:
    """Return the environment's interpreter."""
    return venv / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def fingerprint(lock: bytes, version: str = sys.version) -> str:
    """Return what the environment depends on as one hash: the lock and the interpreter."""
    return hashlib.sha256(lock + b"\0" + version.encode()).hexdigest()


def ensure(*, for_tests: bool, without: tuple[str, ...] = ()) -> Path:
    """Set up what the stamp doesn't vouch for; return the environment's interpreter.

    Parameters
    ----------
    for_tests : bool
        Whether the servers and Xvfb are wanted too.
    without : tuple of str
        Servers to leave out.

    Raises
    ------
    SetUpError
        When something has to be done by hand.
    """
    wanted = fingerprint(LOCK.read_bytes())
    stamp = _read_stamp()
    python = venv_python()
    is_right = stamp.get("fingerprint") == wanted and python.exists()
    level = "test" if for_tests and not without else "desk"
    if is_right and (not for_tests or stamp.get("level") == "test"):
        return python
    _ensure_system(for_tests=for_tests, without=without)
    if not is_right:
        _make(python)
    STAMP.write_text(json.dumps({"fingerprint": wanted, "level": level}) + "\n")
    return python


def for_children() -> dict[str, str]:
    """Return the environment variables of what we start: our packages can be imported."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _ensure_system(*, for_tests: bool, without: tuple[str, ...]) -> None:
    if sys.platform == "linux" and debian.has_apt():
        needs = [*(() if venv_python().exists() else debian.venv_needs()), *debian.DESK]
        if for_tests:
            needs += [need for need in debian.TEST if need[0] not in without]
        debian.ensure(needs)
        return
    if not for_tests:
        return
    lacking = [
        name
        for name, program in (("mosquitto", "mosquitto"), ("postgresql", "initdb"))
        if name not in without and not _has_program(program)
    ]
    if lacking:
        hint = _INSTALL_HINTS.get(sys.platform, "install them with the system's package manager")
        raise SetUpError(
            f"Missing for the tests: {', '.join(lacking)} ({hint}), or leave their tests out: "
            f"python3 run.py test --without {','.join(lacking)}"
        )


def _has_program(program: str) -> bool:
    places = "/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"
    return bool(shutil.which(program) or shutil.which(program, path=places))


def made_by_this_python(settings: str, version: str | None = None) -> bool:
    """Return whether a `pyvenv.cfg` was written by our minor version of Python."""
    ours = (version or sys.version).split()[0].rpartition(".")[0]
    pairs = (line.partition("=") for line in settings.splitlines())
    found = {name.strip(): value.strip() for name, _, value in pairs}
    return found.get("version", found.get("version_info", "")).startswith(f"{ours}.")


def _is_usable(python: Path) -> bool:
    settings = VENV / "pyvenv.cfg"
    if not python.exists() or not settings.exists():
        return False
    has_pip = [str(python), "-c", "import pip"]
    return made_by_this_python(settings.read_text("utf-8")) and not subprocess.call(
        has_pip, stderr=subprocess.DEVNULL
    )


def _make(python: Path) -> None:
    if not _is_usable(python):
        print(f"Making {VENV.name} with Python {sys.version.split()[0]}", flush=True)
        _call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    STAMP.unlink(missing_ok=True)
    print("Installing the locked packages (the first time takes some minutes)", flush=True)
    _call(
        [
            *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-input", "--require-hashes", "-r", str(LOCK)),
        ]
    )


def _call(command: list[str]) -> None:
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        raise SetUpError(f"failed (exit {done.returncode}): {' '.join(command)}")


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}
