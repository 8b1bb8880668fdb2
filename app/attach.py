"""The desk's side of the gateway: start or find it, follow it, say when it is gone, restart it."""

import asyncio
import dataclasses
import logging
from collections.abc import Sequence
from typing import Any

from app.commands.safety import ReportFunctionFailed, ReportFunctionRestored
from app.desk import GatewayState, LiveValue, TrendData
from app.desk_runtime import DeskRuntime
from app.gateway.client import GatewayClient, GatewayGoneError
from app.gateway.launcher import ensure_gateway, is_running
from app.site import Site
from app.supervisor import FOREVER, Supervisor

_LOG = logging.getLogger("muster.attach")
_AGAIN_S = 1.0
_STOP_S = 5.0
_SLOW_S = 10.0
_LEAST_SEVERE = 4
GATEWAY = "gateway"
ACTOR = "desk"


class GatewayLink:
    """Keeps the desk attached to the site's gateway and tells its absence on screen and record."""

    def __init__(self, site: Site, desk: DeskRuntime, supervisor: Supervisor) -> None:
        self._site = site
        self._desk = desk
        self._supervisor = supervisor
        self._client: GatewayClient | None = None
        self._process_id: int | None = None
        self._restarted = 0
        self._gone_since_s: float | None = None
        self._reporting: asyncio.Future[Any] | None = None
        self._leaving = False
        self.attached = asyncio.Event()
        desk.set_history(self._history)

    def start(self) -> None:
        """Begin to attach; returns at once."""
        self._supervisor.start("gateway link", self._follow, policy=FOREVER, stage=1)

    async def stop_gateway(self) -> None:
        """End the gateway, also one that is just starting; a hung one is left after a while."""
        self._leaving = True
        try:
            async with asyncio.timeout(_STOP_S):
                client = self._client or await self._reached()
                if client is not None:
                    await client.stop_gateway()
        except TimeoutError:
            _LOG.warning("the gateway did not agree to stop within %.0f s", _STOP_S)

    async def _reached(self) -> GatewayClient | None:
        """Return a connection to a gateway that holds its lock but isn't followed yet."""
        while is_running(self._site):
            try:
                return await GatewayClient.connect(self._site.gateway_file)
            except GatewayGoneError:
                await asyncio.sleep(0.1)
        return None

    async def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._leaving:
            slow = loop.call_later(_SLOW_S, self._tell_gone, "")
            try:
                client = await ensure_gateway(self._site)
            except (GatewayGoneError, OSError) as error:
                _LOG.error("the gateway can't be started: %s", error)
                self._tell_gone(str(error))
            else:
                slow.cancel()
                await self._attach(client)
            finally:
                slow.cancel()
            await asyncio.sleep(_AGAIN_S)

    async def _attach(self, client: GatewayClient) -> None:
        self._client = client
        process_id = client.welcome.process_id
        if self._process_id not in (None, process_id):
            self._restarted += 1
        self._process_id = process_id
        self._tell_back()
        self.attached.set()
        try:
            await self._take(client)
        finally:
            self._client = None
            await client.close()
        if not self._leaving:
            _LOG.warning("the gateway is gone; it is started again")
            self._tell_gone("")

    async def _take(self, client: GatewayClient) -> None:
        async for message in client.messages():
            match message:
                case tuple():
                    self._desk.take_values(message)
                case GatewayState():
                    state = dataclasses.replace(message, restarted=self._restarted)
                    self._desk.take_gateway_state(state)
                    self._correct_record()
                case _:
                    self._desk.wake()

    def _tell_gone(self, detail: str) -> None:
        """Show it at once and record it: a dead gateway can't."""
        if self._gone_since_s is None:
            self._gone_since_s = self._desk.clock.monotonic_s()
        self._desk.take_gateway_state(
            GatewayState(connected=False, detail=detail, restarted=self._restarted)
        )
        self._report(ReportFunctionFailed(GATEWAY, detail))

    def _tell_back(self) -> None:
        if self._gone_since_s is not None:
            away_s = self._desk.clock.monotonic_s() - self._gone_since_s
            self._gone_since_s = None
            self._desk.say(_LEAST_SEVERE, "gateway_back", f"{away_s:.0f}")

    def _correct_record(self) -> None:
        """Record that it works: also where a desk died before it could, or the store was away."""
        if GATEWAY in self._desk.live_situation.failures:
            self._report(ReportFunctionRestored(GATEWAY))

    def _report(self, command: ReportFunctionFailed | ReportFunctionRestored) -> None:
        """Record without a notice of its own; what fails is said by the store's own words."""
        if self._reporting is not None and not self._reporting.done():
            return
        reporting = self._desk.execute_as(ACTOR, command)
        reporting.add_done_callback(_note_failure)
        self._reporting = reporting

    def _history(
        self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int
    ) -> "asyncio.Future[tuple[TrendData, ...]]":
        return asyncio.ensure_future(self._read(tag_keys, from_us, to_us, points))

    async def _read(
        self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int
    ) -> tuple[TrendData, ...]:
        await self.attached.wait()
        if self._client is None:
            return ()
        return await self._client.history(tag_keys, from_us, to_us, points)


def _note_failure(done: "asyncio.Future[Any]") -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        _LOG.warning("not recorded: %s", error)


__all__ = ["GatewayLink", "LiveValue"]
