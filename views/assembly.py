"""Puts the screens together: one map, seven stations, the shell around them."""

import asyncio
import gc
from collections.abc import Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.basemaps.catalogue import BaseMapCatalogue
from app.basemaps.service import TileService
from app.clock import SystemClock
from app.desk import Reference
from app.desk_runtime import DeskRuntime
from app.dispatching import DispatchProposal
from app.settings import SettingsError, save_user_setting
from maps.notation import Notation
from models.operation.situation import Published
from views.actions import ActionRegistry, ActionSpec
from views.i18n import Translator
from views.kit import ViewKit
from views.map.base_maps import BaseMapFeed
from views.map.drawing_face import DrawingFace
from views.map.imported import ImportedLayers
from views.map.keyboard import MapKeyboard
from views.map.layer_keeper import LayerKeeper
from views.map.live_feed import LiveFeed
from views.map.widget import MapWidget
from views.map_layers.exporting import SelectionExport
from views.map_layers.importing import LayerImport
from views.map_search.box import MapSearch
from views.map_search.finder import COORDINATES, place_of
from views.monitor.plots import bring_plots
from views.notices import NoticeSentences
from views.services import Services
from views.shell.layout_store import LayoutStore
from views.shell.palette_index import Entry
from views.shell.window import MainWindow
from views.shift.watch_keeping import WatchKeeping
from views.stations import LATE_MODULES, Stations
from views.theme import Theme
from views.warm_up import WarmUp, import_modules, import_parts_of, touch_classes
from views.wording import Wording

_SCENE_ZOOM = 14.5
_WITHOUT_MAP = {"monitor", "libraries"}
_THEMES = ("dark", "light", "contrast")
_NOTATIONS: tuple[Notation, ...] = ("decimal", "dms", "utm")


class Screens(Stations):
    """Owns the window, the map and the stations."""

    def __init__(self, desk: DeskRuntime, services: Services, scale: float | None = None) -> None:
        settings = services.settings
        self._desk = desk
        self.theme = Theme(settings.theme, scale)
        self.translator = Translator(settings.language)
        self._sentences = NoticeSentences()
        kit = ViewKit(
            desk=desk,
            theme=self.theme,
            translator=self.translator,
            wording=Wording(self.translator, ZoneInfo(settings.timezone)),
            actions=ActionRegistry(),
        )
        self.map = MapWidget(services.site.path / "cache", settings.remote_addresses)
        service = TileService(
            BaseMapCatalogue(services.site.tiles), settings.map, SystemClock()
        )  # fmt: skip
        self.base_maps = BaseMapFeed(service, self.map)
        self.imported = ImportedLayers(self.map, services.site.layers)
        self.layer_import = LayerImport(kit, self.map, services.references, services.site.layers)
        self.selection_export = SelectionExport(kit, self.map, services.site.layers)
        layouts = LayoutStore(services.site.path / "layout.json")
        self._layouts = layouts
        self.layers = LayerKeeper(self.map, layouts)
        self.drawing = DrawingFace(kit, self.map)
        super().__init__(kit, services, self.map, self.layers, self.base_maps, self.drawing.desk)
        self._datum = settings.coordinates_datum
        kit.wording.set_coordinates(settings.coordinates, self._datum)
        self.map.set_place_text(kit.wording.place)
        self._live_feed = LiveFeed(kit, self.map, settings.map_trail_min * 60.0)
        self._warm_up = WarmUp(self._steps(), self)
        self._add_actions()
        self.window = MainWindow(
            self.kit, self.map, (self.watch, *self.late), layouts, self._sentences
        )
        self.shift = WatchKeeping(self.kit, self.window.central)
        self.keyboard = MapKeyboard(self.kit, self.map)
        self.search = MapSearch(self.kit, self.map)
        self._wire()
        self.window.open_station("watch")
        self.shift.ask()

    def _wire(self) -> None:
        desk, window = self._desk, self.window
        window.station_changed.connect(self._on_station_changed)
        self.watch.incident_opened.connect(self._on_incident_opened)
        self.watch.place_wanted.connect(self.map.fly_to)
        self.watch.selected.connect(self.map.select)
        self.watch.plan_wanted.connect(self._on_plan_wanted)
        self.watch.record_wanted.connect(self._on_record_wanted)
        self.made.connect(self._on_made)
        desk.published.connect(self._on_published)
        desk.reference_changed.connect(self._on_reference_changed)
        self.theme.scheme_changed.connect(self._on_scheme_changed)
        self.translator.language_changed.connect(self._on_language_changed)
        self.map.failed.connect(self._on_map_failed)
        self.imported.failed.connect(self._on_imported_failed)
        window.find_palette.picked.connect(self._on_picked)
        self._on_scheme_changed(self.theme)
        self.map.set_language(self.translator.language)
        self._on_reference_changed(desk.reference)

    def _add_actions(self) -> None:
        for name, text, key, run in (
            ("language", self._text_language, "Ctrl+Shift+L", self.switch_language),
            ("theme", self._text_theme, "Ctrl+Shift+T", self.switch_theme),
            ("coordinates", self._text_coordinates, "Ctrl+Shift+U", self.switch_coordinates),
        ):
            self.kit.actions.add(ActionSpec(id=f"face.{name}", text=text, run=run, shortcut=key))
        for name, text, key, run in (
            ("import_layer", self._text_import, "Ctrl+Shift+I", self.layer_import.choose_file),
            ("export_picked", self._text_export, "Ctrl+Shift+X", self.selection_export.choose_file),
        ):
            self.kit.actions.add(ActionSpec(id=f"map.{name}", text=text, run=run, shortcut=key))

    def _text_language(self) -> str:
        return self.tr("Switch to Chinese / English")

    def _text_import(self) -> str:
        return self.tr("Import a map layer")

    def _text_export(self) -> str:
        return self.tr("Export what is picked")

    def _text_theme(self) -> str:
        return self.tr("Next theme")

    def _text_coordinates(self) -> str:
        return self.tr("Coordinates: decimal / degrees, minutes, seconds / UTM")

    def switch_coordinates(self) -> None:
        """Write coordinates in the next notation, on all screens."""
        wording = self.kit.wording
        following = (_NOTATIONS.index(wording.notation) + 1) % len(_NOTATIONS)
        notation = _NOTATIONS[following]
        wording.set_coordinates(notation, self._datum)
        self._keep("coordinates", notation)
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.LanguageChange))

    def switch_language(self) -> None:
        """Switch the language of all screens."""
        self.translator.toggle()
        self._keep("language", self.translator.language)

    def switch_theme(self) -> None:
        """Use the next theme."""
        name = _THEMES[(_THEMES.index(self.theme.name) + 1) % len(_THEMES)]
        self.theme.choose(name)
        self._keep("theme", name)

    def _keep(self, key: str, value: str) -> None:
        try:
            save_user_setting(key, value)
        except SettingsError as error:
            self._desk.say(3, "setting_not_kept", str(error))

    def warm_up(self) -> None:
        """Make the other stations in idle moments, once their modules are in memory."""
        modules = self._desk.in_worker(partial(import_modules, LATE_MODULES))
        modules.add_done_callback(self._on_modules_read)

    @property
    def is_warm(self) -> bool:
        """Whether all stations are made."""
        return all(station.is_made for station in self.late) and not self._warm_up.is_running

    def _on_modules_read(self, future: "asyncio.Future[None]") -> None:
        if not future.cancelled():
            self._warm_up.start()

    def _steps(self) -> Iterator[object]:
        yield from touch_classes()
        yield from bring_plots()
        import_modules(("views.monitor.trend.page",))
        gc.freeze()
        yield None
        yield from self.watch.prepare()
        self.window.find_palette.build()
        for late in self.late:
            for name in late.modules:
                yield from import_parts_of(name)
            yield from late.prepare()
            yield from self.window.central.prepare(late.id)
            gc.freeze()  # all of it stays: a collection now would walk through what is new
        yield from self.command.prepare()
        yield from self.libraries.prepare()
        yield from self.monitor.prepare()
        gc.freeze()  # what is here stays: the collector needn't walk through it again and again

    def faults(self, root: QWidget | None = None) -> tuple[str, ...]:
        """Return what a customer would find fault with in what the window (or a sheet) shows."""
        from views.faces.walk import faults  # no start of the desk waits for it

        return tuple(str(fault) for fault in faults(root or self.window))

    def shut_down(self) -> None:
        """Close the map before its profile goes."""
        self._warm_up.stop()
        self._live_feed.stop()
        self.imported.shut_down()
        self.base_map_job.shut_down()
        self.layer_import.shut_down()
        self.selection_export.shut_down()
        self.map.shut_down()
        self.base_maps.shut_down()
        self.window.hide()

    @Slot(object)
    def _on_station_changed(self, station_id: str) -> None:
        self.layers.show_station(station_id)
        self.search.show_station(station_id)
        self.watch.set_active(active=station_id == self.watch.id)
        for station in self.late:
            station.set_active(active=station_id == station.id)
        self.drawing.show_on(station_id)
        self.kit.actions.refresh()

    @Slot(str)
    def _on_incident_opened(self, incident_id: str) -> None:
        """Go straight to its command: nothing is looked for by hand."""
        self.window.open_station("command")
        self.command.show_incident(incident_id)
        incident = self._desk.situation.incidents.get(incident_id)
        if incident is not None and incident.position is not None:
            self.map.fly_to(incident.position, _SCENE_ZOOM)

    @Slot(object)
    def _on_made(self, station: Any) -> None:  # noqa: ANN401 - its type isn't imported yet
        """Connect a late station to the map."""
        match station.id:
            case "monitor":
                station.selected.connect(self.map.select)
                station.place_wanted.connect(self._on_record_selected)
                station.filled.connect(self.window.central.fill)
                station.plot.keep_pages(self._layouts)
            case "libraries":
                station.selected.connect(self._on_record_selected)
            case "command":
                station.proposed.connect(self._on_proposed)
                station.incident_changed.connect(self.map.set_focus_incident)
                station.incident_changed.connect(self.drawing.desk.set_focus)
                station.located.connect(self.map.fly_to)
                station.previewed.connect(self.map.show_previews)
                station.given.outline_taken.connect(self.drawing.desk.put_down)
                self.map.selected.connect(station.given.on_map_selected)
                station.origin.looked_at.connect(self.map.show_sources)
                self.map.clicked_at.connect(station.locating.on_map_clicked)
                self.map.clicked_at.connect(station.pointing.on_map_clicked)
                self.map.selected.connect(station.pointing.on_map_selected)
                self.map.selected.connect(station.locating.on_map_selected)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        self.map.show_situation(published)

    @Slot(object)
    def _on_reference_changed(self, reference: Reference) -> None:
        self.map.set_reference(reference, self.translator.language)
        self.imported.show_reference(reference)

    @Slot(object)
    def _on_scheme_changed(self, _theme: object) -> None:
        scheme = self.theme.name
        if scheme in _THEMES:
            self.map.set_theme(self.theme.colors(), scheme)  # type: ignore[arg-type]
        self.map.set_scale(self.theme.scale)

    @Slot(object)
    def _on_language_changed(self, language: str) -> None:
        self.map.set_language(language)
        self.base_maps.retranslate()

    @Slot(object)
    def _on_proposed(self, proposal: DispatchProposal) -> None:
        ranked = proposal.teams.ranked
        incident = self._desk.situation.incidents.get(proposal.incident_id)
        goes = bool(ranked) and incident is not None and incident.closed_us is None
        self.map.show_proposals([ranked[0].route] if goes else [])

    @Slot(object)
    def _on_record_selected(self, place: tuple[str, str]) -> None:
        """Show a library's row on the map."""
        self.window.open_station("map")
        self.map.select(*place)

    @Slot(str)
    def _on_plan_wanted(self, key: str) -> None:
        self._on_record_wanted("plans", key)

    @Slot(str, str)
    def _on_record_wanted(self, kind: str, key: str) -> None:
        """Open a row of the register or a library."""
        self.window.open_station("libraries")
        self.libraries.show_record(kind, key)

    @Slot(object)
    def _on_picked(self, entry: Entry) -> None:
        """Go to what was found: an incident's command, a place on the map, a library's row."""
        if entry.category == "incident":
            self._on_incident_opened(entry.key)
            return
        if entry.kind == COORDINATES:
            if self.window.station in _WITHOUT_MAP:
                self.window.open_station("map")
            place, language = place_of(entry), self.translator.language
            words = f"{entry.name.text(language)} · {entry.detail.text(language)}"
            self.map.mark(place, words)
            self.map.fly_to(place)
            return
        record = self._desk.reference.get(entry.kind, entry.key)
        if record is not None and record.position is not None:
            if self.window.station in _WITHOUT_MAP:
                self.window.open_station("map")
            self.map.select(entry.kind, entry.key)
            self.map.fly_to(record.position)
        elif record is not None:
            self.window.open_station("libraries")
            self.libraries.show_record(entry.kind, entry.key)

    @Slot(object)
    def _on_map_failed(self, reason: object) -> None:
        self._desk.say(2, "map_failed", str(reason))

    @Slot(object)
    def _on_imported_failed(self, why: object) -> None:
        self._desk.say(2, "layer_missing", str(why))
