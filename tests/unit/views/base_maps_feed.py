"""A feed of base maps without a map: its service works on a real folder."""

from pathlib import Path

from app.basemaps.catalogue import BaseMapCatalogue
from app.basemaps.service import TileService
from app.clock import SystemClock
from app.settings import MapSettings


class PageFiles:
    tiles: object = None


class Content:
    files = PageFiles()


class FakeMap:
    """Keeps what it is told to draw."""

    def __init__(self) -> None:
        self.content = Content()
        self.drawn: list[str] = []
        self.said: list[str] = []

    def set_base_maps(self, payload, licences, said=()) -> None:
        del licences
        self.drawn = [each["id"] for each in payload["maps"]]
        self.said = list(said)


def service(folder: Path, settings: MapSettings | None = None) -> TileService:
    return TileService(BaseMapCatalogue(folder), settings or MapSettings(), SystemClock())
