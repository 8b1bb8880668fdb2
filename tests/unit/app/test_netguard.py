"""The network guard: which attempts it writes down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.netguard import is_local, remote_host


@pytest.mark.parametrize(
    "host", [None, "", "localhost", b"localhost", "127.0.0.1", "127.9.9.9", "::1", "0.0.0.0"]
)
def test_that_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["example.org", "10.0.0.1", "::ffff:8.8.8.8", "fe80::1%eth0", "localhost.evil.org"]
)
def test_that_everything_else_is_remote(host: str) -> None:
    assert not is_local(host)


def test_that_only_attempts_on_the_network_count() -> None:
    assert remote_host("socket.connect", (None, ("10.0.0.1", 80))) == "10.0.0.1"
    assert remote_host("socket.connect", (None, "/run/x.sock")) is None
    assert remote_host("socket.getaddrinfo", ("example.org", 80, 0, 0, 0)) == "example.org"
    assert remote_host("open", ("example.org", "r", 0)) is None
    assert remote_host("socket.connect", ()) is None


def test_that_a_process_with_the_variable_writes_its_attempts(tmp_path: Path) -> None:
    file = tmp_path / "attempts"
    # 192.0.2.0/24 is for documentation (RFC 5737); the socket is closed before it is asked.
    script = (
        "import app, socket\n"
        "socket.getaddrinfo('127.0.0.1', 1)\n"
        "s = socket.socket(); s.close()\n"
        "try: s.connect(('192.0.2.1', 9))\n"
        "except OSError: pass\n"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        env={**os.environ, "MUSTER_NETGUARD": str(file)},
    )
    lines = file.read_text().splitlines()
    assert len(lines) == 1
    assert " socket.connect 192.0.2.1 " in lines[0]
