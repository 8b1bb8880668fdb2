"""Fingerprints of situations: the live ones as they were published, to hold a replay against."""

import hashlib
from dataclasses import fields

import msgspec
from PySide6.QtCore import QObject, Slot

from models.operation.situation import Published, Situation

_encoder = msgspec.json.Encoder(enc_hook=dict, order="deterministic")


def fingerprint(situation: Situation) -> str:
    """Return a hash of every field; a replay's own mode is taken for the stored one."""
    mode = "live" if situation.mode == "replay" else situation.mode
    values = {field.name: getattr(situation, field.name) for field in fields(situation)}
    return hashlib.sha256(_encoder.encode({**values, "mode": mode})).hexdigest()


class LiveRecorder(QObject):
    """Keeps the fingerprint of every snapshot that the desk published live, by `seq`."""

    def __init__(self, published: object) -> None:
        super().__init__()
        self.by_seq: dict[int, str] = {}
        self.recorded_us: dict[int, int] = {}
        published.connect(self._on_published)  # type: ignore[attr-defined]

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        situation = published.situation
        self.by_seq[situation.seq] = fingerprint(situation)
        self.recorded_us[situation.seq] = situation.recorded_us

    def moments(self, count: int) -> list[int]:
        """Return `count` of the seqs that were seen live, spread evenly."""
        seqs = sorted(self.by_seq)
        if len(seqs) < count:
            return seqs
        return [seqs[i * (len(seqs) - 1) // (count - 1)] for i in range(count)]
