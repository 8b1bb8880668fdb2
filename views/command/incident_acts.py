"""Acts on the chosen incident that have a sheet of their own: people, level, merge, split."""

from collections.abc import Callable
from functools import partial

from app.commands.incident import MergeIncidents, ReopenIncident, SplitIncident
from app.commands.plan import SetResponseLevel
from models.libraries.kinds import Plan
from models.operation.situation import Incident
from views.command.card_sheet import ChemicalCardSheet
from views.command.choice_sheet import ChoiceSheet
from views.command.of_incident import ActSpec, OfIncident
from views.command.people_sheet import PeopleSheet
from views.command.shelter_sheet import ShelterSheet


class IncidentActs(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent of the sheets."""

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act of each."""
        return (
            ("people", lambda: self.tr("People"), "Ctrl+P", self.people),
            ("card", lambda: self.tr("Chemical card"), "Ctrl+M", self.card),
            ("shelter", lambda: self.tr("Shelter or leave"), "Ctrl+T", self.shelter),
            ("level", lambda: self.tr("Response level by decision"), "Ctrl+L", self.level),
            ("merge", lambda: self.tr("Merge with another incident"), "", self.merge),
            ("split", lambda: self.tr("Split a merged incident off"), "", self.split),
            ("reopen", lambda: self.tr("Reopen a closed incident"), "", self.reopen),
        )

    def people(self) -> None:
        """Show the counts and the roll calls."""
        incident = self._incident()
        if incident is not None:
            PeopleSheet(self._kit, incident, self._window()).open()

    def card(self) -> None:
        """Show the chemical card of the substance, or that there is none."""
        incident = self._incident()
        if incident is not None:
            ChemicalCardSheet(self._kit, incident, self._window()).open()

    def shelter(self) -> None:
        """Show for each receptor in the zone whether to shelter or to leave, and until when."""
        incident = self._incident()
        if incident is not None:
            ShelterSheet(self._kit, incident, self._window()).open()

    def level(self) -> None:
        """Decide on a level of the running plans."""
        incident = self._incident()
        if incident is None:
            return
        plans = [self._kit.desk.reference.get("plans", key) for key in incident.plan_keys]
        language = self._kit.language
        options = [
            (
                f"{plan.key}\n{level.key}",
                f"{level.name.text(language)} · {plan.name.text(language)}",
            )
            for plan in plans
            if isinstance(plan, Plan)
            for level in plan.levels
        ]
        self._choose(
            self.tr("Set the response level"),
            self.tr("Level"),
            options,
            partial(self._on_level, incident.id),
        )

    def merge(self) -> None:
        """Take another open incident over."""
        incident = self._incident()
        if incident is not None:
            others = [
                each
                for each in self._kit.desk.situation.incidents.values()
                if each.id != incident.id and each.closed_us is None and not each.merged_into
            ]
            self._choose(
                self.tr("Merge into this incident"),
                self.tr("Incident"),
                [self._option(each) for each in others],
                partial(self._on_merge, incident.id),
            )

    def split(self) -> None:
        """Let an absorbed incident stand on its own again."""
        incident = self._incident()
        if incident is not None:
            incidents = self._kit.desk.situation.incidents
            absorbed = [incidents[key] for key in incident.absorbed if key in incidents]
            self._choose(
                self.tr("Split off"),
                self.tr("Incident"),
                [self._option(each) for each in absorbed],
                partial(self._on_split, incident.id),
            )

    def reopen(self) -> None:
        """Open a closed incident again, with a reason."""
        closed = [
            each
            for each in self._kit.desk.situation.incidents.values()
            if each.closed_us is not None
        ]
        self._choose(
            self.tr("Reopen"),
            self.tr("Incident"),
            [self._option(each) for each in closed],
            self._on_reopen,
        )

    def _incident(self) -> Incident | None:
        incident = self._chosen()
        if incident is None:
            self._kit.desk.say(2, "incident_needed")
        return incident

    def _option(self, incident: Incident) -> tuple[str, str]:
        return incident.id, f"{incident.number} · {incident.title.text(self._kit.language)}"

    def _choose(
        self,
        title: str,
        label: str,
        options: list[tuple[str, str]],
        decided: Callable[[str, str], None],
    ) -> None:
        if not options:
            self._kit.desk.say(3, "nothing_to_choose", title)
            return
        sheet = ChoiceSheet(self._kit, title, label, options, self._window())
        sheet.decided.connect(decided)
        sheet.open()

    def _on_level(self, incident_id: str, choice: str, reason: str) -> None:
        plan_key, _, level_key = choice.partition("\n")
        self._kit.desk.execute(SetResponseLevel(incident_id, plan_key, level_key, reason))

    def _on_merge(self, incident_id: str, other_id: str, reason: str) -> None:
        self._kit.desk.execute(MergeIncidents(incident_id, other_id, reason))

    def _on_split(self, incident_id: str, other_id: str, reason: str) -> None:
        self._kit.desk.execute(SplitIncident(incident_id, other_id, reason))

    def _on_reopen(self, incident_id: str, reason: str) -> None:
        self._kit.desk.execute(ReopenIncident(incident_id, reason))
