"""Reads a map file in a process of its own.

A broken file may end the library that reads it; then the process is gone, not the desk. A reading
that isn't wanted any more is ended at once, wherever it is.
"""

import sys
import threading
from pathlib import Path

import msgspec

from app.apart import ORDER, PROGRESS, progress_of, put, run_apart, take
from app.exchange.findings import FileRefusedError
from app.exchange.layers.staging import (
    LayerRequest,
    LayerStaging,
    LayerStep,
    stage_layers,
)
from models.basics import LatLon

_RESULT, _REFUSED = "staging.json", "refused.json"


class _Order(msgspec.Struct):
    path: str
    datum: str = ""
    crs: str = ""
    name: str = ""
    near: LatLon | None = None


class _Progress(msgspec.Struct):
    step: LayerStep
    share: float


def stage_apart(request: LayerRequest) -> LayerStaging:
    """Do what `stage_layers` does, in another process; blocks until it ends.

    Raises
    ------
    FileRefusedError
        When nothing of the file can be read, or reading it ended the process.
    LayerCancelledError
        When it was stopped.
    """
    scratch = request.scratch
    order = _Order(
        str(request.path.absolute()), request.datum, request.crs, request.name, request.near
    )
    for name in (_RESULT, _REFUSED):
        (scratch / name).unlink(missing_ok=True)
    code = _run(request, order)
    if (scratch / _RESULT).is_file() and code == 0:
        return take(scratch / _RESULT, LayerStaging)
    if (scratch / _REFUSED).is_file():
        file, place, reason = take(scratch / _REFUSED, tuple[str, str, str])
        raise FileRefusedError(file, place, reason)
    reason = f"reading it failed and was ended (code {code}); nothing was taken"
    raise FileRefusedError(request.path.name, "", reason)


def _run(request: LayerRequest, order: _Order) -> int:
    told: _Progress | None = None

    def look() -> None:
        nonlocal told
        now = progress_of(request.scratch, _Progress)
        request.stop_if_cancelled()
        if now is not None and now != told:
            told = now
            request.tell(now.step, now.share)

    return run_apart(__name__, request.scratch, order, look)


def main(arguments: list[str]) -> int:
    """Stage the file that the order in a folder names; leave the result there."""
    scratch = Path(arguments[0])
    order = take(scratch / ORDER, _Order)

    def tell(step: LayerStep, share: float) -> None:
        put(scratch / PROGRESS, _Progress(step, share))

    try:
        staging = stage_layers(LayerRequest(
            path=Path(order.path), scratch=scratch, datum=order.datum, crs=order.crs,
            name=order.name, near=order.near, progress=tell, cancelled=threading.Event(),
        ))  # fmt: skip
    except FileRefusedError as error:
        put(scratch / _REFUSED, (error.file, error.place, error.reason))
        return 2
    put(scratch / _RESULT, staging)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
