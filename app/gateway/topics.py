"""Where a tag's key stands in an MQTT topic."""

import re

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class TopicTemplate:
    """Where a tag's key stands in a topic, e.g. `park/{enterprise}/{tag}/value`.

    A placeholder stands for one whole level; `{tag}` is the key, `{device}` names whose clock the
    times are of. In a plain MQTT filter without `{tag}`, such as `muster/#`, the last level is the
    key. Batches name their tags themselves, whatever the topic.
    """

    def __init__(self, template: str) -> None:
        levels = template.split("/")
        if not all(_fits(level, last=i == len(levels) - 1) for i, level in enumerate(levels)):
            raise ValueError(f"topic template {template!r}: a wildcard or placeholder is a level")
        self.subscription = _PLACEHOLDER.sub("+", template)
        self._level = levels.index("{tag}") if "{tag}" in levels else -1
        self._device = levels.index("{device}") if "{device}" in levels else None
        pattern = "/".join(_pattern(level) for level in levels)
        self._pattern = re.compile(pattern.replace("/.*", "(?:/.*)?"))

    def tag_key(self, topic: str) -> str | None:
        """Return the key of the tag that `topic` speaks of; None when it doesn't fit."""
        if self._pattern.fullmatch(topic) is None:
            return None
        return topic.split("/")[self._level]

    def device(self, topic: str) -> str | None:
        """Return the device that `topic` names, else the topic without the tag; None: no fit."""
        if self._pattern.fullmatch(topic) is None:
            return None
        levels = topic.split("/")
        if self._device is not None:
            return levels[self._device]
        del levels[self._level]
        return "/".join(levels)


def _fits(level: str, *, last: bool) -> bool:
    if "{" in level or "}" in level:
        return _PLACEHOLDER.fullmatch(level) is not None
    if "+" in level:
        return level == "+"
    return "#" not in level or (level == "#" and last)


def _pattern(level: str) -> str:
    if level == "#":
        return ".*"
    return "[^/]+" if level == "+" or "{" in level else re.escape(level)
