"""Stages small files against an empty or a given store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.exchange.stage import stage_file
from app.exchange.staging import Staging
from models.registry.kinds import Record
from models.store.reference_view import ReferenceView

Stage = Callable[..., Staging]


def reference_of(*records: Record) -> ReferenceView:
    """Return reference data that hold these records."""
    kinds: dict[str, dict[str, Record]] = {}
    for record in records:
        kinds.setdefault(record.KIND, {})[record.key] = record
    return ReferenceView(1, lambda kind, _revision: kinds.get(kind, {}))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Return a function that writes a file and stages it."""

    def staged(
        kind: str,
        content: str | bytes,
        *stored: Record,
        name: str = "rows.csv",
        accept: bool = False,
    ) -> Staging:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return stage_file(kind, path, reference_of(*stored), accept_proposals=accept)

    return staged
