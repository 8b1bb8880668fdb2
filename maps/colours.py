"""The map's colours: its own table of tokens over the theme's."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

Scheme = Literal["dark", "light", "contrast"]
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


@cache
def _table() -> dict[str, dict[str, str]]:
    text = (files("resources") / "map" / "colours.toml").read_text("utf-8")
    return tomllib.loads(text)


def map_colours(theme: Mapping[str, str], scheme: Scheme) -> dict[str, str]:
    """Return every colour the page uses, by the page's token.

    Parameters
    ----------
    theme : mapping of str to str
        The theme's tokens as `#rrggbb`. A token that begins with `map.` replaces the map's own.
    scheme : 'dark', 'light' or 'contrast'
        Which of the map's tables stands under it.

    Raises
    ------
    KeyError
        When the map's table takes a token that the theme lacks.
    ValueError
        When a value is no `#rrggbb` or `#rrggbbaa` colour: it goes into the page's style.
    """
    wanted = _table()["common"] | _table()[scheme]
    wanted |= {token: value for token, value in theme.items() if token.startswith("map.")}
    colours = {
        token: theme[value[1:]] if value.startswith("@") else value
        for token, value in wanted.items()
    }
    for token, value in colours.items():
        if not _COLOUR.fullmatch(value):
            raise ValueError(f"{token}: {value!r} is no #rrggbb colour")
    return colours
