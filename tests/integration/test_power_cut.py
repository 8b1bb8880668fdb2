"""A WAL that ends anywhere after its last sync opens with every confirmed event."""

from pathlib import Path

from tests.soak.power_cut import lost_after, prepare


def test_that_wal_cut_after_its_last_sync_keeps_every_confirmed_event(tmp_path: Path) -> None:
    cut = prepare(tmp_path, commits=12)
    assert len(cut.wal) > cut.synced
    frame = 4096 + 24
    borders = {cut.synced + n * frame + d for n in range(4) for d in (-1, 0, 1, 24)}
    sampled = {*range(cut.synced, len(cut.wal), 401), *borders, len(cut.wal)}
    offsets = sorted(o for o in sampled if cut.synced <= o <= len(cut.wal))
    cuts, lost = lost_after(cut, offsets, tmp_path)
    assert cuts == len(offsets)
    assert lost == 0


def test_that_wal_cut_before_its_last_sync_is_noticed(tmp_path: Path) -> None:
    cut = prepare(tmp_path, commits=4)
    _, lost = lost_after(cut, [cut.synced - 1], tmp_path)
    assert lost > 0
