"""Estimates a source in a process of its own: here a run would hold the desk's interpreter."""

import sys
from pathlib import Path

from msgspec.structs import replace

from app.apart import Progress, compute_apart, serve
from models.hazard.estimation.estimate import estimate_source
from models.hazard.estimation.ports import Estimate, Observations

MODULE = "app.estimates_apart"


def estimate_apart(seen: Observations, progress: Progress) -> Estimate:
    """Do what `estimate_source` does, in another process; the map's cells stay there.

    Raises
    ------
    ApartFailedError
        With the reason; and whatever `progress` raises to stop.
    """
    return compute_apart(MODULE, seen, Estimate, progress)


def _estimate(seen: Observations, progress: Progress) -> Estimate:
    return replace(estimate_source(seen, progress), cells=())


if __name__ == "__main__":
    sys.exit(serve(Path(sys.argv[1]), Observations, _estimate))
