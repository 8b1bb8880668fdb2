"""Takes zones off the map: those out of date, or one that was drawn or imported; with a reason."""

from app.commands.zone import WithdrawZone
from app.given_zones import given_zones
from models.operation.situation import Incident, Zone
from views.command.ask_text import ask_text
from views.command.choice_sheet import ChoiceSheet
from views.command.of_incident import ActSpec, OfIncident

_OLD = "out of date"


class Withdrawing(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent of the sheet."""

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act."""
        return (("withdraw", lambda: self.tr("Withdraw zones"), "Ctrl+W", self.ask),)

    def ask(self) -> None:
        """Ask which, where there is a choice, and why; nothing goes by itself."""
        incident, window = self._chosen(), self._window()
        if incident is None or window is None:
            self._kit.desk.say(2, "incident_needed")
            return
        old = self._old(incident)
        given = [z for z in given_zones(self._kit.desk.situation, incident.id) if z not in old]
        title = self.tr("Withdraw zones")
        if given:
            several = [(_OLD, self.tr("%n zone(s) out of date", "", len(old)))] if old else []
            options = [*several, *((zone.id, self._name(zone)) for zone in given)]
            sheet = ChoiceSheet(self._kit, title, self.tr("Zone"), options, window)
            sheet.decided.connect(self._on_decided)
            sheet.open()
        elif old:
            ask_text(window, title, self.tr("Reason"), self._withdraw_old)
        else:
            self._kit.desk.say(3, "nothing_to_withdraw")

    def _name(self, zone: Zone) -> str:
        wording, result = self._kit.wording, zone.result
        worst = max(result.levels, key=lambda level: level.severity)
        drawn_at = wording.time(zone.drawn_us, self._kit.desk.clock.now_us())
        label = worst.label.text(self._kit.language)
        return f"{wording.model(result.kind, result.model)} · {label} · {drawn_at}"

    def _old(self, incident: Incident) -> list[Zone]:
        return [
            zone
            for zone in self._kit.desk.situation.zones.values()
            if zone.incident_id == incident.id and zone.out_of_date and zone.withdrawn_us is None
        ]

    def _on_decided(self, key: str, reason: str) -> None:
        if key == _OLD:
            self._withdraw_old(reason)
        else:
            self._kit.desk.execute(WithdrawZone(zone_id=key, reason=reason))

    def _withdraw_old(self, reason: str) -> None:
        incident = self._chosen()
        for zone in self._old(incident) if incident is not None else ():
            self._kit.desk.execute(WithdrawZone(zone_id=zone.id, reason=reason))
