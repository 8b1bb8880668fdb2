"""Data tables of the demonstration park, `resources/demo/*.toml`."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from models.basics import Name, Phone


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return the table `resources/demo/<name>.toml`."""
    text = (files("resources") / "demo" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def bilingual(pair: Sequence[str]) -> Name:
    """Return a `[zh, en]` cell as a name."""
    return Name(zh=pair[0], en=pair[1])


def phones(cells: Sequence[Sequence[str]]) -> tuple[Phone, ...]:
    """Return `[number, person, role]` cells as phones in calling order."""
    return tuple(Phone(number=c[0], person=c[1], role=c[2]) for c in cells)
