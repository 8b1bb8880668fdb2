"""What both servers share: an account that isn't root, a folder of its own, a free port."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

if sys.platform != "win32":
    import pwd

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class ServerMissingError(Exception):
    """The server's program isn't installed; the text holds the command that installs it."""


class ServerFailedError(Exception):
    """The server didn't come up; the text ends with what it wrote."""


def account(name: str) -> str | None:
    """Return the account to run a server as: None (ourselves) unless we are root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(name)
    except KeyError:
        return "nobody"
    return name


def own_folder(prefix: str, user: str | None) -> Path:
    """Make a private folder directly under the temporary directory, owned by `user`.

    Not under pytest's `tmp_path`: that is closed to every account but ours.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"muster-{prefix}-"))
    if user is not None:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    return folder


def free_port() -> int:
    """Return a TCP port of the loopback that was free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def identity(user: str | None) -> dict[str, object]:
    """Return the arguments that make `subprocess` change to `user`."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def start_server(
    command: Sequence[str],
    *,
    folder: Path,
    user: str | None,
    is_ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    timeout_s: float = 30.0,
) -> subprocess.Popen[bytes]:
    """Start a server that dies with us, and wait until it answers."""
    log = folder / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {}), "HOME": str(folder)},
            preexec_fn=_die_with_parent if _LIBC else None,
            **identity(user),  # type: ignore[call-overload]
        )
    ends_s = time.monotonic() + timeout_s
    while not is_ready():
        if process.poll() is not None or time.monotonic() > ends_s:
            process.kill()
            process.wait()
            raise ServerFailedError(f"{command[0]}: {log.read_text(errors='replace')[-2000:]}")
        # A server has no other way to tell us than to be asked.
        threading.Event().wait(0.02)
    return process


def stop_server(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """Ask a server to end, and end it when it doesn't."""
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int) -> bool:
    """Return whether something listens on a loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _die_with_parent() -> None:
    assert _LIBC is not None
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
