"""What a shelter-or-leave advice rests on: each input with its source, each doubt with its code."""

from typing import Any

from models.basics import Wind
from models.hazard.effects.probits import ToxicProbit
from models.hazard.ports import Caution, Input, Release
from models.hazard.substances import Substance


def shelter_inputs(
    release: Release,
    wind: Wind,
    terrain: str,
    now_s: float,
    exponent: float,
    probit: ToxicProbit | None,
    rules: dict[str, Any],
) -> tuple[Input, ...]:
    """Return the inputs of an advice; what nobody measured is marked as assumed."""
    by, said = release.rate_source, str(rules["source"])
    slow = rules["slow"]
    return (
        Input(name="release_rate", value=release.release_kg_s, unit="kg/s", source=by,
              assumed=release.rate_assumed),
        Input(name="duration", value=release.duration_s, unit="s", source=by),
        Input(name="wind_from", value=wind.from_deg, unit="°", source=wind.source),
        Input(name="wind_speed", value=wind.speed_m_s, unit="m/s", source=wind.source),
        Input(name="stability", value=wind.stability, source=wind.source,
              assumed=wind.stability_assumed),
        Input(name="terrain", value=terrain),
        Input(name="since_release", value=round(now_s), unit="s", assumed=True),
        Input(name="exponent", value=exponent, source=probit.source if probit is not None else "",
              assumed=probit is None or not probit.verified),
        *(
            Input(name=name, value=float(value), unit=unit, source=said, assumed=True)
            for name, value, unit in (
                ("air_changes", rules["air_changes_h"], "1/h"),
                ("warning", rules["warning_s"], "s"),
                ("preparing", rules["prepare_s"], "s"),
                ("walking", rules["walking_m_s"], "m/s"),
                ("preparing_slow", slow["prepare_s"], "s"),
                ("walking_slow", slow["walking_m_s"], "m/s"),
                ("detour", rules["detour"], ""),
                ("margin", rules["margin_m"], "m"),
            )
        ),
    )  # fmt: skip


def shelter_warnings(substance: Substance, probit: ToxicProbit | None) -> tuple[Caution, ...]:
    """Return what every advice of this substance is to be doubted for."""
    found = [
        Caution(
            code="shelter_assumed",
            text="Building, warning, preparing and walking are assumed, not known of this place.",
        ),
        Caution(
            code="shelter_straight",
            text="Ways are straight lines on foot: no road, wall or water was looked at.",
        ),
        Caution(
            code="shelter_steady",
            text="Wind and rate are taken to stay as they are: a turn changes the advice.",
        ),
        Caution(
            code="end_assumed",
            text="Beginning and end of the release are assumed: before anybody comes out make sure "
            "that it has stopped, and measure.",
        ),
    ]
    if probit is None:
        text = "No toxic probit is on record: loads with n = 1, no share of deaths."
        found.append(Caution(code="no_probit", text=text))
    elif not probit.verified:
        text = f"The probit is recalled and unverified ({probit.source})."
        found.append(Caution(code="probit_unverified", text=text))
    if substance.lel_ppm:
        text = "It burns: what a vapour cloud explosion would reach isn't computed here."
        found.append(Caution(code="explosion_not_computed", text=text))
    return tuple(found)
