"""Keeps the translations: `python -m views.tools.translations [--check]`.

Add Chinese to `resources/i18n/zh.toml` (sorted, `"English" = "中文"`; contexts don't matter) and
English plurals to `resources/i18n/en.toml` (`"%n alarm(s)" = ["%n alarm", "%n alarms"]`), then run
this: it extracts all `tr("…")` of `views`, fills the `.ts` files and releases the `.qm` files.
"""

import argparse
import subprocess
import sys
import sysconfig
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = {"zh": "zh_CN", "en": "en_GB"}
Words = Mapping[str, str | list[str]]


def _tool(name: str) -> str:
    suffix = ".exe" if sys.platform == "win32" else ""
    script = Path(sysconfig.get_path("scripts")) / f"pyside6-{name}{suffix}"
    if script.is_file():
        return str(script)
    return str(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibraryExecutablesPath)) / name)


def sources() -> list[str]:
    """Return the files whose text is shown, relative to the root."""
    found = sorted((ROOT / "views").rglob("*.py"))
    return [str(path.relative_to(ROOT)) for path in found if "tools" not in path.parts]


def extract(language: str, target: Path) -> None:
    """Write an unfilled `.ts` of all strings (English: of the plurals only)."""
    target.unlink(missing_ok=True)
    command = [_tool("lupdate"), *sources(), "-ts", str(target), "-no-obsolete", "-silent"]
    command += ["-locations", "none", "-source-language", "en", "-target-language"]
    command += [LANGUAGES[language], *(["-pluralonly"] if language == "en" else [])]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


def read_words(language: str) -> Words:
    """Return the mapping file of a language."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def fill(target: Path, words: Words) -> tuple[set[str], set[str]]:
    """Fill a `.ts` in place; return (strings without translation, entries that nothing uses)."""
    tree = ET.parse(target)  # noqa: S314 - lupdate's own output
    missing, used = set(), set()
    for message in tree.iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None:
            continue
        word = words.get(source)
        if word is None:
            missing.add(source)
            continue
        used.add(source)
        translation.attrib.pop("type", None)
        forms = translation.findall("numerusform")
        texts = [word] if isinstance(word, str) else word
        if forms:
            for form, text in zip(forms, texts, strict=True):
                form.text = text
        else:
            translation.text = texts[0]
    text = ET.tostring(tree.getroot(), encoding="unicode")
    target.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8", newline="\n"
    )
    return missing, set(words) - used


def release(source: Path, target: Path) -> None:
    """Compile a `.ts` into a `.qm`; a running desk keeps the old file, which it has mapped."""
    partial = target.with_suffix(".part")
    command = [_tool("lrelease"), str(source), "-qm", str(partial), "-silent"]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    partial.replace(target)


def update(language: str, folder: Path) -> tuple[set[str], set[str]]:
    """Write `.ts` and `.qm` of a language into `folder`; return (missing, unused)."""
    catalogue = folder / f"muster_{language}.ts"
    extract(language, catalogue)
    result = fill(catalogue, read_words(language))
    release(catalogue, folder / f"muster_{language}.qm")
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Update (or only check) both languages; 1 when a string has no translation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail on unused entries too")
    args = parser.parse_args(arguments)
    bad = False
    for language in LANGUAGES:
        missing, unused = update(language, FOLDER)
        for text in sorted(missing):
            sys.stdout.write(f'{language}.toml lacks: "{_escaped(text)}" = ""\n')
        for text in sorted(unused):
            sys.stdout.write(f'{language}.toml, not used: "{_escaped(text)}"\n')
        bad = bad or bool(missing) or (args.check and bool(unused))
    return int(bad)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


if __name__ == "__main__":
    raise SystemExit(main())
