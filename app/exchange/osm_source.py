"""OpenStreetMap files read by GDAL: layers of objects with tags and geometries."""

import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.exchange.findings import FileRefusedError
from app.exchange.raw import MAX_BYTES

_SUFFIX = re.compile(r"\.(pbf|osm|osm\.xml|osm\.gz|osm\.xml\.gz|osm\.bz2)$", re.IGNORECASE)
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class OsmObject:
    """One node, way or relation: `key` is `node/…`, `way/…` or `relation/…`."""

    key: str
    id: int
    tags: Mapping[str, str]
    wkb: bytes


def is_osm(path: Path) -> bool:
    """Whether a file's name says that it is OpenStreetMap data."""
    return _SUFFIX.search(path.name) is not None


def file_sha256(path: Path) -> str:
    """Return the hash of a file.

    Raises
    ------
    FileRefusedError
        When it can't be read or is too large.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileRefusedError(path.name, "", f"more than {MAX_BYTES} bytes")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise FileRefusedError(str(path), "", "there is no such file") from None
    except OSError as error:
        raise FileRefusedError(str(path), "", f"can't be read: {error.strerror}") from error


def read_layer(path: Path, layer: str, where: str | None = None) -> Iterator[OsmObject]:
    """Yield the objects of a layer (`points`, `lines`, `multipolygons`) in file order.

    Coordinates come as GDAL has them, the stored integers times 1e-7 (or the granularity of the
    file), so that ways which share a node share its exact coordinates.

    Raises
    ------
    FileRefusedError
        When GDAL can't read the file.
    """
    columns, wkbs = _read(path, layer, where)
    plain = [name for name in columns if name not in {"osm_id", "osm_way_id", "other_tags"}]
    kind = {"points": "node", "lines": "way"}.get(layer, "relation")
    for index, wkb in enumerate(wkbs):
        if wkb is None:
            continue
        tags = {name: columns[name][index] for name in plain if columns[name][index]}
        tags.update(_unpacked(columns["other_tags"][index]))
        way = columns["osm_way_id"][index] if "osm_way_id" in columns else None
        number = str(way or columns["osm_id"][index])
        yield OsmObject(f"{'way' if way else kind}/{number}", int(number), tags, bytes(wkb))


def _read(path: Path, layer: str, where: str | None) -> tuple[dict[str, Any], Any]:
    import pyogrio  # GDAL is loaded only where it is wanted

    source = str(path.resolve())
    if source.lower().endswith(".gz"):
        source = f"/vsigzip/{source}"
    elif source.lower().endswith(".bz2"):
        raise FileRefusedError(path.name, "", "bzip2 is not read; unpack the file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's remarks on ways cut at the extract's edge
            meta, _, wkbs, values = pyogrio.raw.read(
                source, layer=layer, where=where, encoding="utf-8", INTERLEAVED_READING="NO"
            )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise FileRefusedError(path.name, "", f"is no OpenStreetMap file: {error}") from error
    except (pyogrio.errors.FeatureError, pyogrio.errors.GeometryError, ValueError) as error:
        raise FileRefusedError(path.name, f"layer {layer}", str(error)) from error
    return dict(zip(meta["fields"].tolist(), values, strict=True)), wkbs


def _unpacked(hstore: str | None) -> Iterator[tuple[str, str]]:
    for name, value in _PAIR.findall(hstore or ""):
        yield _unescaped(name), _unescaped(value)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
