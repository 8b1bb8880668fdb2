"""Words of the filter bar."""

from PySide6.QtCore import QObject

from maps.conditions import Filter, Op


class FilterWords(QObject):
    """Names of attributes and questions in the screen's language."""

    def field(self, field_id: str) -> str:
        """Return the name of an attribute."""
        return {
            "grade": self.tr("grade (1 is worst)"),
            "substance": self.tr("substance"),
            "inventory_t": self.tr("inventory, t"),
            "type": self.tr("type"),
            "people": self.tr("people"),
            "address": self.tr("address"),
            "name": self.tr("name or code"),
            "chemicals": self.tr("chemicals"),
            "industry": self.tr("industry"),
            "region": self.tr("region"),
            "capabilities": self.tr("capability"),
            "vehicles": self.tr("vehicles"),
            "stock": self.tr("material in stock"),
            "quantity": self.tr("measured quantity"),
            "unit": self.tr("unit"),
        }.get(field_id, field_id)

    def op(self, op: Op) -> str:
        """Return a question."""
        return {
            "contains": self.tr("contains"),
            "lacks": self.tr("doesn't contain"),
            "at_least": self.tr("at least (≥)"),
            "at_most": self.tr("at most (≤)"),
        }[op]

    def sentence(self, wanted: Filter) -> str:
        """Return a filter in words, e.g. 'grade ≤ 2' or 'substance contains 氯'."""
        name = self.field(wanted.field)
        if isinstance(wanted.value, float):
            return f"{name} {'≥' if wanted.op == 'at_least' else '≤'} {wanted.value:g}"
        return f"{name} {self.op(wanted.op)} “{wanted.value}”"

    def hint(self, field_id: str) -> str:
        """Return what may be typed for an attribute."""
        if field_id == "grade":
            return self.tr("1 to 4; ≤ 2 keeps grades 1 and 2")
        return self.tr("Rows whose value nobody knows are left out and counted.")

    def fault(self, code: str) -> str:
        """Return why a value can't be used."""
        return {
            "empty": self.tr("Type a value first."),
            "too_long": self.tr("The value is too long: 80 characters at most."),
            "no_number": self.tr("A number is needed here, such as 100."),
            "no_field": self.tr("This layer has no such attribute."),
        }[code]
