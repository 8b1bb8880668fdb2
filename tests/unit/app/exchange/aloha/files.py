"""Small files as ALOHA 5.4.7 writes them: folders, names, CDATA and order of its placemarks."""

from collections.abc import Iterable
from pathlib import Path

from models.basics import LatLon
from models.hazard.ground import circle

HERE = LatLon(32.3, 118.9)
TEXT = (
    "<b>Time:</b> November 27, 2026  1530 hours ST<br><b>Chemical Name:</b> AMMONIA<br>"
    "<b>Wind:</b> 3 meters/second from NNE at 3 meters<br><small><br></small>"
    "<b>THREAT ZONE:</b><br>"
    '<span style="background-color: rgb(255, 0, 0);">&nbsp;&nbsp;</span>&nbsp;'
    "Red   : 300 meters --- (1100 ppm = AEGL-3 [60 min])<br>"
    "Orange: 700 meters --- (160 ppm = AEGL-2 [60 min])<br>"
    "Yellow: 1.5 kilometers --- (30 ppm = AEGL-1 [60 min])<br><br><br>"
    "Model: ALOHA Heavy Gas <br>"
)


def coordinates(ring: Iterable[LatLon]) -> str:
    return " ".join(f"{at.lon_deg:.7f},{at.lat_deg:.7f},0" for at in ring)


def polygon(name: str, ring: Iterable[LatLon] | str, text: str = TEXT) -> str:
    corners = ring if isinstance(ring, str) else coordinates(ring)
    return (
        f'<Placemark><name>{name}</name><ExtendedData><Data name="MarplotID"><value>A1</value>'
        f"</Data></ExtendedData><description><![CDATA[{text}]]></description>"
        "<drawOrder>1</drawOrder><Polygon><gx:drawOrder>1</gx:drawOrder><outerBoundaryIs>"
        f"<LinearRing><coordinates> {corners} </coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon><Style><PolyStyle><fill>1</fill><color>5535edff</color></PolyStyle></Style>"
        "</Placemark>"
    )


def line(name: str, corners: Iterable[LatLon]) -> str:
    return (
        f"<Placemark><name>{name}</name><LineString><coordinates>{coordinates(corners)}"
        "</coordinates></LineString></Placemark>"
    )


def point(name: str, at: LatLon) -> str:
    return (
        f"<Placemark><name>{name}</name><Point><coordinates>{coordinates([at])}</coordinates>"
        "</Point></Placemark>"
    )


def document(*zones: str, points: str = "", folder: str = "Aloha Threat Zones") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8" ?>\n<kml xmlns="http://www.opengis.net/kml/2.2" '
        'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
        f"<Folder><name>{folder}</name>{''.join(zones)}</Folder>"
        f"<Folder><name>Aloha Points</name>{points}</Folder></Document></kml>"
    )


def usual(source: LatLon = HERE) -> str:
    """Three levels, the confidence lines of the outermost, and the source."""
    return document(
        polygon("Yellow Threat Zone 30 ppm = AEGL-1 (60 min)", circle(source, 1500.0)),
        polygon("Orange Threat Zone 160 ppm = AEGL-2 (60 min)", circle(source, 700.0)),
        polygon("Red Threat Zone 1,100 ppm = AEGL-3 (60 min)", circle(source, 300.0)),
        polygon(
            "Yellow Wind Direction Confidence Lines 30 ppm = AEGL-1 (60 min)",
            circle(source, 2000.0),
        ),
        points=point("ALOHA Source Point", source),
    )


def write(folder: Path, text: str, name: str = "run 7.kml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
