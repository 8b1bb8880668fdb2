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
    rule: object = None
    over: bool = False
    over_since: int | None = None
    clear_since: int | None = None
    active: bool = False
    shown: bool = False
    latched: bool = False
    seen_by_officer: bool = True
    full_scale: bool = False
    shelf_end: int | None = None
    service_end: float | None = None
    suppressed: bool = False
    raised_seq: float = -1
    latched_seq: float = -1
    raised_id: str = ""
    since: int = 0
    value: float = 0.0
    points: list = field(default_factory=list)
    rises: list = field(default_factory=list)
    was_high: bool = True

    @property
    def name(self):
        return f"{self.tag_key}/{self.kind}"

    @property
    def held(self):
        return self.suppressed or self.shelf_end is not None or self.service_end is not None

    @property
    def kills(self):
        if self.kind == "STALE":
            return False
        lethal = self.safety in ("fire", "call_point", "trip", "man_down")
        return lethal or (self.safety == "toxic" and self.kind == "HH")

    def measure(self, value, at, latest):
        """Return what is compared (None: no information) and what an event would say."""
        window = round(self.rule.window_s * 1e6)
        if self.kind in ("HH", "H", "L", "LL"):
            return value, value
        if self.kind == "STATE":
            return (1.0 if value == self.level else 0.0), value
        if self.kind == "DEV":
            other = latest.get(self.rule.versus) if self.rule.versus else self.rule.setpoint
            gap = None if other is None else abs(value - other)
            return gap, gap
        if self.kind == "COUNT":
            high = value >= self.rule.setpoint
            if high and not self.was_high:
                self.rises.append(at)
            self.was_high = high
            # no more rises are remembered than any alarm of the table needs
            self.rises = self.rises[-self.most_rises :]
            count = sum(1 for rise in self.rises if 0 <= at - rise < window)
            return (min(count, math.ceil(self.level)),) * 2
        if self.points and at < self.points[-1][0] - window:
            self.points = []
        usable = [p for p in self.points if window / 2 <= at - p[0] <= window]
        rate = None
        if usable:
            then, before = usable[0]
            rate = (value - before) / ((at - then) / 60e6)
            if self.kind == "FALL":
                rate = rate * -1.0
        if not self.points or at - self.points[-1][0] >= window // 8:
            self.points = [*self.points, (at, value)][-9:]
        return rate, rate

    def sample(self, value, at, latest, slot):
        """Take a good reading; return whether it told anything."""
        told, said = self.measure(value, at, latest)
        if told is None:
            self.no_information()
            return False
        self.value = said
        if self.kind == "STATE":
            self.compare(told, 1.0, 0.0, slot)
        else:
            self.compare(told, self.level, self.deadband, slot)
        return True

    def compare(self, value, level, deadband, slot):
        upper = self.kind not in ("L", "LL")
        beyond = value >= level if upper else value <= level
        edge = level - deadband if upper else level + deadband
        back = value < edge if upper else value > edge
        span = self.high - self.low
        plain = self.kind in ("HH", "H", "L", "LL")
        if self.safety in ("toxic", "combustible", "fire") and plain:
            if upper and self.low <= self.level and value < self.low - 0.05 * span:
                back = False
            if not upper and self.high >= self.level and value > self.high + 0.05 * span:
                back = False
        if self.safety == "combustible" and plain and upper and self.high >= self.level <= value:
            self.full_scale = self.full_scale or value >= self.high
        if self.full_scale and self.shown and not self.seen_by_officer:
            back = False
        self.turn(slot, beyond or (self.over and not back))

    def turn(self, slot, over):
        if over and not self.over:
            self.over_since = slot
        self.over = over
        if over:
            self.clear_since = None
        elif self.active and self.clear_since is None:
            self.clear_since = slot

    def no_information(self):
        if self.kind != "STALE":
            self.clear_since = None

    def settle(self, slot, out, seen):
        if self.kind == "STALE":
            self.value = (slot - seen) / 1e6
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
        if self.active and (not self.shown or self.latched) and not self.held:
            self.shown, self.latched, self.seen_by_officer = True, False, False
            self.raised_seq, self.since = math.inf, slot
            out.append((slot, "alarm.raised", self.name, self.value))
        elif self.shown and not self.latched and not self.active:
            if self.rule.latch:
                self.latched, self.latched_seq = True, math.inf
                out.append((slot, "alarm.latched", self.name, self.value))
            else:
                self.shown = False
                out.append((slot, "alarm.returned", self.name, self.value))

    def sound_again(self, slot, out):
        wait = self.rule.ack_expires_s if self.seen_by_officer else self.rule.realarm_s
        if not self.shown or self.held or not wait or slot < self.since + round(wait * 1e6):
            return
        if self.seen_by_officer and self.latched:
            return
        why = "acknowledgement_expired" if self.seen_by_officer else "unacknowledged"
        if self.seen_by_officer:
            self.seen_by_officer, self.raised_seq = False, math.inf
        self.since = slot
        out.append((slot, "alarm.announced_again", self.name, why))

    def act(self, act, event, until):
        at, by_design = event.event_time_us, event.actor == "gateway"
        if act == "alarm.raised":
            self.raised_seq, self.raised_id = event.seq, event.id
        elif act == "alarm.announced_again":
            if event.payload.reason == "acknowledgement_expired":
                self.raised_seq = event.seq
        elif act == "alarm.latched":
            self.latched_seq = event.seq
        elif act == "alarm.reset":
            if self.latched and event.seq > self.latched_seq:
                self.latched = self.shown = False
        elif act == "alarm.acknowledged":
            mine = event.seq > self.raised_seq and event.caused_by in (None, self.raised_id)
            if mine and not self.seen_by_officer:
                self.seen_by_officer, self.since = True, at
        elif act == "alarm.shelved":
            self.shelf_end = min(until, at + 3_600_000_000) if self.kills else until
        elif act == "alarm.unshelved":
            self.shelf_end = None
        elif act == "alarm.taken_out_of_service":
            until = event.payload.until_us
            self.service_end = math.inf if until is None else until
        elif act == "alarm.returned_to_service":
            self.service_end = None
        elif act == "alarm.suppressed" and not by_design:
            self.suppressed = True
        elif act == "alarm.unsuppressed" and not by_design:
            self.suppressed = False

    @property
    def state(self):
        if self.service_end is not None:
            return "out_of_service"
        if self.suppressed:
            return "suppressed"
        if self.shelf_end is not None:
            return "shelved"
        seen = "acknowledged" if self.seen_by_officer else "unacknowledged"
        if self.latched:
            return f"latched_{seen}"
        if self.shown:
            return seen
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
    latest: dict = field(default_factory=dict)  # of tags that tell something now
    readings: dict = field(default_factory=dict)  # of tags that aren't silent
    units: dict = field(default_factory=dict)
    look: bool = True

    def __post_init__(self):
        for tag in sorted(self.tags, key=lambda t: t.key):
            self.seen[tag.key] = self.start
            self.clocks[tag.key] = OracleClock(max(3 * tag.period_s * 1e6, 60e6))
            for limit in tag.limits:
                self.alarms.append(
                    OracleAlarm(
                        tag.key, limit.kind, limit.value, limit.deadband,
                        round(limit.on_delay_s * 1e6), round(limit.off_delay_s * 1e6),
                        tag.safety, tag.low, tag.high, limit,
                    )
                )  # fmt: skip
        counts = [math.ceil(a.level) for a in self.alarms if a.kind == "COUNT"]
        for alarm in self.alarms:
            alarm.most_rises = max([*counts, 1])
        digital = {a.tag_key for a in self.alarms if a.kind in ("STATE", "COUNT")}
        self.whole = digital
        self.switching = {
            text.partition("=")[0]
            for alarm in self.alarms
            if not alarm.kills
            for text in alarm.rule.suppressed_when
        } & set(self.seen)

    def say(self, unit, state):
        self.units[unit] = state
        self.look = True

    def _suppress(self, slot, out):
        if not self.look:
            return
        self.look = False
        for alarm in self.alarms:
            if alarm.kills or not any("=" in text for text in alarm.rule.suppressed_when):
                continue
            why = ""
            for text in alarm.rule.suppressed_when:
                key, equals, wanted = text.partition("=")
                if not equals:
                    continue
                if key in self.seen:
                    holds = self.readings.get(key) == float(wanted)
                else:
                    holds = self.units.get(key) == wanted
                why = why or (text if holds else "")
            if bool(why) != alarm.suppressed:
                alarm.suppressed = bool(why)
                kind = "alarm.suppressed" if why else "alarm.unsuppressed"
                out.append((slot, kind, alarm.name, why))

    def slot(self, slot, samples, out):
        """Judge `samples` (tag key, source_us, value, quality, arrival_us) of this slot."""
        for alarm in self.alarms:
            if alarm.shelf_end is not None and slot >= alarm.shelf_end:
                alarm.shelf_end = None
                out.append((slot, "alarm.unshelved", alarm.name, "expired"))
        for alarm in self.alarms:
            if alarm.service_end is not None and slot >= alarm.service_end:
                alarm.service_end = None
                out.append((slot, "alarm.returned_to_service", alarm.name, "expired"))
        by_tag = self._hear(slot, samples, out)
        self._suppress(slot, out)
        for turn in range(max((len(v) for v in by_tag.values()), default=0)):
            self._turn(slot, {k: v[turn] for k, v in by_tag.items() if turn < len(v)}, out)
        for alarm in self.alarms:
            alarm.settle(slot, out, self.seen[alarm.tag_key])
        self._find_silent(slot, out)
        for alarm in self.alarms:
            alarm.sound_again(slot, out)

    def _hear(self, slot, samples, out):
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
            for _, _, value, quality in by_tag[key] if key in self.switching else ():
                if quality <= 1 and math.isfinite(value):
                    self.look = self.look or self.readings.get(key) != value
                    self.readings[key] = value
            if key not in self.whole:
                by_tag[key] = self._chosen(by_tag[key])
        if back:
            out.append((slot, "tag.came_back", "tags", tuple(back)))
        for alarm in self.alarms:
            if alarm.kind == "STALE" and alarm.tag_key in back:
                alarm.turn(slot, False)
        return by_tag

    def _turn(self, slot, readings, out):
        for key, (_, _, value, quality) in readings.items():
            if quality <= 1 and math.isfinite(value):
                self.latest[key] = value
            else:
                self.latest.pop(key, None)
        told = []
        for alarm in self.alarms:
            if alarm.tag_key not in readings or alarm.kind == "STALE":
                continue
            _, at, value, quality = readings[alarm.tag_key]
            if quality > 1 or not math.isfinite(value):
                alarm.no_information()
            elif alarm.sample(value, at, self.latest, slot):
                told.append(alarm)
        for alarm in told:
            alarm.settle(slot, out, self.seen[alarm.tag_key])

    def _find_silent(self, slot, out):
        silent = []
        for tag in sorted(self.tags, key=lambda t: t.key):
            patience = max(3 * tag.period_s * 1e6, 5e6)
            if tag.key not in self.stale and slot - self.seen[tag.key] > patience:
                silent.append(tag.key)
        if not silent:
            return
        self.stale.update(silent)
        out.append((slot, "tag.went_stale", "tags", tuple(silent)))
        for key in silent:
            self.latest.pop(key, None)
            self.look = self.readings.pop(key, None) is not None or self.look
        for alarm in self.alarms:
            if alarm.tag_key in silent:
                if alarm.kind == "STALE":
                    alarm.turn(slot, True)
                    alarm.settle(slot, out, self.seen[alarm.tag_key])
                else:
                    alarm.no_information()
        self._suppress(slot, out)

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
