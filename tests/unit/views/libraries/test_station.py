import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.commands.resource import MarkNumberDead
from models.basics import Name
from models.registry.kinds import Enterprise, HazardSource
from tests.unit.views.station_desk import StationDesk
from views.kit import ViewKit
from views.libraries.kind_list import KindsPane
from views.libraries.station import LibrariesStation
from views.tools.preview_desk import FixedReference
from views.widgets.key_button import KeyButton


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def keys(station: LibrariesStation) -> list[str]:
    return [row.key for row in station.records.shown]


def counts(station: LibrariesStation, group: int) -> dict[str, tuple[str, str]]:
    pane: KindsPane = station.kinds._panes[group]
    model = pane.view.model()
    return {
        str(model.index(row, 0).data()): (model.index(row, 2).data(), model.index(row, 1).data())
        for row in range(model.rowCount())
    }


def cell(station: LibrariesStation, key: str, column: str) -> str:
    model = station.records._models[station.records._kind]
    place = [each.key for each in model.columns].index(column)
    return str(model.index(model.index_of(key), place).data() or "")


def test_that_every_kind_is_counted_with_what_needs_mending(station: LibrariesStation) -> None:
    libraries, registry = counts(station, 0), counts(station, 1)

    assert libraries["Plans"] == ("2", "1")
    assert libraries["Teams"] == ("1", "")
    assert registry["Enterprises"] == ("1", "")
    assert len(libraries) + len(registry) == 20


def test_that_the_plans_are_shown_first_and_the_expired_one_is_marked(
    station: LibrariesStation,
) -> None:
    assert keys(station) == ["PLAN-CL2", "PLAN-OLD"]
    assert cell(station, "PLAN-OLD", "state") == "expired"
    assert cell(station, "PLAN-CL2", "state") == ""


def test_that_nothing_is_read_before_the_station_is_opened(
    closed_station: LibrariesStation, desk: StationDesk
) -> None:
    desk.hold = True

    desk.reference_changed.emit(desk.reference)
    desk.show(desk.situation)

    assert desk.held == []


def test_that_while_rows_are_read_it_says_so(station: LibrariesStation, desk: StationDesk) -> None:
    desk.hold = True

    station.kinds.choose("teams")
    assert station.records._stack.currentWidget() is station.records._loading
    desk.held[0].end()

    assert keys(station) == ["T-01"]


def test_that_rows_of_a_kind_left_meanwhile_are_dropped(
    station: LibrariesStation, desk: StationDesk
) -> None:
    desk.hold = True
    station.kinds.choose("teams")
    station.kinds.choose("materials")

    desk.held[1].end()
    desk.held[0].end()

    assert keys(station) == ["D-01"]


def test_that_an_unreadable_store_becomes_a_notice(
    station: LibrariesStation, desk: StationDesk
) -> None:
    class Broken(FixedReference):
        def all(self, kind: str) -> dict[str, Enterprise]:
            raise OSError(f"no {kind}")

    desk.reference = Broken()
    station.kinds.choose("teams")

    assert "store_unreadable" in desk.codes


@pytest.mark.parametrize("typed", ["chlorine", "液氯", "yelv", "ylxl", "cl2", "plan-cl2 V3"])
def test_that_rows_are_found_by_name_pinyin_initials_and_key(
    station: LibrariesStation, typed: str
) -> None:
    station.records.filter.setText(typed.replace(" V3", " plan"))

    assert keys(station) == ["PLAN-CL2"]


def test_that_a_filter_without_a_hit_says_how_to_leave_it(station: LibrariesStation) -> None:
    station.records.filter.setText("zzz")

    assert station.records._stack.currentWidget() is station.records._empty
    assert "Esc" in " ".join(texts(station.records._empty))
    assert station.pane._count.text() == "0 of 2"


def test_that_escape_empties_the_filter_and_down_goes_to_the_rows(
    station: LibrariesStation, qtbot: QtBot
) -> None:
    station.records.filter.setText("zzz")

    qtbot.keyClick(station.records.filter, Qt.Key.Key_Escape)

    assert keys(station) == ["PLAN-CL2", "PLAN-OLD"]


def test_that_a_hazard_source_is_found_by_its_substance_in_the_other_language(
    station: LibrariesStation, desk: StationDesk
) -> None:
    vessel = HazardSource(key="V-1", name=Name(en="Vessel"), substance="chlorine", cas="7782-50-5")
    other = HazardSource(key="V-2", name=Name(en="Other"), substance="ammonia", cas="7664-41-7")
    desk.reference = FixedReference({"hazard-sources": {"V-1": vessel, "V-2": other}})
    station.kinds.choose("hazard-sources")

    station.records.filter.setText("氯")

    assert keys(station) == ["V-1"]


def test_that_another_kind_begins_without_the_filter(station: LibrariesStation) -> None:
    station.records.filter.setText("old")

    station.kinds.choose("teams")

    assert station.records.filter.text() == ""
    assert keys(station) == ["T-01"]


def test_that_a_kind_without_rows_offers_the_import(station: LibrariesStation) -> None:
    station.kinds.choose("signatures")

    assert "Ctrl+I" in " ".join(texts(station.records._empty))


def test_that_a_plan_lists_its_clauses_by_their_time(station: LibrariesStation) -> None:
    shown = texts(station.details)

    assert shown.index("T+00:00") < shown.index("Act C1") < shown.index("T+05:00")
    assert "Chlorine plan" in shown


def test_that_an_expired_plan_says_so_in_words(station: LibrariesStation, kit: ViewKit) -> None:
    station.show_record("plans", "PLAN-OLD")

    assert any(text.startswith("EXPIRED ") for text in texts(station.details))


def test_that_a_number_is_marked_dead_by_a_command(
    station: LibrariesStation, desk: StationDesk, qtbot: QtBot
) -> None:
    station.kinds.choose("teams")
    button = station.details.findChild(KeyButton, "dead-1001")
    assert isinstance(button, KeyButton)
    assert button.key == "Alt+1"

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert desk.executed == [MarkNumberDead(kind="teams", key="T-01", number="1001")]


def test_that_a_number_dead_since_shows_everywhere(
    station: LibrariesStation, desk: StationDesk
) -> None:
    station.kinds.choose("teams")

    desk.show(
        desk.situation.with_(dead_numbers=Map({"1001": "event"})),
        dead_numbers=frozenset(["1001"]),
    )

    assert cell(station, "T-01", "state") == "number dead"
    assert cell(station, "T-01", "phone") == "1002"
    assert "1001  DEAD" in texts(station.details)
    assert counts(station, 0)["Teams"] == ("1", "1")


def test_that_a_depot_shows_what_is_left_after_the_moves(
    station: LibrariesStation, desk: StationDesk
) -> None:
    station.kinds.choose("materials")

    desk.show(
        desk.situation.with_(stock_moves=Map({"D-01/alkali": -6.0})),
        stock_moves=frozenset(["D-01/alkali"]),
    )

    shown = texts(station.details)
    assert "0 t" in shown
    assert "6 t on record, -6 in this operation" in shown
    assert cell(station, "D-01", "state") == "empty"


def test_that_a_case_tells_its_lessons(station: LibrariesStation) -> None:
    station.kinds.choose("cases")

    assert "Lesson" in texts(station.details)


def test_that_enter_shows_the_row_on_the_map(station: LibrariesStation, qtbot: QtBot) -> None:
    station.kinds.choose("teams")
    view = station.records._views["teams"]

    with qtbot.waitSignal(station.selected) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert told.args == [("teams", "T-01")]


def test_that_new_reference_data_keep_the_chosen_row(
    station: LibrariesStation, desk: StationDesk
) -> None:
    station.records.choose("PLAN-OLD")

    desk.set_reference(desk.reference)

    assert station.records.current is not None
    assert station.records.current.key == "PLAN-OLD"


def test_that_special_columns_give_way_to_the_name(station: LibrariesStation) -> None:
    view = station.records._views["plans"]
    model = station.records._models["plans"]
    names = [column.key for column in model.columns]
    station.pane.resize(420, 700)
    hidden = {name for place, name in enumerate(names) if view.isColumnHidden(place)}

    assert "for" in hidden
    assert not hidden & {"name", "key", "state"}
    assert view.columnWidth(0) >= 150


def test_that_thirty_thousand_rows_come_as_one_reset(
    station: LibrariesStation, desk: StationDesk, qtbot: QtBot
) -> None:
    many = {
        f"E-{n}": Enterprise(key=f"E-{n}", name=Name(f"企业{n}", f"Plant {n}"))
        for n in range(30_000)
    }
    desk.reference = FixedReference({"enterprises": many})
    station.kinds.choose("enterprises")
    model = station.records._models["enterprises"]
    resets = []
    model.modelReset.connect(lambda: resets.append(1))

    station.records.filter.setText("29999")

    assert keys(station) == ["E-29999"]
    assert resets == [1]


def test_that_all_text_follows_the_language(
    station: LibrariesStation, kit: ViewKit, qtbot: QtBot
) -> None:
    kit.translator.choose("zh")

    qtbot.waitUntil(lambda: station.pane.title == "预案")
    assert cell(station, "PLAN-CL2", "name") == "液氯泄漏预案"
    assert cell(station, "PLAN-OLD", "state") == "已过期"
    assert station.details.title == "液氯泄漏预案"


def test_that_the_models_keep_qts_rules(station: LibrariesStation, qtmodeltester: object) -> None:
    qtmodeltester.check(station.records._models["plans"])  # type: ignore[attr-defined]
    qtmodeltester.check(station.revisions.view.model())  # type: ignore[attr-defined]
