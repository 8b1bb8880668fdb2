"""An independent plain-Python alarm logic: one object per alarm, every slot visited.

It shares no code with `models.telemetry.alarms*`; it is slow and meant to be read.
"""

import math
from dataclasses import dataclass, field

GRID = 250_000


@dataclass
class OracleAlarm:
    tag_key: str
    kind: str
    level: float
    deadband: float
    on_us: int
    off_us: int
    safety: str
    low: float
    high: float
    over: bool = False
    over_since: int | None = None
    clear_since: int | None = None
    active: bool = False
    shown: bool = False
    seen_by_officer: bool = True
    full_scale: bool = False
    shelf_end: int | None = None
    hold: str = ""
    raised_seq: float = -1
    raised_id: str = ""
    value: float = 0.0

    @property
    def name(self):
        return f"{self.tag_key}/{self.kind}"

    @property
    def kills(self):
        return self.safety in ("fire", "call_point", "trip", "man_down") or (
            self.safety == "toxic" and self.kind == "HH"
        )

    def sample(self, value, slot):
        self.value = value
        upper = self.kind in ("H", "HH")
        beyond = value >= self.level if upper else value <= self.level
        edge = self.level - self.deadband if upper else self.level + self.deadband
        back = value < edge if upper else value > edge
        span = self.high - self.low
        if self.safety in ("toxic", "combustible", "fire"):
            if upper and self.low <= self.level and value < self.low - 0.05 * span:
                back = False
            if not upper and self.high >= self.level and value > self.high + 0.05 * span:
                back = False
        if self.safety == "combustible" and upper and self.high >= self.level <= value:
            self.full_scale = self.full_scale or value >= self.high
        if self.full_scale and self.shown and not self.seen_by_officer:
            back = False
        if beyond:
            if not self.over:
                self.over_since = slot
            self.over = True
        elif self.over and back:
            self.over = False
        if self.over:
            self.clear_since = None
        elif self.active and self.clear_since is None:
            self.clear_since = slot

    def no_information(self):
        self.clear_since = None

    def settle(self, slot, out):
        if self.over and not self.active and slot - self.over_since >= self.on_us:
            self.active = True
        elif (
            self.active
            and not self.over
            and self.clear_since is not None
            and slot - self.clear_since >= self.off_us
        ):
            self.active = False
        if not self.active:
            self.clear_since = None
            if not self.over:
                self.full_scale = False
        if self.active and not self.shown and not self.hold:
            self.shown, self.seen_by_officer, self.raised_seq = True, False, math.inf
            out.append((slot, "alarm.raised", self.name, self.value))
        elif self.shown and not self.active:
            self.shown = False
            out.append((slot, "alarm.returned", self.name, self.value))

    def act(self, act, event, until):
        at = event.event_time_us
        if act == "alarm.raised":
            self.raised_seq, self.raised_id = event.seq, event.id
        elif act == "alarm.acknowledged":
            if event.seq > self.raised_seq and event.caused_by in (None, self.raised_id):
                self.seen_by_officer = True
        elif act == "alarm.shelved":
            self.hold = "shelved"
            self.shelf_end = min(until, at + 3_600_000_000) if self.kills else until
        elif act == "alarm.suppressed":
            self.hold = "suppressed"
        elif act == "alarm.taken_out_of_service":
            self.hold = "out_of_service"
        elif self.hold == self._ends(act):
            running = self.shelf_end is not None and self.shelf_end > at
            if act != "alarm.unshelved" and running:
                self.hold = "shelved"
            else:
                self.hold, self.shelf_end = "", None

    @staticmethod
    def _ends(act):
        return {
            "alarm.unshelved": "shelved",
            "alarm.unsuppressed": "suppressed",
            "alarm.returned_to_service": "out_of_service",
        }.get(act)

    @property
    def state(self):
        if self.hold:
            return self.hold
        if self.shown:
            return "acknowledged" if self.seen_by_officer else "unacknowledged"
        return "normal" if self.seen_by_officer else "returned_unacknowledged"


@dataclass
class OracleClock:
    """What one tag's sample times say; `held` is the newest late sample."""

    allowed: float
    newest: float = -math.inf
    behind: int = 0
    since: int = 0
    lag: int = 0
    came: int = 0
    held: tuple = ()

    def late(self, source, arrival):
        return source < self.newest or arrival - source > self.behind + self.allowed

    def hold(self, sample, source, slot):
        if not self.held:
            self.since, self.lag = slot, None
        if not self.held or source > self.held[1]:
            self.held, self.came = (sample[0], source, *sample[2:4]), slot

    def settled(self, slot):
        """Return the held sample when it is the best that is known."""
        if self.held and self.lag is None:
            self.lag = slot - self.held[1]
        if not self.held or slot - self.since < 5_000_000:
            return []
        age = slot - self.held[1]
        if self.lag - age > (slot - self.since) // 2:
            self.since, self.lag = slot, age
            return []
        if self.held[1] < self.newest and self.came - self.since < 5_000_000:
            return []
        sample, self.held = self.held, ()
        self.newest, self.behind = sample[1], self.came - sample[1]
        return [sample]


@dataclass
class Oracle:
    tags: list
    start: int
    alarms: list = field(default_factory=list)
    seen: dict = field(default_factory=dict)
    stale: set = field(default_factory=set)
    clocks: dict = field(default_factory=dict)

    def __post_init__(self):
        for tag in sorted(self.tags, key=lambda t: t.key):
            self.seen[tag.key] = self.start
            self.clocks[tag.key] = OracleClock(max(3 * tag.period_s * 1e6, 60e6))
            for limit in tag.limits:
                self.alarms.append(
                    OracleAlarm(
                        tag.key, limit.kind, limit.value, limit.deadband,
                        round(limit.on_delay_s * 1e6), round(limit.off_delay_s * 1e6),
                        tag.safety, tag.low, tag.high,
                    )
                )  # fmt: skip

    def slot(self, slot, samples, out):
        """Judge `samples` (tag key, source_us, value, quality, arrival_us) of this slot."""
        for alarm in self.alarms:
            if alarm.hold == "shelved" and slot >= alarm.shelf_end:
                alarm.hold, alarm.shelf_end = "", None
                out.append((slot, "alarm.unshelved", alarm.name, "expired"))
        by_tag = {}
        for sample in self._present(slot, samples):
            by_tag.setdefault(sample[0], []).append(sample)
        back = []
        for key in sorted(by_tag):
            by_tag[key].sort(key=lambda s: s[1])
            if any(s[3] < 3 for s in by_tag[key]):
                self.seen[key] = slot
                if key in self.stale:
                    self.stale.discard(key)
                    back.append(key)
            by_tag[key] = self._chosen(by_tag[key])
        if back:
            out.append((slot, "tag.came_back", "tags", tuple(back)))
        for turn in range(max((len(v) for v in by_tag.values()), default=0)):
            for alarm in self.alarms:
                mine = by_tag.get(alarm.tag_key, [])
                if turn >= len(mine):
                    continue
                _, _, value, quality = mine[turn]
                if quality > 1 or not math.isfinite(value):
                    alarm.no_information()
                else:
                    alarm.sample(value, slot)
                    alarm.settle(slot, out)
        for alarm in self.alarms:
            alarm.settle(slot, out)
        silent = []
        for tag in sorted(self.tags, key=lambda t: t.key):
            patience = max(3 * tag.period_s * 1e6, 5e6)
            if tag.key not in self.stale and slot - self.seen[tag.key] > patience:
                silent.append(tag.key)
        if silent:
            self.stale.update(silent)
            for alarm in self.alarms:
                if alarm.tag_key in silent:
                    alarm.no_information()
            out.append((slot, "tag.went_stale", "tags", tuple(silent)))

    def _present(self, slot, samples):
        """Leave out what comes late, add what was held long enough."""
        found, by_tag = [], {}
        for sample in sorted(samples, key=lambda s: s[1]):
            by_tag.setdefault(sample[0], []).append((sample, min(sample[1], sample[4])))
        for key, clock in self.clocks.items():
            mine = by_tag.get(key, ())
            good = [(s, source) for s, source in mine if not clock.late(source, s[4])]
            for s, source in mine:
                if (s, source) not in good:
                    clock.hold(s, source, slot)
            for s, source in good:
                clock.newest = max(clock.newest, source)
                clock.behind = min(clock.behind, s[4] - source)
                clock.held = ()
            found += [s[:4] for s, _ in good] + clock.settled(slot)
        return found

    @staticmethod
    def _chosen(samples):
        if len(samples) <= 4:
            return samples
        good = [i for i, s in enumerate(samples) if s[3] <= 1 and math.isfinite(s[2])]
        chosen = {len(samples) - 1}
        if good:
            chosen.add(min(good, key=lambda i: (samples[i][2], i)))
            chosen.add(min(good, key=lambda i: (-samples[i][2], i)))
            chosen.add(good[-1])
        return [samples[i] for i in sorted(chosen)]
