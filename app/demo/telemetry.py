"""Readings of all points on the 250 ms grid: baseline, weather, leaks and sensor faults."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.demo.baseline import Baseline, Floats, Ints, gauss
from app.demo.grid import Grid, chance
from app.demo.plume import Leak, reading, to_lel, to_ppm
from app.demo.weather import MASTS, Weather
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from models.times import SECOND_US

TICK_US = 250_000
_TICKS_PER_S = SECOND_US // TICK_US
_CYCLE = 16
_REACH_M = 3000.0

Qualities = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SensorFault:
    """A sensor that shows something else than the truth for a while."""

    tag_key: str
    pattern: str
    value: float
    start_s: float
    lasts_s: float

    def shown(self, t_s: Floats) -> Floats:
        """Return the share 0…1 of the fault's value at `t_s`."""
        age = t_s - self.start_s
        rise = np.clip(age / 4.0, 0.0, 1.0)
        fall = np.exp(-np.maximum(age - self.lasts_s + 4.0, 0.0) / 2.0)
        return np.asarray(np.where(age < 0, 0.0, rise * fall))


class Readings:
    """Values of the tag table at grid ticks, a pure function of the tick and the scene."""

    def __init__(self, tags: tuple[Tag, ...], baseline: Baseline, grid: Grid) -> None:
        self._tags = tags
        self._baseline = baseline
        self._index = {tag.key: k for k, tag in enumerate(tags)}
        places = [grid.metres(tag.position) if tag.position else (0.0, 0.0) for tag in tags]
        self._x, self._y = (np.array(column) for column in zip(*places, strict=True))
        self._groups = _groups(tags)
        self._gas = _gas_columns(tags)
        self._masts = [(k, tag) for k, tag in enumerate(tags) if tag.remarks.startswith("mast=")]
        self._weather: Weather | None = None
        self._leaks: tuple[Leak, ...] = ()
        self._faults: tuple[SensorFault, ...] = ()

    def set_scene(
        self, weather: Weather, leaks: Sequence[Leak], faults: Sequence[SensorFault]
    ) -> None:
        """Take the weather, the leaks and the faults from now on."""
        self._weather = weather
        self._leaks = tuple(leaks)
        self._faults = tuple(fault for fault in faults if fault.tag_key in self._index)

    def at(self, ticks: Ints) -> tuple[Ints, Ints, Floats, Qualities]:
        """Return (tag index, tick, value, quality) columns of all samples at these ticks."""
        parts = [self._groups[int(tick) % _CYCLE] for tick in ticks]
        if not parts:
            none = np.empty(0, np.int64)
            return none, none, np.empty(0), np.empty(0, np.uint8)
        index = np.concatenate(parts)
        tick = np.repeat(ticks, [len(part) for part in parts])
        t_s = tick / _TICKS_PER_S
        value = self._baseline.values(index, tick, t_s)
        quality = np.zeros(len(index), np.uint8)
        self._add_weather(index, tick, t_s, value)
        for leak in self._leaks:
            self._add_leak(leak, index, t_s, value)
        for fault in self._faults:
            self._add_fault(fault, index, t_s, value, quality)
        over = (value > self._baseline.high[index]) & self._gas[2][index]
        quality[over] = np.maximum(quality[over], Quality.UNCERTAIN)
        return index, tick, self._baseline.rounded(index, value), quality

    def _add_weather(self, index: Ints, tick: Ints, t_s: Floats, value: Floats) -> None:
        weather = self._weather
        if weather is None:
            return
        for k, tag in self._masts:
            where = np.flatnonzero(index == k)
            if not len(where):
                continue
            times = t_s[where]
            noise = gauss(self._baseline.noise_key[index[where]], tick[where])
            value[where] = _weather_value(tag, weather, times, noise)

    def _add_leak(self, leak: Leak, index: Ints, t_s: Floats, value: Floats) -> None:
        """Add what the leak's gas does to the detectors that can see it."""
        if not len(t_s) or t_s[-1] < leak.start_s:
            return
        same, combustible, _ = self._gas
        sees = same.get(leak.substance, np.zeros(len(self._tags), bool))[index]
        if leak.substance in same and not sees.any():
            return
        flammable = combustible & _flammable(leak, self._tags)
        where = np.flatnonzero(sees | flammable[index])
        near = np.hypot(self._x[index[where]] - leak.x_m, self._y[index[where]] - leak.y_m)
        where = where[near < _REACH_M]
        if self._weather is None or not len(where):
            return
        tags = index[where]
        mg_m3 = reading(leak, self._x[tags], self._y[tags], t_s[where], self._weather)
        toxic = ~combustible[tags]
        shown = np.where(toxic, to_ppm(mg_m3, leak.mw), to_lel(mg_m3, leak.mw, leak.lel_vol))
        value[where] += shown

    def _add_fault(
        self, fault: SensorFault, index: Ints, t_s: Floats, value: Floats, quality: Qualities
    ) -> None:
        where = np.flatnonzero(index == self._index[fault.tag_key])
        times = t_s[where]
        if fault.pattern == "calibration":
            value[where] += fault.value * fault.shown(times)
            return
        active = where[(times >= fault.start_s) & (times < fault.start_s + fault.lasts_s)]
        value[active] = fault.value
        quality[active] = Quality.BAD if fault.pattern == "dead" else Quality.GOOD


def _groups(tags: tuple[Tag, ...]) -> list[Ints]:
    """Return which tags report at each tick of the 4 s cycle; phases are spread by key."""
    members: list[list[int]] = [[] for _ in range(_CYCLE)]
    for k, tag in enumerate(tags):
        period = int(tag.period_s * _TICKS_PER_S)
        phase = int(chance("phase", tag.key) * period)
        for tick in range(phase, _CYCLE, period):
            members[tick].append(k)
    return [np.array(group, np.int64) for group in members]


def _gas_columns(
    tags: tuple[Tag, ...],
) -> tuple[dict[str, npt.NDArray[np.bool_]], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return detectors by substance, the combustible ones, and all detectors, as masks."""
    gas = np.array([tag.quantity == "gas" for tag in tags])
    combustible = np.array([tag.safety == "combustible" for tag in tags])
    names = {tag.substance for tag in tags if tag.quantity == "gas"}
    same = {
        name: np.array([tag.quantity == "gas" and tag.substance == name for tag in tags])
        for name in names
    }
    return same, combustible, gas


def _flammable(leak: Leak, tags: tuple[Tag, ...]) -> npt.NDArray[np.bool_]:
    """Return all-true when the leak's own detectors are combustible ones, else all-false."""
    own = any(t.safety == "combustible" and t.substance == leak.substance for t in tags)
    return np.full(len(tags), own)


def _weather_value(tag: Tag, weather: Weather, t_s: Floats, noise: Floats) -> Floats:
    offset_deg, share = MASTS[tag.remarks.removeprefix("mast=")]
    match tag.quantity:
        case "wind_direction":
            return np.asarray((weather.from_deg(t_s) + offset_deg + 2.5 * noise) % 360.0)
        case "wind_speed":
            return np.maximum(weather.speed_m_s(t_s) * share + 0.12 * noise, 0.0)
        case "air_temperature":
            return 14.0 + 8.0 * weather.sun_share(t_s) + 0.05 * noise
        case "solar_radiation":
            return weather.solar_w_m2(t_s) * (1 + 0.01 * noise)
        case _:
            return 68.0 - 18.0 * weather.sun_share(t_s) + 0.2 * noise
