"""The facts of the chosen incident, with what is unknown said as such."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.incident import CloseIncident
from app.given_zones import given_zones
from app.zones import ESTIMATE
from models.hazard.ports import GIVEN, ZoneResult
from models.hazard.substance_names import substance_name
from models.hazard.terrain import BUILDINGS, NO_BUILDINGS, OFFICER, SETTING
from models.operation.joining import JoinOffer, join_offers
from models.operation.situation import CasualtyReport, Incident, Published, Situation
from models.registry.kinds import HazardSource
from views.command.ask_text import ask_text
from views.command.place_sheet import point_text
from views.i18n import Retranslating
from views.kit import ViewKit
from views.map.threat_news import ThreatNews
from views.theme import set_property
from views.widgets.badges import PlainLabel, wrapped_label

_ROWS = (
    "join",
    "place",
    "level",
    "substance",
    "people",
    "release",
    "zone",
    "newly",
    "wind",
    "terrain",
    "permits",
)


class IncidentFacts(Retranslating, QWidget):
    """Title, T+ clock and a short table."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._incident_id = ""
        self._news = ThreatNews(kit, self)
        self._title = wrapped_label()
        self._title.setProperty("role", "strong")
        self._clock = PlainLabel()
        self._clock.setProperty("role", "large")
        self._names = {row: PlainLabel() for row in _ROWS}
        self._values = {row: wrapped_label() for row in _ROWS}
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.theme.px(12))
        grid.setVerticalSpacing(kit.theme.px(3))
        grid.setColumnStretch(1, 1)
        for index, row in enumerate(_ROWS):
            self._names[row].setProperty("role", "secondary")
            grid.addWidget(self._names[row], index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._values[row], index, 1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(*kit.theme.pxs(12, 8, 12, 8))
        layout.setSpacing(kit.theme.px(6))
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        names = {
            "join": self.tr("Same place?"),
            "place": self.tr("Place"),
            "level": self.tr("Response"),
            "substance": self.tr("Substance"),
            "release": self.tr("Release"),
            "zone": self.tr("Zone"),
            "newly": self.tr("Newly inside"),
            "terrain": self.tr("Terrain"),
            "wind": self.tr("Wind at T0"),
            "people": self.tr("People"),
            "permits": self.tr("Opened from"),
        }
        for row, text in names.items():
            self._names[row].setText(text)
        self._refresh(self._kit.desk.situation)

    def ask_close(self) -> None:
        """Ask for the reason and stand down."""
        ask_text(self, self.tr("Close the incident"), self.tr("Reason"), self._close)

    def _close(self, reason: str) -> None:
        self._kit.desk.execute(CloseIncident(incident_id=self._incident_id, reason=reason))

    def show_incident(self, incident_id: str) -> None:
        """Show another incident."""
        self._incident_id = incident_id
        self._refresh(self._kit.desk.situation)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if published.changes.full or "incidents" in touched or "zones" in touched:
            self._refresh(published.situation)

    def _refresh(self, situation: Situation) -> None:
        incident = situation.incidents.get(self._incident_id)
        labels = [each[row] for row in _ROWS[1:] for each in (self._names, self._values)]
        for label in (*labels, self._clock):
            label.setVisible(incident is not None)
        offers = join_offers(situation, incident) if incident is not None else ()
        for label in (self._names["join"], self._values["join"]):
            label.setVisible(bool(offers))
        if incident is None:
            self._title.setText(self.tr("No incident open"))
            return
        language = self._kit.language
        self._title.setText(f"{incident.number} · {incident.title.text(language)}")
        self._values["join"].setText("\n".join(self._offer(o, situation) for o in offers))
        set_property(self._values["join"], "severity", "2")
        self._values["place"].setText(self._place(incident))
        set_property(self._values["place"], "severity", "" if incident.position else "2")
        self._values["level"].setText(self._level(incident))
        self._values["substance"].setText(self._substance(incident))
        zone, fire = (_newest_zone(situation, incident.id, fire=fire) for fire in (False, True))
        given = given_zones(situation, incident.id)
        self._values["release"].setText(self._release(zone))
        shown = [self._zone(each) for each in (fire, zone) if each is not None]
        shown += [self._given(each.result) for each in given]
        self._values["zone"].setText("\n".join(shown) or self._zone(None))
        self._values["terrain"].setText(self._terrain(zone))
        newly = self._news.text(situation, incident.id)
        self._values["newly"].setText(newly)
        set_property(self._values["newly"], "severity", "1")
        for label in (self._names["newly"], self._values["newly"]):
            label.setVisible(bool(newly))
        doubted = bool(given) or any(each and each.warnings for each in (zone, fire))
        set_property(self._values["zone"], "severity", "2" if doubted else "")
        winds = "\n".join(self._kit.wording.wind(wind) for wind in incident.wind)
        self._values["wind"].setText(winds or self.tr("unknown"))
        self._values["people"].setText(self._people(incident))
        source = self.tr("alarm") if incident.card_ids else self.tr("phone call")
        self._values["permits"].setText(source)
        self._on_ticked(self._kit.desk.clock.now_us())

    def _offer(self, offer: JoinOffer, situation: Situation) -> str:
        wording = self._kit.wording
        text = self.tr("{number} · {away}, opened {minutes} earlier: join it? (J)")
        return text.format(
            number=situation.incidents[offer.incident_id].number,
            away=self.tr("same source") if offer.away_m is None else wording.distance(offer.away_m),
            minutes=wording.duration(offer.earlier_us),
        )

    def _place(self, incident: Incident) -> str:
        place = incident.place.text(self._kit.language)
        if incident.position is None:
            return self.tr("{place} · no position: set it (P)").format(place=place)
        return point_text(incident.position)  # its name stands in the title

    def _level(self, incident: Incident) -> str:
        if not incident.level_name.text(self._kit.language):
            return self.tr("not started")
        how = self.tr("automatic") if incident.level_automatic else self.tr("by decision")
        return f"▲ {incident.level_name.text(self._kit.language)} · {how}"

    def _substance(self, incident: Incident) -> str:
        card = self.tr("card: Ctrl+M")
        if not incident.substance:
            return f"{self.tr('unknown')} · {card}"
        source = self._kit.desk.reference.get("hazard-sources", incident.hazard_source_key)
        name = substance_name(incident.substance, incident.cas).text(self._kit.language)
        parts = [f"{name} {incident.cas}".strip()]
        if isinstance(source, HazardSource) and source.inventory_t is not None:
            parts.append(self.tr("inventory {tonnes} t").format(tonnes=f"{source.inventory_t:g}"))
        return " · ".join((*parts, card))

    def _release(self, zone: ZoneResult | None) -> str:
        rate = next((i for i in zone.inputs if "release" in i.name), None) if zone else None
        if rate is None:
            return self.tr("unknown: enter a rate (Ctrl+E)")
        text = f"{rate.value:g} {rate.unit}" if isinstance(rate.value, float) else str(rate.value)
        if rate.source == ESTIMATE and isinstance(rate.value, float):
            text = f"{rate.value:.2g} {rate.unit}"
            return self.tr("{rate} · ESTIMATED from detectors").format(rate=text)
        return self.tr("{rate} · assumed").format(rate=text) if rate.assumed else text

    def _terrain(self, zone: ZoneResult | None) -> str:
        """Return what the zone's ground counts as, and why."""
        inputs = zone.inputs if zone is not None else ()
        terrain = next((each for each in inputs if each.name == "terrain"), None)
        if terrain is None:
            return self.tr("counts in a model only")
        urban = terrain.value == "urban"
        name = self.tr("urban (built-up)") if urban else self.tr("rural (open land)")
        code, *numbers = terrain.source.split(":")
        reasons = {
            OFFICER: self.tr("by the officer"),
            SETTING: self.tr("by the site's setting"),
            NO_BUILDINGS: self.tr("assumed: no buildings on record"),
        }
        if code == BUILDINGS and len(numbers) == 2:
            reasons[BUILDINGS] = self.tr("{percent} % under roofs within {radius}").format(
                percent=numbers[0], radius=self._kit.wording.distance(float(numbers[1]))
            )
        return f"{name} · {reasons[code]}" if code in reasons else name

    def _zone(self, zone: ZoneResult | None) -> str:
        if zone is None or not zone.levels:
            return self.tr("none computed")
        farthest = {level.label: level for level in sorted(zone.levels, key=lambda e: e.reach_m)}
        parts = [
            f"{level.label.text(self._kit.language)}\u00a0{self._kit.wording.distance(level.reach_m)}"
            for level in sorted(farthest.values(), key=lambda each: -each.severity)
        ]
        kind = self._kit.wording.model(zone.kind, zone.model)
        count = self.tr("%n receptor(s) inside", "", len(zone.receptors))
        return "\n".join((f"{kind} · {count}", *parts))

    def _given(self, zone: ZoneResult) -> str:
        """Return a zone that nobody computed here, with what it rests on."""
        rests_on = [str(each.value) for each in zone.inputs if each.name in {"basis", "file"}]
        still = self.tr("doesn't follow the wind")
        head, *levels = self._zone(zone).split("\n")
        return "\n".join((head, " · ".join((*rests_on, still)), " · ".join(levels)))

    def _people(self, incident: Incident) -> str:
        open_calls = [
            self.tr("roll call open: {group}, {expected} expected").format(
                group=roll_call.group, expected=roll_call.expected
            )
            for roll_call in incident.roll_calls
            if roll_call.present is None
        ]
        counts = [self._casualties(report) for report in incident.casualties[-3:]]
        if not counts:
            counts = [self.tr("casualties and missing: to be verified")]
        return "\n".join((*open_calls, *counts))

    def _casualties(self, report: CasualtyReport) -> str:
        unknown = self.tr("to be verified")
        counts = (
            (self.tr("dead"), report.deaths),
            (self.tr("injured"), _total(report.serious_injuries, report.minor_injuries)),
            (self.tr("missing"), report.missing),
        )
        shown = " · ".join(f"{name} {unknown if n is None else n}" for name, n in counts)
        return f"{shown} ({report.source} {self._kit.wording.clock(report.at_us)})"

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        incident = self._kit.desk.situation.incidents.get(self._incident_id)
        if incident is not None:
            end_us = incident.closed_us or now_us
            self._clock.setText(self._kit.wording.since(incident.opened_us, end_us))


def _total(*counts: int | None) -> str | None:
    """Return the sum; 'at least' where one of the counts isn't known: unknown is no zero."""
    known = [count for count in counts if count is not None]
    if not known:
        return None
    return f"{'' if len(known) == len(counts) else '≥ '}{sum(known)}"


def _newest_zone(situation: Situation, incident_id: str, *, fire: bool) -> ZoneResult | None:
    """Return the newest computed zone, of a fire or else; a model's before a rule of thumb."""
    zones = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id
        and zone.result.kind not in GIVEN
        and zone.withdrawn_us is None
        and not zone.replaced_by
        and (zone.result.kind == "fire") == fire
    ]
    zones.sort(key=lambda zone: (zone.result.kind != "rule_of_thumb", zone.drawn_us))
    return zones[-1].result if zones else None
