"""The scripted world of a simulated operation: samples, injects, and people who react.

Everything follows from (seed, start, journal). Samples lie on a fixed grid of 250 ms, so that
they don't depend on how often they are asked for; nothing is remembered that a journal wouldn't
tell again.
"""

import math
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from app.demo.baseline import Baseline
from app.demo.control_room import ControlRooms
from app.demo.grid import chance, park_grid
from app.demo.park import Park
from app.demo.plume import Leak
from app.demo.responders import Responders, Run
from app.demo.script import ACTOR, Cue, Script, fired
from app.demo.sites import substances
from app.demo.tables import load_table
from app.demo.telemetry import TICK_US, Readings, SensorFault
from app.demo.weather import Turn, Weather
from models.ids import uuid7
from models.libraries.kinds import Scenario, Team
from models.operation.events.base import Draft, Event
from models.operation.events.call import CallRang
from models.operation.events.incident import IncidentOpened
from models.operation.events.order import OrderReported
from models.operation.events.plan import TaskCreated, TaskFinished
from models.registry.kinds import HazardSource, Tag
from models.telemetry.ports import SampleBatch
from models.times import SECOND_US

ISOLATES = "isolate_source"
_MOST_TICKS = 480
_FIRST_BACK_US = 10 * SECOND_US


class DemoWorld:
    """The world of one scenario over one park.

    Parameters
    ----------
    park : Park
        Rows of `build_park`.
    seed : str
        Seed of the operation.
    start_us : int
        Start of the operation [µs UTC].
    scenario_key : str
        Which scenario's injects happen.
    tag_keys : sequence of str, optional
        Order of the tag table that `SampleBatch.tag` indexes; default: sorted, as the gateway does.
    """

    def __init__(
        self,
        park: Park,
        seed: str,
        start_us: int,
        scenario_key: str = "OPENING",
        tag_keys: Sequence[str] | None = None,
    ) -> None:
        self._seed = seed
        self._start_us = start_us
        by_key = {row.key: cast(Tag, row) for row in park["tags"]}
        self.tag_keys = tuple(sorted(by_key) if tag_keys is None else tag_keys)
        tags = tuple(by_key[key] for key in self.tag_keys)
        scenario = next(row for row in park["scenarios"] if row.key == scenario_key)
        self._sources = {row.key: cast(HazardSource, row) for row in park["hazard-sources"]}
        self._script = Script(cast(Scenario, scenario), start_us)
        self._grid = park_grid()
        self._readings = Readings(tags, Baseline(tags, seed), self._grid)
        teams = {row.key: cast(Team, row) for row in park["teams"]}
        dead = frozenset(load_table("world")["dead_numbers"])
        self._responders = Responders(teams, self._grid, seed, dead)
        self._rooms = ControlRooms(seed, self._truth)
        self._isolating: dict[str, str] = {}
        self._incident_source: dict[str, str] = {}
        self._closed_us: dict[str, int] = {}
        self._next_tick: int | None = None
        self._set_scene()

    def observe(self, event: Event) -> None:
        """Take the next journal event; after a restart all of them, from the first."""
        moved = self._script.observe(event)
        self._responders.observe(event)
        self._responders.restore(event)
        self._rooms.observe(event)
        payload = event.payload
        if isinstance(payload, IncidentOpened):
            self._incident_source[event.subject] = payload.hazard_source_key
        elif isinstance(payload, TaskCreated) and ISOLATES in payload.needs:
            self._isolating[event.subject] = payload.incident_id
        elif isinstance(payload, TaskFinished):
            moved = self._isolate(event.subject, event.event_time_us)
        elif isinstance(payload, OrderReported) and payload.final:
            task_id = self._responders.task_of(event.subject)
            moved = self._isolate(task_id, event.event_time_us)
        if moved:
            self._set_scene()

    def react(self, events: Sequence[Event]) -> list[tuple[int, Draft]]:
        """Take journal events in order; what people do about them comes by `due`."""
        for event in events:
            self.observe(event)
        return []

    def resume(self, now_us: int) -> None:
        """Begin sampling at `now_us`; what lies before was sampled by an earlier run."""
        self._next_tick = max(0, math.ceil((now_us - self._start_us) / TICK_US))

    def sample(self, now_us: int) -> SampleBatch:
        """Return the samples since the last call, at most two minutes of them at once.

        The first call begins at most ten seconds back: an earlier run sampled what lies before.
        """
        if self._next_tick is None:
            self.resume(now_us - _FIRST_BACK_US)
        first = self._next_tick or 0
        last = (now_us - self._start_us) // TICK_US
        self._next_tick = max(first, min(last + 1, first + _MOST_TICKS))
        ticks = np.arange(first, self._next_tick, dtype=np.int64)
        index, tick, value, quality = self._readings.at(ticks)
        at_us: npt.NDArray[np.int64] = self._start_us + tick * TICK_US
        return SampleBatch(
            tag=index.astype(np.int32),
            source_us=at_us,
            arrival_us=at_us,
            value=value,
            quality=quality,
        )

    def due(self, now_us: int) -> list[Draft]:
        """Return what happens by `now_us`: injects, calls, answers, acts of teams."""
        drafts: list[Draft] = []
        for cue in self._script.due(now_us):
            drafts.append(fired(cue))
            if cue.inject.type == "call":
                drafts.append(self._call(cue))
        drafts += self._rooms.due(now_us)
        drafts += self._responders.due(now_us, self._silence, self._work_s)
        return sorted(drafts, key=lambda draft: draft.event_time_us or 0)

    def _set_scene(self) -> None:
        """Hand the readings the leaks, faults and turns as the journal has them now."""
        cues = self._script.of_type
        turns = [self._turn(cue) for cue in cues("wind")]
        grid = self._grid
        weather = Weather(turns, grid.lat_deg, grid.lon_deg, self._start_us)
        leaks = [self._leak(cue) for cue in cues("release")]
        faults = [self._fault(cue) for cue in cues("sensor_fault")]
        self._readings.set_scene(weather, leaks, faults)

    def _since_s(self, at_us: int) -> float:
        return (at_us - self._start_us) / SECOND_US

    def _turn(self, cue: Cue) -> Turn:
        data = cue.inject.data
        return Turn(
            self._since_s(cue.at_us),
            float(data["turn_deg"]),
            float(data["over_s"]),
            float(data.get("speed_factor", 1.0)),
        )

    def _fault(self, cue: Cue) -> SensorFault:
        data = cue.inject.data
        return SensorFault(
            data["tag"],
            data["pattern"],
            float(data["value"]),
            self._since_s(cue.at_us),
            float(data["lasts_s"]),
        )

    def _leak(self, cue: Cue) -> Leak:
        data: dict[str, Any] = cue.inject.data
        source = self._sources[data["hazard_source"]]
        substance = next(s for s in substances().values() if s["cas"] == source.cas)
        position = source.position
        assert position is not None
        x_m, y_m = self._grid.metres(position)
        closed = self._closed_us.get(source.key)
        return Leak(
            hazard_source_key=source.key,
            substance=source.substance,
            mw=substance["mw"],
            lel_vol=load_table("substances")["lel"].get(substance["id"], 2.0),
            x_m=x_m,
            y_m=y_m,
            start_s=self._since_s(cue.at_us),
            start_kg_s=float(data["start_kg_s"]),
            peak_kg_s=float(data["peak_kg_s"]),
            growth_s=float(data["growth_s"]),
            lasts_s=float(data["lasts_s"]),
            closed_s=None if closed is None else self._since_s(closed),
        )

    def _isolate(self, task_id: str, at_us: int) -> bool:
        """Close the source of the incident whose isolating task was finished."""
        incident = self._isolating.get(task_id)
        source = self._incident_source.get(incident or "", "")
        if not source or source in self._closed_us:
            return False
        self._closed_us[source] = at_us
        return True

    def _call(self, cue: Cue) -> Draft:
        data = cue.inject.data
        salt = int(chance(self._seed, "call", cue.inject.key) * 2**56).to_bytes(10, "big")
        payload = CallRang(
            number=data["number"],
            caller=data["caller"],
            script=f"{data['words_zh']}\n{data['words_en']}",
        )
        return Draft(
            payload=payload,
            subject=uuid7(cue.at_us, salt),
            actor=ACTOR,
            event_time_us=cue.at_us,
        )

    def _silence(self, team_key: str, step: int, at_us: int) -> float | None:
        for cue in self._script.of_type("silent_team"):
            data = cue.inject.data
            if data["team"] == team_key and cue.at_us <= at_us:
                return math.inf if step < data["answers_from_step"] else float(data["answer_s"])
        return None

    def _work_s(self, run: Run) -> float:
        """Return how long a team works; closing a valve is quick."""
        if run.order.task_id in self._isolating:
            return 90.0
        return 300 + 180 * chance(self._seed, "work", run.order.team_key, run.called_us)

    def _truth(self, hazard_source_key: str, tag_key: str, at_us: int) -> str:
        """Return what really goes on at a tag."""
        since = self._since_s(at_us)
        faults = [self._fault(cue) for cue in self._script.of_type("sensor_fault")]
        if any(f.tag_key == tag_key and f.start_s <= since <= f.start_s + 120 for f in faults):
            return "calibration"
        leaks = [self._leak(cue) for cue in self._script.of_type("release")]
        gas = tag_key.startswith("GT-")
        if any(leak.start_s <= since and (gas or leak.hazard_source_key == hazard_source_key)
               for leak in leaks):  # fmt: skip
            return "real"
        return "instrument" if gas else "process_upset"
