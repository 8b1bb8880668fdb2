"""Which schema this program knows: read at every start, so it must stay cheap to import."""

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004")
HEAD = REVISIONS[-1]
