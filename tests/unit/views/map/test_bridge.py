"""The channel to the page: nothing before it spoke, nonsense never raises."""

import pytest
from pytestqt.qtbot import QtBot

from maps.protocol import Fact, Message
from views.map.bridge import MapBridge


def test_that_nothing_is_sent_before_the_page_is_ready(qtbot: QtBot) -> None:
    bridge = MapBridge()
    with qtbot.assertNotEmitted(bridge.message):
        assert not bridge.send(Message("view", {}))
    bridge.receive('{"topic": "ready", "payload": {}}')
    with qtbot.waitSignal(bridge.message) as sent:
        assert bridge.send(Message("view", {}))
    assert sent.args == ['{"topic":"view","payload":{}}']
    bridge.reset()
    assert not bridge.send(Message("view", {}))


def test_that_facts_are_passed_on(qtbot: QtBot) -> None:
    bridge = MapBridge()
    with qtbot.waitSignal(bridge.told) as told:
        bridge.receive('{"topic": "ack", "payload": {"seq": 2}}')
    assert told.args == [Fact("ack", {"seq": 2})]


@pytest.mark.expect_log("unreadable")
@pytest.mark.parametrize("text", ["", "{", "[]", '{"topic": 3}'])
def test_that_nonsense_is_logged_and_dropped(qtbot: QtBot, text: str) -> None:
    bridge = MapBridge()
    with qtbot.assertNotEmitted(bridge.told):
        bridge.receive(text)
