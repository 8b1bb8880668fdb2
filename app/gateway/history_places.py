"""Where a site's history is kept, out of its settings."""

from pathlib import Path

from app.gateway.history_files import ChunkFiles
from app.gateway.history_ports import Aging, ChunkStore, Keep, KeepOf, keep_as_usual
from app.gateway.retention import Retention
from app.history_settings import KeepSettings, RetentionSettings
from models.registry.kinds import Tag


def history_places(
    folder: Path, url: str, keep_of: KeepOf = keep_as_usual
) -> tuple[ChunkStore, Aging]:
    """Return the chunks and their aging: tables where `url` names a database, else files."""
    if not url:
        return ChunkFiles(folder), Retention(folder, keep_of)
    from app.gateway.history_tables import ChunkTables, HistoryDatabase
    from app.gateway.retention_tables import TableRetention

    database = HistoryDatabase(url)
    return ChunkTables(database), TableRetention(database, keep_of)


def keep(tag: Tag | None, settings: RetentionSettings) -> Keep:
    """Return how long a tag's samples are kept: by its safety, else its quantity, else all's."""
    found: KeepSettings = settings
    if tag is not None:
        found = settings.quantities.get(tag.quantity, settings)
        if tag.safety and settings.safety is not None:
            found = settings.safety
    return Keep(found.raw_days, found.minutes_days)
