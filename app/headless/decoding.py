"""What `muster decode` shares between its formats."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Decoding:
    """Decoded messages; `took_s` is what the decoder alone took, without reading or printing.

    `told` holds the message or the error of each, `describe` makes an entry of either.
    """

    told: Sequence[Any]
    describe: Callable[[Any], dict[str, Any]]
    took_s: float

    def entries(self) -> list[dict[str, Any]]:
        """Return one entry per message, numbered from 1."""
        return [{"index": i, **self.describe(one)} for i, one in enumerate(self.told, 1)]


def timed(
    messages: Sequence[Any],
    decode: Callable[[Any], Any],
    refusal: type[ValueError],
    describe: Callable[[Any], dict[str, Any]],
) -> Decoding:
    """Decode every message; a refused one stands as its error."""
    told: list[Any] = []
    began_s = time.perf_counter()
    for message in messages:
        try:
            told.append(decode(message))
        except refusal as error:
            told.append(error)
    return Decoding(told, describe, time.perf_counter() - began_s)
