"""Reads a map file in a process of its own.

A broken file may end the library that reads it; then the process is gone, not the desk. A reading
that isn't wanted any more is ended at once, wherever it is.
"""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from app.exchange.findings import FileRefusedError
from app.exchange.layers.staging import (
    LayerRequest,
    LayerStaging,
    LayerStep,
    stage_layers,
)
from models.basics import LatLon

_ORDER, _RESULT, _REFUSED, _PROGRESS = "order.json", "staging.json", "refused.json", "progress.json"
_LOOK_S = 0.1


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
    for name in (_RESULT, _REFUSED, _PROGRESS):
        (scratch / name).unlink(missing_ok=True)
    (scratch / _ORDER).write_bytes(msgspec.json.encode(order))
    code = _run(request)
    if (scratch / _RESULT).is_file() and code == 0:
        return msgspec.json.decode((scratch / _RESULT).read_bytes(), type=LayerStaging)
    if (scratch / _REFUSED).is_file():
        file, place, reason = msgspec.json.decode((scratch / _REFUSED).read_bytes())
        raise FileRefusedError(file, place, reason)
    reason = f"reading it failed and was ended (code {code}); nothing was taken"
    raise FileRefusedError(request.path.name, "", reason)


def _run(request: LayerRequest) -> int:
    command = [sys.executable, "-m", __name__, str(request.scratch)]
    root = Path(__file__).resolve().parents[3]
    nothing = subprocess.DEVNULL
    told: _Progress | None = None
    with subprocess.Popen(
        command, cwd=root, stdin=nothing, stdout=nothing, stderr=nothing
    ) as child:
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return child.wait(_LOOK_S)
                now = _progress(request.scratch)
                request.stop_if_cancelled()
                if now is not None and now != told:
                    told = now
                    request.tell(now.step, now.share)
        except BaseException:
            child.kill()
            raise


def _progress(scratch: Path) -> _Progress | None:
    try:
        return msgspec.json.decode((scratch / _PROGRESS).read_bytes(), type=_Progress)
    except (OSError, msgspec.DecodeError):
        return None


def main(arguments: list[str]) -> int:
    """Stage the file that the order in a folder names; leave the result there."""
    scratch = Path(arguments[0])
    order = msgspec.json.decode((scratch / _ORDER).read_bytes(), type=_Order)

    def tell(step: LayerStep, share: float) -> None:
        _put(scratch / _PROGRESS, _Progress(step, share))

    try:
        staging = stage_layers(LayerRequest(
            path=Path(order.path), scratch=scratch, datum=order.datum, crs=order.crs,
            name=order.name, near=order.near, progress=tell, cancelled=threading.Event(),
        ))  # fmt: skip
    except FileRefusedError as error:
        _put(scratch / _REFUSED, (error.file, error.place, error.reason))
        return 2
    _put(scratch / _RESULT, staging)
    return 0


def _put(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever msgspec writes
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(value))
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
