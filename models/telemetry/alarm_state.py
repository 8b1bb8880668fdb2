"""What the alarm logic remembers between two slots, so that a restart goes on where it stopped."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
import numpy as np
import numpy.typing as npt

from models.telemetry.ports import SampleBatch

_COLUMNS = (np.int32, np.int64, np.int64, np.float64, np.uint8)


class KeptStateError(ValueError):
    """A kept state that doesn't fit the logic that is to take it up."""


class KeptAlarms(msgspec.Struct, frozen=True, kw_only=True):
    """The state of an `AlarmLogic` after a slot; only a logic of the same tags can take it up.

    `arrays` are by part and name, as bytes of the machine; `waiting` the columns of the samples
    whose slot hasn't ended; `readings`, `units` and `plant_changed` are of the plant states.
    """

    judged_us: int
    arrays: dict[str, bytes]
    waiting: tuple[bytes, ...]
    raised_ids: tuple[str, ...]
    readings: dict[str, float]
    units: dict[str, str]
    plant_changed: bool


class Keeps:
    """A part of the logic whose arrays `KEPT` are its whole memory."""

    KEPT: ClassVar[tuple[str, ...]] = ()

    def kept(self) -> dict[str, bytes]:
        """Return the arrays as bytes, by part and name."""
        return {self._name(name): getattr(self, name).tobytes() for name in self.KEPT}

    def take_up(self, kept: Mapping[str, bytes]) -> None:
        """Fill the arrays; KeptStateError when one is lacking or of another size."""
        for name in self.KEPT:
            array: npt.NDArray[Any] = getattr(self, name)
            data = kept.get(self._name(name), b"")
            if len(data) != array.nbytes:
                raise KeptStateError(f"{self._name(name)}: {len(data)} bytes, not {array.nbytes}")
            array[...] = np.frombuffer(data, array.dtype).reshape(array.shape)

    def _name(self, name: str) -> str:
        return f"{type(self).__name__}.{name}"


def packed(batch: SampleBatch) -> tuple[bytes, ...]:
    """Return the columns of samples as bytes."""
    columns = (batch.tag, batch.source_us, batch.arrival_us, batch.value, batch.quality)
    return tuple(column.tobytes() for column in columns)


def unpacked(columns: Sequence[bytes]) -> SampleBatch:
    """Return samples from what `packed` made; KeptStateError when the columns don't fit."""
    try:
        made = [np.frombuffer(*pair).copy() for pair in zip(columns, _COLUMNS, strict=True)]
    except ValueError as error:
        raise KeptStateError(f"samples: {error}") from error
    if len({column.size for column in made}) > 1:
        raise KeptStateError("samples: columns of different lengths")
    tag, source_us, arrival_us, value, quality = made
    return SampleBatch(
        tag=tag, source_us=source_us, arrival_us=arrival_us, value=value, quality=quality
    )
