"""Gives tiles of the site's base maps from worker threads, and says what there is to show."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from app.basemaps.cache import TileCache
from app.basemaps.catalogue import BaseMap, BaseMapCatalogue, BaseMapError
from app.basemaps.fetching import ServerSilentError, ServerSource, ServerState
from app.basemaps.servers import ServerSpec, configured_servers
from app.clock import Clock
from app.settings import MapSettings
from maps.serving import FAILED_TILE, NO_TILE, Served
from maps.tiles.errors import TileFileError
from maps.tiles.grid import TileId
from maps.tiles.opening import open_tiles
from maps.tiles.source import MIME, TileInfo, TileSource, format_of

log = logging.getLogger(__name__)

_WORKERS = 3
_ASKERS = 6
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class ShownMap:
    """One base map: what the list says, what the file says, or why it can't be shown."""

    base_map: BaseMap
    info: TileInfo | None
    trouble: str = ""
    server: ServerState | None = None

    def message(self) -> dict[str, Any]:
        """Return what the page needs to draw it."""
        assert self.info is not None
        info = self.info
        return {
            "id": self.base_map.id, "vector": info.is_vector, "min_zoom": info.min_zoom,
            "max_zoom": info.max_zoom, "box": list(info.box), "tile_px": info.tile_px,
            "opacity": self.base_map.opacity, "version": self.base_map.file or "server",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BaseMaps:
    """All base maps of the site, bottom up; `trouble` when the list itself can't be read."""

    maps: tuple[ShownMap, ...] = ()
    trouble: str = ""

    @property
    def drawn(self) -> tuple[ShownMap, ...]:
        """Those that the page draws."""
        return tuple(m for m in self.maps if m.info is not None and m.base_map.visible)

    def payload(self) -> dict[str, Any]:
        """Return the page's message."""
        return {"maps": [shown.message() for shown in self.drawn]}

    def attributions(self) -> tuple[str, ...]:
        """Return whose data are shown, each once."""
        said = (m.info.attribution for m in self.drawn if m.info is not None)
        return tuple(dict.fromkeys(text for text in said if text))


class TileService:
    """Keeps sources open and answers for them; every method may be called from the UI thread."""

    def __init__(
        self,
        catalogue: BaseMapCatalogue,
        settings: MapSettings,
        clock: Clock,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """Say by `told()`, from a worker thread, when a server's state changes."""
        self.catalogue = catalogue
        self.told = told
        self._settings = settings
        self._clock = clock
        self._specs = {spec.id: spec for spec in configured_servers(settings)}
        self._cache = TileCache(
            catalogue.folder / "cache", clock, limit_bytes=settings.cache_mb * _MEGABYTE,
            fresh_s=settings.cache_days * 86_400.0,
        )  # fmt: skip
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="tiles")
        # apart, so that a server that doesn't answer keeps no file waiting
        self._askers = ThreadPoolExecutor(_ASKERS, thread_name_prefix="tile-servers")
        self._lock = threading.Lock()
        self._sources: dict[str, TileSource] = {}
        self._files: dict[str, str] = {}
        self._said: set[str] = set()
        self._swept = False

    def request(self, source_id: str, tile: TileId, done: Callable[[Served], None]) -> None:
        """Answer a request of the page; see `maps.serving.TileProvider`."""
        try:
            pool = self._askers if source_id in self._specs else self._pool
            pool.submit(self._answer, source_id, tile, done)
        except RuntimeError:  # shut down: nobody waits for it any more
            log.debug("a tile was asked for after the end")

    def reload(self, done: Callable[[BaseMaps], None]) -> None:
        """Read the list, open what is new, close what is gone; `done` hears it in a worker."""

        def work() -> None:
            try:
                done(self._reloaded())
            except Exception:
                log.exception("the base maps can't be listed")

        self._submit(work)

    def change(
        self, act: Callable[[BaseMapCatalogue], None], done: Callable[[BaseMaps], None]
    ) -> None:
        """Change the list in a worker, then do as `reload`."""

        def work() -> None:
            trouble = ""
            try:
                act(self.catalogue)
            except BaseMapError as error:
                trouble = str(error)
            try:
                state = self._reloaded()
                done(BaseMaps(state.maps, trouble or state.trouble))
            except Exception:
                log.exception("the base maps can't be listed")

        self._submit(work)

    def retry_servers(self) -> None:
        """Ask servers that failed again at once."""
        with self._lock:
            for source in self._sources.values():
                if isinstance(source, ServerSource):
                    source.retry()

    def shut_down(self) -> None:
        """End the workers and close all files."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._close(list(self._sources))
        self._askers.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[[], None]) -> None:
        try:
            self._pool.submit(work)
        except RuntimeError:  # shut down: nobody shows the list any more
            log.debug("the base maps were asked for after the end")

    def _answer(self, source_id: str, tile: TileId, done: Callable[[Served], None]) -> None:
        served = FAILED_TILE
        try:
            with self._lock:
                source = self._sources.get(source_id)
            body = None if source is None or not tile.exists else source.tile(tile)
            served = NO_TILE
            if source is not None and body:
                kind = source.info.format if source.info.is_vector else format_of(body)
                served = Served(MIME[kind], body)
        except ServerSilentError:
            served = FAILED_TILE
        except TileFileError as error:
            served = NO_TILE  # damaged: asking again won't mend it
            self._say_once(f"{source_id}: {error.reason}", error)
        except Exception:
            log.exception("base map %s failed", source_id)
        finally:
            done(served)

    def _say_once(self, key: str, error: Exception) -> None:
        if key not in self._said and len(self._said) < 100:
            self._said.add(key)
            log.warning("base map: %s", error)

    def _reloaded(self) -> BaseMaps:
        if not self._swept:
            self._swept = True
            self.catalogue.sweep()
        try:
            listed: Sequence[BaseMap] = self._listed()
        except BaseMapError as error:
            return BaseMaps((), str(error))
        with self._lock:
            known = {held.id: held.file for held in listed}
            gone = [id_ for id_ in self._sources if known.get(id_) != self._files.get(id_)]
        self._close(gone)
        return BaseMaps(tuple(self._opened(base_map) for base_map in listed))

    def _listed(self) -> list[BaseMap]:
        """Return the list with every configured server on it and no other."""
        known = {held.id for held in self.catalogue.all()}
        for spec in self._specs.values():
            if spec.id not in known:
                self.catalogue.add(BaseMap(id=spec.id, name=spec.name))
        return [held for held in self.catalogue.all() if held.file or held.id in self._specs]

    def _server(self, spec: ServerSpec) -> ServerSource:
        def told(_id: str, _state: ServerState) -> None:
            self.told()

        return ServerSource(
            spec, self._cache, self._clock, timeout_s=self._settings.timeout_s, told=told
        )

    def _opened(self, base_map: BaseMap) -> ShownMap:
        with self._lock:
            source = self._sources.get(base_map.id)
        if source is None:
            try:
                spec = self._specs.get(base_map.id)
                path = self.catalogue.path_of(base_map)
                source = open_tiles(path) if spec is None else self._server(spec)
            except TileFileError as error:
                log.warning("base map %s: %s", base_map.name, error)
                return ShownMap(base_map, None, error.reason)
            with self._lock:
                self._sources[base_map.id] = source
                self._files[base_map.id] = base_map.file
        state = source.state if isinstance(source, ServerSource) else None
        return ShownMap(base_map, source.info, server=state)

    def _close(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            with self._lock:
                source = self._sources.pop(id_, None)
                self._files.pop(id_, None)
            if source is not None:
                source.close()
