"""Moments on the command line."""

from datetime import datetime

from app.cli import BadInputError
from models.times import from_us, to_us


def moment_us(option: str, text: str) -> int:
    """Return µs UTC of ISO 8601 with offset, or of µs UTC; BadInputError names the option."""
    if text.lstrip("-").isdigit():
        moment = int(text)
        try:
            from_us(moment)
        except OverflowError as error:
            raise BadInputError(f"{option}: {text}: outside the calendar") from error
        return moment
    try:
        return to_us(datetime.fromisoformat(text))
    except ValueError as error:
        raise BadInputError(f"{option}: {text}: {error}") from error
