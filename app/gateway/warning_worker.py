"""The thread of the early warnings: judges second by second, trains normal courses.

Importing this brings scipy, so only the thread does.
"""

import logging
from collections.abc import Sequence

from app.desk import Reference
from app.gateway.course_files import CourseFiles
from app.gateway.early_warnings import Second, Sources
from app.journal import NO_LIMIT, decode_bodies
from models.ids import OperationId
from models.libraries.kinds import Signature
from models.operation.events.alarm import AlarmRaised, AlarmReset, AlarmReturned
from models.operation.events.base import Draft
from models.operation.events.early_warning import CourseNotTrained, CourseTrained
from models.operation.situation import Situation
from models.registry.kinds import HazardSource, Tag
from models.rules import load_rules
from models.telemetry.alarm_kpi import occurrences
from models.telemetry.source_model import ModelError, SourceModel, normal_rows, train
from models.telemetry.tags import TagTable, patience_us
from models.telemetry.warning_logic import ACTOR, Readings, WarningLogic
from models.times import HOUR_US, SECOND_US

_LOG = logging.getLogger("muster.gateway.warnings")
_ALARMS = (AlarmRaised.KIND, AlarmReturned.KIND, AlarmReset.KIND)


class Worker:
    """What the thread knows; nobody else touches it."""

    def __init__(self, sources: Sources) -> None:
        self._s = sources
        self._files = CourseFiles(sources.courses, "")
        self._logic: WarningLogic | None = None
        self._reference: Reference | None = None
        self._rows: tuple[object, ...] = ()
        self._signatures: tuple[Signature, ...] = ()
        self._tried_us: dict[str, int] = {}
        self._answered: set[tuple[str, int]] = set()

    def run(self, second: Second) -> Sequence[Draft]:
        """Judge a second, and train at most one course."""
        if second.reference is not self._reference and not self._use(second):
            return []
        logic = self._logic
        if logic is None or logic.keys != second.keys:
            return []  # the gateway is just about to use another table
        readings = Readings(second.value, second.arrival_us, second.quality)
        drafts = list(logic.step(readings, second.now_us))
        return drafts + self._train_one(logic, second)

    def _use(self, second: Second) -> bool:
        """Take over the tags of another revision; what was learnt stays while they are the same."""
        rows = second.reference.all("tags").values()
        tags = TagTable(row for row in rows if isinstance(row, Tag))
        if tags.keys != second.keys:
            return False
        found = second.reference.all("hazard-sources").values()
        sources = {row.key: row for row in found if isinstance(row, HazardSource)}
        self._reference = second.reference
        self._files = CourseFiles(self._s.courses, second.situation.mode)
        if self._logic is None or (tags.tags, sources) != self._rows:
            self._rows = (tags.tags, sources)
            mine = self._s.mine(tags)
            ours = None if mine is None else mine.tolist()
            logic = WarningLogic(tags.tags, sources, second.situation, second.now_us, ours)
            self._load(logic, second.situation)
            self._logic, self._signatures = logic, ()
        self._use_signatures(self._logic, second.reference)
        return True

    def _use_signatures(self, logic: WarningLogic, reference: Reference) -> None:
        rows = reference.all(Signature.KIND).values()
        signatures = tuple(row for row in rows if isinstance(row, Signature))
        if signatures != self._signatures:
            self._signatures = signatures
            for key, why in logic.use_signatures(signatures).items():
                _LOG.warning("the risk signature %s can't be read: %s", key, why)

    def _load(self, logic: WarningLogic, situation: Situation) -> None:
        for key, course in situation.warning_courses.items():
            if course.trained is None or key not in logic.sources:
                continue
            model = self._files.load(key, course.trained.digest)
            if model is not None:
                logic.use_model(key, model)

    def _train_one(self, logic: WarningLogic, second: Second) -> list[Draft]:
        rules = load_rules("early_warning")["live"]
        now_us = second.now_us
        for key, course in second.situation.warning_courses.items():
            asked = (key, course.asked_us or 0)
            if course.asked_us is not None and asked not in self._answered and key in logic.sources:
                self._answered.add(asked)
                self._tried_us[key] = now_us
                return [self._train(logic, key, second, int(rules["least_rows"]))]
        for key, heard in logic.rows_heard.items():
            tried_us = self._tried_us.get(key)
            waits = tried_us is not None and now_us - tried_us < rules["again_s"] * SECOND_US
            if heard >= rules["auto_rows"] and not waits and not logic.has_model(key):
                self._tried_us[key] = now_us
                draft = self._train(logic, key, second, int(rules["auto_rows"]))
                # nobody asked: only a success is for the record
                return [draft] if isinstance(draft.payload, CourseTrained) else []
        return []

    def _train(self, logic: WarningLogic, key: str, second: Second, least_rows: int) -> Draft:
        """Return what became of a training."""
        before = second.situation.warning_courses.get(key)
        version = before.trained.version + 1 if before and before.trained else 1
        payload: CourseTrained | CourseNotTrained
        try:
            model = self._trained(logic, key, second, least_rows, version)
            known_as = self._files.store(key, model)
        except ModelError as error:
            payload = CourseNotTrained(reason=error.code, rows=error.rows)
        except Exception as error:  # a full disk or a bad file must not end the judging
            _LOG.exception("the normal course of %s", key)
            payload = CourseNotTrained(reason="failed", detail=f"{type(error).__name__}: {error}")
        else:
            logic.use_model(key, model)
            payload = CourseTrained(
                version=model.version,
                from_us=model.from_us,
                to_us=model.to_us,
                rows=model.rows,
                tag_keys=model.keys,
                begins_at=round(model.begins_at, 3),
                false_alarms=model.false_alarms,
                digest=known_as,
            )
        return Draft(payload=payload, subject=key, actor=ACTOR, event_time_us=second.now_us)

    def _trained(
        self, logic: WarningLogic, key: str, second: Second, least_rows: int, version: int
    ) -> SourceModel:
        source, now_us = logic.sources[key], second.now_us
        from_us = now_us - load_rules("early_warning")["live"]["look_back_h"] * HOUR_US
        patience = {tag.key: patience_us(tag) for tag in source.tags}
        abnormal = self._alarms(second.situation.operation_id, logic, key, now_us)
        read, span_us = self._s.history.columns, (from_us, now_us)
        training = normal_rows(read, patience, source.period_us, span_us, abnormal)
        return train(training, source.period_us, version, least_rows)

    def _alarms(
        self, operation_id: str, logic: WarningLogic, key: str, now_us: int
    ) -> list[tuple[int, int]]:
        """Return when alarms of a source stood, out of the journal."""
        own = {tag.key for tag in logic.tags if tag.hazard_source_key == key}
        journal = self._s.journal
        with journal.store.reading() as session:
            bodies = journal.rows.bodies_of_kinds(
                session, OperationId(operation_id), _ALARMS, NO_LIMIT
            )
        return [
            (each.raised_us, now_us if each.returned_us is None else each.returned_us)
            for each in occurrences(decode_bodies(bodies))
            if each.alarm_id.rpartition("/")[0] in own
        ]
