"""Chooses a zone's terrain: the officer's word, the site's setting, the buildings around."""

import threading
from typing import Literal

from app.desk import Reference
from models.basics import LatLon
from models.hazard.terrain import OFFICER, SETTING, BuiltUp, Terrain, TerrainName, derived_terrain
from models.registry.kinds import Building

TerrainSetting = Literal["derived", "rural", "urban"]


class TerrainChooser:
    """Keeps the buildings of a reference revision as arrays; call it off the UI thread."""

    def __init__(self, setting: TerrainSetting = "derived") -> None:
        self._setting: TerrainSetting = setting
        self._lock = threading.Lock()
        self._rows: object = None
        self._built_up = BuiltUp(())

    def choose(
        self, position: LatLon, reference: Reference, officer: TerrainName | None = None
    ) -> Terrain:
        """Return the terrain at a place with its reason."""
        if officer is not None:
            return Terrain(name=officer, source=OFFICER)
        if self._setting != "derived":
            return Terrain(name=self._setting, source=SETTING)
        return derived_terrain(position, self._buildings(reference))

    def _buildings(self, reference: Reference) -> BuiltUp:
        with self._lock:
            rows = reference.all("buildings")
            if self._rows is not rows:
                rings = (row.ring for row in rows.values() if isinstance(row, Building))
                self._built_up = BuiltUp(rings)
                self._rows = rows
            return self._built_up
