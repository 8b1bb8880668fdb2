"""Symbols differ by more than colour: by shape, by being filled or hollow, or by their mark."""

import re
from importlib.resources import files

from maps.catalogue import STYLES
from maps.layers import CATALOGUE

_ENTRY = re.compile(
    r'^    "([\w.]+)": \["(\w+)", ([\d.]+), "([\w.]+)", "([\w.]+)"(?:, "(.)")?\],$', re.M
)
# a team's base and a ready team are one thing; a silent vehicle is no filled one
_SAME = {frozenset({"team", "team.ready"})}


def symbols() -> dict[str, tuple[str, bool, str]]:
    text = (files("resources") / "map" / "symbols.js").read_text("utf-8")
    return {
        name: (shape, edge == "map.halo", mark)
        for name, shape, _, _, edge, mark in _ENTRY.findall(text)
    }


def test_that_every_style_of_a_layer_has_a_symbol() -> None:
    named = {style for layer in CATALOGUE for style in layer.styles}
    assert named | set(STYLES) <= set(symbols())


def test_that_no_two_symbols_differ_by_colour_alone() -> None:
    seen: dict[tuple[str, bool, str], str] = {}
    for name, look in symbols().items():
        other = seen.setdefault(look, name)
        assert other == name or frozenset({other, name}) in _SAME
