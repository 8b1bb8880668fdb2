"""Composes the page with folium, then moves inline scripts and styles into served files."""

from lxml import etree, html

from maps.elements import MapPart, OfflineMap
from maps.page import CONTENT_SECURITY_POLICY, Page, PageInputs


def compose(inputs: PageInputs) -> Page:
    """Return the page that folium renders for `inputs`, without inline scripts or styles.

    The result depends on the inputs alone: folium's random element ids are replaced by names.
    """
    folium_map = OfflineMap(
        location=[inputs.centre.lat_deg, inputs.centre.lon_deg],
        tiles=None,
        zoom_start=round(inputs.zoom),
        zoom_control="bottomleft",
        zoom_snap=0.5,
        zoom_delta=1,
        wheel_px_per_zoom_level=120,
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        attribution_control=False,
        max_bounds_viscosity=1.0,
        font_size="12px",
    )
    folium_map._id = "muster"  # noqa: SLF001 - folium has no public way to name an element
    # folium hands zoom limits to its tile layer alone; there is none here
    folium_map.options |= {
        "min_zoom": inputs.min_zoom,
        "max_zoom": inputs.max_zoom,
        "max_bounds": [[-85.06, -180.0], [85.06, 180.0]],
    }
    for part in inputs.parts:
        folium_map.add_child(MapPart(part))
    return split_inline(folium_map.get_root().render())


def split_inline(rendered: str) -> Page:
    """Return a rendered page with every inline `<script>` and `<style>` as a file of its own.

    A Content-Security-Policy that forbids inline code is put first in the head.

    Raises
    ------
    ValueError
        When an attribute holds code or style, which no file can replace.
    """
    document = html.document_fromstring(rendered)
    files: dict[str, bytes] = {}
    scripts = [node for node in document.iter("script") if "src" not in node.attrib]
    for number, node in enumerate(scripts):
        name = f"page-{number}.js"
        files[name] = _text(node)
        node.text = None
        node.set("src", name)
    for number, node in enumerate(list(document.iter("style"))):
        name = f"page-{number}.css"
        files[name] = _text(node)
        link = etree.Element("link", rel="stylesheet", href=name)
        link.tail = node.tail
        parent = node.getparent()
        assert parent is not None
        parent.replace(node, link)
    for node in document.iter("*"):
        for name in map(str, node.attrib):
            if name == "style" or name.startswith("on"):
                raise ValueError(f"<{node.tag!s}> has inline {name}: it can't be moved to a file")
    policy = {"http-equiv": "Content-Security-Policy", "content": CONTENT_SECURITY_POLICY}
    head = document.find("head")
    assert head is not None  # folium writes one
    head.insert(0, etree.Element("meta", policy))
    body = html.tostring(document, doctype="<!DOCTYPE html>", encoding="utf-8")
    files["index.html"] = bytes(body)
    return Page(files)


def _text(node: "etree._Element") -> bytes:
    lines = (line.strip() for line in (node.text or "").splitlines())
    return "\n".join(line for line in lines if line).encode() + b"\n"
