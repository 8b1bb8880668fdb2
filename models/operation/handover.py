"""What a shift hands over: the open items, whose they are, and the document about them.

An item without an owner, or owned by who leaves, falls to the incoming leader: a handover never
traps. The words stand in `resources/rules/handover_texts.toml`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from models.basics import Name, Value
from models.operation.situation import Situation
from models.rules import load_rules
from models.times import from_us

ItemKind = Literal["incident", "card", "call", "order", "task", "alarm", "shelved", "clock",
                   "failure"]  # fmt: skip
LANGUAGES = ("zh", "en")


class OpenItem(Value, frozen=True, kw_only=True):
    """One thing that is open at the handover; `owner` is who had it until now, '' nobody."""

    kind: ItemKind
    id: str
    title: Name
    since_us: int
    owner: str = ""
    falls: bool = False


def owner_of(situation: Situation, kind: str, item_id: str) -> str:
    """Return who has an open item, '' when nobody has."""
    if kind == "task" and item_id in situation.tasks:
        return situation.tasks[item_id].owner
    return situation.owners.get(f"{kind}/{item_id}", "")


def open_items(situation: Situation) -> tuple[OpenItem, ...]:
    """Return everything open, the gravest kinds first, the oldest of a kind first.

    `falls` says that the item has no owner but the one who leaves.
    """
    leaving = situation.shift.person if situation.shift is not None else ""
    found = []
    for kind, item_id, title, since_us in _open(situation):
        owner = owner_of(situation, kind, item_id)
        item = OpenItem(
            kind=kind,
            id=item_id,
            title=title,
            since_us=since_us,
            owner=owner,
            falls=owner in {"", leaving},
        )
        found.append(item)
    order = {kind: place for place, kind in enumerate(load_rules("handover_texts")["kind"])}
    found.sort(key=lambda item: (order[item.kind], item.since_us, item.id))
    return tuple(found)


def _open(situation: Situation) -> Iterator[tuple[ItemKind, str, Name, int]]:
    """Yield kind, id, title and beginning [µs] of all that is open."""
    for i in situation.incidents.values():
        if i.closed_us is None and not i.merged_into:
            yield "incident", i.id, _joined(i.number, i.title), i.opened_us
    for c in situation.cards.values():
        if c.state != "closed":
            yield "card", c.id, c.title, c.opened_us
    for p in situation.calls.values():
        if p.state in {"ringing", "draft"}:
            words = " ".join(part for part in (p.number, p.fields.get("place", "")) if part)
            yield "call", p.id, Name(words, words), p.started_us
    for o in situation.orders.values():
        if o.state in {"issued", "received", "started"}:
            title = Name(
                f"{o.team_name.text('zh')}：{o.text}", f"{o.team_name.text('en')}: {o.text}"
            )
            yield "order", o.id, title, o.issued_us
    for t in situation.tasks.values():
        incident = situation.incidents.get(t.incident_id)
        if t.finished_us is None and incident is not None and incident.closed_us is None:
            yield "task", t.id, t.action, t.starts_us
    for a in situation.alarms.values():
        if "unacknowledged" in a.state:
            yield "alarm", a.id, Name(a.id, a.id), a.raised_us
        elif a.state == "shelved":
            yield "shelved", a.id, _joined(a.id, Name(a.reason, a.reason)), a.raised_us
    for r in situation.report_clocks.values():
        if r.met_us is None:
            yield "clock", r.id, Name(r.to, r.to), r.started_us
    for function, detail in situation.failures.items():
        text = f"{function} {detail}".strip()
        yield "failure", function, Name(text, text), situation.recorded_us


def _joined(head: str, name: Name) -> Name:
    return Name(*(f"{head} {name.text(language)}".strip() for language in LANGUAGES))


def handover_document(
    situation: Situation, incoming: str, reason: str, now_us: int, time_zone: str
) -> Name:
    """Return the document in both languages, as plain text.

    Parameters
    ----------
    situation : Situation
        What is open; it names who leaves.
    incoming : str
        Who takes the watch, '' in a preview.
    reason : str
        Why the watch changes hands; may be empty.
    now_us : int
        Moment of the handover [µs UTC].
    time_zone : str
        IANA zone of the times in the text.
    """
    zone = ZoneInfo(time_zone)
    items = open_items(situation)
    return Name(*(_text(situation, items, (incoming, reason, now_us), zone, language)
                  for language in LANGUAGES))  # fmt: skip


def _text(
    situation: Situation,
    items: tuple[OpenItem, ...],
    taking: tuple[str, str, int],
    zone: ZoneInfo,
    language: str,
) -> str:
    incoming, reason, now_us = taking
    texts = load_rules("handover_texts")
    line: Mapping[str, str] = {key: words[language] for key, words in texts["line"].items()}
    nobody = line["nobody"]

    def time(us: int) -> str:
        return from_us(us).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")

    shift = situation.shift
    lines = [
        line["title"].format(name=situation.name),
        line["mode"].format(mode=texts["mode"].get(situation.mode, {}).get(language, "")),
        line["moment"].format(time=time(now_us), seq=situation.seq),
        line["people"].format(
            outgoing=shift.person if shift else nobody, incoming=incoming or nobody
        ),
    ]
    if shift is not None:
        lines.append(line["since"].format(time=time(shift.since_us), shift=shift.shift or "—"))
    if reason:
        lines.append(line["reason"].format(reason=reason))
    lines += [
        line["wind"].format(
            mast=w.source, from_deg=f"{w.from_deg:.0f}", speed=f"{w.speed_m_s:.1f}", cls=w.stability
        )
        for w in situation.masts
    ]
    unowned = sum(item.falls for item in items)
    lines += ["", line["count"].format(all=len(items), unowned=unowned)]
    kind = ""
    for item in items:
        if item.kind != kind:
            kind = item.kind
            lines += ["", f"[{texts['kind'][kind][language]}]"]
        whose = line["falls"] if item.falls else line["owner"].format(owner=item.owner)
        lines.append(f"- {time(item.since_us)}  {item.title.text(language)}  ({whose})")
    if situation.dead_numbers:
        lines += ["", line["dead"].format(numbers=", ".join(sorted(situation.dead_numbers)))]
    if situation.stale_tags:
        lines.append(line["stale"].format(tags=", ".join(sorted(situation.stale_tags))))
    return "\n".join(lines) + "\n"


def document_sha256(document: Name) -> str:
    """Return the hash [hex] of a document: SHA-256 over both texts in UTF-8, Chinese first."""
    return hashlib.sha256((document.zh + document.en).encode()).hexdigest()
