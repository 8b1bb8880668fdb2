"""Makes the bundled fonts: Noto Sans CJK SC (OFL 1.1) cut to what the screens show.

A tool of the developers, never imported. Run it where fonttools and Debian's `fonts-noto-cjk`
are installed: `python resources/fonts/make_subset.py`. Chinese is GB 2312 levels 1 and 2; glyphs
that Noto Sans CJK lacks (subscripts of formulas, a few signs) are drawn here.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.misc.transform import Transform
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2  # index of "Noto Sans CJK SC" in the collection
FAMILY = "Muster Sans"
RANGES = (
    (0x20, 0x17F),  # Latin
    (0x2B9, 0x2DD),
    (0x370, 0x3FF),  # Greek of formulas
    (0x2010, 0x205E),
    (0x2070, 0x209F),
    (0x20AC, 0x20AC),
    (0x2100, 0x214F),
    (0x2150, 0x218F),
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),
    (0x2500, 0x25FF),  # boxes, shapes
    (0x2600, 0x27BF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
)
EXTRA = "硚氯氨苯烃烷烯炔醇醚醛酮酯酚腈肼砜堍墉荥滘泜氟硼溴碘堃昇喆珺玥镕瑆"


def gb2312() -> Iterator[str]:
    """Yield the characters of GB 2312 levels 1 and 2 and its signs."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def wanted() -> set[int]:
    """Return the code points to keep; kana is left out."""
    points = {ord(char) for char in gb2312()} | {ord(char) for char in EXTRA}
    for first, last in RANGES:
        points |= set(range(first, last + 1))
    return {point for point in points if not 0x3040 <= point <= 0x30FF}


Draw = Callable[[Any], None]


def _polygon(*points: tuple[float, float]) -> Draw:
    def draw(pen: Any) -> None:  # noqa: ANN401 - fonttools pens have no common type
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()

    return draw


def _cross(pen: Any) -> None:  # noqa: ANN401
    _polygon((150, 60), (225, -15), (850, 640), (775, 715))(pen)
    _polygon((775, -15), (850, 60), (225, 715), (150, 640))(pen)


def _return(pen: Any) -> None:  # noqa: ANN401
    _polygon(
        (800, 700), (880, 700), (880, 260), (330, 260), (330, 110), (90, 300), (330, 490),
        (330, 340), (800, 340),
    )(pen)  # fmt: skip


def _add_glyph(font: TTFont, point: int, width: int, draw: Draw, like: str) -> None:
    """Append one drawn glyph to the CID-keyed CFF table; it takes the metrics dict of `like`."""
    top = font["CFF "].cff.topDictIndex[0]
    order = font.getGlyphOrder()
    name = f"cid{65000 + point % 500:05d}"
    strings = top.CharStrings
    index = top.FDSelect[order.index(like)]
    private = top.FDArray[index].Private
    pen = T2CharStringPen(width - getattr(private, "nominalWidthX", 0), None)
    draw(pen)
    string = pen.getCharString(private=private, globalSubrs=strings.globalSubrs)
    strings.charStringsIndex.append(string)
    strings.charStrings[name] = len(strings.charStringsIndex) - 1
    top.charset.append(name)
    top.FDSelect.gidArray.append(index)
    font.setGlyphOrder([*order, name] if name not in order else order)
    font["hmtx"][name] = (width, 0)
    if "vmtx" in font:
        font["vmtx"][name] = (1000, 0)
    for table in font["cmap"].tables:
        if table.isUnicode() and hasattr(table, "cmap"):
            table.cmap[point] = name
    font["maxp"].numGlyphs = len(font.getGlyphOrder())


def add_missing(font: TTFont) -> None:
    """Draw the subscript figures and the signs that the source lacks."""
    best = font.getBestCmap()
    glyphs = font.getGlyphSet()
    for digit in range(10):
        if 0x2080 + digit not in best:
            source = glyphs[best[ord("0") + digit]]

            def draw(pen: Any, source: Any = source) -> None:  # noqa: ANN401
                source.draw(TransformPen(pen, Transform(0.6, 0, 0, 0.6, 20, -140)))

            _add_glyph(font, 0x2080 + digit, 360, draw, best[ord("0")])
    for char, signs in (("✗", _cross), ("↵", _return)):
        if ord(char) not in best:
            _add_glyph(font, ord(char), 1000, signs, best[ord("■")])


def rename(font: TTFont, style: str) -> None:
    """Give the cut font its own family; the copyright and licence entries stay."""
    names = font["name"]
    full = f"{FAMILY} {style}"
    texts = {1: FAMILY, 2: style, 3: f"{full}; cut from Noto Sans CJK SC", 4: full,
             6: full.replace(" ", "") if style == "Regular" else "MusterSans-Bold"}  # fmt: skip
    for record in list(names.names):
        if record.nameID in {16, 17, 21, 22, 25}:
            names.removeNames(nameID=record.nameID)
    for name_id, text in texts.items():
        names.removeNames(nameID=name_id)
        names.setName(text, name_id, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames[0] = texts[6]
    top.topDictIndex[0].FullName = full
    top.topDictIndex[0].FamilyName = FAMILY


def make(style: str, target: Path) -> int:
    """Write one style and return its size [bytes]."""
    options = subset.Options(
        hinting=False,
        desubroutinize=False,
        layout_features=["kern", "ccmp", "locl", "mark", "mkmk"],
        name_IDs=["*"],
        notdef_outline=True,
        drop_tables=["DSIG", "BASE", "VORG", "vhea", "vmtx", "GPOS"],
    )
    path = SOURCE / f"NotoSansCJK-{style}.ttc"
    font = TTFont(path, fontNumber=SIMPLIFIED)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    add_missing(font)
    rename(font, style)
    font.save(target)
    return target.stat().st_size


def main() -> int:
    """Make both styles beside this file."""
    folder = Path(__file__).parent
    for style in ("Regular", "Bold"):
        target = folder / f"MusterSans-{style}.otf"
        size = make(style, target)
        sys.stdout.write(f"{target.name}: {size / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
