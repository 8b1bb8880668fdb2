"""What kind of map file this is, by its ending and its first bytes; archives are unpacked.

GDAL would open a file by its content alone, and some of its formats read other files or a
network. So a file is handed on only when its first bytes are those of the format it claims.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from app.exchange.findings import FileRefusedError
from app.exchange.raw import MAX_BYTES

Format = Literal["gpkg", "shp", "geojson", "kml", "csv", "dxf", "osm", "fgb"]

ENDINGS: dict[str, Format] = {
    ".gpkg": "gpkg", ".shp": "shp", ".geojson": "geojson", ".json": "geojson",
    ".topojson": "geojson", ".kml": "kml", ".csv": "csv", ".tsv": "csv", ".txt": "csv",
    ".dxf": "dxf", ".osm": "osm", ".pbf": "osm", ".fgb": "fgb",
}  # fmt: skip
PATTERNS = (
    *(f"*{ending}" for ending in ENDINGS), "*.kmz", "*.zip", "*.osm.gz",
)  # fmt: skip
_SIDE_FILES = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".qpj"}
_XML = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_FIRST_BYTES: dict[Format, re.Pattern[bytes]] = {
    "gpkg": re.compile(rb"SQLite format 3\0"),
    "shp": re.compile(rb"\x00\x00\x27\x0a"),
    "geojson": re.compile(rb"(?:\xef\xbb\xbf)?\s*\{"),
    "kml": re.compile(_XML + rb"<(?:\w+:)?kml[\s>]", re.DOTALL),
    "dxf": re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:0|999)\s|AutoCAD Binary DXF"),
    "osm": re.compile(_XML + rb"<osm[\s>]|\x00\x00\x00.\n\tOSMHeader", re.DOTALL),
    "fgb": re.compile(rb"fgb"),
}  # fmt: skip
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class MapFile:
    """One file that is read: `title` names it for people, `path` is where it lies now."""

    path: Path
    format: Format
    title: str


def open_map_files(path: Path, scratch: Path) -> tuple[MapFile, ...]:
    """Return the map files that a file is or holds; archives are unpacked into `scratch`.

    Raises
    ------
    FileRefusedError
        When it is missing, too large, no map file, or isn't what its ending says.
    """
    try:
        if path.is_dir():
            raise FileRefusedError(path.name, "", "is a folder; choose a file in it")
        size = path.stat().st_size
    except FileNotFoundError:
        raise FileRefusedError(str(path), "", "there is no such file") from None
    except (OSError, ValueError) as error:
        raise FileRefusedError(str(path)[:200], "", f"can't be read: {error}") from error
    if size > MAX_BYTES:
        raise FileRefusedError(path.name, "", f"{size} bytes, at most {MAX_BYTES} are read")
    name = path.name.lower()
    if name.endswith((".zip", ".kmz")):
        return tuple(_unpacked(path, scratch))
    if name.endswith(".osm.gz"):
        return (MapFile(path, "osm", path.name.split(".")[0]),)
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        known = " ".join(PATTERNS)
        raise FileRefusedError(path.name, "", f"the format is told by the ending: {known}")
    check_first_bytes(path, kind, path.name)
    return (MapFile(path, kind, path.stem),)


def check_first_bytes(path: Path, kind: Format, name: str) -> None:
    """Refuse a file that isn't what its ending says."""
    wanted = _FIRST_BYTES.get(kind)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise FileRefusedError(name, "", f"can't be read: {error.strerror}") from error
    if not head:
        raise FileRefusedError(name, "", "is empty")
    if wanted is not None and wanted.match(head) is None:
        raise FileRefusedError(name, "", f"is no {kind} file, whatever its ending says")


def _unpacked(path: Path, scratch: Path) -> Iterator[MapFile]:
    """Yield the map files of an archive, unpacked under names of our own."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in members) > MAX_BYTES:
                raise FileRefusedError(path.name, "", f"unpacks to more than {MAX_BYTES} bytes")
            names = {info: PurePosixPath(_named(info).replace("\\", "/")) for info in members}
            found = 0
            for info, name in names.items():
                kind = ENDINGS.get(name.suffix.lower())
                if kind is None or name.name.startswith("._") or kind == "csv":
                    continue
                target = scratch / f"unpacked-{found}{name.suffix.lower()}"
                _copy(archive, info, target)
                if kind == "shp":
                    for other, side in names.items():
                        same = side.with_suffix("").as_posix() == name.with_suffix("").as_posix()
                        if same and side.suffix.lower() in _SIDE_FILES and side != name:
                            _copy(archive, other, target.with_suffix(side.suffix.lower()))
                check_first_bytes(target, kind, name.name)
                yield MapFile(target, kind, path.stem if name.stem == "doc" else name.stem)
                found += 1
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileRefusedError(path.name, "", f"can't be unpacked: {error}") from error
    if not found:
        raise FileRefusedError(path.name, "", "the archive holds no map file")


def _named(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the flag for UTF-8 it is what Chinese Windows writes."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one member, never more of it than it says."""
    with archive.open(info) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
    if target.stat().st_size != info.file_size:
        raise FileRefusedError(info.filename, "", "isn't as large as the archive says")
