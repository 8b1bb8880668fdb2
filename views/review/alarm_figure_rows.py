"""The figures of the alarm system in words: value, target, how each is counted, its members."""

from typing import NamedTuple

from PySide6.QtCore import QObject

from models.rules import load_rules
from models.telemetry.alarm_kpi import AlarmKpi


class FigureRow(NamedTuple):
    """One figure; `met` is None where there is no target, `members` are alarms it is about."""

    name: str
    value: str
    target: str
    met: bool | None
    counted: str
    members: tuple[str, ...] = ()


class AlarmFigureRows(QObject):
    """Words the figures."""

    def rows(self, kpi: AlarmKpi) -> tuple[FigureRow, ...]:
        """Return all figures, rates first."""
        return (*self._rates(kpi), *self._nuisances(kpi), *self._priorities(kpi))

    def _rates(self, kpi: AlarmKpi) -> tuple[FigureRow, ...]:
        rules, flood = load_rules("alarm_kpi"), load_rules("situation_cards")["flood"]
        mean = rules["rate"]["acceptable"]
        hourly = mean * 3600 / rules["rate"]["window_s"]
        most, share = rules["rate"]["peak"], rules["flood"]["share"]
        return (
            FigureRow(
                self.tr("Alarms per operator and hour"), f"{kpi.per_hour:.1f}",
                f"≤ {hourly:g}", kpi.per_hour <= hourly,
                self.tr("All raisings of the span, over its hours and operators."),
            ),
            FigureRow(
                self.tr("Alarms per operator in 10 min"), f"{kpi.per_window:.2f}",
                f"≤ {mean:g}", kpi.per_window <= mean,
                self.tr("The same mean, in windows of ten minutes."),
            ),
            FigureRow(
                self.tr("Peak in 10 min"), f"{kpi.peak:.3g}", f"≤ {most:g}", kpi.peak <= most,
                self.tr("The most in one ten-minute window counted from the start, per operator."),
            ),
            FigureRow(
                self.tr("Time in flood"), _percent(kpi.in_flood),
                f"≤ {share:.0%}", kpi.in_flood <= share,
                self.tr(
                    "Share of the windows from one above {begins} until one below {ends} per "
                    "operator; floods: {floods}."
                ).format(
                    begins=flood["begins_above"], ends=flood["ends_below"], floods=kpi.floods
                ),
            ),
        )  # fmt: skip

    def _nuisances(self, kpi: AlarmKpi) -> tuple[FigureRow, ...]:
        rules = load_rules("alarm_kpi")
        share, stale = rules["frequent"]["share"], rules["stale"]["acceptable"]
        # of fewer raisings ten alarms have more than their share though each was raised once
        is_judged = kpi.raised * share >= len(kpi.frequent) > 0
        return (
            FigureRow(
                self.tr("Ten most frequent"),
                _percent(kpi.frequent_share) if kpi.raised else "—", f"≤ {share:.0%}",
                kpi.frequent_share <= share if is_judged else None,
                self.tr("Share of all raisings that the ten alarms raised most have."),
                tuple(f"{alarm_id} ×{count}" for alarm_id, count in kpi.frequent),
            ),
            FigureRow(
                self.tr("Chattering"), str(len(kpi.chattering)), "0", not kpi.chattering,
                self.tr("Alarms raised {times} times within {seconds} s.").format(
                    times=rules["chattering"]["times"], seconds=rules["chattering"]["within_s"]
                ),
                kpi.chattering,
            ),
            FigureRow(
                self.tr("Stale alarms"), str(len(kpi.stale)), f"≤ {stale}",
                len(kpi.stale) <= stale,
                self.tr("Alarms that stood for more than {hours} h.").format(
                    hours=f"{rules['stale']['after_s'] / 3600:g}"
                ),
                kpi.stale,
            ),
            FigureRow(
                self.tr("Standing"), str(len(kpi.standing)), "—", None,
                self.tr("Alarms whose condition stands at the end of the span."), kpi.standing,
            ),
        )  # fmt: skip

    def _priorities(self, kpi: AlarmKpi) -> tuple[FigureRow, ...]:
        wanted = load_rules("alarm_kpi")["priorities"]
        shares = kpi.shares
        groups = (("1", shares[1]), ("2", shares[2]), ("3", shares[3] + shares[4]))
        counted = self.tr("Share of all raisings by the priority they were raised with.")
        return tuple(
            FigureRow(
                self.tr("Priority {number}").format(number="3 + 4" if key == "3" else key),
                _percent(share) if kpi.raised else "—", f"≈ {wanted[key]:.0%}", None, counted,
            )
            for key, share in groups
        )  # fmt: skip


def _percent(share: float) -> str:
    return f"{share:.1%}"
