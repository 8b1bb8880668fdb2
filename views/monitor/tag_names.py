"""What a tag is called where its hazard source's name stands above it."""

_BETWEEN = " ·-—:：，,、"


def name_under(name: str, source_name: str) -> str:
    """Return a tag's name without its source's, which would leave no room for what differs.

    Examples
    --------
    >>> name_under("Vaporiser V-203 detector 1", "Vaporiser V-203"), name_under("Mast", "Gate")
    ('detector 1', 'Mast')
    """
    rest = name.removeprefix(source_name).strip(_BETWEEN) if source_name else ""
    return rest or name
