"""Notices of faults: plain words, and good news takes the bad news away."""

import pytest

from app.desk import GatewayState, Notice
from app.journal_errors import (
    JournalBusyError,
    JournalDamagedError,
    JournalError,
    JournalFullError,
    JournalMovedError,
    JournalReadOnlyError,
    not_stored_code,
)
from views.notices import NoticeSentences
from views.shell.failure_bar import FailureBar
from views.widgets.notice_bar import NoticeBar


@pytest.fixture
def sentences(translator) -> NoticeSentences:
    return NoticeSentences()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (JournalFullError, "The disk is full."),
        (JournalReadOnlyError, "may not be written"),
        (JournalBusyError, "Another program holds the store."),
        (JournalDamagedError, "restore a backup"),
        (JournalMovedError, "The record refused it."),
        (JournalError, "The store does not answer."),
        (OSError, "The store does not answer."),
    ],
)
def test_that_what_was_not_stored_is_said_with_reason_and_act(sentences, error, words) -> None:
    text = sentences(Notice(severity=1, code=not_stored_code(error("x{y}")), detail="x{y}"))
    assert text.startswith("NOT STORED. ")
    assert words in text
    assert text.endswith("Write it down and try again. (x{y})")


@pytest.mark.parametrize(
    "code",
    ["unexpected", "clock_set_back", "gateway_back", "setting_not_kept", "history_failed"],
)
def test_that_other_faults_are_sentences_too(sentences, code) -> None:
    text = sentences(Notice(severity=2, code=code, detail="42"))
    assert "42" in text
    assert code not in text


def test_that_good_news_takes_the_bad_news_away(theme, qtbot) -> None:
    bar = NoticeBar(theme, lambda notice: notice.code)
    qtbot.addWidget(bar)
    bar.say(Notice(severity=1, code="store_unreadable", detail="a"))
    bar.say(Notice(severity=2, code="unexpected"))
    bar.say(Notice(severity=4, code="store_readable"))
    assert [notice.code for notice in bar.notices()] == ["unexpected", "store_readable"]


def test_that_failures_that_can_not_be_recorded_are_shown_from_the_status(
    desk, theme, translator, qtbot
) -> None:
    bar = FailureBar(desk, theme)
    qtbot.addWidget(bar)
    failing = (("journal", "disk full"), ("source:mqtt", "refused"))
    desk.gateway_state.emit(GatewayState(connected=True, detail="", failing=failing))
    assert bar.failures() == {"journal": "disk full", "source:mqtt": "refused"}
    assert not bar.isHidden()
    desk.gateway_state.emit(GatewayState(connected=True, detail="", failing=failing[1:]))
    assert bar.failures() == {}
    desk.gateway_state.emit(GatewayState(connected=False, detail=""))
    assert list(bar.failures()) == ["gateway"]


def test_that_a_dead_gateway_is_named_with_the_tags_nobody_watches(
    desk, theme, translator, qtbot
) -> None:
    bar = FailureBar(desk, theme)
    qtbot.addWidget(bar)
    bar._recorded = {"peer:west": "2: W-1, W-2", "peer:east": "0: "}
    bar.retranslate()
    west, east = (line.text() for line in bar._lines)
    assert "west" in west
    assert "2" in west
    assert "W-1, W-2" in west
    assert "east" in east
    assert "0" not in east
