"""Builds a site's gateway out of its parts and runs it; no Qt."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from platform import node
from zoneinfo import ZoneInfo

from app.clock import Clock, SystemClock
from app.commands.escalation import Escalation
from app.demo import DEMO_SEED
from app.demo.park import build_park
from app.demo.world import DemoWorld
from app.desk import Reference
from app.gateway.books import Books
from app.gateway.colours import Colours
from app.gateway.dealing import Dealing
from app.gateway.early_warnings import EarlyWarnings, Sources
from app.gateway.engine import Engine, Parts, preloaded
from app.gateway.failures import FailureEntries, entering
from app.gateway.history import History
from app.gateway.history_places import history_places, keep
from app.gateway.judging import Judging
from app.gateway.kept_judging import KeptFile, KeptJudging, read_tail
from app.gateway.latest import Latest
from app.gateway.lost_site import LostSite
from app.gateway.mqtt import MqttSource, topic_templates
from app.gateway.payloads import PayloadDecoder
from app.gateway.peers import Peers, PeerValues
from app.gateway.replacements import Finder, ForesightedEscalation, Replacements
from app.gateway.server import GatewayServer
from app.gateway.shares import Shares
from app.gateway.silence import SharedSilence
from app.gateway.sources import build_sources, dealt_sources
from app.gateway.world import World, WorldSource
from app.opening import OpenedSite, open_site
from app.reference import ReferenceService
from app.segments import DailySegments
from app.settings import Settings
from app.site import Site
from models.ids import OperationId, RandomIds
from models.operation.events.base import Draft
from models.operation.situation import Situation
from models.registry.kinds import Tag
from models.store.beats import Beats
from models.store.posts import Posts
from models.telemetry.alarm_resuming import Tail
from models.telemetry.alarm_state import KeptStateError
from models.telemetry.ports import Source
from models.telemetry.reduction import Curve
from models.telemetry.tags import TagTable, patience_us

_LOG = logging.getLogger("muster.gateway")
_PAGE = 2000
_UNKNOWN_PATIENCE_US = 60_000_000


class Gateway:
    """One site's gateway: opens the operation, builds the engine, runs until told to stop.

    The caller holds the site's gateway lock.
    """

    def __init__(
        self, site: Site, settings: Settings, opened: OpenedSite, clock: Clock, name: str = ""
    ) -> None:
        self._site = site
        self._settings = settings
        self._clock = clock
        self._shares = Shares(
            settings.gateways,
            name,
            by_messages=bool(settings.mqtt.enabled and settings.mqtt.share_group),
        )
        self._store = opened.store
        self._reference_store = opened.reference_store
        self._journal = opened.journal
        self._situation = opened.situation
        self._engine: Engine | None = None
        self._kept_file = KeptFile(site.history, self._shares.file_name)

    def stop(self) -> None:
        """End after the present scan."""
        if self._engine is not None:
            self._engine.stop()

    async def run(self, duration_s: float | None = None) -> None:
        """Run until SIGTERM, SIGINT, a desk's `stop`, the operation's end or `duration_s`."""
        loop = asyncio.get_running_loop()
        with (
            ThreadPoolExecutor(max_workers=3, thread_name_prefix="gateway") as executor,
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="routes") as routes,
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="warnings") as warnings,
        ):
            replacements = Replacements(self._dispatcher, routes)
            tail = await loop.run_in_executor(executor, self._tail)
            situation = tail[1].situation if tail is not None else self._situation
            reference = await loop.run_in_executor(
                executor, preloaded, self._reference_store, situation.reference_revision
            )
            world = await loop.run_in_executor(executor, self._world, situation)
            engine = self._build(
                executor, warnings, situation, reference, world, replacements, tail
            )
            replacements.warm(reference)
            _stop_on_signals(loop, engine.stop)
            timer = loop.call_later(duration_s, engine.stop) if duration_s is not None else None
            _LOG.info("gateway of %s runs, operation %s", self._site.path, situation.operation_id)
            lost = LostSite(self._site.gateway_lock_of(self._shares.file_name), engine.stop)
            lost.start()
            try:
                await engine.run()
            finally:
                lost.end()
                if timer is not None:
                    timer.cancel()
                _LOG.info("gateway has stopped")

    def _build(
        self,
        executor: ThreadPoolExecutor,
        warnings: ThreadPoolExecutor,
        situation: Situation,
        reference: Reference,
        world: World | None,
        replacements: Replacements,
        tail: tuple[KeptJudging, Tail] | None,
    ) -> Engine:
        grid_us = self._settings.alarm_scan_ms * 1000
        shares, site = self._shares, self._site
        now_us = self._clock.now_us()
        judging = Judging(reference, situation, now_us, grid_us, shares)
        happened = _resumed(judging, tail, now_us)
        tables = _Tables(judging.tags)
        settings = self._settings
        places = history_places(
            self._site.history,
            settings.history_url,
            lambda tag_key: keep(tables.tag(tag_key), settings.retention),
        )
        history = History(
            site.history,
            judging.tags,
            places=places,
            name=shares.file_name,
            others=[shares.file_name_of(name) for name in shares.others],
        )

        def read_curve(tag_key: str, from_us: int, to_us: int, points: int) -> Curve:
            return history.curve(tag_key, from_us, to_us, points, tables.patience_us(tag_key))

        latest = Latest(judging.tags.keys)
        info_file = site.gateway_file_of(shares.file_name)
        server = GatewayServer(info_file, latest, read_curve, executor, self.stop)
        server.operation_id = situation.operation_id
        segments = DailySegments(self._journal, self._clock, ZoneInfo(self._settings.timezone))
        parts = Parts(
            clock=self._clock,
            books=Books(self._journal, situation, executor, shares.file_name),
            reference_store=self._reference_store,
            history=history,
            latest=latest,
            server=server,
            executor=executor,
            sources=self._sources(judging.tags, world, tables),
            grid_us=grid_us,
            escalation=ForesightedEscalation(Escalation(RandomIds(), replacements), replacements),
            colours=Colours(),
            failures=FailureEntries(entering(self._service()), executor),
            early_warnings=EarlyWarnings(
                Sources(latest, history, self._journal, site.courses, shares.mine),
                warnings,
            ),
            world=world,
            begin_segment=segments.begin_if_due if situation.mode == "live" else None,
            on_tags=tables.use,
            kept_file=self._kept_file,
        )
        parts.books.put(happened)
        if shares.others:
            parts.peers = Peers(
                shares, Beats(self._store), self._clock, executor, f"{node()}:{os.getpid()}"
            )
            if shares.deals:
                silence = SharedSilence(judging.tags, self._clock.now_us())
                parts.silence = silence
                parts.peers.report = lambda: silence.report(self._clock.now_us())
                dealt = dealt_sources(settings.sources)
                posts = Posts(self._store)
                parts.dealing = Dealing(shares, posts, self._clock, executor, dealt)
            parts.peer_values = [
                PeerValues(site.gateway_file_of(shares.file_name_of(name)), latest, tables.index)
                for name in (shares.others if shares.is_first else ())
            ]
        self._engine = Engine(parts, reference, judging)
        return self._engine

    def _tail(self) -> tuple[KeptJudging, Tail] | None:
        return read_tail(self._kept_file, self._journal, self._situation)

    def _service(self) -> ReferenceService:
        """Return what changes the site's reference data, journalled as anybody's change."""
        return ReferenceService(self._store, self._journal, self._clock, RandomIds())

    def _dispatcher(self) -> Finder:
        """Return what finds teams; importing it takes longer than the gateway's whole start."""
        from app.dispatching import Dispatcher

        return Dispatcher(self._site.tiles)

    def _world(self, situation: Situation) -> World | None:
        """Return the scripted world of a demonstration, told everything so far."""
        if situation.mode != "demonstration":
            return None
        start_us = situation.started_us
        seed = situation.seed or DEMO_SEED
        world = DemoWorld(build_park(seed, start_us), seed, start_us)
        operation, seq = OperationId(situation.operation_id), 0
        while seq < situation.seq:
            events = self._journal.read(operation, seq, _PAGE, upto_seq=situation.seq)
            for event in events:
                world.observe(event)
            seq = events[-1].seq
        world.resume(self._clock.now_us())
        return world

    def _sources(
        self, tags: TagTable, world: World | None, tables: "_Tables"
    ) -> tuple[Source, ...]:
        """Return the sources: simulated and real ones never share an operation."""
        if world is not None:
            simulated = WorldSource(world, tags, self._clock)
            tables.listeners.append(simulated.set_tags)
            return (simulated,)
        mqtt = self._settings.mqtt
        is_live = self._situation.mode == "live"
        connected = build_sources(self._settings.sources, tags, self._clock, is_live=is_live)
        tables.listeners += [source.set_tags for source in connected]
        if not mqtt.enabled:
            return connected
        templates = topic_templates(mqtt.topics)
        name = self._shares.file_name
        client_id = f"muster-{self._site.path.name}{name and '-' + name}"
        source = MqttSource(mqtt, PayloadDecoder(tags, templates), self._clock, client_id=client_id)

        def use(table: TagTable) -> None:
            source.decoder = PayloadDecoder(table, templates)

        tables.listeners.append(use)
        return (source, *connected)


def _resumed(
    judging: Judging, tail: tuple[KeptJudging, Tail] | None, now_us: int
) -> Sequence[Draft]:
    """Let the alarms go on where they stopped; return what happened and isn't journalled."""
    if tail is None or tail[0].digest != judging.digest:
        return []
    kept, stored = tail
    try:
        return judging.resume(kept.alarms, stored, now_us)
    except KeptStateError as error:
        _LOG.warning("delays of alarms begin anew: %s", error)
        return []


class _Tables:
    """The tag table in force, for those outside the engine that need it."""

    def __init__(self, tags: TagTable) -> None:
        self._tags = tags
        self.listeners: list[Callable[[TagTable], None]] = []

    def use(self, tags: TagTable) -> None:
        self._tags = tags
        for listener in self.listeners:
            listener(tags)

    def index(self) -> Mapping[str, int]:
        return self._tags.index

    def tag(self, tag_key: str) -> Tag | None:
        tags = self._tags
        index = tags.index.get(tag_key)
        return tags[index] if index is not None else None

    def patience_us(self, tag_key: str) -> int:
        tag = self.tag(tag_key)
        return patience_us(tag) if tag is not None else _UNKNOWN_PATIENCE_US


def _stop_on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """Let SIGTERM and SIGINT end the gateway in order."""
    for name in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(name, stop)


def run_gateway(
    site: Site, settings: Settings, duration_s: float | None = None, name: str = ""
) -> None:
    """Open a site and run its gateway in this thread (the main one); the caller holds the lock.

    `name` says which of several; empty: the first.

    Raises
    ------
    SiteOpeningError
        When the site's store can't be opened.
    """
    clock = SystemClock()
    opened = open_site(site, settings, clock)
    gateway = Gateway(site, settings, opened, clock, name)
    try:
        # aiomqtt needs add_reader, which Windows has in the selector loop only
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(gateway.run(duration_s))
    finally:
        opened.store.close()
