"""What is known of a record, as sections of facts: no widgets here."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from models.basics import Name, Phone
from models.libraries.capabilities import split_words
from models.libraries.kinds import Case, Depot, Expert, Failure, Plan, Scenario, Signature, Team
from models.operation.situation import Situation
from models.registry.kinds import (
    Contractor,
    Enterprise,
    HazardSource,
    Limit,
    Permit,
    Person,
    Receptor,
    Record,
    Tag,
)
from models.telemetry.alarm_safety import measured_unit
from models.times import SECOND_US
from views.colour_facts import ColourFacts
from views.kit import ViewKit
from views.libraries.marks import is_dead, stock_left
from views.libraries.words import LibraryWords


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what, its text, a severity ('' or '1'…'4'), a second line under it."""

    label: str
    text: str
    severity: str = ""
    note: str = ""
    phone: Phone | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Facts under one title; '' for the first."""

    title: str
    facts: tuple[Fact, ...]


class RecordDetails(QObject):
    """Writes the sections of a record in the language of the screens."""

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        self._colours = ColourFacts(kit)

    def sections(self, record: Record) -> tuple[Section, ...]:
        """Return what is known of a record; sections without facts are left out."""
        found = [
            Section("", tuple(self._general(record))),
            self._warned(record),
            *self._special(record),
        ]
        return tuple(section for section in found if section.facts)

    def _special(self, record: Record) -> Iterable[Section]:
        match record:
            case Plan():
                return self._plan(record)
            case Depot():
                return (self._stock(record), self._phones(record.phones))
            case Team():
                return (self._phones(record.phones),)
            case Expert() | Receptor() | Contractor() | Person():
                return (self._phones(record.phones),)
            case Enterprise():
                return (self._phones(record.control_room), self._guidance(record.guidance))
            case Scenario():
                return self._scenario(record)
            case Case():
                return self._case(record)
            case HazardSource():
                return self._source(record)
            case Tag():
                return (self._limits(record),)
            case _:
                return ()

    # What every record has

    def _general(self, record: Record) -> Iterable[Fact]:
        other = record.name.en if self._kit.language == "zh" else record.name.zh
        if other and other != record.name.text(self._kit.language):
            yield Fact(self.tr("Also"), other)
        for each in self._colours.of(record)[:1]:
            yield Fact(self.tr("Warning colour"), each.text, each.severity, each.why)
        yield from self._of_kind(record)
        if record.position is not None:
            place = f"{record.position.lat_deg:.5f}, {record.position.lon_deg:.5f}"
            yield Fact(self.tr("Position"), f"{place} · {record.datum}")
        if record.source:
            yield Fact(self.tr("Source"), record.source)
        if record.remarks:
            yield Fact(self.tr("Remarks"), record.remarks)
        if record.fictitious:
            yield Fact(self.tr("Nature"), self.tr("fictitious"))

    def _of_kind(self, record: Record) -> Iterable[Fact]:
        unknown = self.tr("unknown")
        match record:
            case Plan():
                yield from self._plan_facts(record)
            case Team():
                yield Fact(self.tr("Capabilities"), self._words.codes(record.capabilities))
                size = self.tr("{people} people · {vehicles} vehicles").format(
                    people=record.people, vehicles=record.vehicles
                )
                yield Fact(self.tr("Strength"), size)
                state = self._situation.teams.get(record.key)
                word = self._kit.wording.team_status(state.status if state else "ready")
                yield Fact(self.tr("Status now"), word.text, word.tone)
            case Expert():
                yield Fact(self.tr("Fields"), self._words.codes(record.fields) or unknown)
            case HazardSource():
                tonnes = record.inventory_t
                substance = self._words.substance(record.substance, record.cas)
                yield Fact(self.tr("Substance"), substance or unknown)
                yield Fact(self.tr("Inventory"), unknown if tonnes is None else f"{tonnes:g} t")
                yield Fact(self.tr("Grade"), record.grade or unknown)
            case Receptor():
                for label, people in (
                    (self.tr("By day"), record.people_day),
                    (self.tr("By night"), record.people_night),
                ):
                    yield Fact(label, unknown if people is None else f"{people:,}")
            case Enterprise():
                yield Fact(self.tr("Address"), record.address or unknown)
                yield Fact(
                    self.tr("Chemicals"), self._words.substances(record.chemicals) or unknown
                )
            case Permit():
                guardian = record.guardian
                yield Fact(self.tr("Work"), self._words.code(record.work))
                yield Fact(
                    self.tr("Valid"),
                    f"{self._moment(record.valid_from_us)} – {self._moment(record.valid_to_us)}",
                )
                if guardian is not None:
                    yield Fact(self.tr("Guardian"), f"{guardian.number} {guardian.person}")
            case Signature():
                yield Fact(self.tr("Pattern"), record.pattern)
                yield Fact(self.tr("Explanation"), self._text(record.explanation))
            case Failure():
                yield Fact(self.tr("Equipment"), record.equipment or unknown)
                yield Fact(self.tr("Failure mode"), record.mode or unknown)

    # Sections

    def _plan_facts(self, plan: Plan) -> Iterable[Fact]:
        now_us = self._kit.desk.clock.now_us()
        yield Fact(self.tr("Type"), f"{self._words.code(plan.type)} {plan.version}".strip())
        if plan.expires_us is None:
            yield Fact(self.tr("Valid until"), self.tr("no date on record"), "3")
        else:
            date = f"{self._kit.wording.local(plan.expires_us):%Y-%m-%d}"
            expired = plan.expires_us <= now_us
            text = self.tr("EXPIRED {date}").format(date=date) if expired else date
            yield Fact(self.tr("Valid until"), text, "2" if expired else "")
        if plan.incident_kinds:
            yield Fact(self.tr("Covers"), self._words.codes(plan.incident_kinds))
        if plan.substances:
            yield Fact(self.tr("Substances"), self._words.substances(plan.substances))
        if plan.hazard_source_keys:
            yield Fact(self.tr("Hazard sources"), " · ".join(plan.hazard_source_keys))

    def _plan(self, plan: Plan) -> Iterable[Section]:
        levels = (
            Fact(level.key, self._text(level.name), note=level.automatic_when)
            for level in plan.levels
        )
        clauses = (
            Fact(
                self._offset(clause.offset_s),
                self._text(clause.action),
                note=" · ".join(
                    part
                    for part in (
                        split_words(clause.role).text(self._kit.language),
                        self._text(clause.deliverable),
                        self._words.codes(clause.needs),
                        self.tr("FIRST ORDER") if clause.first_order else "",
                    )
                    if part
                ),
            )
            for clause in sorted(plan.clauses, key=lambda clause: clause.offset_s)
        )
        yield Section(self.tr("Clauses"), tuple(clauses))
        yield Section(self.tr("Response levels"), tuple(levels))

    def _scenario(self, scenario: Scenario) -> Iterable[Section]:
        goals = (Fact(str(n), self._text(goal)) for n, goal in enumerate(scenario.objectives, 1))
        injects = (
            Fact(
                self._offset(inject.at_s),
                self._text(inject.synopsis),
                note=" · ".join(
                    part
                    for part in (
                        self._words.code(inject.type),
                        self.tr("expected: {text}").format(text=self._text(inject.expected))
                        if self._text(inject.expected)
                        else "",
                    )
                    if part
                ),
            )
            for inject in sorted(scenario.injects, key=lambda inject: inject.at_s)
        )
        yield Section(self.tr("Injects"), tuple(injects))
        yield Section(self.tr("Objectives"), tuple(goals))

    def _case(self, case: Case) -> Iterable[Section]:
        facts = [Fact(self.tr("Happened"), case.happened or self.tr("unknown"))]
        if case.substances:
            facts.append(Fact(self.tr("Substances"), self._words.substances(case.substances)))
        for label, count in (
            (self.tr("Deaths"), case.deaths),
            (self.tr("Injuries"), case.injuries),
        ):
            facts.append(Fact(label, self.tr("not on record") if count is None else f"{count:,}"))
        facts.append(Fact(self.tr("Summary"), self._text(case.summary) or "—"))
        yield Section(self.tr("What happened"), tuple(facts))
        lessons = (Fact(str(n), self._text(each)) for n, each in enumerate(case.lessons, 1))
        yield Section(self.tr("Lessons"), tuple(lessons))

    def _source(self, source: HazardSource) -> Iterable[Section]:
        donts = (Fact("✗", self._text(each), "2") for each in source.dont)
        yield Section(self.tr("Don't"), tuple(donts))
        yield self._guidance(source.guidance)
        releases = (
            Fact(
                self._text(each.name),
                f"{each.release_kg_s:g} kg/s · "
                f"{self._kit.wording.duration(round(each.duration_s) * SECOND_US)}",
                note=self.tr("ASSUMED") if each.assumed else "",
            )
            for each in source.scenarios
        )
        yield Section(self.tr("Typical releases"), tuple(releases))

    def _warned(self, record: Record) -> Section:
        """List the hazard sources that give an enterprise its colour."""
        sources = [each for each in self._colours.of(record) if each.source]
        facts = (
            Fact(str(n), f"{each.source} · {each.text}", each.severity, each.why)
            for n, each in enumerate(sources, 1)
        )
        return Section(self.tr("Hazard sources above blue"), tuple(facts))

    def _guidance(self, guidance: Name) -> Section:
        text = self._text(guidance)
        facts = (Fact(self.tr("What to do"), text),) if text else ()
        return Section(self.tr("Guidance on alarms"), facts)

    def _limits(self, tag: Tag) -> Section:
        limits = (self._limit(tag, each) for each in sorted(tag.limits, key=lambda x: -x.value))
        return Section(self.tr("Limits"), tuple(limits))

    def _limit(self, tag: Tag, limit: Limit) -> Fact:
        unit = measured_unit(tag.unit, limit.kind)
        reason = self._kit.wording.priority_reason(limit)
        parts = (reason, self._text(limit.guidance), limit.source)
        return Fact(
            limit.kind,
            f"{limit.value:g} {unit} · {self._kit.wording.priority(limit.priority)}",
            str(limit.priority),
            note=" · ".join(p for p in parts if p),
        )

    def _stock(self, depot: Depot) -> Section:
        facts = []
        for stock in depot.stock:
            left = stock_left(depot.key, stock, self._situation)
            moved = left - stock.quantity
            note = ""
            if moved:
                note = self.tr("{quantity} {unit} on record, {moved} in this operation").format(
                    quantity=f"{stock.quantity:g}", unit=stock.unit, moved=f"{moved:+g}"
                )
            text = f"{left:g} {stock.unit}"
            facts.append(Fact(self._text(stock.name), text, "2" if left <= 0 else "", note))
        return Section(self.tr("In stock now"), tuple(facts))

    def _phones(self, phones: Iterable[Phone]) -> Section:
        facts = []
        for order, phone in enumerate(phones, 1):
            dead = is_dead(phone, self._situation)
            number = phone.number
            if dead:
                number = f"{number}  {self._words.dead()}"
            who = " · ".join(part for part in (phone.person, phone.role) if part)
            facts.append(
                Fact(
                    str(order),
                    number,
                    "2" if dead else "",
                    note=who,
                    phone=None if dead else phone,
                )
            )
        return Section(self.tr("Numbers in calling order"), tuple(facts))

    # Words

    @property
    def _situation(self) -> Situation:
        return self._kit.desk.situation

    def _text(self, name: Name) -> str:
        return name.text(self._kit.language)

    def _moment(self, us: int) -> str:
        return f"{self._kit.wording.local(us):%Y-%m-%d %H:%M}"

    def _offset(self, seconds: int) -> str:
        return f"T+{self._kit.wording.duration(seconds * SECOND_US)}"
