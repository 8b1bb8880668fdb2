"""How the columns of a table share its width: texts first, then the widths of the design."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for [px]: the design's width and what its texts need."""

    design_px: int
    needed_px: int

    @property
    def whole_px(self) -> int:
        """The width that is both."""
        return max(self.design_px, self.needed_px)


def shared_widths(
    room_px: int, wishes: Mapping[int, Wish], stretched_px: int, least_px: int
) -> dict[int, int]:
    """Return the width [px] of each column that isn't stretched.

    Where everything fits, each column has its design's width, or more where its texts are longer.
    In less room the design's widths shrink towards the texts; in less than the texts need, as few
    columns as possible are cut, and none below its design's width.

    Parameters
    ----------
    room_px : int
        Width of the table.
    wishes : mapping
        Column position → what it asks for.
    stretched_px : int
        What the texts of all stretched columns together need.
    least_px : int
        Below this the stretched columns together are unreadable.

    Examples
    --------
    >>> shared_widths(400, {1: Wish(100, 60), 2: Wish(50, 70)}, 100, 80)
    {1: 100, 2: 70}
    >>> shared_widths(400, {1: Wish(100, 60), 2: Wish(50, 70)}, 250, 80)
    {1: 80, 2: 70}
    >>> shared_widths(200, {1: Wish(100, 60), 2: Wish(50, 70)}, 250, 80)
    {1: 60, 2: 50}
    >>> shared_widths(400, {1: Wish(50, 300), 2: Wish(50, 70)}, 250, 80)
    {1: 80, 2: 70}
    """
    left_px = room_px - max(stretched_px, least_px)
    whole = {position: wish.whole_px for position, wish in wishes.items()}
    if sum(whole.values()) <= left_px:
        return whole
    needed = {position: wish.needed_px for position, wish in wishes.items()}
    spare_px = left_px - sum(needed.values())
    if spare_px < 0:
        return _least_cut(left_px, wishes)
    over = sum(whole.values()) - sum(needed.values())
    return {n: needed[n] + (whole[n] - needed[n]) * spare_px // over for n in wishes}


def _least_cut(left_px: int, wishes: Mapping[int, Wish]) -> dict[int, int]:
    """Return the widths where the texts have no room: the ones that lack little get it first."""
    widths = {n: min(wish.design_px, wish.needed_px) for n, wish in wishes.items()}
    left_px -= sum(widths.values())
    for n in sorted(wishes, key=lambda n: wishes[n].needed_px - widths[n]):
        more_px = min(wishes[n].needed_px - widths[n], max(left_px, 0))
        widths[n] += more_px
        left_px -= more_px
    return widths
