"""Notes every attempt to reach beyond this machine: set `MUSTER_NETGUARD=FILE`.

An audit hook sees what Python itself connects to or looks up, in libraries too. It only
writes down; the end-to-end test reads the file and fails on any line. Nothing but the
standard library is imported, since it runs first in every process.
"""

import ipaddress
import os
import sys
from typing import Any

VARIABLE = "MUSTER_NETGUARD"
_WITH_ADDRESS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_WITH_HOST = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_installed_for: set[str] = set()


def is_local(host: object) -> bool:
    """Return whether a host of a socket call stays on this machine."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    text = text.partition("%")[0]
    if text in {"", "localhost", "localhost.localdomain"}:
        return True
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    # "Any" addresses are where servers listen; connecting to them reaches this machine.
    return bool(mapped.is_loopback or mapped.is_unspecified)


def remote_host(event: str, args: tuple[Any, ...]) -> str | None:
    """Return the host beyond this machine that an audit event names, None for all else."""
    if not args:
        return None
    if event in _WITH_HOST:
        host = args[0]
    elif event not in _WITH_ADDRESS:
        return None
    else:
        address = args[1] if len(args) > 1 else None
        if not isinstance(address, tuple) or not address:  # Unix sockets have a path
            return None
        host = address[0]
    return None if is_local(host) else str(host)


def install(path: str) -> None:
    """Write every remote attempt of this process to `path`, one line each."""
    if path in _installed_for:
        return
    _installed_for.add(path)
    # Opened now: opening a file in the hook would raise audit events of its own.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def watch(event: str, args: tuple[Any, ...]) -> None:
        host = remote_host(event, args)
        if host is not None:
            line = f"{os.getpid()} {event} {host} {' '.join(sys.argv)}\n"
            os.write(descriptor, line.encode("utf-8", "replace"))

    sys.addaudithook(watch)


def install_from_environment() -> None:
    """Install the guard when `MUSTER_NETGUARD` names a file."""
    path = os.environ.get(VARIABLE)
    if path:
        install(path)
