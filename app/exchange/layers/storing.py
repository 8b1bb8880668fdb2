"""Takes staged layers over: their files first, then their rows in one journalled transaction."""

import hashlib
import shutil
from pathlib import Path

from app.exchange.layers.flatgeobuf import read_flatgeobuf
from app.exchange.layers.staging import LayerStaging, StagedLayer
from app.exchange.layers.table import LayerTable
from app.reference import ReferenceChange, ReferenceService
from models.basics import Name
from models.registry.kinds import Layer
from models.store.reference import Origin


def layer_key(title: str) -> str:
    """Return the key of a layer of a title: the same title is the same layer.

    Examples
    --------
    >>> layer_key("消火栓") == layer_key("消火栓"), len(layer_key("x"))
    (True, 14)
    """
    return f"L-{hashlib.blake2b(title.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def layer_record(layer: StagedLayer, staging: LayerStaging) -> Layer:
    """Return the row of a staged layer."""
    chinese = any("\u4e00" <= char <= "\u9fff" for char in layer.title)
    return Layer(
        key=layer_key(layer.title),
        name=Name(zh=layer.title) if chinese else Name(en=layer.title),
        datum=staging.datum,
        source=staging.file_name,
        file=f"{layer.sha256[:40]}.fgb",
        file_name=staging.file_name,
        crs=layer.crs,
        points=layer.points,
        lines=layer.lines,
        areas=layer.areas,
        columns=layer.columns,
        name_column=layer.name_column,
        south_west=layer.south_west,
        north_east=layer.north_east,
    )


def take_layers(
    service: ReferenceService, folder: Path, scratch: Path, staging: LayerStaging, actor: str
) -> ReferenceChange:
    """Store the layers of a staging: all of them or none.

    A file appears whole under a name made of its content, before any row names it; where the rows
    can't be stored the files that came with them go again.

    Raises
    ------
    ValueError
        When the file was refused or a question is open.
    StoreError, JournalError, OSError
        Nothing was stored.
    """
    if staging.refused or not staging.layers:
        raise ValueError(f"{staging.file_name}: {staging.refused or 'nothing to take'}")
    records = [layer_record(layer, staging) for layer in staging.layers]
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    try:
        for layer, record in zip(staging.layers, records, strict=True):
            target = folder / record.file
            if not target.exists():
                part = target.with_suffix(".part")
                shutil.copyfile(scratch / layer.file, part)
                part.replace(target)
                made.append(target)
        origin = Origin(
            kind=Layer.KIND,
            at_us=service.now_us(),
            actor=actor,
            file_name=staging.file_name,
            file_sha256=staging.file_sha256,
            rows_total=staging.rows_total,
            accepted=staging.accepted,
            rejected=staging.rejected,
        )
        return service.import_records({Layer.KIND: records}, origin)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def read_stored(folder: Path, record: Layer) -> LayerTable:
    """Return the shapes and columns of a stored layer.

    Raises
    ------
    OSError
        When its file is missing.
    """
    path = folder / record.file
    if not record.file or Path(record.file).name != record.file or not path.is_file():
        raise FileNotFoundError(f"{record.key}: the shapes of the layer are missing: {path}")
    table = read_flatgeobuf(path)
    table.title = record.name.text("zh")
    return table
