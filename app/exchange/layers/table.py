"""The shapes and columns of one layer of a file, as it has them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from app.exchange.findings import CodedFinding

Shapes = npt.NDArray[np.object_]
MAX_ROWS = 500_000
MAX_CORNERS = 20_000_000
MAX_TEXT = 10_000
MAX_COLUMNS = 200

_NAMES = (
    "name:zh", "name_zh", "名称", "地名", "单位名称", "name", "name_en", "nazwa", "nom", "label",
    "title", "标题", "text", "site_name", "shelter_na", "school", "display_name", "street",
)  # fmt: skip
_NO_NAMES = ("globalid", "guid", "uuid", "fid", "date", "time", "tags")


@dataclass(slots=True)
class LayerTable:
    """Rows of one layer: `shapes` are shapely geometries or None, `crs` is what the file says.

    `numbers` tells the row of each shape as a person sees it.
    """

    title: str
    shapes: Shapes
    columns: dict[str, list[Any]]
    numbers: Sequence[int]
    crs: str = ""
    findings: list[CodedFinding] = field(default_factory=list)

    def taken(self, keep: npt.NDArray[np.bool_]) -> "LayerTable":
        """Return only the rows of `keep`."""
        places = np.flatnonzero(keep).tolist()
        return LayerTable(
            self.title,
            self.shapes[keep],
            {name: [values[place] for place in places] for name, values in self.columns.items()},
            [self.numbers[place] for place in places],
            self.crs,
            self.findings,
        )


def name_column(table: LayerTable) -> str:
    """Return the column that names the rows; '' when none does."""
    by_lower = {name.lower(): name for name in table.columns}
    for wanted in _NAMES:
        if wanted in by_lower and any(table.columns[by_lower[wanted]]):
            return by_lower[wanted]
    for name, values in table.columns.items():
        lower = name.lower()
        if (lower.endswith("name") or "名" in name) and any(isinstance(v, str) for v in values):
            return name
    for name, values in table.columns.items():
        if name.lower().endswith(_NO_NAMES):
            continue
        texts = [value for value in values if isinstance(value, str) and value]
        if len(texts) * 2 > len(values) and len(set(texts)) * 2 > len(texts):
            return name  # what most rows have, and have for themselves
    return ""


def plain_cell(value: object) -> object:
    r"""Return a cell as text, number, truth or nothing: what every format can hold.

    Examples
    --------
    >>> plain_cell(float("nan")), plain_cell("a\0b"), plain_cell(b"x")
    (None, 'ab', None)
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, str):
        text = value.replace("\0", "")
        return text.encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, bytes | bytearray):
        return None
    return str(value)
