"""Wind by hand, for a site without masts or whose masts are silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.commands.base import CommandRefusedError, Context, handles
from models.basics import BY_HAND, Wind
from models.operation.events.base import Draft
from models.operation.events.operation import WindObserved
from models.operation.situation import Situation
from models.times import SECOND_US

_SILENT_US = 180 * SECOND_US
_FASTEST_M_S = 75.0


@dataclass(frozen=True, slots=True)
class EnterWind:
    """The wind as an officer knows it: where it comes from [°], its speed [m/s], its class."""

    from_deg: float
    speed_m_s: float
    stability: Literal["A", "B", "C", "D", "E", "F"]


def mast_counts(wind: Wind, now_us: int) -> bool:
    """Return whether a wind is known now: by hand, or of a mast heard within three minutes."""
    return wind.source == BY_HAND or now_us - wind.observed_us < _SILENT_US


def mast_speaks(situation: Situation, now_us: int) -> bool:
    """Return whether a mast was heard within three minutes; then its wind counts."""
    return any(wind.source != BY_HAND and mast_counts(wind, now_us) for wind in situation.masts)


@handles(EnterWind)
def _enter(command: EnterWind, context: Context) -> Sequence[Draft]:
    if mast_speaks(context.situation, context.now_us):
        raise CommandRefusedError("mast_speaks")
    if not (0 <= command.from_deg <= 360 and 0 <= command.speed_m_s <= _FASTEST_M_S):
        raise CommandRefusedError("wind_senseless", f"{command.from_deg}° {command.speed_m_s} m/s")
    wind = Wind(
        from_deg=command.from_deg % 360,
        speed_m_s=command.speed_m_s,
        stability=command.stability,
        source=BY_HAND,
        observed_us=context.now_us,
    )
    return [context.draft("wind", WindObserved(masts=(wind,)))]
