"""The composed page: offline, without inline code, the same for the same inputs, cached."""

import re
from pathlib import Path

import pytest
from lxml import html

from maps.composer import compose, split_inline
from maps.page import PARTS, PageInputs, Part, build_page
from maps.serving import PageFiles
from models.basics import LatLon

ExpectLog = object


def links(body: bytes) -> list[str]:
    document = html.document_fromstring(body.decode())
    return [*document.xpath("//@src"), *document.xpath("//@href")]


def test_that_no_link_of_the_page_is_remote() -> None:
    found = links(compose(PageInputs()).files["index.html"])
    assert "vendor/leaflet/leaflet.js" in found
    assert [link for link in found if re.match(r"(\w+:)?//|data:", link)] == []


def test_that_every_link_of_the_page_is_served() -> None:
    page = compose(PageInputs())
    files = PageFiles(page)
    qt_brings = {"qwebchannel.js"}
    found = set(links(page.files["index.html"])) - qt_brings
    assert {link for link in found if files.get(link) is None} == set()


def test_that_the_policy_allows_nothing_inline_and_stands_first() -> None:
    document = html.document_fromstring(compose(PageInputs()).files["index.html"].decode())
    policy = document.head[0].get("content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert document.xpath("//script[not(@src)] | //style") == []
    assert document.xpath("//@style | //@*[starts-with(name(), 'on')]") == []


def test_that_the_same_inputs_give_the_same_page() -> None:
    assert compose(PageInputs()) == compose(PageInputs())


def test_that_each_part_is_installed_once_in_order() -> None:
    page = compose(PageInputs())
    script = b"".join(body for name, body in page.files.items() if name.endswith(".js")).decode()
    assert re.findall(r'Muster\.install\("(\w+)"', script) == [part.name for part in PARTS]


def test_that_options_cannot_break_out_of_the_script() -> None:
    evil = Part("panes", ("core", "layer"), {"order": {"</script><script>x()": 1}})
    page = compose(PageInputs(parts=(evil,)))
    assert all(b"<script>x()" not in body for body in page.files.values())


@pytest.mark.parametrize(
    "bad", ['<div style="color:red">x</div>', '<button onclick="x()">x</button>']
)
def test_that_an_inline_attribute_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="inline"):
        split_inline(f"<html><head></head><body>{bad}</body></html>")


def test_that_a_cached_page_is_the_composed_page(tmp_path: Path) -> None:
    first = build_page(PageInputs(), tmp_path)
    assert build_page(PageInputs(), tmp_path) == first
    assert len(list(tmp_path.iterdir())) == 1


def test_that_other_inputs_have_another_place_in_the_cache() -> None:
    digests = {
        PageInputs().digest(), PageInputs(zoom=5.0).digest(),
        PageInputs(centre=LatLon(1.0, 2.0)).digest(), PageInputs(parts=PARTS[:-1]).digest(),
    }  # fmt: skip
    assert len(digests) == 4


@pytest.mark.expect_log("damaged")
def test_that_a_damaged_cache_is_composed_anew(tmp_path: Path) -> None:
    whole = build_page(PageInputs(), tmp_path)
    (tmp_path / PageInputs().digest() / "index.html").write_text("cut")
    assert build_page(PageInputs(), tmp_path) == whole


@pytest.mark.expect_log("can't be read")
def test_that_a_list_that_is_no_json_is_composed_anew(tmp_path: Path) -> None:
    whole = build_page(PageInputs(), tmp_path)
    (tmp_path / PageInputs().digest() / "files.json").write_text("{")
    assert build_page(PageInputs(), tmp_path) == whole


@pytest.mark.expect_log("can't be cached", "can't be read")
def test_that_a_cache_that_cannot_be_written_does_not_stop_the_map(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "index.html" in build_page(PageInputs(), tmp_path / "file" / "below").files


def test_that_no_script_of_ours_builds_html_or_code_from_text() -> None:
    folder = Path(__file__).parents[3] / "resources" / "map"
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\("
    )
    found = {file.name for file in folder.glob("*.js") if banned.search(file.read_text())}
    assert found == set()
