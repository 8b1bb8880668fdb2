"""The channel to the page: JSON text both ways, queued until the page has spoken."""

import logging

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from maps.protocol import Fact, Message, parse_fact

log = logging.getLogger(__name__)


class MapBridge(QObject):
    """The object the page sees as `desk`.

    Signals: message(str JSON) goes to the page; told(Fact) came from it.
    """

    message = Signal(str)
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready = False

    @property
    def is_ready(self) -> bool:
        """Whether the page has spoken: what is sent before is lost."""
        return self._ready

    def send(self, message: Message) -> bool:
        """Send to a page that is ready; False when it isn't (the outbox holds the state)."""
        if self._ready:
            self.message.emit(message.text())
        return self._ready

    def reset(self) -> None:
        """Forget the page: a new one will say that it is ready."""
        self._ready = False

    @Slot(str)
    def receive(self, text: str) -> None:
        """Take a fact from the page; nonsense is logged, never raised into Qt."""
        try:
            fact: Fact = parse_fact(text)
        except msgspec.DecodeError as error:
            log.warning("the map page said something unreadable: %s", error)
            return
        if fact.topic == "ready":
            self._ready = True
        self.told.emit(fact)
