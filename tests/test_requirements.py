"""The pinned requirements: complete, agreeing with each other, and naming what the code imports."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from commands.environment import ROOT, RUN_LOCK, TEST_LOCK

RUN_CODE = ("app.py", "dashboard/**/*.py", "data_access/**/*.py", "pages/**/*.py")
OPTIONAL = {"pyspark"}
"""What a deployment may install besides, named in docs/dependencies.md; the code imports it only when it is chosen."""
TEST_CODE = ("tests/**/*.py", "sample_data/**/*.py", "benchmarks/**/*.py")


def pins(lock: Path) -> dict[str, str]:
    """What a requirements file pins, as name → version and condition."""
    return dict(re.findall(r"^([\w.-]+)==(.+?) \\$", lock.read_text(encoding="utf-8"), re.MULTILINE))


def named(source: str) -> set[str]:
    """The packages that an .in file names, in lower case with dashes."""
    lines = (ROOT / source).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[=<>!~; ]", line)[0].lower() for line in lines if line and line[0] not in "#-"}


def imported(places: tuple[str, ...]) -> set[str]:
    """The distributions whose modules the code imports."""
    distributions = packages_distributions()
    modules: set[str] = set()
    for file in (file for place in places for file in ROOT.glob(place)):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    installed = modules & distributions.keys() - sys.stdlib_module_names
    return {re.sub(r"[._]", "-", distributions[module][0].lower()) for module in installed}


def test_the_app_imports_only_what_it_requires() -> None:
    assert imported(RUN_CODE) - OPTIONAL - named("requirements.in") == set()


def test_what_is_optional_is_described_and_imported_when_it_is_needed() -> None:
    described = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in OPTIONAL if not re.search(rf"^\| {name} ", described, re.MULTILINE)] == []
    assert OPTIONAL.isdisjoint(named("requirements.in") | named("requirements-dev.in"))
    for place in RUN_CODE:
        for file in ROOT.glob(place):
            tops = [
                each for each in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(each, ast.ImportFrom)
            ]
            assert [file.name for each in tops if (each.module or "").split(".")[0] in OPTIONAL] == []


def test_the_tests_import_only_what_they_require() -> None:
    assert imported(TEST_CODE) - named("requirements.in") - named("requirements-dev.in") == set()


@pytest.mark.parametrize("lock", [RUN_LOCK, TEST_LOCK], ids=lambda lock: lock.name)
def test_every_pin_has_a_hash_and_no_index_is_named(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    requirements = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(requirements) == len(pins(lock)) > 50
    assert [each.split("=")[0] for each in requirements if "--hash=sha256:" not in each] == []
    assert re.findall(r"https?:|--(?:extra-)?index|--find-links", text) == []


def test_the_test_requirements_contain_those_of_the_app() -> None:
    assert pins(RUN_LOCK).items() <= pins(TEST_LOCK).items()


def test_what_is_named_is_pinned_and_described() -> None:
    described = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for source, lock in (("requirements.in", RUN_LOCK), ("requirements-dev.in", TEST_LOCK)):
        assert named(source) - pins(lock).keys() == set()
        assert [name for name in named(source) if not re.search(rf"^\| .*\b{name}\b", described, re.MULTILINE)] == []


def test_what_runs_here_is_what_is_pinned() -> None:
    for name in named("requirements.in") | named("requirements-dev.in"):
        assert version(name) == pins(TEST_LOCK)[name].split(" ")[0]
