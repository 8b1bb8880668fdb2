"""Words, times and numbers as the screens write them, in the language of the moment.

Times are shown in the site's IANA zone; durations count live. Tables of state words are read
through one method each; `Toned.tone` is '' or the token suffix of the badge ('1'…'4', 'ok').
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from maps.datum import Datum
from maps.notation import Notation
from maps.notation_format import format_position
from maps.utm import UtmRangeError
from models.basics import LatLon, Wind
from models.registry.kinds import Limit
from models.telemetry.alarm_priority import rationalised_priority
from models.times import SECOND_US, from_us
from views.i18n import Translator

DATUM_NAMES: dict[Datum, str] = {
    "WGS84": "WGS 84", "CGCS2000": "CGCS2000", "GCJ02": "GCJ-02", "BD09": "BD-09",
}  # fmt: skip
_SUREST = 0.99
_ARROWS = "↓↙←↖↑↗→↘"


@dataclass(frozen=True, slots=True)
class Toned:
    """A word and the tone of its badge."""

    text: str
    tone: str = ""


class Wording(QObject):
    """Formats what panels show; the same everywhere."""

    def __init__(self, translator: Translator, zone: ZoneInfo) -> None:
        super().__init__()
        self._translator = translator
        self._zone = zone
        self._tables: dict[tuple[str, str], dict[str, Toned]] = {}
        self._notation: Notation = "decimal"
        self._datum: Datum = "WGS84"

    @property
    def language(self) -> str:
        """'zh' or 'en'."""
        return self._translator.language

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return self._zone

    # Places

    @property
    def notation(self) -> Notation:
        """How coordinates are written."""
        return self._notation

    def set_coordinates(self, notation: Notation, datum: Datum) -> None:
        """Choose notation and datum of all coordinates that screens show."""
        self._notation, self._datum = notation, datum

    def place(self, position: LatLon) -> str:
        """Return a WGS 84 position in the chosen notation and datum; the datum is named.

        Decimal degrees stand in for UTM beyond its latitudes.
        """
        try:
            text = format_position(position, self._notation, self._datum, self.language)
        except UtmRangeError:
            text = format_position(position, "decimal", self._datum, self.language)
        return f"{text} · {DATUM_NAMES[self._datum]}"

    # Times

    def local(self, us: int) -> datetime:
        """Return a moment in the site's time zone."""
        return from_us(us).astimezone(self._zone)

    def clock(self, us: int) -> str:
        """Return HH:MM:SS."""
        return self.local(us).strftime("%H:%M:%S")

    def date(self, us: int) -> str:
        """Return 'Fri 20 Nov' or '11-20 周五'."""
        moment = self.local(us)
        day = (
            self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu"), self.tr("Fri"),
            self.tr("Sat"), self.tr("Sun"),
        )[moment.weekday()]  # fmt: skip
        if self.language == "zh":
            return f"{moment:%m-%d} {day}"
        months = (
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
        )
        return f"{day} {moment.day} {months[moment.month - 1]}"

    def time(self, us: int, now_us: int) -> str:
        """Return HH:MM:SS, with the date in front when it isn't today's."""
        moment, now = self.local(us), self.local(now_us)
        if moment.date() == now.date():
            return f"{moment:%H:%M:%S}"
        if moment.year == now.year:
            return f"{moment:%m-%d %H:%M:%S}"
        return f"{moment:%Y-%m-%d %H:%M:%S}"

    def duration(self, us: int) -> str:
        """Return '00:42', '1:00:00' or '2 d 03:04'; the sign is dropped."""
        seconds = abs(us) // SECOND_US
        if seconds >= 86_400:
            days, rest = divmod(seconds, 86_400)
            return self.tr("{days} d {rest}").format(
                days=days, rest=f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
            )
        if seconds >= 3600:
            return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
        return f"{seconds // 60:02d}:{seconds % 60:02d}"

    def countdown(self, due_us: int, now_us: int) -> str:
        """Return 'overdue 00:42' or '01:18 left'."""
        if now_us >= due_us:
            return self.tr("overdue {time}").format(time=self.duration(now_us - due_us))
        # Rounded up, so that '00:00 left' never stands on the screen.
        return self.tr("{time} left").format(time=self.duration(due_us - now_us + SECOND_US - 1))

    def ago(self, us: int, now_us: int) -> str:
        """Return '4 s ago', '12 min ago', '3 h ago' or the time itself when older than a day."""
        seconds = max(0, now_us - us) // SECOND_US
        if seconds < 60:
            return self.tr("{n} s ago").format(n=seconds)
        if seconds < 3600:
            return self.tr("{n} min ago").format(n=seconds // 60)
        if seconds < 86_400:
            return self.tr("{n} h ago").format(n=seconds // 3600)
        return self.time(us, now_us)

    def since(self, us: int, now_us: int) -> str:
        """Return 'T+17:13'."""
        sign = "+" if now_us >= us else "−"
        return f"T{sign}{self.duration(now_us - us)}"

    # Numbers

    def number(self, value: float, unit: str = "") -> str:
        """Return a value with its unit: three significant places, thousands separated."""
        if not math.isfinite(value):
            text = "—"
        elif abs(value) >= 1000 or value == int(value):
            text = f"{value:,.0f}"
        elif abs(value) >= 100:
            text = f"{value:.0f}"
        elif abs(value) >= 10:
            text = f"{value:.1f}"
        else:
            text = f"{value:.2f}"
        return f"{text} {unit}" if unit else text

    def probability(self, share: float) -> str:
        """Return '42%'; nothing is ever said to be certain or out of the question."""
        if share > _SUREST:
            return "> 99%"
        return "< 1%" if share < 1.0 - _SUREST else f"{share:.0%}"

    def distance(self, metres: float) -> str:
        """Return '850 m' or '4.1 km' with a no-break space: a number never leaves its unit."""
        if metres < 1000:
            return f"{metres:.0f}\u00a0m"
        kilometres = metres / 1000
        return f"{kilometres:.1f}\u00a0km" if metres < 20_000 else f"{kilometres:.0f}\u00a0km"

    def wind_arrow(self, wind: Wind) -> str:
        """Return the arrow of where the air goes TO (the wind itself is named by FROM)."""
        return _ARROWS[round(wind.from_deg / 45) % 8]

    def wind(self, wind: Wind) -> str:
        """Return '↗ 3.2 m/s from 247° · stability F'."""
        return self.tr("{arrow} {speed} m/s from {degrees}° · stability {stability}").format(
            arrow=self.wind_arrow(wind),
            speed=f"{wind.speed_m_s:.1f}",
            degrees=f"{wind.from_deg:03.0f}",
            stability=wind.stability or "?",
        )

    # Names

    def model(self, kind: str, model: str) -> str:
        """Return where a zone comes from: a rule of thumb, a model by its name, a hand, a file."""
        if kind == "rule_of_thumb":
            return self.tr("rule of thumb")
        if kind == "drawn":
            return self.tr("drawn by hand")
        if kind == "imported":
            return self.tr("{model} (imported)").format(model=model)
        if model == "Dense gas (layer model)":
            return self.tr("Dense gas (layer model)")
        fires = {
            "Pool fire (solid flame)": self.tr("Pool fire (solid flame)"),
            "Jet fire (point source)": self.tr("Jet fire (point source)"),
            "Fireball (BLEVE)": self.tr("Fireball (BLEVE)"),
            "Blast (TNT equivalence)": self.tr("Blast (TNT equivalence)"),
        }
        if kind == "fire":
            return fires.get(model, model)
        return self.tr("Gaussian plume (ISC3)") if model == "Gaussian plume (ISC3)" else model

    # State words

    def alarm_state(self, state: str) -> Toned:
        """Return the word of an alarm state (ISA-18.2)."""
        return self._word("alarm", state, self._alarm_states)

    def order_state(self, state: str) -> Toned:
        """Return the word of an order's state (下达→签收→执行→反馈)."""
        return self._word("order", state, self._order_states)

    def task_state(self, state: str) -> Toned:
        """Return the word of a task's state."""
        return self._word("task", state, self._task_states)

    def card_state(self, state: str) -> Toned:
        """Return the word of a situation card's state."""
        return self._word("card", state, self._card_states)

    def verification(self, result: str) -> Toned:
        """Return the coded result of a verification."""
        return self._word("verification", result, self._verifications)

    def team_status(self, status: str) -> Toned:
        """Return the word of a team's status."""
        return self._word("team", status, self._team_states)

    def report_kind(self, kind: str) -> str:
        """Return the name of a kind of report (初报, 续报, 终报)."""
        return self._word("report", kind, self._report_kinds).text

    def priority(self, priority: int) -> str:
        """Return the word of an alarm priority."""
        return self._word("priority", str(priority), self._priorities).text

    def priority_reason(self, limit: Limit) -> str:
        """Return why a limit has its priority; empty when consequence or time aren't known."""
        by_grid = rationalised_priority(limit.consequence, limit.respond_s)
        if by_grid is None:
            return ""
        consequence = self._word("consequence", limit.consequence, self._consequences).text
        text = self.tr("{consequence}, {time} to respond").format(
            consequence=consequence, time=self.duration(round(limit.respond_s * SECOND_US))
        )
        if by_grid == limit.priority:
            return text
        return self.tr("{reason}; by the grid it would be {priority}").format(
            reason=text, priority=self.priority(by_grid)
        )

    def mode(self, mode: str) -> str:
        """Return the word of an operation's mode."""
        return self._word("mode", mode, self._modes).text

    def _word(self, table: str, key: str, build: Callable[[], dict[str, Toned]]) -> Toned:
        # Painting a table asks for thousands of words a second; tr() is slow.
        place = (self.language, table)
        if place not in self._tables:
            self._tables[place] = build()
        return self._tables[place].get(key) or Toned(key)

    def _alarm_states(self) -> dict[str, Toned]:
        return {
            "normal": Toned(self.tr("normal"), "ok"),
            "unacknowledged": Toned(self.tr("unack"), "1"),
            "acknowledged": Toned(self.tr("acked")),
            "returned_unacknowledged": Toned(self.tr("returned"), "2"),
            "latched_unacknowledged": Toned(self.tr("latched, unack"), "1"),
            "latched_acknowledged": Toned(self.tr("to be reset"), "2"),
            "shelved": Toned(self.tr("shelved")),
            "suppressed": Toned(self.tr("suppressed")),
            "out_of_service": Toned(self.tr("out of service")),
        }

    def _order_states(self) -> dict[str, Toned]:
        return {
            "issued": Toned(self.tr("not signed"), "1"),
            "received": Toned(self.tr("signed"), "4"),
            "started": Toned(self.tr("in progress"), "4"),
            "reported": Toned(self.tr("reported"), "ok"),
            "cancelled": Toned(self.tr("cancelled")),
        }

    def _task_states(self) -> dict[str, Toned]:
        return {
            "waiting": Toned(self.tr("to do"), "2"),
            "assigned": Toned(self.tr("in hand"), "4"),
            "finished": Toned(self.tr("done"), "ok"),
            "dropped": Toned(self.tr("dropped")),
        }

    def _card_states(self) -> dict[str, Toned]:
        return {
            "open": Toned(self.tr("not verified"), "1"),
            "verifying": Toned(self.tr("verifying"), "2"),
            "verified": Toned(self.tr("verified"), "4"),
            "closed": Toned(self.tr("closed")),
        }

    def _verifications(self) -> dict[str, Toned]:
        return {
            "real": Toned(self.tr("real"), "1"),
            "process_upset": Toned(self.tr("process upset"), "2"),
            "instrument": Toned(self.tr("instrument fault"), "3"),
            "calibration": Toned(self.tr("calibration"), "ok"),
            "permit_work": Toned(self.tr("permitted work"), "ok"),
            "no_answer": Toned(self.tr("no answer"), "1"),
        }

    def _team_states(self) -> dict[str, Toned]:
        return {
            "ready": Toned(self.tr("ready"), "ok"),
            "committed": Toned(self.tr("committed"), "2"),
            "under_way": Toned(self.tr("under way"), "4"),
            "on_site": Toned(self.tr("on site"), "4"),
            "unavailable": Toned(self.tr("unavailable")),
        }

    def _report_kinds(self) -> dict[str, Toned]:
        return {
            "first": Toned(self.tr("First report")),
            "follow_up": Toned(self.tr("Follow-up report")),
            "final": Toned(self.tr("Final report")),
            "supplementary": Toned(self.tr("Supplementary report")),
        }

    def _priorities(self) -> dict[str, Toned]:
        return {
            "1": Toned(self.tr("critical"), "1"),
            "2": Toned(self.tr("high"), "2"),
            "3": Toned(self.tr("medium"), "3"),
            "4": Toned(self.tr("low"), "4"),
        }

    def _consequences(self) -> dict[str, Toned]:
        return {
            "minor": Toned(self.tr("minor consequence")),
            "moderate": Toned(self.tr("moderate consequence")),
            "major": Toned(self.tr("major consequence")),
            "severe": Toned(self.tr("severe consequence")),
        }

    def _modes(self) -> dict[str, Toned]:
        return {
            "live": Toned(self.tr("LIVE")),
            "drill": Toned(self.tr("DRILL")),
            "demonstration": Toned(self.tr("DEMONSTRATION")),
            "replay": Toned(self.tr("REPLAY")),
        }
