"""Changes of the reference data: they are journalled in the site's register operation."""

from typing import Any, ClassVar

from models.operation.events.base import Payload, register


@register
class ReferenceImported(Payload, frozen=True, kw_only=True):
    """One import of rows of a kind, in one transaction."""

    KIND: ClassVar[str] = "reference.imported"
    kind_name: str
    revision: int
    file_name: str
    file_sha256: str
    rows: int
    accepted: int
    rejected: int


@register
class ReferenceUndone(Payload, frozen=True, kw_only=True):
    """An import was taken back by a new revision."""

    KIND: ClassVar[str] = "reference.undone"
    revision: int
    undone_revision: int


@register
class ReferenceRowChanged(Payload, frozen=True, kw_only=True):
    """One row edited by hand: before and after."""

    KIND: ClassVar[str] = "reference.row_changed"
    kind_name: str
    key: str
    revision: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
