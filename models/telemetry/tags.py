"""The tag table: int32 index ↔ key for the tags of one revision of the reference data."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from models.registry.kinds import Tag
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import take
from models.times import SECOND_US

_LEAST_PATIENCE_US = 5 * SECOND_US
_PERIODS_OF_PATIENCE = 3


class TagTable:
    """Tags of one revision, sorted by key; the position in the order is the index.

    Parameters
    ----------
    tags : iterable of Tag
        Rows of the kind `tags`; keys are unique.
    revision : int
        The revision of the reference data that the rows came from.

    Raises
    ------
    ValueError
        When two rows have the same key.
    """

    def __init__(self, tags: Iterable[Tag], revision: int = 0) -> None:
        self.tags: tuple[Tag, ...] = tuple(sorted(tags, key=lambda tag: tag.key))
        self.revision = revision
        self.keys: tuple[str, ...] = tuple(tag.key for tag in self.tags)
        self.index: Mapping[str, int] = {key: i for i, key in enumerate(self.keys)}
        if len(self.index) != len(self.keys):
            raise ValueError("two tags have the same key")
        self.wide: npt.NDArray[np.bool_] = np.array([tag.wide for tag in self.tags], bool)
        self.patience_us: npt.NDArray[np.int64] = np.array(
            [patience_us(tag) for tag in self.tags], np.int64
        )

    def __len__(self) -> int:
        return len(self.tags)

    def __getitem__(self, index: int) -> Tag:
        return self.tags[index]


def patience_us(tag: Tag) -> int:
    """Return how long a tag may be silent before it is stale [µs]: max(3 periods, 5 s).

    Examples
    --------
    >>> from models.basics import Name
    >>> patience_us(Tag(key="T", name=Name(en="t"), period_s=10.0))
    30000000
    """
    return max(int(_PERIODS_OF_PATIENCE * tag.period_s * SECOND_US), _LEAST_PATIENCE_US)


def translated(batch: SampleBatch, old: TagTable, new: TagTable) -> SampleBatch:
    """Return samples of one table as samples of another; tags that are gone drop out."""
    places = np.array([new.index.get(key, -1) for key in old.keys], np.int32)
    stays = places[batch.tag] >= 0
    kept = take(batch, stays)
    return SampleBatch(
        tag=places[kept.tag],
        source_us=kept.source_us,
        arrival_us=kept.arrival_us,
        value=kept.value,
        quality=kept.quality,
    )
