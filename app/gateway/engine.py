"""The gateway's loop: collect, judge on the grid, append, store, publish."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from app.clock import Clock
from app.desk import Reference
from app.gateway.beside import Beside
from app.gateway.books import Books
from app.gateway.dealing import BEHIND_US, Dealing
from app.gateway.history import History
from app.gateway.history_ports import HistoryNewerError
from app.gateway.judging import Judging
from app.gateway.kept_judging import KeptFile, KeptJudging, Position
from app.gateway.latest import Latest
from app.gateway.peers import Peers, PeerValues
from app.gateway.protocol import Status
from app.gateway.safety import SafetyFunctions
from app.gateway.server import GatewayServer
from app.gateway.shares import Shares
from app.gateway.silence import SharedSilence
from app.gateway.world import World
from app.journal_errors import JournalError
from app.supervisor import FOREVER, Supervisor
from models.ids import OperationId
from models.operation.events.alarm import TagWentStale
from models.operation.events.base import Draft, Event
from models.operation.events.operation import OperationStopped, ReferencePinned
from models.operation.situation import Situation
from models.store import StoreError
from models.telemetry.alarm_state import KeptStateError
from models.telemetry.ports import SampleBatch, Source
from models.telemetry.samples import cleaned, concat, count, take
from models.telemetry.tags import TagTable, translated
from models.times import SECOND_US

_LOG = logging.getLogger("muster.gateway.engine")
_REFERENCE_EVERY_S = 2
_SEGMENT_EVERY_S = 60
_STATUS_EVERY_S = 1.0
_STUCK_S = 2.0
_KEEP_EVERY_S = 5.0


class DuePort(Protocol):
    """What falls due by itself: `app.commands.escalation`, `app.gateway.colours`."""

    def due(self, situation: Situation, reference: Reference, now_us: int) -> Sequence[Draft]:
        """Return what fell due by now."""
        ...


class ReferencePort(Protocol):
    """Where revisions of the reference data come from (`models.store.reference`)."""

    def head(self) -> int:
        """Return the newest revision."""
        ...

    def view(self, revision: int | None = None) -> Reference:
        """Return the reference data at a revision."""
        ...


@dataclass(slots=True)
class Parts:
    """What the engine is made of.

    `begin_segment` is called once a minute and cuts the operation when the site's day turned;
    `on_tags` is told when the tag table is another. Into `kept_file` goes what the alarms remember.
    """

    clock: Clock
    books: Books
    reference_store: ReferencePort
    history: History
    latest: Latest
    server: GatewayServer
    executor: Executor
    sources: Sequence[Source]
    grid_us: int
    escalation: DuePort | None = None
    colours: DuePort | None = None
    early_warnings: DuePort | None = None
    failures: DuePort | None = None
    world: World | None = None
    peers: Peers | None = None
    peer_values: Sequence[PeerValues] = ()
    silence: SharedSilence | None = None
    dealing: Dealing | None = None
    begin_segment: Callable[[OperationId], object] | None = None
    on_tags: Callable[[TagTable], None] = lambda _: None
    kept_file: KeptFile | None = None


class Engine:
    """Runs one operation's gateway until it is stopped or the operation ends."""

    def __init__(self, parts: Parts, reference: Reference, judging: Judging) -> None:
        self._p = parts
        self._reference = reference
        self._judging = judging
        judging.on_present = parts.latest.believe
        self._pending: list[SampleBatch] = []
        self._supervisor = Supervisor()
        self._stopping = asyncio.Event()
        shares = parts.peers.shares if parts.peers is not None else Shares({})
        self._safety = SafetyFunctions(parts.books.situation.failures, shares.speaks_for)
        self._second, self._scan_us, self._acts = -1, 0.0, True
        self._index = dict(judging.tags.index)
        self._flushing: asyncio.Future[None] | None = None
        self._fresh_reference: Reference | None = None
        self._broken: dict[str, str] = {}
        self._following, self._beginning = Beside("reference data"), Beside("segments")
        self._kept: KeptJudging | None = None
        self._kept_s = -_KEEP_EVERY_S
        self._windows_wait = False
        self._behind_us = BEHIND_US if parts.dealing is not None else 0

    def stop(self) -> None:
        """End the loop after the present scan."""
        self._stopping.set()

    async def run(self) -> None:
        """Work until `stop`; on return everything is stored that can be."""
        supervisor, parts = self._supervisor, self._p
        await parts.server.start()
        for source in parts.sources:
            job = _Intake(self, source).run
            supervisor.start(f"source {source.name}", job, policy=FOREVER)
        supervisor.start("frames", parts.server.send_frames, policy=FOREVER, stage=1)
        supervisor.start("status", self._send_status, policy=FOREVER, stage=1)
        if parts.peers is not None:
            supervisor.start("heartbeat", parts.peers.run, policy=FOREVER, stage=1)
        if parts.dealing is not None:
            job = partial(parts.dealing.run, lambda: self._judging.tags, self._take_handed)
            supervisor.start("dealing", job, policy=FOREVER)
        for i, peer in enumerate(parts.peer_values):
            supervisor.start(f"peer {i}", peer.run, policy=FOREVER)
        try:
            while not self._stopping.is_set():
                await self._scan()
                await self._wait_for_slot()
        finally:
            await supervisor.shut_down()
            await self._scan()
            await self._close_history()
            await parts.server.close()

    async def _wait_for_slot(self) -> None:
        grid_us = self._p.grid_us
        next_us = (self._p.clock.now_us() // grid_us + 1) * grid_us
        sleep = asyncio.ensure_future(self._p.clock.sleep_until(next_us))
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((sleep, stop), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            stop.cancel()

    def take(self, batch: SampleBatch) -> SampleBatch:
        """Take a batch of a source: on return it survives kill -9 and will be judged.

        What is of tags that another gateway stores and judges is returned.
        """
        mine, others = self._judging.mine, concat([])
        if mine is not None:
            is_mine = mine[batch.tag]
            batch, others = take(batch, is_mine), take(batch, ~is_mine)
        if count(batch):
            now_us = self._p.clock.now_us()
            clean = self._stored(batch)
            if self._p.silence is not None:
                self._p.silence.hear(clean, now_us)
            self._pending.append(clean)
        return others

    def _stored(self, batch: SampleBatch) -> SampleBatch:
        clean = cleaned(batch, self._judging.tags.wide)
        self._p.history.append(clean)
        self._p.latest.update(clean)
        return clean

    async def take_of(self, source: str, batch: SampleBatch) -> None:
        """Take a batch of a source, and hand on what is another's where it can't hear it itself."""
        others, dealing = self.take(batch), self._p.dealing
        if dealing is None or source not in dealing.sources or not count(others):
            return
        try:
            await self._hand_on(others, dealing)
        except StoreError as error:
            _LOG.warning("%d samples stay here unjudged: %s", count(others), error)
            self._stored(others)

    async def _take_handed(self, batch: SampleBatch) -> None:
        others, dealing = self.take(batch), self._p.dealing
        if dealing is not None and count(others):
            await self._hand_on(others, dealing)

    async def _hand_on(self, batch: SampleBatch, dealing: Dealing) -> None:
        if self._p.silence is not None:
            self._p.silence.pass_on(batch, self._p.clock.now_us())
        await dealing.hand_over(batch, self._judging.tags)

    async def _scan(self) -> None:
        parts = self._p
        self._hear(await parts.books.catch_up())
        now_us = parts.clock.now_us()
        second = now_us // SECOND_US
        if second != self._second:
            self._keep()
        batch, self._pending = concat(self._pending), []
        began_s = parts.clock.monotonic_s()
        drafts = self._judging.judge(batch, now_us - self._behind_us)
        self._scan_us = (parts.clock.monotonic_s() - began_s) * 1e6
        parts.books.put(drafts)
        if parts.world is not None:
            self._put("world", partial(parts.world.due, now_us))
        if second != self._second:
            self._second = second
            await self._each_second(now_us)
        if await parts.books.flush():
            self._hear(await parts.books.catch_up())
        fresh = self._fresh_reference
        if fresh is not None and not parts.books.waiting:
            self._fresh_reference = None
            self._put("reference", partial(self._use_reference, fresh, now_us))

    def _hear(self, events: Sequence[Event]) -> None:
        if not events:
            return
        for event in events:
            self._judging.apply(event)
            match event.payload:
                case TagWentStale(tag_keys=keys):
                    self._p.latest.mark_stale(keys, self._index)
                case OperationStopped():
                    self.stop()
                case _:
                    pass
            if self._p.world is not None:
                self._p.world.observe(event)
        self._p.server.wake(events[-1].seq)

    async def _each_second(self, now_us: int) -> None:
        parts, situation = self._p, self._p.books.situation
        acts = parts.peers is None or parts.peers.speaks()
        if acts and not self._acts:  # whoever did it before is dead
            self._judging.take_up_wind(situation)
        self._acts = acts
        if acts:
            self._put("wind", partial(self._judging.observe_wind, now_us, situation))
        if not parts.books.failing:
            # what waits isn't in the situation yet and would fall due again every second
            ports = {"early warnings": parts.early_warnings}
            if acts:
                ports |= {"escalation": parts.escalation, "colours": parts.colours}
                ports["failure library"] = parts.failures
            for function, port in ports.items():
                if port is not None:
                    self._put(function, partial(port.due, situation, self._reference, now_us))
        if self._second % _REFERENCE_EVERY_S == 0:
            await self._following.run(partial(self._follow_reference, now_us))
        is_first = parts.peers is None or parts.peers.shares.is_first
        if is_first and self._second % _SEGMENT_EVERY_S == 0:
            await self._beginning.run(self._begin_segment)
        self._look_after_history(now_us)
        recorded = parts.books.situation.failures
        parts.books.put(self._safety.changes(self._failures(), now_us, recorded))
        if parts.peers is not None and not parts.books.failing:
            parts.books.put(_unheard(parts.peers, self._judging.tags, situation, now_us))
            if parts.dealing is not None:
                self._share_anew(parts.peers)
            if parts.silence is not None:
                heard, speaks = parts.peers.heard(), parts.peers.speaks()
                parts.books.put(parts.silence.due(heard, situation, now_us, speaks=speaks))

    def _share_anew(self, peers: Peers) -> None:
        """Watch the tags of the dead if we are the first that lives, and give them back."""
        lost = frozenset(peers.dead())
        if lost != peers.shares.lost:
            peers.shares.lost = lost
            self._fresh_reference = self._fresh_reference or self._reference

    def _put(self, function: str, ask: Callable[[], Sequence[Draft]]) -> None:
        """Put what a part has to say; one that fails is told, and the judging goes on."""
        try:
            drafts = ask()
        except Exception as error:  # whatever one bad row does, alarms must go on
            if not self._broken.get(function):
                _LOG.exception("%s fails", function)
            self._broken[function] = f"{type(error).__name__}: {error}"
        else:
            self._broken[function] = ""
            self._p.books.put(drafts)

    def _failures(self) -> dict[str, str]:
        """Return function → why it doesn't work now; empty text where it does."""
        books = self._p.books
        stuck = f"no answer for {books.stuck_s:.0f} s" if books.stuck_s > _STUCK_S else ""
        failures = {"journal": books.failing or stuck, "history": self._p.history.failing}
        failures |= {"cards": self._judging.failing, "record": books.refused} | self._broken
        failures["reference"] = self._following.failing or self._broken.get("reference", "")
        states = [source.state() for source in self._p.sources]
        failures |= {f"source:{s.name}": s.detail or "?" for s in states if not s.connected}
        peers = self._p.peers
        if peers is None:
            return failures
        own = {peers.shares.said(function): why for function, why in failures.items()}
        return own | peers.failures(self._judging.tags)

    async def _send_status(self) -> None:
        """Tell the desks once a second, also while the journal holds the judging up."""
        parts = self._p
        while True:
            situation = parts.books.situation
            failures = self._failures().items()
            parts.server.keep_info_file()
            parts.server.tell(
                Status(
                    at_us=parts.clock.now_us(),
                    operation_id=situation.operation_id,
                    head_seq=situation.seq,
                    sources=tuple(source.state() for source in parts.sources),
                    scan_us=self._scan_us,
                    failing=tuple(f"{name}: {why}" for name, why in failures if why),
                    samples_lost=parts.history.lost,
                    dropped_frames=parts.server.dropped_frames,
                )
            )
            await asyncio.sleep(_STATUS_EVERY_S)

    async def _begin_segment(self) -> None:
        """Cut the operation where the site's day has turned; at the latest a minute after."""
        parts, begin = self._p, self._p.begin_segment
        if begin is None:
            return
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(parts.executor, begin, parts.books.operation_id)
        except Exception as error:  # whatever midnight brings, alarms must go on
            _LOG.warning(
                "no new segment yet: %s", error, exc_info=not isinstance(error, JournalError)
            )

    async def _follow_reference(self, now_us: int) -> None:
        """Pin a newer revision, and judge by what the operation pins."""
        parts = self._p
        loop = asyncio.get_running_loop()
        pinned = parts.books.situation.reference_revision
        head = await loop.run_in_executor(parts.executor, parts.reference_store.head)
        if head > pinned and not parts.books.failing:
            draft = Draft(
                payload=ReferencePinned(revision=head),
                subject="reference",
                actor="gateway",
                event_time_us=now_us,
            )
            parts.books.put([draft])
        if pinned != self._reference.revision:
            self._fresh_reference = await loop.run_in_executor(
                parts.executor, preloaded, parts.reference_store, pinned
            )

    def _use_reference(self, reference: Reference, now_us: int) -> Sequence[Draft]:
        """Begin anew with another tag table; states are taken up from the situation.

        One that can't be judged by is told, and the older one goes on.
        """
        parts, old = self._p, self._judging
        shares = parts.peers.shares if parts.peers is not None else None
        at_us = now_us - self._behind_us
        judging = Judging(reference, parts.books.situation, at_us, parts.grid_us, shares)
        judging.take_over(old)
        judging.on_present = parts.latest.believe
        self._reference, self._judging = reference, judging
        self._kept_s = -_KEEP_EVERY_S  # the older one fits these tags no more
        if parts.silence is not None:
            parts.silence.set_tags(judging.tags, now_us)
        unjudged = concat([old.unjudged(), *self._pending])
        unjudged = translated(unjudged, old.tags, judging.tags)
        self._pending = [
            unjudged if judging.mine is None else take(unjudged, judging.mine[unjudged.tag])
        ]
        if judging.tags.keys != old.tags.keys or (judging.tags.wide != old.tags.wide).any():
            parts.history.set_tags(judging.tags)
            parts.latest.set_keys(judging.tags.keys)
            self._index = dict(judging.tags.index)
        parts.on_tags(judging.tags)
        return ()

    def _keep(self) -> None:
        """Note what the alarms remember, when it is due and all that they said is stored.

        It is due every few seconds, and before a window that holds what came after the last time
        becomes chunks.
        """
        parts, now_s = self._p, self._p.clock.monotonic_s()
        is_due = self._windows_wait or now_s - self._kept_s >= _KEEP_EVERY_S
        written = parts.history.written
        if parts.kept_file is None or not is_due or written is None or parts.books.waiting:
            return
        judging = self._judging
        try:
            alarms = judging.keep(self._pending)
        except KeptStateError:
            return
        situation, position = parts.books.situation, Position(parts.history.window, written)
        self._kept = KeptJudging.of(situation, judging.digest, position, alarms)
        self._kept_s = now_s

    def _look_after_history(self, now_us: int) -> None:
        """Let a worker store ended windows and bring the open one to the disk.

        A window is stored when what the alarms remember doesn't need it any more; while the
        journal takes nothing, so that this can't be kept, it is stored nevertheless.
        """
        parts, history, loop = self._p, self._p.history, asyncio.get_running_loop()
        self._windows_wait = history.tick(now_us)
        if self._flushing is not None:
            if not self._flushing.done():
                return
            self._note_flush(self._flushing)
        kept, self._kept = self._kept, None
        is_free = kept is not None and kept.position.window == history.window
        stores = self._windows_wait and (is_free or self._must_store())
        work = partial(self._bring_to_disk, kept, stores=stores)
        self._flushing = loop.run_in_executor(parts.executor, work)

    def _must_store(self) -> bool:
        parts = self._p
        return parts.kept_file is None or bool(parts.books.failing or parts.history.failing)

    def _bring_to_disk(self, kept: KeptJudging | None, *, stores: bool) -> None:
        if kept is not None and self._p.kept_file is not None:
            self._p.kept_file.write(kept)
        if stores:
            self._p.history.store_ended()
        else:
            self._p.history.sync()

    def _note_flush(self, done: "asyncio.Future[None]") -> None:
        error = done.exception()
        if isinstance(error, OSError | sqlite3.Error | HistoryNewerError):
            self._p.history.failing = str(error)
        elif error is not None:
            _LOG.error("history", exc_info=error)
            self._p.history.failing = f"{type(error).__name__}: {error}"

    async def _close_history(self) -> None:
        loop = asyncio.get_running_loop()
        if self._flushing is not None:
            await asyncio.wait([self._flushing])
        self._p.history.roll()
        self._windows_wait, self._kept = True, None
        self._keep()
        try:
            if self._kept is not None:
                work = partial(self._bring_to_disk, self._kept, stores=False)
                await loop.run_in_executor(self._p.executor, work)
            await loop.run_in_executor(self._p.executor, self._p.history.close)
        except (OSError, sqlite3.Error, HistoryNewerError):
            _LOG.exception("the last window stays in its file for the next start")


def _unheard(peers: Peers, tags: TagTable, situation: Situation, now_us: int) -> Sequence[Draft]:
    """Return that the tags of dead gateways are stale: nobody watches them."""
    keys = [key for name in peers.dead() for key in peers.shares.keys_of(name, tags)]
    fresh = tuple(key for key in keys if key not in situation.stale_tags)
    if not fresh:
        return []
    payload = TagWentStale(tag_keys=fresh, since_us=now_us, cause="gateway_dead")
    return [Draft(payload=payload, subject="tags", actor="gateway", event_time_us=now_us)]


def preloaded(store: ReferencePort, revision: int) -> Reference:
    """Return a revision; read here, off the loop, what the loop will ask for."""
    reference = store.view(revision)
    for kind in ("tags", "hazard-sources", "permits", "enterprises", "teams"):
        reference.all(kind)
    return reference


class _Intake:
    """Takes the batches of one source; the source acknowledges when it is asked for the next."""

    def __init__(self, engine: Engine, source: Source) -> None:
        self._engine = engine
        self._source = source

    async def run(self) -> None:
        async for batch in self._source.batches():
            await self._engine.take_of(self._source.name, batch)
