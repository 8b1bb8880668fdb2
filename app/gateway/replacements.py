"""Looks for the next best team before an order turns out to be silent, off the gateway's loop.

A search reads the road graph and takes a while the first time; the loop never waits for it. It
begins a few seconds before the receipt falls due, so that the escalation can name its result.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Protocol

from app.desk import Reference
from models.dispatch.ports import Route
from models.operation.events.base import Draft
from models.operation.situation import Order, Situation
from models.times import SECOND_US

_LOG = logging.getLogger("muster.gateway.replacements")
AHEAD_US = 5 * SECOND_US
Attempt = tuple[str, int]


class Finder(Protocol):
    """What looks for teams (`app.dispatching.Dispatcher`)."""

    def travel_times(self, reference: Reference) -> object:
        """Build the road graph when it isn't built yet."""
        ...

    def replacement(self, order: Order, situation: Situation, reference: Reference) -> Route | None:
        """Return the way of the next best team."""
        ...


class Replacements:
    """Searches on `executor`; `make_finder` is called there too, since its imports are slow."""

    def __init__(self, make_finder: Callable[[], Finder], executor: Executor) -> None:
        self._make_finder = make_finder
        self._executor = executor
        self._finder: Finder | None = None
        self._found: dict[Attempt, Future[Route | None]] = {}

    def warm(self, reference: Reference) -> "Future[None]":
        """Build the road graph now."""
        return self._executor.submit(self._warm, reference)

    def look_ahead(self, situation: Situation, reference: Reference, now_us: int) -> None:
        """Begin to search for every order whose receipt falls due within five seconds."""
        waiting = {
            (order.id, order.step): order
            for order in situation.orders.values()
            if order.state == "issued" and order.receipt_due_us <= now_us + AHEAD_US
        }
        for gone in set(self._found) - set(waiting):
            del self._found[gone]
        for attempt, order in waiting.items():
            if attempt not in self._found:
                self._found[attempt] = self._executor.submit(
                    self._search, order, situation, reference
                )

    def __call__(self, order: Order, _situation: Situation, _reference: Reference) -> Route | None:
        """Return what was found by now; a silent order is escalated without it rather than late."""
        search = self._found.get((order.id, order.step))
        if search is None or not search.done():
            _LOG.info("no replacement was found in time for order %s", order.id)
            return None
        error = search.exception()
        if error is not None:
            # The order's clock must go on whatever the search stumbled over.
            _LOG.error("no replacement for order %s: %s", order.id, error, exc_info=error)
            return None
        return search.result()

    def _warm(self, reference: Reference) -> None:
        try:
            self._ready().travel_times(reference)
        except (ValueError, OSError) as error:
            _LOG.warning("the road graph can't be built: %s", error)

    def _search(self, order: Order, situation: Situation, reference: Reference) -> Route | None:
        return self._ready().replacement(order, situation, reference)

    def _ready(self) -> Finder:
        if self._finder is None:
            self._finder = self._make_finder()
        return self._finder


class DuePort(Protocol):
    """What falls due by itself (`app.commands.escalation.Escalation`)."""

    def due(self, situation: Situation, reference: Reference, now_us: int) -> list[Draft]:
        """Return what fell due by now."""
        ...


class ForesightedEscalation:
    """An escalation whose replacements are looked for ahead of time."""

    def __init__(self, escalation: DuePort, replacements: Replacements) -> None:
        self._escalation = escalation
        self._replacements = replacements

    def due(self, situation: Situation, reference: Reference, now_us: int) -> list[Draft]:
        """Return what fell due by `now_us` [µs UTC], and look ahead."""
        drafts = self._escalation.due(situation, reference, now_us)
        self._replacements.look_ahead(situation, reference, now_us)
        return drafts
