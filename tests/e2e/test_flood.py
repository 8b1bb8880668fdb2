"""Situation 3 of the acceptance list in real processes: a flood after a power cut, and gas."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from models.operation.events.base import Event
from tests.e2e.flooded_site import BUS, FLOODED, LATER, POWER, TANK, TOXIC, make_site, unit
from tests.e2e.journal import events_of
from tests.e2e.processes import ROOT, DriverProcess, environment
from tests.servers.mosquitto import Mosquitto

PLAY_S, WITHIN_S = 200, 30.0
LEAP_S = 660
SLOWEST_S = 0.2
pytestmark = [pytest.mark.timeout(PLAY_S + 120), pytest.mark.needs("mosquitto")]


@dataclass(frozen=True)
class Played:
    """What the desk saw, and what the journal says of the flood and of what came after its end."""

    facts: dict[str, Any]
    flood: tuple[Event, ...]
    after: tuple[Event, ...]

    def of(self, kind: str, subject: str = "") -> list[Event]:
        """Return the events of a kind in their order."""
        return [e for e in self.flood if e.kind == kind and subject in {"", e.subject}]


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, mosquitto_server: Mosquitto
) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("flood")
    mosquitto_server.start()
    site = make_site(folder, mosquitto_server.port)
    with (folder / "gateway.out").open("wb") as log:
        gateway = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.leaping_gateway", str(site.path)],
            cwd=ROOT, env=environment(folder), stdout=log, stderr=log,
        )  # fmt: skip
    desk: DriverProcess | None = None
    try:
        desk = DriverProcess(
            folder, "flood", site.path, "--file", str(mosquitto_server.port), "--stay"
        )
        facts = desk.result(PLAY_S)["facts"]
        desk.kill()
        flood = events_of(site, facts["operation"])
        (site.path / "leap").write_text(str(LEAP_S), "ascii")
        for key in LATER:
            mosquitto_server.publish(f"muster/{key}", b"60")
        ends_s = time.monotonic() + WITHIN_S
        after: tuple[Event, ...] = ()
        while _raised(after) < len(LATER) and time.monotonic() < ends_s:
            time.sleep(0.2)
            after = events_of(site, facts["operation"])[len(flood) :]
        yield Played(facts, flood, after)
    finally:
        if desk is not None:
            desk.kill()
        os.kill(gateway.pid, signal.SIGTERM)
        gateway.wait(20)


def _raised(events: tuple[Event, ...]) -> int:
    return sum(event.kind == "alarm.raised" for event in events)


def test_that_nothing_is_lost(played: Played) -> None:
    raised = [event.subject for event in played.of("alarm.raised")]
    assert sorted(raised) == sorted(
        [f"{BUS}/L", f"{TOXIC}/H", f"{TOXIC}/HH", *(f"{key}/H" for key in FLOODED)]
    )
    assert len(set(raised)) == len(raised)


def test_that_the_flood_is_one_card_within_two_seconds_with_first_out_and_origin(
    played: Played,
) -> None:
    assert played.facts["one_card_after_s"] <= 2.0
    assert played.facts["all_there_after_s"] <= 2.0
    cards = {card["source"]: card for card in played.facts["cards"]}
    assert set(cards) == {POWER, TANK}
    assert cards[POWER]["first"] == f"{BUS}/L"
    assert cards[POWER]["members"] == len(FLOODED) + 1
    assert played.facts["most_cards"] <= 2


def test_that_the_toxic_alarm_stands_apart_on_top_and_sounds_within_a_second(
    played: Played,
) -> None:
    assert 0 <= played.facts["tone_after_s"] <= 1.0
    assert played.facts["on_top_after_s"] <= 2.0
    assert played.facts["shown"] == [TANK, POWER]
    card = next(card for card in played.facts["cards"] if card["source"] == TANK)
    assert card["members"] == 2
    assert card["priority"] == 1


def test_that_the_desk_goes_on_answering(played: Played) -> None:
    """By the desk's own work: on a loaded machine others make it wait too."""
    assert played.facts["key_answered_after_s"] <= 1.0
    slow = [stall for stall in played.facts["stalls"] if stall[1] > SLOWEST_S]
    assert not slow, slow[0][2]


def test_that_ten_quiet_minutes_end_the_flood(played: Played) -> None:
    """The next alarms of a unit that the origin explained have a card of their own."""
    assert _raised(played.after) == len(LATER)
    opened = [event for event in played.after if event.kind == "card.opened"]
    assert [event.payload.hazard_source_key for event in opened] == [unit(0)]
    joined = [event for event in played.after if event.kind == "card.joined"]
    assert {event.subject for event in joined} == {opened[0].subject}
    assert len(joined) == len(LATER) - 1
