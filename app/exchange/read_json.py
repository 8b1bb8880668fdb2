"""JSON (a list of objects, or `{"rows": […]}`) and GeoJSON."""

from collections.abc import Callable
from typing import Any

import msgspec

from app.exchange.encoding import decode_text
from app.exchange.findings import FileRefusedError, finding
from app.exchange.raw import RawRow, RawTable, SourceFile
from models.basics import LatLon

_WGS84_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326")


def read_json(source: SourceFile) -> RawTable:
    """Return the objects of a JSON or GeoJSON file; the first object is row 1.

    Raises
    ------
    FileRefusedError
        When it is no JSON, or no list of objects.
    """
    decoded = decode_text(source.content)
    try:
        data = msgspec.json.decode(decoded.text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise FileRefusedError(source.name, "", f"is no JSON: {error}") from error
    if isinstance(data, dict) and data.get("type") in {"FeatureCollection", "Feature"}:
        table = _features(data)
    else:
        items = data.get("rows") if isinstance(data, dict) else data
        if not isinstance(items, list):
            raise FileRefusedError(source.name, "", "a list of objects is expected")
        table = RawTable([], [_object(number, item) for number, item in enumerate(items, 1)])
    table.findings += decoded.findings
    table.heading_row = 0
    table.headings = list(dict.fromkeys(name for row in table.rows for name in row.cells))
    return table


def _object(number: int, item: object) -> RawRow:
    if isinstance(item, dict):
        return RawRow(number, item)
    fault = finding("not_an_object", row=number, severity="error", value=item)
    return RawRow(number, {}, findings=[fault])


def _features(data: dict[str, Any]) -> RawTable:
    features = data.get("features") if data["type"] == "FeatureCollection" else [data]
    if not isinstance(features, list):
        features = []
    table = RawTable([], [_feature(number, item) for number, item in enumerate(features, 1)])
    crs = data.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not name.endswith(_WGS84_NAMES):
        table.findings.append(
            finding(
                "coordinate_system", row=0, column="crs", severity="error", value=name, name=name
            )
        )
    return table


def _feature(number: int, item: object) -> RawRow:
    if not isinstance(item, dict):
        return _object(number, item)
    properties = item.get("properties")
    row = RawRow(number, dict(properties) if isinstance(properties, dict) else {})
    if "key" not in row.cells and isinstance(item.get("id"), (str, int)):
        row.cells["key"] = item["id"]
    geometry = item.get("geometry")
    if geometry is not None:
        _take_geometry(row, geometry)
    return row


def _take_geometry(row: RawRow, geometry: object) -> None:
    type_ = geometry.get("type") if isinstance(geometry, dict) else None
    points: Any = geometry.get("coordinates") if isinstance(geometry, dict) else None
    try:
        if type_ == "Point":
            # checked as cells, so that range, order and sign are judged as in a table; they
            # stand first, so that they go before columns of the same meaning
            place = {"lon": float(points[0]), "lat": float(points[1])}
            row.cells = {**place, **{k: v for k, v in row.cells.items() if k not in place}}
        else:
            row.line = _LINES[type_](points)
    except (TypeError, ValueError, LookupError, OverflowError) as error:
        row.findings.append(
            finding(
                "wrong_type",
                row=row.number,
                column="geometry",
                severity="error",
                value=type_,
                detail=error,
            )
        )


def _points(points: list[Any]) -> tuple[LatLon, ...]:
    return tuple(LatLon(float(point[1]), float(point[0])) for point in points)


# of several parts the longest stands for the whole
_LINES: dict[Any, Callable[[list[Any]], tuple[LatLon, ...]]] = {
    "LineString": _points,
    "Polygon": lambda rings: _points(rings[0]),
    "MultiLineString": lambda lines: max(map(_points, lines), key=len),
    "MultiPolygon": lambda polygons: max((_points(rings[0]) for rings in polygons), key=len),
}
