"""Situation 5 of the acceptance list in a real process: the wind turns by 40°."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.site import Site
from models.operation.events.base import Event
from models.times import SECOND_US
from tests.e2e.journal import events_of
from tests.e2e.processes import DriverProcess

PLAY_S = 320
pytestmark = pytest.mark.timeout(PLAY_S + 30)
Played = tuple[dict[str, Any], tuple[Event, ...]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("wind")
    site = Site(folder / "site")
    desk = DriverProcess(folder, "wind", site.path)
    try:
        facts = desk.result(PLAY_S)["facts"]
        assert desk.wait() == 0
        yield facts, events_of(site, facts["operation"])
    finally:
        desk.kill()


def test_that_the_zone_gets_contours_from_a_process_of_its_own(played: Played) -> None:
    facts, events = played
    assert set(facts["probabilities"]) >= {0.05, 0.5}
    first = facts["first"]["id"]
    assert [e.subject for e in events if e.kind == "zone.contours_drawn"].count(first) == 1


def test_that_the_zone_is_out_of_date_within_70_s_of_the_turn(played: Played) -> None:
    facts, events = played
    stale = next(e for e in events if e.kind == "zone.went_out_of_date")
    assert facts["stale_us"] - facts["left_us"] <= 70 * SECOND_US
    assert stale.payload.reason  # type: ignore[attr-defined]


def test_that_both_zones_are_drawn_and_nothing_shrinks_by_itself(played: Played) -> None:
    facts, events = played
    assert facts["new_after_s"] <= 10.0
    models = [zone for zone in facts["zones"] if zone["kind"] == "model"]
    assert len(models) >= 2
    assert not any(zone["withdrawn"] or zone["replaced_by"] for zone in models)
    assert {zone["id"] for zone in models} <= set(facts["drawn"])
    assert [key for key, text in facts["drawn"].items() if text], "one says OUT OF DATE"
    assert not [event for event in events if event.kind == "zone.withdrawn"]


def test_that_what_the_new_zone_touches_is_named_on_screen(played: Played) -> None:
    facts, _ = played
    old, *others = sorted(
        (zone for zone in facts["zones"] if zone["kind"] == "model"), key=lambda z: z["drawn_us"]
    )
    new = {key for zone in others for key in zone["receptors"]} - set(old["receptors"])
    named = [text for text in facts["said"] if text.startswith("newly_threatened")]
    assert bool(new) <= bool(named)
    assert named, "the turn brings somebody or something into the zone"
    assert any(line in text for text in facts["shown"] for line in named[0].split(" · ")[1:2])
