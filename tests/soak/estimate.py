"""200 synthetic twins: a leak on a 500 m site, 12 noisy detectors, a wind known to ±10°.

A twin is read once a minute for six minutes while the wind meanders within ±10° of what the mast
says; `--rounds 1` leaves one moment only.

`python3 run.py soak estimate [--trials N] [--seed N]` prints the figures and judges them.
"""

import argparse
import sys
import time
from dataclasses import dataclass

import numpy as np
import shapely

from models.basics import LatLon, Wind
from models.hazard.estimation.estimate import estimate_source
from models.hazard.estimation.ports import Estimate, Observations, Round
from models.hazard.estimation.readings import Reading
from models.hazard.ground import distance_m, to_positions
from models.hazard.plume import plume_concentration
from models.hazard.substances import ppm_to_kg_m3
from models.hazard.weather import wind_at

_SITE_M = 500.0
_CORNER = LatLon(31.0, 121.0)
_CAS, _MOLAR = "630-08-0", 28.01
_RANGE_PPM, _LIMIT_PPM = 2000.0, 1.0
_FAULTY = 0.04


@dataclass(frozen=True, slots=True)
class Trial:
    """What one trial gave."""

    miss_m: float
    factor: float
    covered: bool
    verdict: str
    took_s: float
    reading: int


def main(argv: list[str]) -> int:
    """Run the trials; 1 when a bar fails."""
    parser = argparse.ArgumentParser(prog="run.py soak estimate", description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=6)
    args = parser.parse_args(argv)
    random = np.random.default_rng(args.seed)
    trials = [one_trial(random, rounds=args.rounds) for _ in range(args.trials)]
    told = [t for t in trials if t.verdict != "cannot_tell"]
    misses = np.array([t.miss_m for t in trials])
    factors = np.array([t.factor for t in trials])
    covered = 100 * np.mean([t.covered for t in trials])
    slowest = max(t.took_s for t in trials)
    two = _with_two_detectors(np.random.default_rng(args.seed))
    rows = [
        ("median miss [m]", np.median(misses), np.median(misses) <= 50.0, "≤ 50"),
        ("median rate factor", np.median(factors), np.median(factors) <= 2.0, "≤ 2"),
        ("90 % region covers the truth [%]", covered, 80.0 <= covered <= 97.0, "80…97"),
        ("slowest trial [s]", slowest, slowest <= 2.0, "≤ 2"),
        ("two detectors can't tell [of 20]", two, two == 20, "20"),
    ]
    for name, figure, holds, bar in rows:
        sys.stdout.write(f"{name:36}{figure:10.3g}  {bar:8}{'holds' if holds else 'FAILS'}\n")
    verdicts = {v: sum(t.verdict == v for t in trials) for v in ("located", "area", "cannot_tell")}
    sys.stdout.write(f"verdicts {verdicts}; rates within a factor 2: {np.mean(factors <= 2):.0%}\n")
    if told:
        sys.stdout.write(
            f"where it tells: median miss {np.median([t.miss_m for t in told]):.1f} m\n"
        )
    sys.stdout.write(f"detectors that read gas, median: {np.median([t.reading for t in trials])}\n")
    return 0 if all(holds for _, _, holds, _ in rows) else 1


def one_trial(random: np.random.Generator, detectors: int = 12, rounds: int = 6) -> Trial:
    """Return one leak and what the estimate makes of it."""
    source = random.uniform(0.1 * _SITE_M, 0.9 * _SITE_M, 2)
    rate = float(np.exp(random.uniform(np.log(0.05), np.log(5.0))))
    noise = random.uniform(0.2, 0.5)
    wind = Wind(
        from_deg=float(random.uniform(0, 360)),
        speed_m_s=float(random.uniform(1.5, 6.0)),
        stability=str(random.choice(list("ABCD"))),
    )
    places = _placed(random, detectors)
    faulty = random.random(detectors) < _FAULTY
    moments = [
        _readings(
            random,
            places,
            source,
            rate,
            wind,
            wind.from_deg + random.uniform(-10.0, 10.0),
            noise,
            faulty,
        )
        for _ in range(rounds)
    ]
    readings = moments[0]
    seen = Observations(
        substance="",
        cas=_CAS,
        wind=wind,
        readings=readings,
        earlier=tuple(Round(readings=each, wind=wind) for each in moments[1:]),
        direction_sd_deg=6.0,  # of ±10°, evenly
        model_log_sd=0.0,  # the twin is the model
        margin_m=60.0,
    )
    began_s = time.perf_counter()
    estimate = estimate_source(seen)
    took_s = time.perf_counter() - began_s
    return _judged(estimate, source, rate, took_s, readings)


def _placed(random: np.random.Generator, detectors: int) -> np.ndarray:
    """Return detectors on a jittered grid over the site [m], or along its diagonal."""
    if detectors != 12:
        return random.uniform(0, _SITE_M, (detectors, 2))
    column, row = np.meshgrid(np.arange(4), np.arange(3))
    places = np.column_stack([column.ravel() + 0.5, row.ravel() + 0.5]) * [125.0, 500 / 3]
    return np.clip(places + random.uniform(-40, 40, places.shape), 0, _SITE_M)


def _position(place: np.ndarray) -> LatLon:
    [found] = to_positions(_CORNER, [place[1]], [-place[0]], 180.0)
    return found


def _readings(
    random: np.random.Generator,
    places: np.ndarray,
    source: np.ndarray,
    rate: float,
    wind: Wind,
    true_deg: float,
    noise: float,
    out_of_order: np.ndarray,
) -> tuple[Reading, ...]:
    angle = np.radians(true_deg)
    east, north = (places - source).T
    x = -east * np.sin(angle) - north * np.cos(angle)
    y = east * np.cos(angle) - north * np.sin(angle)
    carrying = wind_at(wind.speed_m_s, 10.0, 2.0, wind.stability, "rural")
    air = plume_concentration(
        x, y, 0.0, release_kg_s=rate, wind_m_s=carrying, height_m=1.0, stability=wind.stability
    )
    ppm = air / ppm_to_kg_m3(1.0, _MOLAR) * np.exp(noise * random.standard_normal(len(places)))
    found = []
    for i, value in enumerate(ppm.tolist()):
        over, faulty = value > _RANGE_PPM, bool(out_of_order[i])
        shown = 0.0 if value < _LIMIT_PPM or faulty else min(value, _RANGE_PPM)
        found.append(
            Reading(
                key=f"d{i}",
                position=_position(places[i]),
                value_ppm=shown,
                state="fault" if faulty else "over_range" if over else "ok",
                detection_limit_ppm=_LIMIT_PPM,
                range_ppm=_RANGE_PPM,
            )
        )
    return tuple(found)


def _judged(
    estimate: Estimate,
    source: np.ndarray,
    rate: float,
    took_s: float,
    readings: tuple[Reading, ...],
) -> Trial:
    truth = _position(source)
    region = estimate.regions[-1]
    covered = any(
        shapely.Polygon([(p.lon_deg, p.lat_deg) for p in ring]).contains(
            shapely.Point(truth.lon_deg, truth.lat_deg)
        )
        for ring in region.rings
    )
    miss_m, factor = _SITE_M, float("inf")  # what it can't tell counts as missed
    if estimate.position is not None and estimate.release_kg_s is not None:
        miss_m = distance_m(estimate.position, truth)
        ratio = estimate.release_kg_s[1] / rate
        factor = max(ratio, 1 / ratio)
    reading = sum(each.value_ppm > 0 for each in readings)
    return Trial(miss_m, factor, covered, estimate.verdict, took_s, reading)


def _with_two_detectors(random: np.random.Generator) -> int:
    return sum(one_trial(random, detectors=2).verdict == "cannot_tell" for _ in range(20))
