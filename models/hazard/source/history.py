"""A release over time: rates at moments, and what follows from them."""

from dataclasses import dataclass

import numpy as np

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.ports import HazardInputError


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Rates [kg/s] at rising times [s] since the start, linear between them, 0 outside.

    Examples
    --------
    >>> history = History.of([0, 10, 20], [2, 1, 0])
    >>> float(history.rate_at(5)), history.total_kg(), history.duration_s
    (1.5, 20.0, 20.0)
    """

    times_s: Array
    rates_kg_s: Array

    @classmethod
    def of(cls, times_s: object, rates_kg_s: object) -> "History":
        """Return a history, checked.

        Parameters
        ----------
        times_s, rates_kg_s : array_like
            Of one shape (n,), n ≥ 2; times rise from ≥ 0 s, rates are ≥ 0 kg/s.

        Raises
        ------
        HazardInputError
            Naming `times_s` or `rates_kg_s`.
        """
        times = numbers("times_s", times_s, 0.0, 1e8, "s")  # type: ignore[arg-type]
        rates = numbers("rates_kg_s", rates_kg_s, 0.0, 1e8, "kg/s")  # type: ignore[arg-type]
        if times.ndim != 1 or times.size < 2 or times.shape != rates.shape:
            raise HazardInputError("times_s", "wanted as many times as rates, two at least")
        if not (np.diff(times) > 0).all():
            raise HazardInputError("times_s", "the times don't rise")
        return cls(times, rates)

    @property
    def duration_s(self) -> float:
        """The time of the last rate [s]."""
        return float(self.times_s[-1])

    def rate_at(self, time_s: object) -> Array:
        """Return the rate [kg/s] at times [s] of any shape; 0 outside."""
        time = numbers("time_s", time_s, 0.0, 1e8, "s")  # type: ignore[arg-type]
        return np.asarray(np.interp(time, self.times_s, self.rates_kg_s, left=0.0, right=0.0))

    def total_kg(self) -> float:
        """Return the mass released [kg]."""
        return float(np.trapezoid(self.rates_kg_s, self.times_s))

    def steps(self, step_s: float) -> tuple[Array, Array]:
        """Return (starts [s], masses [kg]) of equal steps that together hold all the mass.

        Parameters
        ----------
        step_s : float
            Length of a step [s], above 0; the last one may reach past the end.

        Raises
        ------
        HazardInputError
            Naming `step_s`, also when it makes more than 1e5 steps.

        Examples
        --------
        >>> starts, masses = History.of([0, 10], [2, 2]).steps(5)
        >>> starts.tolist(), masses.tolist()
        ([0.0, 5.0], [10.0, 10.0])
        """
        step = number("step_s", step_s, 0.0, 1e8, "s", low_open=True)
        count = int(np.ceil(self.duration_s / step - 1e-9))
        if count > 100_000:
            raise HazardInputError("step_s", f"{step:g} s makes {count} steps")
        edges = np.asarray(np.arange(count + 1) * step, dtype=np.float64)
        piece = np.diff(self.times_s) * (self.rates_kg_s[1:] + self.rates_kg_s[:-1]) / 2
        held = np.concatenate(([0.0], np.cumsum(piece)))
        return edges[:-1], np.diff(self._held_at(edges, held))

    def _held_at(self, edges: Array, held: Array) -> Array:
        """Integrate the linear rates up to each edge."""
        index = np.clip(np.searchsorted(self.times_s, edges, "right") - 1, 0, len(held) - 2)
        start, width = self.times_s[index], np.diff(self.times_s)[index]
        part = np.clip(edges - start, 0.0, width)
        first, rise = self.rates_kg_s[index], np.diff(self.rates_kg_s)[index]
        return np.asarray(held[index] + first * part + rise / width * part**2 / 2)
