"""A slider of the sheet "what if" moved, to the zone repainted on the real map page.

`python -m tests.benchmarks.slider_page CACHE` prints the times [ms] as JSON: of a plume, of a
dense cloud, and of a dense cloud whose rate comes from a hole. The zone is computed on the spot:
the desk has a thread for it, which costs it a turn of the loop.
"""

import json
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from immutables import Map
from PySide6.QtWidgets import QApplication, QSlider

from models.basics import Name, Wind
from models.hazard.ports import Release
from models.hazard.registry import default_model
from models.operation.situation import Incident, Zone
from models.registry.kinds import HazardSource, Receptor
from tests.benchmarks.map_window import CENTRE, SIZE, ask, places, spin
from views.actions import ActionRegistry
from views.command.what_if_sheet import WhatIfSheet
from views.i18n import Translator
from views.kit import ViewKit
from views.map.web_map import WebMap
from views.map.webengine import prepare
from views.map.widget import MapWidget
from views.theme import Theme, load_tokens
from views.tools import sample
from views.tools.preview_desk import FixedReference, PreviewDesk
from views.wording import Wording

_ROUNDS = 25
_RECEPTORS = 500
_WIND = Wind(from_deg=200.0, speed_m_s=3.0, stability="D", source="M1")
_COUNT = """(() => {
    const zones = Muster.parts.zones, draw = zones.draw.bind(zones);
    window.zonesPainted = 0;
    zones.draw = (context, frame) => {
        draw(context, frame);
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { window.zonesPainted += 1; };
            channel.port2.postMessage(null);
        });
    };
    return true;
})()"""
_CASES = {
    "plume": ("carbon monoxide", "what-if-rate"),
    "dense": ("chlorine", "what-if-rate"),
    "hole": ("chlorine", "what-if-hole"),
}


def _reference() -> FixedReference:
    lat, lon = places(_RECEPTORS, 5)
    rows = {
        f"R{n}": Receptor(key=f"R{n}", name=Name(en="r"), type="village", people_day=10,
                          position=msgspec.structs.replace(CENTRE, lat_deg=north, lon_deg=east))
        for n, (north, east) in enumerate(zip(lat.tolist(), lon.tolist(), strict=True))
    }  # fmt: skip
    held = HazardSource(key="V", name=Name(en="V"), substance="chlorine", inventory_t=50.0)
    return FixedReference({Receptor.KIND: rows, HazardSource.KIND: {"V": held}})


def _incident(desk: PreviewDesk, substance: str) -> Incident:
    """Let the desk have an incident with the zone of a substance."""
    found = next(iter(desk.situation.incidents.values()))
    found = msgspec.structs.replace(
        found, substance=substance, cas="", position=CENTRE, hazard_source_key="V", closed_us=None
    )
    release = Release(position=CENTRE, substance=substance, release_kg_s=1.0)
    result = default_model().zone(release, _WIND, (), "rural")
    zone = Zone(id="Z1", incident_id=found.id, result=result, drawn_us=1, event_id="e")
    desk.situation = desk.situation.with_(zones=Map({"Z1": zone}))
    return found


def measure(cache: Path, app: QApplication) -> dict[str, list[float]]:
    """Return the times of each case [ms]."""
    reference = _reference()
    desk = PreviewDesk(sample.situation(), reference)
    words = Translator("zh")
    kit = ViewKit(desk, Theme("dark", scale=1.0), words,
                  Wording(words, ZoneInfo("Asia/Shanghai")), ActionRegistry())  # fmt: skip
    shown = MapWidget(cache)
    shown.resize(*SIZE)
    shown.set_theme(load_tokens("dark").color, "dark")
    shown.set_reference(reference, "zh")
    told: list[str] = []
    assert isinstance(shown.backend, WebMap)
    shown.backend.told.connect(lambda fact: told.append(fact.topic))
    shown.show()
    spin(lambda: "drawn" in told)
    shown.fly_to(CENTRE, 13.0)
    page = shown.backend.page
    spin(lambda: bool(ask(page, "map_muster.getZoom() === 13")))
    ask(page, _COUNT)
    found = {}
    for case, (substance, name) in _CASES.items():
        sheet = WhatIfSheet(kit, _incident(desk, substance))
        sheet.previewed.connect(shown.show_previews)
        sheet.show()
        slider = sheet.findChild(QSlider, name)
        assert slider is not None
        times = []
        for step in range(_ROUNDS):
            before = ask(page, "window.zonesPainted")
            began_s = time.perf_counter()
            slider.setValue(80 + 4 * step)
            spin(lambda before=before: ask(page, "window.zonesPainted") > before)
            times.append((time.perf_counter() - began_s) * 1e3)
            spin(lambda: True)
        found[case] = times[2:]
        sheet.close()
        app.processEvents()
    shown.shut_down()
    return found


def main(argv: list[str]) -> int:
    """Measure and print."""
    prepare()
    app = QApplication(sys.argv[:1])
    print(json.dumps(measure(Path(argv[0]), app)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
