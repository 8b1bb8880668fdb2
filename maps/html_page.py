"""The map as one HTML file that needs neither the program nor a network.

The page is the desk's own, composed by folium: its scripts, styles, a font and everything it
would fetch are put inside. Its Content-Security-Policy names each script by hash and lets it reach
nothing, so text from data can't become code and opening the file tells nobody.
"""

import base64
import codecs
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import msgspec
from lxml import etree, html

from maps.html_tiles import embed_tiles
from maps.page import PageInputs, Part
from maps.protocol import Message
from maps.serving import PageFiles
from maps.tiles.grid import Box

_BASE_URL = "basemap/world.bin"
_FONT = "fonts/MusterSans-Regular.otf"
_ALWAYS = "0123456789 .,:;-–—+()/%°'\"≥≤<>·→←↗↘↙↖◆▲●■…×?！，。、（）"
_DROPPED = frozenset({"bridge"})
_Body = Callable[[str], bytes]


def html_page(
    inputs: PageInputs,
    messages: Sequence[Message],
    files: PageFiles,
    area: Box = (-180.0, -85.0, 180.0, 85.0),
) -> bytes:
    """Return the page with everything in it; it may wait for tiles, so never on the UI thread.

    Parameters
    ----------
    inputs : PageInputs
        What the page is composed of; its part for the desk is left out.
    messages : sequence of Message
        What the page shows, as `Outbox.picture` gives it; a `title` message heads it.
    files : PageFiles
        Where scripts, styles, the base map and the arrays named in the messages come from.
    area : tuple of float
        West, south, east, north [degrees]: tiles of base maps are taken from here.

    Raises
    ------
    FileNotFoundError
        When the page or a message names something that `files` doesn't hold.
    """
    from maps.composer import compose  # folium costs 0.6 s

    parts = [part for part in inputs.parts if part.name not in _DROPPED]
    parts += [Part("title", ("embedded",)), Part("embedded", ())]
    page = compose(replace(inputs, parts=tuple(parts)))
    held = PageFiles(page)
    tiles = embed_tiles(messages, files.tiles, area)
    said = [{"topic": m.topic, "payload": m.payload} for m in tiles.messages]
    text = msgspec.json.encode(said).decode()

    def body(path: str) -> bytes:
        served = held.get(path) or files.get(path)
        if served is None:
            raise FileNotFoundError(f"the map page needs {path}, which is not there")
        return served.body

    assets = {path: _data_url("application/octet-stream", body(path)) for path in _paths(messages)}
    assets |= tiles.assets
    assets[_BASE_URL] = _data_url("application/octet-stream", body(_BASE_URL))
    document = html.document_fromstring(body("index.html").decode())
    font = _font_face(body(_FONT), text)
    hashes = [_inline_script(node, body) for node in list(document.iter("script"))]
    styles = [_inline_style(node, body, font) for node in list(document.iter("link"))]
    _add_data(document, "muster-assets", msgspec.json.encode(assets).decode())
    _add_data(document, "muster-messages", text)
    _set_policy(document, hashes, styles)
    # the mark tells every browser the encoding; one looked for it in the first kilobyte only
    page = html.tostring(document, doctype="<!DOCTYPE html>", encoding="utf-8")
    return codecs.BOM_UTF8 + bytes(page)


def _paths(messages: Iterable[Message]) -> set[str]:
    """Return what the messages let the page fetch."""
    return {
        value
        for message in messages
        for key, value in message.payload.items()
        if key.endswith("url") and isinstance(value, str) and value
    }


def _data_url(mime: str, body: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(body).decode()}"


def _lines(body: bytes) -> str:
    """Return text with the line ends that a browser makes of all others before it hashes."""
    return body.decode().replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inline_script(node: "etree._Element", body: _Body) -> str:
    """Put a script into the page and return its hash as the policy names it."""
    text = _lines(body(str(node.attrib.pop("src")))).replace("</script", "<\\/script")
    node.text = text
    return _hash(text)


def _inline_style(node: "etree._Element", body: _Body, font: str) -> str:
    path = str(node.attrib["href"])
    text = font if path == "fonts.css" else _lines(body(path))
    style = etree.Element("style")
    style.text = text
    style.tail = node.tail
    parent = node.getparent()
    assert parent is not None
    parent.replace(node, style)
    return _hash(text)


def _add_data(document: "etree._Element", name: str, text: str) -> None:
    """Put JSON into the page ahead of the scripts that read it; `<` in it can end no element."""
    node = etree.Element("script", type="application/json", id=name)
    node.text = text.replace("<", "\\u003c")
    head = document.find("head")
    assert head is not None  # folium writes one
    head.insert(1, node)  # behind the policy


def _set_policy(document: "etree._Element", scripts: Iterable[str], styles: Iterable[str]) -> None:
    meta = document.find("head/meta[@http-equiv='Content-Security-Policy']")
    assert meta is not None  # `compose` puts it first
    meta.set(
        "content",
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src {' '.join(styles)}; "
        "img-src data: blob:; font-src data:; connect-src data:; base-uri 'none'; "
        "form-action 'none'",
    )


def _font_face(font: bytes, text: str) -> str:
    """Return the rule of a font with the characters of `text` alone: 3 MB are too many for a mail.

    The other characters of the page's own furniture are Latin and always there.
    """
    from fontTools import subset  # 0.2 s, for an export only

    wanted = set(text) | set(_ALWAYS) | {chr(code) for code in range(32, 127)}
    options = subset.Options()
    options.flavor = "woff"
    options.desubroutinize = True
    options.layout_features = ["*"]
    loaded = subset.load_font(io.BytesIO(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(wanted))
    cutter.subset(loaded)
    out = io.BytesIO()
    subset.save_font(loaded, out, options)
    url = _data_url("font/woff", out.getvalue())
    return f"@font-face {{ font-family: MusterSans; font-weight: 100 900; src: url({url}); }}"
