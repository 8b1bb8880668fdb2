"""What the page may fetch, and what it may not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.page import Page
from maps.serving import PageFiles, Served, normalised


@pytest.fixture
def files(tmp_path: Path) -> PageFiles:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "core.js").write_text("1")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Sans-Bold.otf").write_text("font")
    (tmp_path / "fonts" / "Sans-Regular.otf").write_text("font")
    (tmp_path / "fonts" / "bad) name.otf").write_text("font")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "secret.toml").write_text("x")
    return PageFiles(Page({"index.html": b"<html>"}), tmp_path)


def test_that_page_scripts_and_arrays_are_served(files: PageFiles) -> None:
    url = files.put_array("points-1.bin", b"\x01")
    assert files.get("/index.html") == Served("text/html", b"<html>")
    assert files.get("/map/core.js") == Served("text/javascript", b"1")
    assert files.get("/" + url) == Served("application/octet-stream", b"\x01")
    for number in (2, 3):
        files.put_array(f"points-{number}.bin", b"")
    assert files.get("/" + url) is None
    assert files.get("/arrays/points-2.bin") is not None


@pytest.mark.parametrize(
    "path",
    [
        "/rules/secret.toml", "/map/../rules/secret.toml", "/map/%2e%2e/rules/secret.toml",
        "/../../etc/passwd", "/map//../../x", "/map/..\\rules\\secret.toml", "/map/\0", "/", "",
        "/map", "/map/", "/C:/x", "//etc/passwd", "/arrays/none",
    ],
)  # fmt: skip
def test_that_nothing_outside_is_served(files: PageFiles, path: str) -> None:
    assert files.get(path) is None


@given(st.text(alphabet="./\\%2eEmap:~ ", max_size=30))
def test_that_no_spelling_of_a_path_leads_outside(path: str) -> None:
    clean = normalised(path)
    assert clean is None or (".." not in clean.split("/") and not clean.startswith("/"))


def test_that_fonts_are_announced_by_weight_and_safe_name_only(files: PageFiles) -> None:
    served = files.get("/fonts.css")
    assert served is not None
    css = served.body.decode()
    assert css.count("@font-face") == 2
    assert "600 900; src: url(fonts/Sans-Bold.otf)" in css


def test_that_fonts_may_be_missing(tmp_path: Path) -> None:
    assert PageFiles(Page({}), tmp_path).get("/fonts.css") == Served("text/css", b"")
