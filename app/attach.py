"""The desk's side of the gateway: start or find it, follow it, say when it is gone, restart it."""

import asyncio
import logging
from collections.abc import Sequence

from app.desk import GatewayState, LiveValue, TrendData
from app.desk_runtime import DeskRuntime
from app.gateway.client import GatewayClient
from app.gateway.launcher import ensure_gateway
from app.site import Site
from app.supervisor import FOREVER, Supervisor

_LOG = logging.getLogger("muster.attach")
_AGAIN_S = 1.0


class GatewayLink:
    """Keeps the desk attached to the site's gateway."""

    def __init__(self, site: Site, desk: DeskRuntime, supervisor: Supervisor) -> None:
        self._site = site
        self._desk = desk
        self._supervisor = supervisor
        self._client: GatewayClient | None = None
        self._starts = 0
        self.attached = asyncio.Event()
        desk.set_history(self._history)

    def start(self) -> None:
        """Begin to attach; returns at once."""
        self._supervisor.start("gateway link", self._follow, policy=FOREVER, stage=1)

    async def stop_gateway(self) -> None:
        """End the gateway: the desk owns its stop."""
        if self._client is not None:
            await self._client.stop_gateway()

    async def _follow(self) -> None:
        while True:
            client = await ensure_gateway(self._site)
            self._client = client
            self._starts += 1
            self.attached.set()
            try:
                await self._take(client)
            finally:
                self._client = None
                await client.close()
            _LOG.warning("the gateway is gone; it is started again")
            self._desk.take_gateway_state(
                GatewayState(connected=False, detail="gone", restarted=self._starts)
            )
            await asyncio.sleep(_AGAIN_S)

    async def _take(self, client: GatewayClient) -> None:
        async for message in client.messages():
            match message:
                case tuple():
                    self._desk.take_values(message)
                case GatewayState():
                    self._desk.take_gateway_state(message)
                case _:
                    self._desk.wake()

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


__all__ = ["GatewayLink", "LiveValue"]
