"""What the desk tells the page, and what it must tell a page that was rebuilt.

Topics hold either one value (theme, words, points) or items by id, of which only differences
are sent. The outbox keeps what the page should show, so that a new page can be told everything.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

Item = Mapping[str, Any]

PATCHED_TOPICS = ("sensors", "vehicles")
ITEM_TOPICS = ("live", "zones", "routes", "drawings", *PATCHED_TOPICS)


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message to the page; a message with `seq` is acknowledged."""

    topic: str
    payload: Mapping[str, Any]
    seq: int | None = None

    def text(self) -> str:
        """Return the JSON that crosses the channel."""
        return msgspec.json.encode(self).decode()


class Fact(msgspec.Struct, frozen=True):
    """One message from the page."""

    topic: str
    payload: dict[str, Any]


def parse_fact(text: str) -> Fact:
    """Return what the page said.

    Raises
    ------
    msgspec.DecodeError
        When it is no JSON object of topic and payload.
    """
    return msgspec.json.decode(text, type=Fact)


class Outbox:
    """Makes messages out of what should be shown and remembers it for a rebuilt page."""

    def __init__(self) -> None:
        self._values: dict[str, Mapping[str, Any]] = {}
        self._items: dict[str, dict[str, Item]] = {topic: {} for topic in ITEM_TOPICS}
        self._seq = 0
        self._acknowledged = 0

    @property
    def sent(self) -> int:
        """Sequence number of the last difference made."""
        return self._seq

    @property
    def acknowledged(self) -> int:
        """Sequence number of the last difference the page has drawn."""
        return self._acknowledged

    def value(self, topic: str, payload: Mapping[str, Any]) -> Message | None:
        """Return the message that sets a topic's one value, None when the page has it."""
        if self._values.get(topic) == payload:
            return None
        self._values[topic] = payload
        return Message(topic, payload)

    def items(self, topic: str, wanted: Mapping[str, Item]) -> Message | None:
        """Return the difference that brings a topic's items to `wanted`, None when there is none.

        Raises
        ------
        KeyError
            When the topic has no items.
        """
        held = self._items[topic]
        put = [item for key, item in wanted.items() if held.get(key) != item]
        drop = [key for key in held if key not in wanted]
        if not put and not drop:
            return None
        self._items[topic] = dict(wanted)
        return self._numbered(topic, {"put": put, "drop": drop})

    def patch(self, topic: str, items: Mapping[str, Item]) -> Message | None:
        """Return the fields of these items that differ from what is held; others stay.

        Items of one topic have the same fields always. A field that didn't change is left out.

        Raises
        ------
        KeyError
            When the topic has no items.
        """
        held = self._items[topic]
        put: list[Item] = []
        for key, item in items.items():
            old = held.get(key)
            if old is None:
                put.append(item)
            elif old != item:
                changed = {name: value for name, value in item.items() if old.get(name) != value}
                put.append({"id": key, **changed})
            held[key] = item
        return self._numbered(topic, {"put": put, "drop": []}) if put else None

    def drop(self, topic: str, keys: Iterable[str]) -> Message | None:
        """Return the message that takes these items away, None when none of them is held."""
        held = self._items[topic]
        gone = [key for key in keys if held.pop(key, None) is not None]
        return self._numbered(topic, {"put": [], "drop": gone}) if gone else None

    def acknowledge(self, seq: int) -> None:
        """Note that the page has drawn everything up to `seq`."""
        self._acknowledged = max(self._acknowledged, min(seq, self._seq))

    def held(self, topic: str) -> Mapping[str, Item]:
        """Return the items of a topic as they should be shown."""
        return self._items[topic]

    def held_value(self, topic: str) -> Mapping[str, Any] | None:
        """Return the value of a topic, None when it was never set."""
        return self._values.get(topic)

    def keep(self, topic: str, payload: Mapping[str, Any]) -> None:
        """Remember a value that came from the page itself (its view, its layers)."""
        self._values[topic] = payload

    def everything(self) -> list[Message]:
        """Return the messages that bring an empty page to the present state."""
        messages = [Message(topic, payload) for topic, payload in self._values.items()]
        for topic, held in self._items.items():
            payload = {"put": list(held.values()), "drop": [], "full": True}
            messages.append(self._numbered(topic, payload))
        return messages

    def picture(self) -> list[Message]:
        """Return what the page shows, unnumbered: for another page that acknowledges nothing."""
        values = [Message(topic, payload) for topic, payload in self._values.items()]
        items = [
            Message(topic, {"put": list(held.values()), "drop": [], "full": True})
            for topic, held in self._items.items()
        ]
        return values + items

    def _numbered(self, topic: str, payload: Mapping[str, Any]) -> Message:
        self._seq += 1
        return Message(topic, payload, self._seq)
