"""`muster decode FORMAT FILE`: what the gateway's decoders make of recorded messages."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from app.cli import BadInputError
from app.headless.decode_hj212 import decode_hj212
from app.headless.decode_mqtt import decode_json, decode_sparkplug
from app.headless.decoding import Decoding
from app.headless.jsonio import write_json

Decoder = Callable[[str, bytes], Decoding]
_FORMATS: dict[str, Decoder] = {
    "hj212": decode_hj212,
    "json": decode_json,
    "sparkplug": decode_sparkplug,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("format", choices=tuple(_FORMATS), help="how the messages are built")
    parser.add_argument("file", metavar="FILE", help="the messages; '-' reads standard input")
    parser.add_argument(
        "--time", action="store_true", help="say on standard error how many a second were decoded"
    )


def run(args: argparse.Namespace) -> int:
    """Print one entry per message: what it says, or why it is refused."""
    try:
        content = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        raise BadInputError(f"{args.file}: {error.strerror or error}") from error
    decoding = _FORMATS[args.format](args.file, content)
    entries = decoding.entries()
    decoded = sum(entry["ok"] for entry in entries)
    write_json({"frames": entries, "decoded": decoded, "refused": len(entries) - decoded})
    if args.time and entries:
        rate = len(entries) / max(decoding.took_s, 1e-9)
        spent_ms = decoding.took_s * 1000
        sys.stderr.write(f"{len(entries)} decoded in {spent_ms:.1f} ms, {rate:,.0f} a second\n")
    return 0
