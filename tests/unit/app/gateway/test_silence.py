"""Which tags nobody hears, where the broker deals the messages out."""

import zlib

from app.gateway.shares import Shares
from app.gateway.silence import Heard, SharedSilence
from models.telemetry.ports import Quality
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import SECOND, START, Record, kinds, tag

TAGS = TagTable([tag("A"), tag("B"), tag("C", period_s=20.0)], 7)


def _read(*places, quality=Quality.GOOD):
    return make_batch(list(places), START, START, 1.0, quality)


def _at(seconds):
    return START + seconds * SECOND


def test_that_a_tag_heard_elsewhere_is_not_stale_here():
    record = Record()
    here, there = SharedSilence(TAGS, START), SharedSilence(TAGS, START)
    here.hear(_read(0), _at(8))
    there.hear(_read(1), _at(8))
    report = there.report(_at(9))
    heard = [Heard(report, 1.0)]
    assert here.due(heard, record.situation, _at(10), speaks=True) == []
    alone = here.due([], record.situation, _at(10), speaks=True)
    assert alone[0].payload.tag_keys == ("B",)

    there.hear(_read(1), _at(18))
    heard = [Heard(there.report(_at(19)), 1.0)]
    drafts = here.due(heard, record.situation, _at(20), speaks=True)
    assert kinds(drafts) == [("tag.went_stale", "tags")]
    assert drafts[0].payload.tag_keys == ("A",)
    assert drafts[0].payload.since_us == _at(8)
    drafts = here.due([Heard(report, 11.0)], record.situation, _at(20), speaks=True)
    assert drafts[0].payload.tag_keys == ("A", "B")


def test_that_the_age_of_what_another_said_goes_on_and_the_dead_ones_word_counts():
    record = Record()
    here, there = SharedSilence(TAGS, START), SharedSilence(TAGS, START)
    there.hear(_read(2), _at(100))
    report = there.report(_at(100))
    for is_dead in (False, True):
        for since_s, stale in ((60.0, False), (61.0, True)):
            heard = [Heard(report, since_s, is_dead=is_dead)]
            told = here.due(heard, record.situation, _at(100 + since_s), speaks=True)
            assert ("C" in told[0].payload.tag_keys) is stale


def test_that_nothing_is_stale_while_one_that_lives_has_not_told():
    record = Record()
    here = SharedSilence(TAGS, START)
    other = SharedSilence(TagTable(TAGS.tags, 8), START)
    for report in (b"", b"damaged", other.report(START), zlib.compress(b"short")):
        assert here.due([Heard(report, 0.0)], record.situation, _at(99), speaks=True) == []
        told = here.due([Heard(report, 9.0, is_dead=True)], record.situation, _at(99), speaks=True)
        assert told[0].payload.tag_keys == ("A", "B", "C")


def test_that_one_gateway_says_it_and_whoever_hears_it_says_that_it_is_back():
    record = Record()
    first, second = SharedSilence(TAGS, START), SharedSilence(TAGS, START)
    said = first.due([], record.situation, _at(6), speaks=True)
    assert second.due([], record.situation, _at(6), speaks=False) == []
    record.store(said)
    assert first.due([], record.situation, _at(7), speaks=True) == []  # once

    second.hear(_read(0, 1, quality=Quality.STALE), _at(8))  # no sign of life
    assert second.due([], record.situation, _at(8), speaks=False) == []
    second.hear(_read(1, 2), _at(9))
    back = second.due([], record.situation, _at(9), speaks=False)
    assert kinds(back) == [("tag.came_back", "tags")]
    assert back[0].payload.tag_keys == ("B",)  # C wasn't missed
    assert second.due([], record.situation, _at(10), speaks=False) == []


def test_that_another_tag_table_keeps_what_was_heard():
    record = Record()
    here = SharedSilence(TAGS, START)
    here.hear(_read(1), _at(8))
    here.set_tags(TagTable([tag("B"), tag("N")], 8), _at(8))
    assert here.due([], record.situation, _at(13), speaks=True) == []
    told = here.due([], record.situation, _at(14), speaks=True)
    assert told[0].payload.tag_keys == ("B", "N")


def test_which_sites_deal_messages_out():
    two = {"east": ("*",), "west": ()}
    assert Shares(two, by_messages=True).deals
    assert not Shares(two).deals
    assert not Shares({"east": ("*",)}, by_messages=True).deals
