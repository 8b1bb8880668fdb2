from fontTools.ttLib import TTFont
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from views.fonts import FAMILY, font_files, load_fonts
from views.theme import Theme

SHOWN = "◆▲●■○→↗↙✓✗⚠↵·—…“”°₂₃²×−≥≤①…"


def test_that_the_bundled_fonts_hold_gb2312_and_the_signs_of_the_screens() -> None:
    gb2312 = {
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if not (row == 0xD7 and cell > 0xF9)
    }
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            held = set(font.getBestCmap())
        missing = {char for char in gb2312 | set(SHOWN) if ord(char) not in held}
        assert not missing, path.name


def test_that_the_bundled_fonts_hold_every_text_of_the_screens_and_the_demonstration() -> None:
    resources = font_files()[0].parents[1]
    folders = ("i18n", "demo", "rules", "libraries")
    texts = {path: path.read_text("utf-8") for name in folders
             for path in (resources / name).rglob("*.toml")}  # fmt: skip
    assert len(texts) > 10
    for font_path in font_files():
        with TTFont(font_path, lazy=True) as font:
            held = set(font.getBestCmap()) | {ord("\n"), ord("\t")}
        missing = {
            (path.name, char) for path, text in texts.items() for char in text
            if ord(char) not in held
        }  # fmt: skip
        assert not missing, font_path.name


def test_that_each_font_file_is_small_and_its_licence_lies_beside_it() -> None:
    files = font_files()
    assert [path.name for path in files] == ["MusterSans-Bold.otf", "MusterSans-Regular.otf"]
    assert all(path.stat().st_size < 3_000_000 for path in files)
    licence = (files[0].parent / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_that_qt_draws_with_the_bundled_family(qapp: QApplication, theme: Theme) -> None:
    assert load_fonts()
    assert QFontInfo(theme.font()).family() == FAMILY
    assert QFontInfo(theme.font(bold=True)).bold()
