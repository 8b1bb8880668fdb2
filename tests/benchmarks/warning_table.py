"""Writes docs/early_warning.md: what early warning does on open data, with its figures.

`python -m tests.benchmarks.warning_table FOLDER` where FOLDER holds `skab/data/*/*.csv`
(waico/SKAB) and `tep/d*.dat` (camaramm/tennessee-eastman-profBraatz).
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.exchange.recorded_series import read_series
from models.telemetry.early_warning import review

_TRAIN = 400
_TEP_FAULT_ROW = 160
_TEP_MIN = 3
_DRAWS = 4000
_LONG_TRAIN = (400, 3600, 5400)
_DOC = Path(__file__).parents[2] / "docs" / "early_warning.md"
_HEAD = """# Early warning on open data

Written by `python -m tests.benchmarks.warning_table FOLDER`; not by hand.

Each tag's smoothed value is compared with its own slowly followed course, which stands still while
the tag is far off; how far is far comes from how often the tag came back in its training (Student's
t with the number of independent deviations). All tags together: Hotelling's T² and Q. A row is
flagged from a normal score of 4.6 on, until it falls below 3.22. How the gateway judges live
stands in `docs/warnings.md`.
"""


class Counts(NamedTuple):
    """Rows after the training: hits, false alarms, misses, true silence."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    quiet: int = 0

    def __add__(self, other: object) -> "Counts":
        assert isinstance(other, Counts)
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        """2 hits / (2 hits + false alarms + misses)."""
        return 2 * self.hits / max(2 * self.hits + self.false_alarms + self.misses, 1)

    @property
    def false_alarm_rate(self) -> float:
        """False alarms of all normal rows."""
        return self.false_alarms / max(self.false_alarms + self.quiet, 1)

    @property
    def missed(self) -> float:
        """Misses of all abnormal rows."""
        return self.misses / max(self.hits + self.misses, 1)


def judged(flags: npt.NDArray[np.int8], labels: npt.NDArray[np.bool_]) -> Counts:
    """Count rows by flag and label."""
    said = flags.astype(bool)
    return Counts(
        int((said & labels).sum()),
        int((said & ~labels).sum()),
        int((~said & labels).sum()),
        int((~said & ~labels).sum()),
    )


def skab_counts(path: Path) -> Counts:
    """Review one labelled file and count its rows after the training."""
    content = path.read_bytes()
    series = read_series(content)
    header, *lines = content.decode().splitlines()
    at = header.split(";").index("anomaly")
    labels = np.array([float(line.split(";")[at]) for line in lines]) > 0
    flags = review(series.keys, series.values, _TRAIN).flags
    return judged(flags[_TRAIN:], labels[_TRAIN:])


def held_share(counts: Sequence[Counts]) -> float:
    """Return in how many draws (with replacement) of so many files bar 7 holds, all together."""
    rows = np.array(counts)
    drawn = np.random.default_rng(1).integers(0, len(rows), (_DRAWS, len(rows)))
    totals = [Counts(*total) for total in rows[drawn].sum(axis=1).tolist()]
    holds = [total.f1 >= 0.70 and total.false_alarm_rate <= 0.20 for total in totals]
    return float(np.mean(holds))


def _spread(halves: Mapping[str, Sequence[Path]], counts: Mapping[Path, Counts]) -> list[str]:
    """Say how far single files lie apart, and so how sure the figures of a half are."""
    lines = [
        "\nHow far files lie apart. *Holds*: in how many of 4,000 draws (with replacement) of as"
        "\nmany files F1 ≥ 0.70 at a false-alarm rate ≤ 20 % holds: how sure it is on others.\n",
        "| half of the files | F1 by file: lowest, quartiles, highest | holds |\n|---|---|---|",
    ]
    for name, half in halves.items():
        found = [counts[path] for path in half]
        five = np.quantile([one.f1 for one in found], [0, 0.25, 0.5, 0.75, 1])
        said = ", ".join(f"{each:.2f}" for each in five)
        lines.append(f"| {name} | {said} | {held_share(found):.0%} |")
    return lines


def _calm(folder: Path) -> list[str]:
    """Say how much of SKAB's long file without a fault is flagged, by the length of training."""
    lines = []
    for path in sorted(folder.glob("skab/data/anomaly-free/*.csv")):
        series = read_series(path.read_bytes())
        lines += [
            f"\n{path.name} ({len(series.values)} rows of a pump that is warming up, no fault):"
            " what is flagged\nof the rows after the training. A course stands still while a tag is"
            " far off, so a machine that\ngoes on warming up needs a longer training.\n",
            "| rows to train on | flagged |\n|---|---|",
        ]
        for train in _LONG_TRAIN:
            flags = review(series.keys, series.values, train).flags[train:]
            lines.append(f"| {train} | {flags.mean():.1%} |")
    return lines


def _skab(folder: Path) -> list[str]:
    files = sorted(
        p for p in folder.glob("skab/data/*/*.csv") if b"anomaly" in p.read_bytes()[:400]
    )
    counts = {path: skab_counts(path) for path in files}
    halves = {"fixed on (1st, 3rd, …)": files[::2], "reported (2nd, 4th, …)": files[1::2]}
    lines = [
        f"\n## SKAB ({len(files)} labelled files, first {_TRAIN} rows of each train)\n",
        "Rows after the training, all files of a half together.\n",
        "| half of the files | F1 | false-alarm rate | missed |\n|---|---|---|---|",
    ]
    halves |= {"all": files}
    for name, half in halves.items():
        total = sum((counts[path] for path in half), Counts())
        lines.append(
            f"| {name} | {total.f1:.3f} | {total.false_alarm_rate:.1%} | {total.missed:.1%} |"
        )
    lines.append("\n| file | F1 | false-alarm rate | missed |\n|---|---|---|---|")
    for path, one in counts.items():
        name = f"{path.parent.name}/{path.stem}"
        lines.append(f"| {name} | {one.f1:.3f} | {one.false_alarm_rate:.1%} | {one.missed:.1%} |")
    return lines + _spread(halves, counts) + _calm(folder)


def _tep(folder: Path) -> list[str]:
    training = np.loadtxt(folder / "tep" / "d00.dat").T  # stored transposed
    keys = [f"v{i + 1}" for i in range(training.shape[1])]
    lines = [
        "\n## Tennessee Eastman (trained on d00, fault from row 160 of dXX_te, 3 min a row)\n",
        "The delay counts from the fault's first row to the first flagged one.\n",
        "| fault | delay | false alarms before the fault | flagged after it |\n|---|---|---|---|",
    ]
    for path in sorted((folder / "tep").glob("d??_te.dat")):
        tested = np.loadtxt(path)
        seen = review(keys, np.vstack([training, tested]), len(training))
        flags = seen.flags[len(training) :].astype(bool)
        before, after = flags[:_TEP_FAULT_ROW], flags[_TEP_FAULT_ROW:]
        first = int(np.flatnonzero(after)[0]) if after.any() else None
        delay = "–" if first is None else f"{first} rows ({first * _TEP_MIN} min)"
        number = int(path.name[1:3])
        if number == 0:
            lines.append(f"| none (d00_te) | – | {flags.mean():.2%} of all rows | – |")
        else:
            lines.append(f"| {number} | {delay} | {before.mean():.2%} | {after.mean():.1%} |")
    return lines


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    _DOC.write_text(_HEAD + "\n".join(_skab(folder) + _tep(folder)) + "\n", "utf-8")
    print(_DOC.read_text("utf-8"))


if __name__ == "__main__":
    main()
