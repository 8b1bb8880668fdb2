import re
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from views.theme import SCHEMES, Theme, load_tokens, scale_for_height, style_sheet

TEXTS = (
    "text1", "text2", "text3", "action", "ok", "alarm.critical", "alarm.high", "alarm.medium",
    "alarm.low", "mode.live",
)  # fmt: skip
GROUNDS = ("window", "pane", "raised", "selected", "hover")
FILLED = (
    ("on-accent", "action"), ("on-accent", "action-hover"), ("on-mode", "mode.drill"),
    ("on-mode", "mode.demonstration"), ("on-mode", "mode.replay"), ("on-failure", "failure"),
)  # fmt: skip


def luminance(color: str) -> float:
    """WCAG 2.1 relative luminance of '#rrggbb'."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_that_the_contrast_formula_gives_the_published_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", SCHEMES)
def test_that_every_text_is_legible_on_every_ground(name: str) -> None:
    tokens = load_tokens(name)
    pairs = [*product(TEXTS, GROUNDS), *FILLED]
    too_faint = {
        f"{text} on {ground}": round(contrast(tokens.color[text], tokens.color[ground]), 2)
        for text, ground in pairs
        if contrast(tokens.color[text], tokens.color[ground]) < tokens.least_contrast
    }
    assert not too_faint


def test_that_high_contrast_asks_for_seven_to_one_and_the_others_for_four_and_a_half() -> None:
    assert {n: load_tokens(n).least_contrast for n in SCHEMES} == {
        "dark": 4.5, "light": 4.5, "contrast": 7.0,
    }  # fmt: skip


def test_that_all_themes_have_the_same_tokens() -> None:
    names = [set(load_tokens(name).color) for name in SCHEMES]
    assert names[0] == names[1] == names[2]


def test_that_no_widget_names_a_colour() -> None:
    root = Path(str(files("resources"))).parent / "views"
    found = [
        f"{path.name}: {match.group(0)}"
        for path in root.rglob("*.py")
        for match in re.finditer(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8"))
    ]
    assert not found


def test_that_sizes_are_scaled_and_hairlines_stay() -> None:
    tokens = load_tokens("dark")
    sheet = style_sheet("a { border: 1px solid @line; font-size: 13px; }", tokens, 2.0)
    assert sheet == "a { border: 1px solid #2a3744; font-size: 26px; }"


def test_that_an_unknown_token_in_the_template_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_sheet("a { color: @nothing; }", load_tokens("dark"), 1.0)


def test_that_text_grows_with_the_screen_but_never_shrinks() -> None:
    assert [scale_for_height(h) for h in (800, 1080, 1440, 2160)] == [1.0, 1.0, 1.25, 2.0]


def test_that_choosing_a_scheme_changes_palette_and_tells(theme: Theme, qtbot: QtBot) -> None:
    before = QApplication.palette().window().color().name()
    with qtbot.waitSignal(theme.scheme_changed):
        theme.choose("light")
    assert QApplication.palette().window().color().name() == theme.hex("window") != before
    assert not theme.is_dark


@pytest.mark.expect_log("theme 'neon' is unknown")
def test_that_an_unknown_scheme_falls_back_to_dark(theme: Theme) -> None:
    theme.choose("neon")
    assert theme.name == "dark"


def test_that_following_the_system_uses_its_scheme(theme: Theme, qapp: QApplication) -> None:
    theme.choose("system")
    light = qapp.styleHints().colorScheme().name == "Light"
    assert theme.wanted == "system"
    assert theme.name == ("light" if light else "dark")


def test_that_figures_are_tabular_in_both_weights(theme: Theme) -> None:
    for bold in (False, True):
        metrics = QFontMetricsF(theme.font(13, bold=bold))
        assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
