"""Drafts 初报, 续报 and 终报 out of the record: every sentence names the entries it rests on.

The words stand in `resources/rules/report_texts.toml`. A model's figure appears only in a
sentence that begins 模型推算 / Model estimate; unknown counts are 待核实, never zero.
"""

from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from models.basics import Name, Wind
from models.hazard.fires import is_burning
from models.hazard.ports import GIVEN, ZoneResult
from models.hazard.substance_names import substance_name
from models.operation.events import alarm, call, card, incident, operation, order, plan, zone
from models.operation.events.base import Event
from models.operation.events.report import Sentence
from models.operation.incident_kinds import kind_name
from models.rules import load_rules
from models.times import from_us

_MOST_NAMED = 6

NameOf = Callable[[str, str], Name]


class ReportWriter:
    """Turns the events of one incident into sentences of one language.

    Parameters
    ----------
    language : str
        'zh' or 'en'.
    zone : ZoneInfo
        The site's time zone, for the times in the text.
    name_of : callable
        `(kind, key)` → name of a reference row.
    """

    def __init__(self, language: str, zone_info: ZoneInfo, name_of: NameOf) -> None:
        self._language = language
        self._zone_info = zone_info
        self._name_of = name_of
        self._texts: Mapping[str, Mapping[str, str]] = load_rules("report_texts")["sentence"]
        self._words: Mapping[str, Mapping[str, str]] = load_rules("report_texts")["words"]
        self._teams: dict[str, Name] = {}
        self._casualties_known = False

    def write(self, events: Iterable[Event]) -> tuple[Sentence, ...]:
        """Return the sentences in the journal's order; `events` are the incident's own."""
        sentences: list[Sentence] = []
        opened: Event | None = None
        for event in events:
            if isinstance(event.payload, incident.IncidentOpened):
                opened = event
            sentences += self._sentences(event)
        if opened is not None and not self._casualties_known:
            sentences.append(self._say("no_casualties_known", opened))
        return tuple(sentences)

    def _sentences(self, event: Event) -> list[Sentence]:
        payload, time = event.payload, self._time(event.event_time_us)
        match payload:
            case incident.IncidentOpened():
                return self._opened(event, payload)
            case alarm.AlarmRaised():
                return [self._alarm(event, payload)]
            case call.CallRecorded():
                return [self._call(event, payload)]
            case card.CardVerified():
                result = self._word(f"result_{payload.result}")
                by = payload.said_by or self._word("unnamed")
                return [self._say("verified", event, time=time, said_by=by, result=result)]
            case incident.IncidentLocated():
                place = payload.place.text(self._language)
                return [self._say("located", event, time=time, place=place)]
            case incident.SourceEstimated():
                return [self._estimated(event, payload)]
            case incident.CasualtiesReported():
                return [self._casualties(event, payload)]
            case zone.DominoJudged():
                return self._domino(event, payload)
            case zone.ZoneDrawn():
                return self._zone(event, payload)
            case plan.PlanStarted():
                key = "plan_expired" if "expired" in payload.warnings else "plan"
                name = payload.plan_name.text(self._language)
                version = payload.plan_version
                return [self._say(key, event, time=time, plan=name, version=version)]
            case incident.ResponseLevelSet():
                how = self._texts["automatic" if payload.automatic else "decided"]
                level = payload.level_name.text(self._language)
                return [self._say("level", event, time=time, level=level, how=how[self._language])]
            case operation.NoteWritten():
                return [self._say("note", event, time=time, text=payload.text)]
            case incident.IncidentClosed():
                return [self._say("closed", event, time=time, reason=payload.reason)]
            case incident.IncidentReopened():
                return [self._say("reopened", event, time=time, reason=payload.reason)]
            case _:
                return self._order(event, time)

    def _opened(self, event: Event, payload: incident.IncidentOpened) -> list[Sentence]:
        sentences = [
            self._say(
                "happened",
                event,
                time=self._time(payload.happened_us or event.event_time_us),
                place=payload.place.text(self._language),
                kind=kind_name(payload.incident_kind).text(self._language),
                number=payload.number,
            )
        ]
        if payload.substance:
            cas = payload.cas or self._word("unknown")
            name = substance_name(payload.substance, payload.cas).text(self._language)
            sentences.append(self._say("substance", event, substance=name, cas=cas))
        if payload.wind:
            winds = self._word("join").join(self._wind(each) for each in payload.wind)
            sentences.append(self._say("wind", event, wind=winds))
        return sentences

    def _wind(self, wind: Wind) -> str:
        return self._word("wind_one").format(
            mast=wind.source,
            speed=f"{wind.speed_m_s:.1f}",
            from_deg=f"{wind.from_deg:.0f}",
            stability=wind.stability,
        )

    def _alarm(self, event: Event, payload: alarm.AlarmRaised) -> Sentence:
        return self._say(
            "from_alarm",
            event,
            time=self._time(event.event_time_us),
            tag=f"{payload.tag_key} {self._name_of('tags', payload.tag_key).text(self._language)}",
            value=f"{payload.value:.4g}",
            unit=payload.unit,
            limit=payload.limit,
            limit_value=f"{payload.limit_value:g}",
        )

    def _call(self, event: Event, payload: call.CallRecorded) -> Sentence:
        fields = payload.fields
        told = [fields[name] for name in ("happened", "place", "kind", "people") if name in fields]
        return self._say(
            "from_call",
            event,
            time=self._time(event.event_time_us),
            caller=fields.get("caller") or self._word("unnamed"),
            phone=fields.get("phone") or self._word("unknown"),
            words=self._word("join").join(told) or self._word("unknown"),
        )

    def _estimated(self, event: Event, payload: incident.SourceEstimated) -> Sentence:
        rates = payload.estimate.release_kg_s
        sentence = self._say(
            "source_estimate" if payload.source_key else "source_estimate_elsewhere",
            event,
            time=self._time(event.event_time_us),
            source=self._name_of("hazard-sources", payload.source_key).text(self._language)
            if payload.source_key
            else "",
            rate=f"{payload.release_kg_s:.2g}",
            low=f"{rates[0]:.2g}" if rates is not None else self._word("unknown"),
            high=f"{rates[2]:.2g}" if rates is not None else self._word("unknown"),
            detectors=str(len(payload.estimate.taken)),
        )
        return Sentence(text=sentence.text, sources=sentence.sources, estimate=True)

    def _casualties(self, event: Event, payload: incident.CasualtiesReported) -> Sentence:
        self._casualties_known = True
        unknown = self._word("unknown")

        def count(number: int | None) -> str:
            return unknown if number is None else str(number)

        return self._say(
            "casualties",
            event,
            source=payload.source,
            time=self._time(event.event_time_us),
            deaths=count(payload.deaths),
            serious=count(payload.serious_injuries),
            minor=count(payload.minor_injuries),
            missing=count(payload.missing),
            trapped=count(payload.trapped),
        )

    def _zone(self, event: Event, payload: zone.ZoneDrawn) -> list[Sentence]:
        result = payload.result
        if not result.levels:
            return []
        farthest = max(result.levels, key=lambda level: level.reach_m)
        reach = _round_m(farthest.reach_m)
        if result.kind == "rule_of_thumb":
            join = self._word("join")
            levels = join.join(
                f"{each.label.text(self._language)} {_round_m(each.reach_m)} m"
                for each in result.levels
            )
            return [self._say("rule_of_thumb", event, levels=levels)]
        if result.kind in GIVEN:
            return [self._given(event, result, farthest.label.text(self._language), reach)]
        cautions = self._texts["cautions" if result.warnings else "no_cautions"][self._language]
        happens = result.kind != "fire" or is_burning(result)
        sentence = self._say(
            "model" if happens else "model_if",
            event,
            model=f"{result.model} {result.model_version}",
            reach=reach,
            level=farthest.label.text(self._language),
            receptors=str(len(result.receptors)),
            cautions=cautions.format(count=len(result.warnings)),
        )
        return [Sentence(text=sentence.text, sources=sentence.sources, estimate=True)]

    def _domino(self, event: Event, payload: zone.DominoJudged) -> list[Sentence]:
        """Name who is at risk; what was taken back again is no news of a report."""
        table = payload.table
        if table is None:
            return []
        unit, scale = ("kW/m²", 1e3)
        if table.hits and table.hits[0].effect == "overpressure":
            unit = "kPa"
        names = self._word("join").join(
            f"{hit.name.text(self._language)} {hit.received / scale:.0f} {unit}"
            for hit in table.at_risk[:_MOST_NAMED]
        )
        key = "domino_none" if not names else "domino" if table.burning else "domino_if"
        said = self._say(
            key,
            event,
            case=table.case.name.text(self._language),
            count=str(len(table.at_risk)),
            names=names,
        )
        return [Sentence(text=said.text, sources=said.sources, estimate=True)]

    def _given(self, event: Event, result: ZoneResult, level: str, reach: str) -> Sentence:
        """Tell a zone that an officer drew or imported, and what it rests on."""
        said = {each.name: str(each.value) for each in result.inputs}
        sentence = self._say(
            result.kind,
            event,
            time=self._time(event.event_time_us),
            model=result.model,
            file=said.get("file", ""),
            basis=said.get("basis", ""),
            level=level,
            reach=reach,
            receptors=str(len(result.receptors)),
        )
        return Sentence(
            text=sentence.text, sources=sentence.sources, estimate=result.kind == "imported"
        )

    def _order(self, event: Event, time: str) -> list[Sentence]:
        payload = event.payload
        team = self._teams.get(event.subject, Name()).text(self._language)
        match payload:
            case order.OrderIssued():
                self._teams[event.subject] = payload.team_name
                team = payload.team_name.text(self._language)
                return [self._say("order_issued", event, time=time, team=team, text=payload.text)]
            case order.OrderReceived():
                return [self._say("order_received", event, time=time, team=team, by=payload.by)]
            case order.OrderEscalated():
                to = " ".join(p for p in (payload.to.role, payload.to.person) if p)
                to = to or payload.to.number or self._word("unknown")
                return [self._say("order_escalated", event, time=time, team=team, to=to)]
            case order.OrderReported():
                return [self._say("order_reported", event, time=time, team=team, text=payload.text)]
            case order.OrderCancelled():
                reason = payload.reason
                return [self._say("order_cancelled", event, time=time, team=team, reason=reason)]
            case _:
                return []

    def _say(self, key: str, event: Event, **values: str) -> Sentence:
        text = self._texts[key][self._language].format(**values)
        return Sentence(text=text, sources=(event.id,))

    def _word(self, key: str) -> str:
        return self._words[key][self._language]

    def _time(self, us: int) -> str:
        return from_us(us).astimezone(self._zone_info).strftime("%Y-%m-%d %H:%M:%S")


def report_title(report_kind: str, number: int, language: str) -> str:
    """Return the heading, e.g. '续报2'.

    Examples
    --------
    >>> report_title("follow_up", 2, "zh")
    '续报2'
    """
    heads: Mapping[str, Mapping[str, str]] = load_rules("report_texts")["head"]
    return heads[report_kind][language].format(number=number)


def _round_m(distance_m: float) -> str:
    """Return a distance to two figures: a model or a table knows no more."""
    return f"{float(f'{distance_m:.2g}'):.0f}"
