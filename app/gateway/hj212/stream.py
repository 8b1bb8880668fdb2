"""Frames of HJ 212-2017 out of a stream of bytes; pure."""

from app.gateway.hj212.frame import Frame, FrameError, decode

_HEAD, _SUM = 6, 4
_END = b"\r\n"


class FrameStream:
    """Cuts a stream into frames, whatever pieces it comes in.

    After something broken it goes on at the next `##`. It holds at most one frame's bytes
    (10,009): a longer line can't be announced.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Frame | FrameError]:
        """Take bytes; return the frames that are whole now, and what was broken."""
        self._buffer += data
        found: list[Frame | FrameError] = []
        while self._next(found):
            pass
        return found

    def _next(self, found: list[Frame | FrameError]) -> bool:
        """Take one piece off the buffer; False when more bytes are needed."""
        buffer = self._buffer
        start = buffer.find(b"##")
        if start != 0:
            self._skip(start, found)
            return start > 0
        if len(buffer) < _HEAD:
            return False
        digits = bytes(buffer[2:_HEAD])
        if not digits.isdigit():
            found.append(FrameError(f"no frame: ## isn't followed by a length but by {digits!r}"))
            del buffer[:2]
            return True
        size = _HEAD + int(digits) + _SUM
        end = buffer.find(_END, _HEAD, size)
        if end < 0 and len(buffer) < size:
            return False
        self._cut(size if end < 0 else end, found)
        return True

    def _skip(self, start: int, found: list[Frame | FrameError]) -> None:
        buffer = self._buffer
        end = start if start > 0 else len(buffer) - buffer.endswith(b"#")
        junk = bytes(buffer[:end]).strip()
        if junk:
            found.append(FrameError(f"{len(junk)} bytes between frames: {junk[:40]!r}"))
        del buffer[:end]

    def _cut(self, size: int, found: list[Frame | FrameError]) -> None:
        buffer = self._buffer
        try:
            found.append(decode(bytes(buffer[:size])))
        except FrameError as error:
            found.append(error)
            again = buffer.find(b"##", 2, size)
            size = again if again > 0 else size
        if buffer[size : size + 2] == _END:
            size += 2
        del buffer[:size]
