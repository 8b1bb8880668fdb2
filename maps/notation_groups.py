"""Pieces of typed coordinates brought together: which belong to the first, which to the second."""

from collections.abc import Sequence
from dataclasses import dataclass

from maps.notation_faults import NotationError
from maps.notation_text import Axis, Token

_Tokens = Sequence[Token]
_COMPACT = {"lat": {4: 2, 6: 2}, "lon": {5: 3, 7: 3}}


@dataclass(frozen=True, slots=True)
class Angle:
    """One coordinate [degrees]; `axis` None where nothing says which it is."""

    value_deg: float
    axis: Axis | None
    sexagesimal: bool


def split_angles(tokens: _Tokens) -> tuple[Angle, Angle]:
    """Return the two coordinates that the pieces make.

    Raises
    ------
    NotationError
        When they make none, one, or too many.
    """
    kept = _without_labels(tokens)
    axes = [place for place, token in enumerate(kept) if token.kind == "axis"]
    if len(axes) > 2:
        raise NotationError("not_understood", kept[axes[2]].text)
    if not axes:
        first, second = _split_plain(kept)
        return _angle(first, None), _angle(second, None)
    if len(axes) == 2:
        if kept[axes[0]].axis == kept[axes[1]].axis:
            raise NotationError("same_axis")
        first, second = _split_named(kept, *axes)
        return _angle(first, kept[axes[0]]), _angle(second, kept[axes[1]])
    return _half_named(kept, axes[0])


def _without_labels(tokens: _Tokens) -> _Tokens:
    """Leave out "latitude" and "longitude" where hemispheres say the same."""
    signed = {token.axis for token in tokens if token.kind == "axis" and token.sign}
    return [
        token
        for token in tokens
        if not (token.kind == "axis" and not token.sign and token.axis in signed)
    ]


def _split_named(tokens: _Tokens, one: int, two: int) -> tuple[_Tokens, _Tokens]:
    before, between, after = tokens[:one], tokens[one + 1 : two], tokens[two + 1 :]
    if _bare(before):  # 39N 76W, or 39N W76
        if _bare(between) and _bare(after):
            raise NotationError("too_many_numbers")
        return before, between if _bare(between) else after
    if _bare(after):  # N39 W76
        return between, after
    return _split_plain(between)  # N39 76W


def _half_named(tokens: _Tokens, at: int) -> tuple[Angle, Angle]:
    """One hemisphere is given: the other coordinate is the other axis, by its own sign."""
    before, after = tokens[:at], tokens[at + 1 :]
    name = tokens[at]
    other = Token("axis", "", axis="lon" if name.axis == "lat" else "lat")
    if not _bare(before):
        first, second = _split_plain(after)
        return _angle(first, name), _angle(second, other)
    if not _bare(after):
        first, second = _split_plain(before)
        return _angle(first, other), _angle(second, name)
    if before[-1].kind == "gap":
        return _angle(before, other), _angle(after, name)
    return _angle(before, name), _angle(after, other)


def _split_plain(tokens: _Tokens) -> tuple[_Tokens, _Tokens]:
    """Split where a gap, a second degree mark or half of the numbers says so."""
    numbers = [place for place, token in enumerate(tokens) if token.kind == "number"]
    if len(numbers) < 2:
        raise NotationError("one_number" if numbers else "empty")
    gaps = [
        place
        for place, token in enumerate(tokens)
        if token.kind == "gap" and numbers[0] < place < numbers[-1]
    ]
    if len(gaps) == 1:
        return tokens[: gaps[0]], tokens[gaps[0] + 1 :]
    if gaps:
        raise NotationError("decimal_comma" if len(numbers) == 4 else "too_many_numbers")
    degrees = [
        place for place, token in enumerate(tokens) if token.kind == "mark" and token.value == 0
    ]
    if len(degrees) == 2:
        at = max(place for place in numbers if place < degrees[1])
    elif len(numbers) % 2 == 0 and len(numbers) <= 6:
        at = numbers[len(numbers) // 2]
    else:
        raise NotationError("too_many_numbers")
    return tokens[:at], tokens[at:]


def _angle(tokens: _Tokens, name: Token | None) -> Angle:
    """Return the angle of one to three numbers with or without their marks."""
    pieces = _bare(tokens)
    if name is None and any(token.kind == "dash" for token in pieces):
        raise NotationError("not_understood", _text(tokens))
    values: dict[int, Token] = {}
    rank = -1
    for place, token in enumerate(pieces):
        if token.kind == "gap":
            raise NotationError("decimal_comma")
        if token.kind != "number":
            continue
        follows = pieces[place + 1] if place + 1 < len(pieces) else None
        marked = int(follows.value) if follows is not None and follows.kind == "mark" else None
        if marked is not None and marked <= rank:
            raise NotationError("order_of_marks")
        rank = rank + 1 if marked is None else marked
        if rank > 2:
            raise NotationError("too_many_numbers")
        values[rank] = token
    if not values:
        raise NotationError("one_number")
    if 0 not in values:
        raise NotationError("order_of_marks")
    return _value(values, name, marked=any(token.kind == "mark" for token in pieces))


def _value(values: dict[int, Token], name: Token | None, *, marked: bool) -> Angle:
    degrees = values[0]
    if name is not None and name.sign and degrees.sign < 0:
        raise NotationError("sign_and_letter")
    last = max(values)
    if any(token.sign for rank, token in values.items() if rank) or any(
        token.value % 1 for rank, token in values.items() if rank < last
    ):
        wrong = next(t for r, t in values.items() if (r and t.sign) or (r < last and t.value % 1))
        raise NotationError("fraction", wrong.text)
    parts = [values[rank].value if rank in values else 0.0 for rank in range(3)]
    sexagesimal = last > 0
    if name is not None and last == 0 and not marked:
        compact = _compact(degrees, name.axis)
        sexagesimal, parts = (compact is not None), compact or parts
    for part in parts[1:]:
        if part >= 60.0:
            raise NotationError("sixty", f"{part:g}")
    size = parts[0] + parts[1] / 60.0 + parts[2] / 3600.0
    sign = (name.sign if name is not None else 0) or degrees.sign or 1
    return Angle(sign * size, None if name is None else name.axis, sexagesimal)


def _compact(number: Token, axis: Axis) -> list[float] | None:
    """Return degrees, minutes, seconds of 391725 (N) or 0763645 (W); None when it is none."""
    digits = number.text.lstrip("+- ")
    whole, _, fraction = digits.partition(".")
    cut = _COMPACT[axis].get(len(whole))
    if cut is None or float(whole) <= 180.0:
        return None
    rest = whole[cut:]
    if len(rest) == 2:
        return [float(whole[:cut]), float(f"{rest}.{fraction or 0}"), 0.0]
    return [float(whole[:cut]), float(rest[:2]), float(f"{rest[2:]}.{fraction or 0}")]


def _bare(tokens: _Tokens) -> _Tokens:
    """Return pieces without gaps at their ends."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].kind == "gap":
        start += 1
    while end > start and tokens[end - 1].kind == "gap":
        end -= 1
    return tokens[start:end]


def _text(tokens: _Tokens) -> str:
    return " ".join(token.text for token in tokens)[:20]
