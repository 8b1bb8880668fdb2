"""Runs a module in a process of its own: order in, progress and result out, all as small files.

What computes for long would hold the interpreter, and with it the UI thread; what a library may
break would break the desk. Here neither can.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[float], None]
ORDER, PROGRESS = "order.json", "progress.json"
_RESULT, _REFUSED = "result.json", "refused.json"
_LOOK_S = 0.1
_ROOT = Path(__file__).resolve().parent.parent
_NICENESS = 10


class ApartFailedError(Exception):
    """What was to be computed apart can't be, or its process ended; the text says why."""


def compute_apart(module: str, order: object, kind: type[R], progress: Progress) -> R:
    """Return what a module that ends in `serve` makes of an order; blocks until it has.

    Parameters
    ----------
    module : str
        Its dotted name.
    order : object
        What `serve` there expects.
    kind : type
        Of what comes back.
    progress : callable
        Told the share that is done, 0…1, ten times a second; what it raises ends the process.

    Raises
    ------
    ApartFailedError
        With the reason.
    Exception
        Whatever `progress` raises.
    """
    with tempfile.TemporaryDirectory(prefix="muster-apart-") as folder:
        scratch = Path(folder)
        code = run_apart(
            module, scratch, order, lambda: progress(progress_of(scratch, float) or 0.0)
        )
        if code == 0:
            return take(scratch / _RESULT, kind)
        try:
            reason = take(scratch / _REFUSED, str)
        except OSError:
            reason = f"computing it ended with code {code}"
        raise ApartFailedError(reason)


def serve(scratch: Path, kind: type[T], compute: Callable[[T, Progress], object]) -> int:
    """Compute the order that lies in a folder, behind everything else on this machine."""
    _give_way()
    told = -1

    def tell(share: float) -> None:
        nonlocal told
        if (percent := int(share * 100)) != told:
            told = percent
            put(scratch / PROGRESS, share)

    try:
        found = compute(take(scratch / ORDER, kind), tell)
    except Exception as error:  # the desk says why
        put(scratch / _REFUSED, str(error) or type(error).__name__)
        return 2
    put(scratch / _RESULT, found)
    return 0


def run_apart(module: str, scratch: Path, order: object, look: Callable[[], None]) -> int:
    """Run `python -m MODULE SCRATCH` until it ends and return its code.

    Parameters
    ----------
    module : str
        Reads its order with `take`, leaves its results with `put`.
    scratch : Path
        A folder of the run's own.
    order : object
        What msgspec can write; it lies in the folder as `ORDER`.
    look : callable
        Called ten times a second; what it raises ends the process at once.
    """
    (scratch / PROGRESS).unlink(missing_ok=True)
    put(scratch / ORDER, order)
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-m", module, str(scratch)],
        cwd=_ROOT, stdin=nothing, stdout=nothing, stderr=nothing,
        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    ) as child:  # fmt: skip
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return child.wait(_LOOK_S)
                look()
        except BaseException:
            child.kill()
            raise


def _give_way() -> None:
    """Let everything else go first; on Windows the process was begun so."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def put(path: Path, value: object) -> None:
    """Write a value so that it is never read by halves."""
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(value))
    part.replace(path)


def take(path: Path, kind: type[T]) -> T:
    """Return what `put` wrote.

    Raises
    ------
    OSError, msgspec.DecodeError
        When it isn't there, or isn't that.
    """
    return msgspec.json.decode(path.read_bytes(), type=kind)


def progress_of(scratch: Path, kind: type[T]) -> T | None:
    """Return how far the process says it is; None before it said anything."""
    try:
        return take(scratch / PROGRESS, kind)
    except (OSError, msgspec.DecodeError):
        return None
