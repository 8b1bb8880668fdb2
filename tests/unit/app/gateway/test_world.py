"""The demonstration's world as a source, and the whole first ten minutes judged."""

import asyncio

import numpy as np

from app.clock import ManualClock
from app.demo.park import build_park
from app.demo.world import DemoWorld
from app.gateway.world import WorldSource
from models.basics import LatLon
from models.operation.events.operation import WindObserved
from models.registry.kinds import HazardSource
from models.telemetry.alarms import AlarmLogic
from models.telemetry.cards import CardLogic
from models.telemetry.samples import cleaned, make_batch
from models.telemetry.surroundings import Surroundings
from models.telemetry.tags import TagTable
from models.telemetry.wind import WindWatch, find_masts
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, tag


class _World:
    tag_keys = ("B", "gone", "A")

    def sample(self, now_us):
        return make_batch([0, 1, 2], now_us - 5, now_us - 5, [1.0, 2.0, 3.0])


def test_that_samples_get_the_indices_of_the_table_and_arrive_now():
    async def scenario():
        clock = ManualClock(START)
        source = WorldSource(_World(), TagTable([tag("A"), tag("B")]), clock)
        batches = source.batches()
        first = await anext(batches)
        assert (first.tag.tolist(), first.value.tolist()) == ([1, 0], [1.0, 3.0])
        assert first.arrival_us.tolist() == [START, START]
        source.set_tags(TagTable([tag("0"), tag("A")]))
        clock.advance_to(START + SECOND)
        second = await anext(batches)
        assert (second.tag.tolist(), second.value.tolist()) == ([1], [3.0])
        assert source.state().samples == 3
        source.set_tags(TagTable([]))
        clock.advance_to(START + 2 * SECOND)
        nothing = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        nothing.cancel()
        await asyncio.wait([nothing])
        await batches.aclose()
        assert source.state().messages == 3

    asyncio.run(scenario())


def test_that_the_demonstration_s_chlorine_leak_proposes_one_incident_and_the_wind_turns():
    park = build_park("2026", START)
    world = DemoWorld(park, "2026", START)
    tags = TagTable(park["tags"])
    places = np.array([tags.index[key] for key in world.tag_keys], np.int32)
    alarms = AlarmLogic(tags, GRID, start_us=START)
    sources = [row for row in park["hazard-sources"] if isinstance(row, HazardSource)]
    cards = CardLogic(Surroundings(sources), "salt")
    wind = WindWatch(tags, LatLon(30.0, 120.0))
    record, heard = Record(alarms, cards), 0
    assert [mast.key for mast in find_masts(tags)] == ["MAST-1", "MAST-2", "MAST-3"]
    for now in range(START + GRID, START + 500 * SECOND, GRID):
        sample = world.sample(now)
        batch = make_batch(places[sample.tag], sample.source_us, now, sample.value, sample.quality)
        wind.take(batch)
        drafts = alarms.judge(cleaned(batch, tags.wide), now)
        record.store(cards.consider(drafts, wind.winds(now)))
        record.store(wind.observe(now) if now % SECOND == 0 else [])
        record.store(world.due(now))
        for event in record.events[heard:]:
            world.observe(event)
        heard = len(record.events)
    proposed = [card for card in record.situation.cards.values() if card.proposed]
    assert [card.hazard_source_key for card in proposed] == ["V-203"]
    winds = [
        e.payload.masts[0].from_deg for e in record.events if isinstance(e.payload, WindObserved)
    ]
    assert max(winds) - min(winds) > 30
    assert not record.situation.stale_tags
