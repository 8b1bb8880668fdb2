"""Ratios of what we built to a bare yardstick, in one run, the best of three of each side.

A benchmark is a module `tests/benchmarks/bench_NAME.py` with `def rows() -> list[Row]`.
Run them with `python3 run.py bench [NAME …]`.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure, its bar, and whether less or more is better."""

    name: str
    figure: float
    bar: float
    unit: str = "×"
    more_is_better: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the figure meets its bar; NaN never does."""
        return self.figure >= self.bar if self.more_is_better else self.figure <= self.bar

    def text(self) -> str:
        """Return the line."""
        sign = "≥" if self.more_is_better else "≤"
        figure, bar = f"{self.figure:.4g} {self.unit}", f"{sign} {self.bar:g} {self.unit}"
        verdict = "holds" if self.holds else "FAILS"
        return f"{self.name:44} {figure:>14}  {bar:>12}  {verdict}  {self.note}".rstrip()


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes, with the garbage collector out of the way."""
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        began_s = time.perf_counter()
        work()
        return time.perf_counter() - began_s
    finally:
        if was_on:
            gc.enable()


def best_ratio(
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    measure: Callable[[Callable[[], object]], float] = seconds,
) -> float:
    """Return our best time over the yardstick's best time.

    The sides take turns, so that a slow minute of the machine meets both. The least of the
    ratios of single pairs would reward a slow moment of the yardstick.
    """
    our_s, yardstick_s = float("inf"), float("inf")
    for _ in range(rounds):
        our_s = min(our_s, measure(ours))
        yardstick_s = min(yardstick_s, measure(yardstick))
    return our_s / yardstick_s


def best_speedup(
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    measure: Callable[[Callable[[], object]], float] = seconds,
) -> float:
    """Return the yardstick's best time over ours."""
    return 1.0 / best_ratio(ours, yardstick, rounds=rounds, measure=measure)
