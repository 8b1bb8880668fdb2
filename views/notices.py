"""The sentence of each notice code: what failed, why, what next."""

from PySide6.QtCore import QObject

from app.desk import Notice
from app.gateway.client import GONE


class NoticeSentences(QObject):
    """Turns a notice into a sentence of the screen's language; an unknown code is shown as is."""

    def __call__(self, notice: Notice) -> str:
        """Return the sentence."""
        text = self._sentences().get(notice.code, notice.code)
        detail = self.tr("the gateway has gone") if notice.detail == GONE else notice.detail
        return text.format(detail=detail) if "{detail}" in text else text

    def _sentences(self) -> dict[str, str]:
        first = self._of_faults() | self._of_store()
        return (
            first | self._of_alarms() | self._of_incidents() | self._of_orders()
            | self._of_drawings()
        )  # fmt: skip

    def _of_faults(self) -> dict[str, str]:
        again = self.tr("NOT STORED. {why} Write it down and try again. ({detail})")
        whys = {
            "full": self.tr("The disk is full."),
            "read_only": self.tr("The store may not be written."),
            "busy": self.tr("Another program holds the store."),
            "damaged": self.tr("The store is damaged; restore a backup."),
            "refused": self.tr("The record refused it."),
            "failed": self.tr("The store does not answer."),
        }
        return {f"not_stored_{why}": again.replace("{why}", text) for why, text in whys.items()}

    def _of_store(self) -> dict[str, str]:
        return {
            "store_unreadable": self.tr("The store can't be read: {detail}. Trying again."),
            "store_readable": self.tr("The store can be read again; what is shown is current."),
            "gateway_back": self.tr("The gateway works again after {detail} s; values are judged."),
            "unexpected": self.tr(
                "Something failed that was not foreseen; the desk goes on. Tell IT: {detail}"
            ),
            "clock_set_back": self.tr(
                "This machine's clock was set back by {detail} s. Muster's time runs on; "
                "let IT set the clock right."
            ),
            "setting_not_kept": self.tr("The choice holds for today only: {detail}"),
            "history_failed": self.tr("Measured values can't be read: {detail}"),
            "journal_busy": self.tr("Somebody else writes all the time. Try again."),
            "replay_is_read_only": self.tr("A replay is read-only. Leave it to act."),
            "replay_failed": self.tr("The replay failed: {detail}"),
            "operation_stopped": self.tr("The operation “{detail}” has ended."),
            "export_failed": self.tr("The file was not written: {detail}"),
            "exported": self.tr("Exported: {detail}"),
            "nothing_picked": self.tr("Pick something on the map first."),
            "layer_missing": self.tr("An imported layer can't be shown: {detail}"),
            "import_failed": self.tr("The import failed, nothing was taken: {detail}"),
            "imported": self.tr("Imported: {detail}"),
            "undone": self.tr("Taken back: {detail}"),
            "undo_failed": self.tr("Nothing was taken back: {detail}"),
            "training_runs": self.tr("The normal course of {detail} is being trained already."),
            "hazard_source_unknown": self.tr("There is no hazard source {detail}."),
            "plot_full": self.tr("The plot holds {detail} tags. Take one out first."),
            "nothing_to_undo": self.tr("There is no import to take back."),
            "nothing_changed": self.tr("Nothing changed."),
            "mast_speaks": self.tr("A mast speaks again: its wind counts."),
            "wind_senseless": self.tr("That is no wind: {detail}"),
            "estimate_cannot_tell": self.tr(
                "The detectors can't tell where it comes from: nothing was taken."
            ),
            "rate_senseless": self.tr("That is no release rate: {detail}"),
            "reason_missing": self.tr("A reason is needed."),
            "not_simulated": self.tr("Only a drill or a demonstration has a script."),
            "inject_fired": self.tr("“{detail}” has happened already."),
            "person_missing": self.tr("A name is needed."),
            "takeover_reason_missing": self.tr(
                "{detail} has the watch. Give the reason of the takeover."
            ),
            "handed_over": self.tr(
                "Handover on record; open items: {detail}. Ctrl+H shows the document."
            ),
            "note_empty": self.tr("An empty line isn't stored."),
            "no_incident_before": self.tr("No earlier incident of {detail} is known."),
            "trend_exported": self.tr("Exported: {detail}"),
            "trend_not_exported": self.tr("The file was not written: {detail}"),
            "trend_note_tags": self.tr("A note is about 1 to 64 tags, not {detail}."),
            "trend_note_span": self.tr("A note's time must be past, its end not before its start."),
            "trend_note_gone": self.tr("The note is withdrawn, or older than a day."),
            "no_note_here": self.tr("No note stands at the cursor."),
            "unknown_tag": self.tr("There is no tag {detail}."),
            "marks_failed": self.tr("Alarms and events of the trend were not read: {detail}"),
            "map_failed": self.tr("The full map can't be shown: {detail}"),
        }

    def _of_alarms(self) -> dict[str, str]:
        return {
            "alarm_needed": self.tr("Choose an alarm in the table first."),
            "source_needed": self.tr("Choose a hazard source first."),
            "tag_needed": self.tr("Choose a tag first."),
            "no_place": self.tr("{detail} has no place on the map."),
            "no_tag": self.tr("{detail} stands in no register: there is no trend of it."),
            "unknown_alarm": self.tr("This alarm is no longer open."),
            "nothing_to_acknowledge": self.tr("Nothing here waits for an acknowledgement."),
            "nothing_sounds": self.tr("Nothing sounds now."),
            "duty_leader_needed": self.tr("Shelving {detail} needs the duty leader."),
            "shelving_too_long": self.tr("Shelve for {detail}."),
            "no_such_leader": self.tr("{detail} isn't another duty leader."),
            "nothing_to_reset": self.tr("Nothing here waits for a reset."),
            "in_service": self.tr("{detail} is in service."),
            "unknown_unit": self.tr("{detail} is no unit of the library."),
            "not_shelved": self.tr("{detail} isn't shelved."),
            "unknown_card": self.tr("This situation is no longer open."),
            "card_closed": self.tr("“{detail}” is settled already."),
            "verification_runs": self.tr("The verification runs already."),
            "card_verified": self.tr("{detail} has answered already. Look at the situation again."),
            "said_by_missing": self.tr("Who said so? A name is needed."),
            "unknown_call": self.tr("This call is no longer open."),
            "call_finished": self.tr("This call is finished."),
            "call_empty": self.tr("The record is empty."),
            "call_unfinished": self.tr(
                "A call stands in the form: open its incident or record it, then begin another."
            ),
            "call_runs": self.tr("This call runs already."),
            "place_missing": self.tr("Where? Type the place or choose one."),
            "unknown_field": self.tr("Unknown field: {detail}"),
        }

    def _of_incidents(self) -> dict[str, str]:
        return {
            "unknown_incident": self.tr("This incident is no longer here."),
            "incident_closed": self.tr("{detail} is closed and read-only. Reopen it to act."),
            "incident_merged": self.tr("{detail} is part of another incident. Act there."),
            "incident_open": self.tr("{detail} is open."),
            "roll_call_open": self.tr("Stand-down refused: a roll call of {detail} is open."),
            "orders_open": self.tr("Stand-down refused: orders are open ({detail})."),
            "people_missing": self.tr("People are missing: {detail} counted."),
            "unknown_roll_call": self.tr("This roll call is not open."),
            "group_missing": self.tr("Name the group and how many it has."),
            "cannot_merge": self.tr("{detail} can't be merged here."),
            "not_merged": self.tr("These incidents aren't merged."),
            "source_missing": self.tr("Who reported the counts? A source is needed."),
            "negative_count": self.tr("A count can't be negative: {detail}"),
            "place_needed": self.tr("Point at a place on the map first."),
            "zone_not_computed": self.tr("No zone could be computed: {detail}"),
            "contours_not_computed": self.tr(
                "No contours could be computed, teams keep out of the single zone only: {detail}"
            ),
            "no_domino": self.tr("{detail} has no domino judgement on record."),
            "zone_drawn_already": self.tr("{detail} has a zone already."),
            "newly_threatened": self.tr("THE ZONE HAS MOVED. Newly inside: {detail}"),
            "zone_of_old_place": self.tr("{detail} has moved meanwhile; its zone is drawn anew."),
            "unknown_place": self.tr("{detail} isn't in the registry any more."),
            "place_without_position": self.tr("{detail} has no position. Give coordinates."),
            "join_offered": self.tr("Same place and time as {detail}: join it? (J)"),
            "pick_on_map": self.tr("Click the place on the map. P shows the sheet again."),
            "unknown_zone": self.tr("This zone no longer stands."),
            "basis_missing": self.tr("What does the zone rest on? A basis is needed."),
            "zone_without_ground": self.tr("The zone has no outline."),
            "zone_file_refused": self.tr("Nothing was imported. {detail}"),
            "draw_the_zone": self.tr(
                "Draw the outline on the map, Enter ends it. Then say what it is."
            ),
            "nothing_to_withdraw": self.tr("No zone of this incident can be withdrawn here."),
            "unknown_plan": self.tr("The plan {detail} isn't in the library."),
            "plan_runs": self.tr("This plan runs already."),
            "unknown_level": self.tr("The plan has no level {detail}."),
            "unknown_task": self.tr("This task is no longer here."),
            "task_ended": self.tr("This task has ended."),
            "owner_missing": self.tr("Who does it? A name is needed."),
            "rate_needed": self.tr("No rate is known. Enter one; it is marked as assumed."),
        }

    def _of_orders(self) -> dict[str, str]:
        return {
            "unknown_order": self.tr("This order is no longer here."),
            "order_ended": self.tr("The order to {detail} has ended."),
            "order_signed": self.tr("Signed already by {detail}."),
            "approval_needed": self.tr(
                "Evacuation, siren and public warning need a second person's approval."
            ),
            "order_empty": self.tr("An order needs a text."),
            "by_missing": self.tr("Who? A name is needed."),
            "report_empty": self.tr("There is nothing to report yet."),
            "report_signed": self.tr("Signed already by {detail}."),
            "report_unsigned": self.tr("Nothing is released unsigned. Sign it first."),
            "unknown_report": self.tr("This report is no longer here."),
            "unknown_team": self.tr("The team {detail} isn't in the library."),
            "team_committed": self.tr("{detail} is committed already."),
            "task_ordered": self.tr("{detail} was ordered for this task meanwhile. Look again."),
            "unknown_depot": self.tr("The depot {detail} isn't in the library."),
            "unknown_material": self.tr("The depot has no {detail}."),
            "stock_short": self.tr("The depot holds only {detail}."),
            "number_missing": self.tr("There is no number to mark."),
            "number_dead_already": self.tr("{detail} is marked dead already."),
            "team_needed": self.tr("Choose a team first."),
            "team_not_proposed": self.tr("{detail} can't be proposed any more. Choose a team."),
            "teams_awaited": self.tr("Teams are being looked for. Press again."),
            "nothing_to_choose": self.tr("{detail}: there is nothing to choose from."),
            "incident_needed": self.tr("Open an incident first."),
        }

    def _of_drawings(self) -> dict[str, str]:
        return {
            "unknown_drawing": self.tr("This drawing is no longer here."),
            "drawing_removed": self.tr("{detail} has removed this drawing meanwhile."),
            "drawing_changed_meanwhile": self.tr(
                "{detail} has changed this drawing meanwhile. Look at it, then change it again."
            ),
            "nothing_to_undo_drawn": self.tr("You have drawn nothing here that can be undone."),
            "nothing_to_redo_drawn": self.tr("Nothing was undone here that can be done again."),
            "undo_changed_meanwhile": self.tr(
                "Not undone: {detail} has changed this drawing meanwhile."
            ),
            "map_changed_meanwhile": self.tr(
                "Not published: the working map has changed since. Look at the differences again."
            ),
            "map_published_already": self.tr(
                "The official map shows the same already; there is nothing to publish."
            ),
            "drawing_meaning": self.tr("This shape can't have this meaning: {detail}"),
            "drawing_points": self.tr("Too few or too many points: {detail}"),
            "drawing_radius": self.tr("The radius makes no sense: {detail}"),
            "drawing_bearing": self.tr("The bearing makes no sense: {detail}"),
            "drawing_opening": self.tr("The opening angle makes no sense: {detail}"),
            "drawing_needed": self.tr("Choose a drawing first, on the map or in the list."),
            "area_needed": self.tr("Choose an area first: a drawing or a threat zone on the map."),
            "area_refused": self.tr("What lies inside can't be told: {detail}"),
            "exported": self.tr("Exported: {detail} rows."),
            "export_failed": self.tr("Nothing was exported: {detail}"),
            "typed_not_understood": self.tr("Neither coordinates nor numbers: {detail}"),
            "drawing_text": self.tr("A text needs words."),
            "drawing_label": self.tr("The label or note is too long (at most {detail})."),
            "drawing_threatened": self.tr("INSIDE A THREAT ZONE: {detail}. It is stored; move it."),
        }
