"""Finds a site's gateway, or starts it detached so that it outlives the desk."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence

from app.gateway.client import GatewayClient, GatewayGoneError
from app.locks import FileLock, LockHeldError
from app.site import Site

_TRY_EVERY_S = 0.1
_READY_S = 60.0
_STARTS = 3
# A Popen that is forgotten can't be reaped; the gateway is meant to outlive us.
_started: dict[str, subprocess.Popen[bytes]] = {}


async def ensure_gateway(site: Site, *, python: Sequence[str] = ()) -> GatewayClient:
    """Return a connection to the site's gateway; start one when none runs.

    Parameters
    ----------
    site : Site
        The site.
    python : sequence of str, optional
        How to call the program, default this interpreter with `-m app`.

    Raises
    ------
    GatewayGoneError
        When it can't be started or doesn't answer in time; its log says why.
    """
    loop = asyncio.get_running_loop()
    deadline_s = loop.time() + _READY_S
    command = [*(python or (sys.executable, "-m", "app")), "gateway", "--site", str(site.path)]
    starts = 0
    while True:
        try:
            return await GatewayClient.connect(site.gateway_file)
        except GatewayGoneError:
            if loop.time() > deadline_s:
                raise
        process = _started.get(str(site.path))
        # the lock is only looked at when no child of ours may be reaching for it
        if (process is None or process.poll() is not None) and not is_running(site):
            if process is not None and starts >= _STARTS:
                said = await loop.run_in_executor(None, _last_words, site)
                raise GatewayGoneError(f"the gateway ended with code {process.returncode}: {said}")
            await loop.run_in_executor(None, _start, site, command)
            starts += 1
        await asyncio.sleep(_TRY_EVERY_S)


def is_running(site: Site) -> bool:
    """Return whether somebody holds the site's gateway lock."""
    try:
        with FileLock(site.gateway_lock):
            return False
    except LockHeldError:
        return True


def _start(site: Site, command: Sequence[str]) -> None:
    """Start the gateway in a session of its own, with its voice in a file."""
    detached = 0
    if sys.platform == "win32":
        detached = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    with (site.logs / "gateway.out").open("ab") as voice:
        _started[str(site.path)] = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=voice,
            stderr=voice,
            start_new_session=sys.platform != "win32",
            creationflags=detached,
        )


def _last_words(site: Site) -> str:
    try:
        text = (site.logs / "gateway.out").read_text("utf-8", "replace")
    except OSError as error:
        return str(error)
    return text.strip().rpartition("\n")[2][:500]
