"""Several gateways of one site: which tags each of them watches."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

import numpy as np
import numpy.typing as npt

from models.registry.kinds import Tag
from models.telemetry.tags import TagTable

SOURCE, PEER = "source:", "peer:"
OWN = frozenset(
    {
        "cards", "colours", "early warnings", "escalation", "failure library", "history", "journal",
        "record", "reference", "wind", "world",
    }
)  # fmt: skip
_WIND = frozenset({"wind_speed", "wind_direction"})


class Shares:
    """The gateways of a site by name, in order; the first that lives also does what is done once.

    Parameters
    ----------
    patterns : mapping
        Name → patterns of tag keys (`*`, `?`, `[…]`). A tag belongs to the first gateway one of
        whose patterns fits; one that fits none, and the wind, to the first of all.
    name : str
        This gateway; empty: the first one.
    by_messages : bool
        The broker shares the messages out, whatever tag they are of: a gateway hands on what is
        another's (`Dealing`), and the first that lives watches the tags of those that are dead.

    Attributes
    ----------
    lost : frozenset of str
        The gateways that are dead, where messages are shared out.

    Raises
    ------
    ValueError
        When no gateway has this name.
    """

    def __init__(
        self, patterns: Mapping[str, Iterable[str]], name: str = "", *, by_messages: bool = False
    ) -> None:
        self._patterns = {key: tuple(found) for key, found in patterns.items()}
        self.names = tuple(self._patterns)
        if name and name not in self.names:
            raise ValueError(f"--name {name}: is none of {', '.join(self.names) or 'none'}")
        self.name = name or (self.names[0] if self.names else "")
        self.is_first = not self.names or self.name == self.names[0]
        self._by_messages = by_messages
        self.lost: frozenset[str] = frozenset()

    @property
    def file_name(self) -> str:
        """Name in files that each gateway has for itself; empty for the first."""
        return "" if self.is_first else self.name

    def file_name_of(self, name: str) -> str:
        """Return the same for another gateway."""
        return "" if name == self.names[0] else name

    @property
    def others(self) -> tuple[str, ...]:
        """The other gateways."""
        return tuple(name for name in self.names if name != self.name)

    @property
    def splits(self) -> bool:
        """Whether tags belong to one gateway each."""
        return len(self.names) > 1 and not self._by_messages

    @property
    def deals(self) -> bool:
        """Whether the broker deals the messages out: any gateway may hear any tag."""
        return len(self.names) > 1 and self._by_messages

    def owner(self, tag: Tag) -> str:
        """Return the name of the gateway that watches a tag now."""
        name = self._assigned(tag)
        return self._first_living if name in self.lost else name

    def _assigned(self, tag: Tag) -> str:
        if tag.quantity not in _WIND:
            for name, patterns in self._patterns.items():
                if any(fnmatchcase(tag.key, pattern) for pattern in patterns):
                    return name
        return self.names[0] if self.names else ""

    @property
    def _first_living(self) -> str:
        return next(name for name in self.names if name not in self.lost)

    @property
    def boxes(self) -> tuple[str, ...]:
        """The gateways whose handed-over samples we take: ours, and who is dead if we are first."""
        lost = sorted(self.lost) if self.name == self._first_living else ()
        return (self.name, *lost)

    def mine(self, tags: TagTable) -> npt.NDArray[np.bool_] | None:
        """Return which tags are this gateway's, None when all are."""
        if len(self.names) < 2:
            return None
        return np.array([self.owner(tag) == self.name for tag in tags.tags], bool)

    def said(self, function: str) -> str:
        """Return how a failing function of ours is called: the first gateway's plainly."""
        if self.is_first:
            return function
        if function.startswith(SOURCE):
            return f"{SOURCE}{self.name}/{function.removeprefix(SOURCE)}"
        return f"{function}@{self.name}"

    def speaks_for(self, function: str) -> bool:
        """Return whether a function that failed before a restart is one of ours.

        What a gateway left failed that the site has no more is the first one's to tell as over.
        """
        if function.startswith(PEER):
            return self.is_first and function.removeprefix(PEER) not in self.names
        if function.startswith(SOURCE):
            owner, slash, _ = function.removeprefix(SOURCE).partition("/")
            return self._answers_for(owner if slash else "")
        plain, _, name = function.partition("@")
        return plain in OWN and self._answers_for(name)

    def _answers_for(self, name: str) -> bool:
        return name == self.name if name in self.names else self.is_first

    def keys_of(self, name: str, tags: TagTable) -> tuple[str, ...]:
        """Return the keys that nobody watches when the gateway `name` is dead."""
        if not self.splits:
            return ()
        return tuple(tag.key for tag in tags.tags if self.owner(tag) == name)
