"""Runs a command where only the loopback exists: `python loopback.py COMMAND …`.

Used inside a fresh network namespace; see `tests.netguard.namespace`.
"""

import fcntl
import os
import socket
import struct
import sys

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1


def bring_loopback_up() -> None:
    """Do `ip link set lo up` without needing the program `ip`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        answer = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request)
        flags = struct.unpack("16sh14x", answer)[1] | _IFF_UP
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags))


if __name__ == "__main__":
    bring_loopback_up()
    if os.geteuid() == 0:  # also an ordinary user is root inside its namespace
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    os.execvp(sys.argv[1], sys.argv[1:])
