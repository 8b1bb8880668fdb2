"""The rebirth request: the one thing that Muster may send towards a plant, off by default."""

import aiomqtt

from app.gateway.sparkplug.frame import PREFIX
from app.gateway.sparkplug.message import Payload

_AGAIN_US = 30_000_000
_BOOLEAN = 11


class Rebirths:
    """Asks nodes for their birth, each at most twice a minute."""

    def __init__(self) -> None:
        self._asked_us: dict[tuple[str, str], int] = {}

    def due(self, nodes: set[tuple[str, str]], now_us: int) -> list[tuple[str, str]]:
        """Return which nodes may be asked now."""
        self._asked_us = {n: at_us for n, at_us in self._asked_us.items() if n in nodes}
        return [
            node
            for node in sorted(nodes)
            if now_us - self._asked_us.get(node, -_AGAIN_US) >= _AGAIN_US
        ]

    async def ask(self, client: aiomqtt.Client, node: tuple[str, str], now_us: int) -> None:
        """Send `Node Control/Rebirth` to a node (Sparkplug 3.0.0, 6.4.20)."""
        self._asked_us[node] = now_us
        payload = Payload(timestamp=now_us // 1000)
        payload.metrics.add(name="Node Control/Rebirth", datatype=_BOOLEAN, boolean_value=True)
        topic = f"{PREFIX}/{node[0]}/NCMD/{node[1]}"
        await client.publish(topic, payload.SerializeToString(), qos=0)
