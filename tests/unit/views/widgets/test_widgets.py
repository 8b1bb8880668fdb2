import gc
import weakref

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Notice
from models.times import SECOND_US
from views.theme import Theme
from views.tools.sample import NOW_US
from views.widgets.badges import CountdownLabel, ElidedLabel, PlainLabel, StateBadge
from views.widgets.cards import Card, CardList
from views.widgets.dialog import SheetDialog
from views.widgets.flow import FlowLayout
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.notice_bar import NoticeBar
from views.widgets.pane import Pane
from views.widgets.severity import SeverityBadge, SeverityMark, severity_path
from views.widgets.states import BrokenState, EmptyState, LoadingState, StaleState
from views.wording import Toned, Wording


def test_that_every_severity_has_its_own_shape() -> None:
    box = QRectF(0, 0, 20, 20)
    paths = [severity_path(severity, box) for severity in (1, 2, 3, 4)]
    corner, middle = QRectF(1.5, 1.5, 0.5, 0.5), QRectF(9, 9, 2, 2)
    assert all(path.contains(middle) for path in paths)
    assert [path.intersects(corner) for path in paths] == [False, False, False, True]
    low_left = QRectF(1.5, 17.5, 0.5, 0.5)
    assert [path.intersects(low_left) for path in paths] == [False, True, False, True]


def test_that_a_severity_is_shape_and_word(qtbot: QtBot, theme: Theme) -> None:
    badge = SeverityBadge(1, "critical")
    mark = SeverityMark(theme, 2)
    qtbot.addWidget(badge)
    qtbot.addWidget(mark)
    assert badge.text() == "◆ critical"
    mark.set_severity(3)
    assert mark.severity == 3
    assert not mark.grab().isNull()


def test_that_text_from_data_is_never_html(qtbot: QtBot) -> None:
    label = PlainLabel("<b>x</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_that_a_cut_label_tells_all_in_its_tip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("a long sentence that will not fit")
    label.resize(40, 20)
    assert label.minimumSizeHint().width() < 40
    assert label.toolTip() == "a long sentence that will not fit"
    assert not label.grab().isNull()


def test_that_a_countdown_turns_red_when_due(qtbot: QtBot, wording: Wording) -> None:
    label = CountdownLabel(wording)
    qtbot.addWidget(label)
    label.tick(NOW_US)
    assert label.isHidden()
    label.set_due(NOW_US + 300 * SECOND_US, NOW_US)
    assert (label.text(), label.property("severity")) == ("05:00 left", "")
    label.tick(NOW_US + 200 * SECOND_US)
    assert (label.text(), label.property("severity")) == ("01:40 left", "2")
    label.tick(NOW_US + 342 * SECOND_US)
    assert (label.text(), label.property("severity")) == ("overdue 00:42", "1")


def test_that_a_state_badge_takes_the_tone(qtbot: QtBot) -> None:
    badge = StateBadge(Toned("not signed", "1"))
    qtbot.addWidget(badge)
    assert (badge.text(), badge.property("tone")) == ("not signed", "1")


def test_that_a_button_shows_and_obeys_its_key(qtbot: QtBot, theme: Theme) -> None:
    button = KeyButton(theme, "Issue", "Ctrl+Return", primary=True)
    bare = KeyButton(theme, "Issue")
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.addWidget(button)
    column.addWidget(bare)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    assert button.accessibleName() == "Issue (Ctrl+Return)"
    assert button.sizeHint().width() > bare.sizeHint().width()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not button.grab().isNull()


def test_that_a_button_follows_its_action(qtbot: QtBot, theme: Theme) -> None:
    action = QAction("Silence")
    action.setShortcut("F8")
    button = KeyButton(theme, action=action)
    qtbot.addWidget(button)
    assert (button.text(), button.key) == ("Silence", "F8")
    assert button.shortcut().isEmpty()
    action.setEnabled(False)
    assert not button.isEnabled()
    action.setText("消音")
    assert button.text() == "消音"


def test_that_a_pane_has_one_title_line(qtbot: QtBot, theme: Theme) -> None:
    pane = Pane(theme)
    qtbot.addWidget(pane)
    pane.set_title("Alarms", "15")
    act = QPushButton("Acknowledge")
    pane.add_act(act)
    first, second = QWidget(), QWidget()
    pane.set_body(first)
    pane.set_body(second, padded=True)
    assert pane.title == "Alarms"
    assert pane.accessibleName() == "Alarms"
    assert pane.body is second
    assert act.parent() is not None


def test_that_a_form_names_every_field(qtbot: QtBot, theme: Theme) -> None:
    form = Form(
        theme,
        [
            Field("place", lambda: "&Place", QLineEdit, lambda: "where"),
            Field("who", lambda: "&Who"),
        ],
    )
    qtbot.addWidget(form)
    place, who = form.field("place"), form.field("who")
    assert isinstance(place, QLineEdit)
    assert place.accessibleName() == "Place"
    assert place.placeholderText() == "where"
    assert place.nextInFocusChain() is who or place.nextInFocusChain().nextInFocusChain() is who
    place.setText("  unit 3 ")
    assert form.texts() == {"place": "unit 3"}


def test_that_designed_states_say_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    for make in (EmptyState, LoadingState, StaleState, BrokenState):
        state = make(theme)
        qtbot.addWidget(state)
        state.say("No data", "Wait for the gateway.")
        state.add_button(QPushButton("Retry"))
        assert state.accessibleName() == "No data. Wait for the gateway."


def test_that_notices_replace_themselves_and_only_three_stay(qtbot: QtBot, theme: Theme) -> None:
    bar = NoticeBar(theme, lambda notice: notice.code)
    qtbot.addWidget(bar)
    for code in ("a", "b", "a", "c", "d"):
        bar.say(Notice(severity=2, code=code))
    assert [notice.code for notice in bar.notices()] == ["a", "c", "d"]
    for row in list(bar._rows):
        row.close_button.click()
    assert bar.isHidden()


class _TextCard(Card):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.shown: list[str] = []

    def show_row(self, row: str) -> None:
        self.shown.append(row)


def test_that_cards_are_kept_by_id_and_shown_only_when_changed(qtbot: QtBot, theme: Theme) -> None:
    cards: CardList[str] = CardList(theme, lambda: _TextCard(theme), lambda row: row[0])
    qtbot.addWidget(cards)
    cards.update_rows(["a1", "b1", "c1"])
    kept = cards.card("b")
    cards.update_rows(["b1", "c2"])
    assert isinstance(kept, _TextCard)
    assert cards.card("b") is kept
    assert kept.shown == ["b1"]
    assert cards.current == "b"
    assert cards.card("a") is None
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert cards.current == "c"


def test_that_a_flow_wraps_instead_of_hiding(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(10, 4, host)
    for _ in range(6):
        item = QWidget()
        item.setFixedSize(100, 20)
        flow.addWidget(item)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(330) == 20 * 2 + 4
    assert flow.heightForWidth(90) == 20 * 6 + 4 * 5


def test_that_a_sheet_is_freed_after_closing(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    QVBoxLayout(host)
    sheet = SheetDialog(theme, host)
    sheet.add_content(PlainLabel("who, where"))
    issue = QPushButton("Issue")
    sheet.add_act(issue, default=True)
    issue.clicked.connect(sheet.accept)
    watch = weakref.ref(sheet)
    sheet.show()
    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
    del sheet, issue
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert watch() is None
    assert not host.findChildren(SheetDialog)
