"""The list of layers on a plain map: boxes, opacity, order, filters, each station its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from maps.layers import LEAST_SAFETY_OPACITY, MapLayer
from models.basics import Name
from tests.unit.maps.world import ORIGIN, park, published
from views.kit import ViewKit
from views.map.layer_keeper import LayerKeeper
from views.map.widget import MapWidget
from views.map_layers.model import COUNT, LAYER_ROLE, NAME, RANGE
from views.map_layers.pane import LayersPane
from views.shell.layout_store import LayoutStore
from views.theme import load_tokens
from views.widgets.keys import OwnLine


@pytest.fixture
def plain(qtbot: QtBot) -> Iterator[MapWidget]:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitSignal(widget.ready):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    widget.set_language("en")
    with qtbot.waitSignal(widget.shown):
        widget.set_reference(park(), "en")
    widget.show_situation(published())
    widget.fly_to(ORIGIN, 15.0)
    yield widget
    widget.shut_down()


@pytest.fixture
def store(tmp_path: Path) -> LayoutStore:
    return LayoutStore(tmp_path / "layout.json")


@pytest.fixture
def keeper(plain: MapWidget, store: LayoutStore) -> LayerKeeper:
    made = LayerKeeper(plain, store)
    made.show_station("map")
    return made


@pytest.fixture
def pane(kit: ViewKit, plain: MapWidget, keeper: LayerKeeper, qtbot: QtBot) -> LayersPane:
    made = LayersPane(kit, plain, keeper)
    qtbot.addWidget(made)
    made.resize(372, 900)
    made.show()
    return made


def told(plain: MapWidget) -> dict[str, object]:
    held = plain.content.outbox.held_value("layers")
    assert held is not None
    return dict(held)


def notes(plain: MapWidget) -> list[str]:
    held = plain.content.outbox.held_value("notes")
    assert held is not None
    return [line["text"] for line in held["lines"]]


def cell(pane: LayersPane, layer_id: str, column: int) -> str:
    return str(pane.model.index_of(layer_id).siblingAtColumn(column).data())


def test_that_the_tree_is_a_sound_model_through_every_change(
    pane: LayersPane, plain: MapWidget, keeper: LayerKeeper
) -> None:
    tester = QAbstractItemModelTester(
        pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    keeper.set_shown(["tags"], shown=False)
    keeper.move("schools", 2)
    plain.register_layer(MapLayer("import/1", "imported", drawn="line", ink="text"))
    plain.drop_layer("import/1")
    keeper.reset()
    assert tester.model() is pane.model


def test_that_a_box_hides_its_layer_and_a_group_hides_all_of_it(
    pane: LayersPane, plain: MapWidget
) -> None:
    unticked, role = Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    assert pane.model.setData(pane.model.index_of("tags"), unticked, role)
    assert told(plain)["hidden"] == ["tags"]
    people = pane.model.index_of("schools").parent()
    assert pane.model.setData(people, unticked, role)
    assert set(told(plain)["hidden"]) == {  # type: ignore[call-overload]
        "tags", "schools", "hospitals", "villages", "intakes", "receptors",
    }  # fmt: skip
    hazards = pane.model.index_of("tags").parent()
    assert hazards.data(role) == Qt.CheckState.PartiallyChecked


def test_that_the_space_bar_ticks_the_current_layer(
    pane: LayersPane, plain: MapWidget, qtbot: QtBot
) -> None:
    pane.tree.choose("cameras")
    qtbot.keyClick(pane.tree, Qt.Key.Key_Space)
    assert told(plain)["hidden"] == ["cameras"]


def test_that_a_hidden_threat_zone_is_said_on_the_map(
    pane: LayersPane, keeper: LayerKeeper, plain: MapWidget
) -> None:
    keeper.set_shown(["zones", "cameras"], shown=False)
    assert notes(plain)[0] == "HIDDEN on this map: Threat zones"
    keeper.set_shown(["zones"], shown=True)
    assert not any(text.startswith("HIDDEN") for text in notes(plain))


def test_that_opacity_goes_to_the_map_and_a_zone_never_vanishes(
    pane: LayersPane, plain: MapWidget
) -> None:
    slider = pane.findChild(QSlider, "layer-opacity")
    assert isinstance(slider, QSlider)
    pane.tree.choose("roads")
    slider.setValue(40)
    pane.tree.choose("zones")
    slider.setValue(0)
    assert told(plain)["opacity"] == {"roads": 0.4, "zones": LEAST_SAFETY_OPACITY}
    assert "40%" in cell(pane, "roads", RANGE)


def test_that_keys_move_a_layer_and_the_map_draws_in_that_order(
    pane: LayersPane, plain: MapWidget, kit: ViewKit
) -> None:
    pane.tree.choose("schools")
    assert kit.actions.run("map.layer_down")
    order = told(plain)["order"]
    assert isinstance(order, list)
    assert order.index("hospitals") < order.index("schools") < order.index("villages")
    assert pane.tree.current_layer() is not None
    pane.tree.choose("zones")
    assert not kit.actions.run("map.layer_down")


def test_that_a_dragged_layer_lands_where_it_was_dropped(
    pane: LayersPane, keeper: LayerKeeper
) -> None:
    model = pane.model
    source, group = model.index_of("schools"), model.index_of("schools").parent()
    data, move = model.mimeData([source]), Qt.DropAction.MoveAction
    model.dropMimeData(data, move, 3, 0, group)
    assert [layer.id for layer in keeper.layers if layer.group == "people"][:3] == [
        "hospitals", "villages", "schools",
    ]  # fmt: skip
    foreign = model.index_of("tags").parent()
    assert not model.canDropMimeData(data, move, 0, 0, foreign)


def test_that_counts_tell_what_is_in_view(pane: LayersPane, plain: MapWidget, qtbot: QtBot) -> None:
    plain.fly_to(ORIGIN, 17.0)
    qtbot.waitUntil(lambda: cell(pane, "hazard-1", COUNT) == "1 / 1")
    qtbot.waitUntil(lambda: cell(pane, "schools", COUNT) == "0 / 1")


def test_that_counting_anew_tells_only_the_rows_that_look_otherwise(
    pane: LayersPane, plain: MapWidget
) -> None:
    plain.fly_to(ORIGIN, 17.0)
    pane.model.recount()
    told: list[str] = []
    pane.model.dataChanged.connect(lambda first, _last: told.append(first.data(LAYER_ROLE)))
    pane.model.recount()
    assert told == []
    plain.fly_to(ORIGIN, 10.0)
    pane.model.recount()
    assert "tags" in told
    assert len(told) == len(set(told))


def test_that_a_layer_out_of_scale_is_grey_and_says_from_where(
    pane: LayersPane, plain: MapWidget, kit: ViewKit
) -> None:
    plain.fly_to(ORIGIN, 10.0)
    index = pane.model.index_of("tags")
    assert index.data(Qt.ItemDataRole.ForegroundRole) == kit.theme.color("text3")
    assert cell(pane, "tags", RANGE) == "1:14k"
    assert "from 1:14k" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not drawn at this scale" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_each_station_has_its_own_layers_over_a_restart(
    pane: LayersPane, keeper: LayerKeeper, plain: MapWidget, store: LayoutStore, tmp_path: Path
) -> None:
    keeper.set_shown(["tags"], shown=False)
    keeper.show_station("command")
    keeper.set_opacity("roads", 0.5)
    assert told(plain)["hidden"] == []
    keeper.show_station("libraries")
    assert keeper.station == "command"
    store.save()
    again = LayerKeeper(plain, LayoutStore(tmp_path / "layout.json"))
    again.show_station("map")
    assert (told(plain)["hidden"], told(plain)["opacity"]) == (["tags"], {})
    again.show_station("command")
    assert (told(plain)["hidden"], told(plain)["opacity"]) == ([], {"roads": 0.5})


def test_that_a_change_is_written_without_closing(
    keeper: LayerKeeper, qtbot: QtBot, tmp_path: Path
) -> None:
    keeper.set_shown(["tags"], shown=False)
    qtbot.waitUntil((tmp_path / "layout.json").is_file)


def test_that_reset_brings_the_catalogue_back(pane: LayersPane, plain: MapWidget) -> None:
    pane.tree.choose("schools")
    pane.model.setData(
        pane.model.index_of("tags"), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    button = pane.findChild(QPushButton, "layers-reset")
    assert isinstance(button, QPushButton)
    button.click()
    assert (told(plain)["hidden"], told(plain)["opacity"]) == ([], {})


def test_that_an_imported_layer_stands_in_the_list(pane: LayersPane, plain: MapWidget) -> None:
    plain.register_layer(
        MapLayer("import/1", "imported", drawn="line", ink="text", title=Name(en="Sewers"))
    )
    assert cell(pane, "import/1", NAME) == "Sewers"
    plain.drop_layer("import/1")
    assert pane.model.index_of("import/1") == QModelIndex()


def filter_by(pane: LayersPane, layer: str, field: str, value: str) -> None:
    pane.tree.choose(layer)
    bar = pane.filter_bar
    bar._fields.setCurrentIndex(bar._fields.findData(field))
    line = pane.findChild(OwnLine, "filter-value")
    button = pane.findChild(QPushButton, "filter-add")
    assert isinstance(line, OwnLine)
    assert isinstance(button, QPushButton)
    line.setText(value)
    button.click()


def test_that_a_filter_takes_points_off_the_map_and_says_so(
    pane: LayersPane, plain: MapWidget, qtbot: QtBot
) -> None:
    before = plain.content.points
    assert before is not None
    filter_by(pane, "schools", "people", "500")
    qtbot.waitUntil(lambda: plain.content.points is not before)
    now = plain.content.points
    assert now is not None
    assert [thing.kind for thing in now.objects].count("receptors") == 0
    assert "FILTERED: People to protect 0 of 1" in notes(plain)
    button = pane.findChild(QPushButton, "filter-remove")
    assert isinstance(button, QPushButton)
    button.click()
    qtbot.waitUntil(lambda: len(plain.content.points.objects) == len(before.objects))  # type: ignore[union-attr]
    assert not any(text.startswith("FILTERED") for text in notes(plain))


def test_that_a_filter_survives_new_reference_data_and_belongs_to_its_station(
    pane: LayersPane, keeper: LayerKeeper, plain: MapWidget, qtbot: QtBot
) -> None:
    filter_by(pane, "enterprises", "name", "nowhere")
    qtbot.waitUntil(lambda: "FILTERED: Enterprises 0 of 1" in notes(plain))
    with qtbot.waitSignal(plain.shown):
        plain.set_reference(park(), "en")
    assert "FILTERED: Enterprises 0 of 1" in notes(plain)
    keeper.show_station("watch")
    qtbot.waitUntil(lambda: not any(text.startswith("FILTERED") for text in notes(plain)))


def test_that_a_value_that_is_no_number_is_refused_in_words(pane: LayersPane) -> None:
    filter_by(pane, "schools", "people", "many")
    fault = pane.findChild(QLabel, "filter-fault")
    assert isinstance(fault, QLabel)
    assert fault.text() == "▲ A number is needed here, such as 100."
    assert pane.findChild(QPushButton, "filter-remove") is None


def test_that_what_has_severities_shows_the_symbol_of_each(
    pane: LayersPane, plain: MapWidget, qtbot: QtBot
) -> None:
    plain.set_theme(load_tokens("light").color, "light")

    def wide(layer_id: str) -> int:
        icon = pane.model.index_of(layer_id).data(Qt.ItemDataRole.DecorationRole)
        return icon.width() if icon is not None else 0

    wanted = {"incidents": 1, "alarms": 4, "warnings": 3, "teams": 1}
    qtbot.waitUntil(lambda: wide("incidents") > 0 and all(wide(each) for each in wanted))
    assert {each: wide(each) / wide("incidents") for each in wanted} == wanted
