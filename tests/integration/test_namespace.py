"""The namespace that the end-to-end run is put in: the loopback, and nothing else."""

import subprocess
import sys

from tests.netguard.namespace import in_loopback_namespace

_SCRIPT = """
import socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close()
print([name for _, name in socket.if_nameindex()])
try:
    socket.create_connection(("192.0.2.1", 9), timeout=5)
except OSError as error:
    print(error.strerror)
"""


def test_that_only_the_loopback_exists_and_works() -> None:
    command = in_loopback_namespace([sys.executable, "-c", _SCRIPT])
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["['lo']", "Network is unreachable"], done.stderr
