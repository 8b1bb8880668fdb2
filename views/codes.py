"""Words of the codes that plans, teams, places and scenarios use."""

import tomllib
from functools import cache
from importlib.resources import files

from models.basics import Name


def code_word(code: str, language: str) -> str:
    """Return the word of a capability, a type or a kind of incident; itself when unknown."""
    name = _codes().get(code)
    return name.text(language) if name else code


@cache
def _codes() -> dict[str, Name]:
    text = (files("resources") / "libraries" / "codes.toml").read_text("utf-8")
    return {code: Name(zh, en) for code, (zh, en) in tomllib.loads(text).items()}
