"""Scripted teams: they sign, drive, arrive and report; some don't answer at first."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from app.demo.grid import Grid, chance
from app.demo.script import ACTOR
from models.basics import LatLon, Phone
from models.libraries.kinds import Team
from models.operation.events.base import Draft, Event, Payload
from models.operation.events.order import (
    OrderCancelled,
    OrderEscalated,
    OrderIssued,
    OrderReceived,
    OrderReported,
    OrderStarted,
)
from models.operation.events.resource import PositionReported, TeamStatusChanged
from models.times import SECOND_US

_POSITION_EVERY_S = 5
_LEAST_TRAVEL_S = 30.0
_UNKNOWN_TRAVEL_S = 180.0
_ARRIVED = "已到达集结点，开始处置 / At the staging point, going to work"
_DONE = "任务完成，人员齐整 / Done, everybody accounted for"

Silence = Callable[[str, int, int], float | None]
"""(team key, step, moment µs) → None: answers as usual; inf: never; else seconds."""


@dataclass(frozen=True, slots=True)
class Run:
    """One order as the world sees it."""

    order_id: str
    order: OrderIssued
    called: Phone | None
    called_us: int
    step: int = 0
    received_us: int | None = None
    received_by: str = ""
    started_us: int | None = None
    arrived_us: int | None = None
    ended: bool = False


class Responders:
    """Reactions of the teams to the orders of the journal."""

    def __init__(
        self, teams: Mapping[str, Team], grid: Grid, seed: str, dead: frozenset[str]
    ) -> None:
        self._teams = teams
        self._grid = grid
        self._seed = seed
        self._dead = dead
        self._runs: dict[str, Run] = {}
        self._offered: set[tuple[str, str]] = set()

    def observe(self, event: Event) -> None:
        """Take a journal event."""
        payload, key = event.payload, event.subject
        if isinstance(payload, OrderIssued):
            called = payload.phones[0] if payload.phones else None
            self._runs[key] = Run(key, payload, called, event.event_time_us)
            return
        run = self._runs.get(key)
        if run is None:
            return
        match payload:
            case OrderEscalated():
                run = replace(
                    run, called=payload.to, called_us=event.event_time_us, step=payload.step
                )
            case OrderReceived():
                run = replace(run, received_us=event.event_time_us, received_by=payload.by)
            case OrderStarted():
                received = run.received_us or event.event_time_us
                run = replace(run, received_us=received, started_us=event.event_time_us)
            case OrderReported(final=True) | OrderCancelled():
                run = replace(run, ended=True)
            case OrderReported():
                run = replace(run, arrived_us=event.event_time_us)
        self._runs[key] = run

    def task_of(self, order_id: str) -> str:
        """Return the task an order carries out, '' when unknown."""
        run = self._runs.get(order_id)
        return run.order.task_id if run else ""

    def due(self, now_us: int, silence: Silence, work_s: Callable[[Run], float]) -> list[Draft]:
        """Return what the teams do by `now_us`; each act is given once."""
        drafts: list[Draft] = []
        for run in self._runs.values():
            if run.ended:
                continue
            for name, at_us, payload, subject in self._acts(run, now_us, silence, work_s):
                if at_us > now_us or (run.order_id, name) in self._offered:
                    continue
                self._offered.add((run.order_id, name))
                drafts.append(
                    Draft(payload=payload, subject=subject, actor=ACTOR, event_time_us=at_us)
                )
        return sorted(drafts, key=lambda draft: draft.event_time_us or 0)

    def _acts(
        self, run: Run, now_us: int, silence: Silence, work_s: Callable[[Run], float]
    ) -> Iterator[tuple[str, int, Payload, str]]:
        """Yield (name, moment, payload, subject) of what follows from the state of an order."""
        who = run.received_by or (run.called.person if run.called else "")
        if run.received_us is None:
            answer_us = self._answers_us(run, silence)
            if answer_us is not None and run.called is not None:
                received = OrderReceived(by=run.called.person, phone=run.called.number)
                yield f"received{run.step}", answer_us, received, run.order_id
            return
        team = run.order.team_key
        if run.started_us is None:
            known = self._teams.get(team)
            turnout_s = known.turnout_s if known else 60
            start_us = run.received_us + self._seconds(run, "turnout", 0.6 * turnout_s, turnout_s)
            yield "started", start_us, OrderStarted(by=who), run.order_id
            yield "under_way", start_us, self._status(run, "under_way"), team
            return
        yield from self._journey(run, who, now_us, work_s)

    def _journey(
        self, run: Run, who: str, now_us: int, work_s: Callable[[Run], float]
    ) -> Iterator[tuple[str, int, Payload, str]]:
        started_us, team = run.started_us or 0, run.order.team_key
        travel_s = self._travel_s(run)
        line = self._line(run)
        if run.arrived_us is None:
            every_us = _POSITION_EVERY_S * SECOND_US
            last = min(
                (now_us - started_us) // every_us, math.ceil(travel_s / _POSITION_EVERY_S) - 1
            )
            for k in range(1, last + 1):
                if (run.order_id, f"position{k}") in self._offered:
                    continue
                place = along(self._grid, line, k * _POSITION_EVERY_S / travel_s)
                reported = PositionReported(position=place)
                yield f"position{k}", started_us + k * every_us, reported, team
            arrived_us = started_us + int(travel_s * SECOND_US)
            yield "last", arrived_us, PositionReported(position=line[-1]), team
            yield "on_site", arrived_us, self._status(run, "on_site"), team
            arrived = OrderReported(by=who, text=_ARRIVED, final=False)
            yield "arrived", arrived_us, arrived, run.order_id
            return
        end_us = run.arrived_us + int(work_s(run) * SECOND_US)
        yield "done", end_us, OrderReported(by=who, text=_DONE, final=True), run.order_id
        yield "ready", end_us, TeamStatusChanged(status="ready"), team

    def restore(self, event: Event) -> None:
        """Mark what the journal already holds, so that a restart doesn't say it twice."""
        payload = event.payload
        if event.actor != ACTOR:
            return
        if isinstance(payload, TeamStatusChanged):
            for run in self._runs.values():
                if run.order_id == payload.order_id:
                    self._offered.add((run.order_id, payload.status))
        elif isinstance(payload, PositionReported):
            for run in self._runs.values():
                if run.order.team_key == event.subject and run.started_us is not None:
                    self._offered.add((run.order_id, self._position_name(run, event)))

    def _position_name(self, run: Run, event: Event) -> str:
        elapsed_us = event.event_time_us - (run.started_us or 0)
        if elapsed_us == int(self._travel_s(run) * SECOND_US):
            last = self._line(run)[-1]
            payload = event.payload
            if isinstance(payload, PositionReported) and payload.position == last:
                return "last"
        return f"position{elapsed_us // (_POSITION_EVERY_S * SECOND_US)}"

    def _answers_us(self, run: Run, silence: Silence) -> int | None:
        if run.called is None or run.called.number in self._dead:
            return None
        own = silence(run.order.team_key, run.step, run.called_us)
        if own is not None:
            return None if math.isinf(own) else run.called_us + int(own * SECOND_US)
        return run.called_us + self._seconds(run, f"answer{run.step}", 5, 15)

    def _seconds(self, run: Run, what: str, low: float, high: float) -> int:
        share = chance(self._seed, what, run.order.team_key, run.called_us)
        return int((low + (high - low) * share) * SECOND_US)

    def _travel_s(self, run: Run) -> float:
        if run.order.eta_s is None:
            return _UNKNOWN_TRAVEL_S
        team = self._teams.get(run.order.team_key)
        turnout = team.turnout_s if team else 0
        return max(_LEAST_TRAVEL_S, run.order.eta_s - turnout)

    def _line(self, run: Run) -> tuple[LatLon, ...]:
        if len(run.order.route) > 1:
            return run.order.route
        team = self._teams.get(run.order.team_key)
        ends = [team.position if team else None, run.order.staging]
        known = tuple(end for end in ends if end is not None)
        return known or (self._grid.at(0, 0),)

    def _status(self, run: Run, status: str) -> TeamStatusChanged:
        return TeamStatusChanged(
            status="under_way" if status == "under_way" else "on_site",
            incident_id=run.order.incident_id,
            order_id=run.order_id,
        )


def along(grid: Grid, line: tuple[LatLon, ...], share: float) -> LatLon:
    """Return the position after a share 0…1 of a line's length."""
    points = [grid.metres(position) for position in line]
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    left = sum(lengths) * min(max(share, 0.0), 1.0)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length > 0:
            part = left / length
            return grid.at(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
        left -= length
    return line[-1]
