"""Our own folium elements: each brings script files of `resources/map` and installs one part."""

from typing import Any

from branca.element import MacroElement
from folium import Map
from folium.elements import JSCSSMixin
from folium.template import Template

from maps.page import Part

LEAFLET_JS = "vendor/leaflet/leaflet.js"
LEAFLET_CSS = "vendor/leaflet/leaflet.css"
VECTOR_TILE_JS = "vendor/vector-tile/vector-tile.js"


class OfflineMap(Map):
    """folium's map with the vendored Leaflet alone: no CDN, no jQuery, no Bootstrap."""

    # folium declares these as instance variables and reads them from the class
    default_js = [("leaflet", LEAFLET_JS)]  # noqa: RUF012
    default_css = [  # noqa: RUF012
        ("leaflet_css", LEAFLET_CSS),
        ("fonts", "fonts.css"),
        ("muster", "map/map.css"),
    ]


class MapPart(JSCSSMixin, MacroElement):
    """One part of the page; its behaviour is in script files, never in Python strings."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        Muster.install({{ this.part|tojson }}, {{ this._parent.get_name() }},
                       {{ this.options|tojson }});
        {% endmacro %}
    """)

    def __init__(self, part: Part) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # folium
        self._name = "MusterPart"
        self._id = part.name
        self.part = part.name
        self.options: dict[str, Any] = dict(part.options)
        self.default_js = [(f"muster_{name}", f"map/{name}.js") for name in part.scripts]
        if part.name == "tiles":
            self.default_js.insert(0, ("vector_tile", VECTOR_TILE_JS))
        if part.name == "bridge":
            self.default_js.insert(0, ("qwebchannel", "qwebchannel.js"))
