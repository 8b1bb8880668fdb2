import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from views.i18n import Translator
from views.shell.window import MainWindow
from views.tools import translations
from views.widgets.badges import PlainLabel

ROOT = translations.ROOT


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_committed_translations_are_what_the_sources_give(
    language: str, tmp_path: Path
) -> None:
    missing, unused = translations.update(language, tmp_path)
    assert not missing
    assert not unused
    name = f"muster_{language}"
    fresh, kept = tmp_path / f"{name}.ts", translations.FOLDER / f"{name}.ts"
    assert fresh.read_text("utf-8") == kept.read_text("utf-8")
    assert "unfinished" not in kept.read_text("utf-8")
    assert "vanished" not in kept.read_text("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_compiled_catalogue_equals_a_fresh_release(language: str, tmp_path: Path) -> None:
    kept = translations.FOLDER / f"muster_{language}.qm"
    fresh = tmp_path / "fresh.qm"
    translations.release(translations.FOLDER / f"muster_{language}.ts", fresh)
    assert fresh.read_bytes() == kept.read_bytes()


def test_that_placeholders_survive_translation() -> None:
    broken = [
        source
        for source, text in translations.read_words("zh").items()
        if sorted(re.findall(r"\{[^}]*\}|%n", source))
        != sorted(re.findall(r"\{[^}]*\}|%n", str(text)))
    ]
    assert not broken


def test_that_no_translatable_text_is_an_f_string() -> None:
    found = [
        f"{source}: {match.group(0)}"
        for source in translations.sources()
        for match in re.finditer(r"\.tr\(\s*f[\"']", (ROOT / source).read_text("utf-8"))
    ]
    assert not found


def test_that_the_language_switches_while_running(window: MainWindow, qtbot: QtBot) -> None:
    title = window.findChild(PlainLabel, "stripTitle")
    assert title is not None
    assert title.text() == "Not answered yet"
    window.kit.translator.choose("zh")
    qtbot.waitUntil(lambda: title.text() == "尚未答复")
    assert window.kit.actions.action("station.command").text() == "指挥"
    window.kit.translator.toggle()
    qtbot.waitUntil(lambda: title.text() == "Not answered yet")


def test_that_english_counts_one_and_many(qapp: QApplication, translator: Translator) -> None:
    assert qapp.translate("TopBar", "%n tag(s) stale", "", 1) == "1 tag stale"
    assert qapp.translate("TopBar", "%n tag(s) stale", "", 3) == "3 tags stale"
    translator.choose("zh")
    assert qapp.translate("TopBar", "%n tag(s) stale", "", 3) == "3 个测点数据过期"


@pytest.mark.expect_log("language 'fr' is unknown")
def test_that_an_unknown_language_becomes_chinese(translator: Translator) -> None:
    translator.choose("fr")  # type: ignore[arg-type]
    assert translator.language == "zh"
