"""Where faceplates stand: pure arithmetic of boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect

from models.registry.kinds import Tag
from views.monitor.plates.board import Place, PlaceId
from views.monitor.plates.looks import FAMILIES, family

LINES = 5


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes [px] of what stands on a board."""

    width: int
    head: int
    row: int
    gap: int


def faceplate(tags: Sequence[Tag], width: int, sizes: Sizes) -> tuple[list[Place], int]:
    """Return the places of one source's tags by family, in columns, and the height they take.

    A title is never the last of its column.
    """
    columns = max(1, (width + sizes.gap) // (sizes.width + sizes.gap))
    wide = (width - (columns - 1) * sizes.gap) // columns
    blocks: list[tuple[PlaceId, int]] = []
    for each in FAMILIES:
        own = [tag for tag in tags if family(tag) == each]
        if own:
            blocks.append((("family", each), sizes.head))
            blocks += [(("tag", tag.key), sizes.row) for tag in own]
    share = -(-sum(height for _, height in blocks) // columns)
    places, x, y, tallest = [], 0, 0, 0
    for number, (key, height) in enumerate(blocks):
        needed = height
        if height == sizes.head and number + 1 < len(blocks):
            needed += blocks[number + 1][1]
        last_column = x + 2 * wide + sizes.gap > width
        if y and y + needed > share + sizes.row // 2 and not last_column:
            x, y = x + wide + sizes.gap, 0
        places.append(Place(QRect(x, y, wide, height), key))
        y += height
        tallest = max(tallest, y)
    return places, tallest


def per_page(width: int, height: int, sizes: Sizes) -> tuple[int, int]:
    """Return how many columns and rows of plates a wall has room for, one at least."""
    plate = sizes.head + LINES * sizes.row
    columns = max(1, (width + sizes.gap) // (sizes.width + sizes.gap))
    return columns, max(1, (height + sizes.gap) // (plate + sizes.gap))


def filling(height: int, rows: int, sizes: Sizes, most: int) -> Sizes:
    """Return sizes whose lines are as high as the wall has room for, `most` [px] at most."""
    room = (height + sizes.gap) // rows - sizes.gap - sizes.head
    return replace(sizes, row=max(sizes.row, min(room // LINES, most)))


def wall(
    keys: Sequence[str], tags: Mapping[str, Sequence[Tag]], width: int, columns: int, sizes: Sizes
) -> list[Place]:
    """Return the places of a page of plates: a title and `LINES` lines each.

    Where a source has more tags than lines the last line tells of the others.
    """
    wide = (width - (columns - 1) * sizes.gap) // columns
    plate = sizes.head + LINES * sizes.row
    places = []
    for number, key in enumerate(keys):
        row, column = divmod(number, columns)
        x, y = column * (wide + sizes.gap), row * (plate + sizes.gap)
        places.append(Place(QRect(x, y, wide, sizes.head), ("source", key)))
        own = tags[key]
        shown = own if len(own) <= LINES else own[: LINES - 1]
        for line in range(LINES):
            box = QRect(x, y + sizes.head + line * sizes.row, wide, sizes.row)
            if line < len(shown):
                places.append(Place(box, ("tag", shown[line].key)))
            else:
                places.append(Place(box, ("more" if len(own) > LINES else "blank", key)))
    return places
