"""Differences, acknowledgements, and what a rebuilt page is told."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.protocol import Fact, Message, Outbox, parse_fact

ITEMS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3), max_size=6)


def shown(messages: list[Message]) -> dict[str, object]:
    """Return what a page that takes these messages shows of 'live'."""
    held: dict[str, object] = {}
    for message in messages:
        if message.topic != "live":
            continue
        if message.payload.get("full"):
            held.clear()
        for key in message.payload["drop"]:
            held.pop(key, None)
        for item in message.payload["put"]:
            held[item["id"]] = item
    return held


@given(st.lists(ITEMS, max_size=8))
def test_that_differences_bring_the_page_to_what_is_wanted(states: list[dict[str, int]]) -> None:
    outbox = Outbox()
    sent: list[Message] = []
    for state in states:
        wanted = {key: {"id": key, "n": n} for key, n in state.items()}
        message = outbox.items("live", wanted)
        sent += [message] if message else []
        assert shown(sent) == wanted
        assert shown(outbox.everything()) == wanted


def test_that_nothing_is_sent_twice() -> None:
    outbox = Outbox()
    assert outbox.items("zones", {"a": {"id": "a"}}) is not None
    assert outbox.items("zones", {"a": {"id": "a"}}) is None
    assert outbox.value("words", {"x": "y"}) is not None
    assert outbox.value("words", {"x": "y"}) is None


def test_that_only_changed_items_cross() -> None:
    outbox = Outbox()
    outbox.items("live", {"a": {"id": "a", "n": 1}, "b": {"id": "b", "n": 1}})
    message = outbox.items("live", {"a": {"id": "a", "n": 1}, "b": {"id": "b", "n": 2}})
    assert message is not None
    assert message.payload == {"put": [{"id": "b", "n": 2}], "drop": []}
    assert message.seq == 2


def test_that_an_acknowledgement_never_runs_ahead_or_back() -> None:
    outbox = Outbox()
    outbox.items("live", {"a": {"id": "a"}})
    outbox.acknowledge(7)
    assert outbox.acknowledged == 1
    outbox.acknowledge(0)
    assert outbox.acknowledged == 1


def test_that_a_value_the_page_told_is_told_to_a_new_page() -> None:
    outbox = Outbox()
    outbox.keep("view", {"zoom": 12})
    assert [m.payload for m in outbox.everything() if m.topic == "view"] == [{"zoom": 12}]
    assert outbox.held_value("view") == {"zoom": 12}


def test_that_an_unknown_topic_of_items_is_an_error() -> None:
    with pytest.raises(KeyError):
        Outbox().items("nothing", {})


@given(st.text())
def test_that_any_text_crosses_as_json(text: str) -> None:
    crossed = json.loads(Message("notes", {"text": text}).text())
    assert crossed == {"topic": "notes", "payload": {"text": text}}


def test_that_facts_are_parsed_and_nonsense_is_refused() -> None:
    assert parse_fact('{"topic": "ack", "payload": {"seq": 3}}') == Fact("ack", {"seq": 3})
    for bad in ("", "[]", '{"topic": 1, "payload": {}}', '{"topic": "x"}'):
        with pytest.raises(msgspec.DecodeError):
            parse_fact(bad)
