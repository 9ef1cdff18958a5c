"""A steward's answers in a file, and the mapping that has learnt them, for the next round."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from data_access.importing.mapping.answering import with_answers
from data_access.importing.mapping.reading import MappingRefused
from data_access.importing.problems import FileProblem


def read_answers(path: Path) -> dict[str, dict[str, str]]:
    """Answers as YAML: what was asked about (``area``, ``series``, a dimension) → the file's text → the code.

    Raises FileProblem.
    """
    try:
        said = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, YAMLError, ValueError, RecursionError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise FileProblem(path, f"the answers cannot be read ({why}).", "Write them as YAML, in UTF-8.") from None
    if not isinstance(said or {}, dict) or not all(isinstance(of, dict) for of in (said or {}).values()):
        raise FileProblem(path, "holds no answers.", "Write, for instance, area: {Tana Rivr: KE-40} on a line.")
    return {str(what): {str(text): str(code) for text, code in of.items()} for what, of in (said or {}).items()}


def write_answered(mapping: Path, answers: Mapping[str, Mapping[str, str]], to: Path) -> None:
    """The mapping with the answers in it, written to ``to``, which may be the mapping itself. Raises FileProblem."""
    try:
        answered = with_answers(mapping.read_text(encoding="utf-8-sig"), answers)
    except (OSError, UnicodeDecodeError, MappingRefused) as error:
        raise FileProblem(mapping, f"the answers cannot be written into it ({error}).", "Mend the mapping.") from None
    to.write_text(answered, encoding="utf-8")
