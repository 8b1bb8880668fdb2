"""Commands inside a network namespace that has the loopback only (Linux)."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_LOOPBACK = Path(__file__).with_name("loopback.py")


def in_loopback_namespace(command: Sequence[str]) -> list[str]:
    """Return the command that runs `command` without any network but the loopback."""
    unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    return [*unshare, "--", sys.executable, str(_LOOPBACK), *command]


def remote_attempts(guard_file: Path) -> list[str]:
    """Return the lines that `MUSTER_NETGUARD` processes wrote; [] is what must be."""
    return guard_file.read_text("utf-8").splitlines() if guard_file.exists() else []
