"""The map's colours in every theme: complete, legible, well formed."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from maps.colours import Scheme, map_colours

SCHEMES: tuple[Scheme, ...] = ("dark", "light", "contrast")


def theme(scheme: str) -> dict[str, str]:
    text = (files("resources") / "themes" / f"{scheme}.toml").read_text("utf-8")
    colours: dict[str, str] = tomllib.loads(text)["color"]
    return colours


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_that_every_token_the_scripts_use_has_a_colour(scheme: Scheme) -> None:
    colours = map_colours(theme(scheme), scheme)
    folder = Path(str(files("resources"))) / "map"
    used = set()
    for script in folder.glob("*.js"):
        used |= set(
            re.findall(r'"((?:map|severity|zone|zone_text|mode)\.\w+)"', script.read_text())
        )
    assert used - set(colours) == set()
    css = (folder / "map.css").read_text()
    variables = {"--" + re.sub(r"[._]", "-", token) for token in colours}
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) - variables == set()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "token",
    ["map.label", "map.label_strong", "map.road_text", "map.place_text", "zone_text.1",
     "zone_text.2", "zone_text.3", "map.source", "text",
     "severity.1", "severity.2", "severity.3", "severity.4"],
)  # fmt: skip
def test_that_text_stands_out_from_land_and_water(scheme: Scheme, token: str) -> None:
    colours = map_colours(theme(scheme), scheme)
    least = 7.0 if scheme == "contrast" else 4.5
    for ground in ("map.land", "map.plot", "map.halo"):
        assert contrast(colours[token], colours[ground]) >= least, ground


def test_that_a_theme_may_replace_the_maps_own_colours() -> None:
    colours = map_colours({**theme("dark"), "map.water": "#123456"}, "dark")
    assert colours["map.water"] == "#123456"


def test_that_what_is_no_colour_never_reaches_a_style() -> None:
    with pytest.raises(ValueError, match=r"map\.water"):
        map_colours({**theme("dark"), "map.water": "red; background: url(x)"}, "dark")


def test_that_a_missing_theme_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        map_colours({}, "dark")
