"""`manage.py test`, `check`, `format` and `lock`: what keeps a change sound."""

import argparse
import os
import shutil

from commands.environment import (
    GIVE_AGAIN,
    RUN_LOCK,
    TEST_LOCK,
    SetUpProblem,
    call,
    prepare_environment,
    say,
    working_uv,
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Return the path of this computer's Chromium or Chrome."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def test(options: argparse.Namespace) -> int:
    """Run pytest: with the arguments given, or else first without and then with the tests that drive a browser.

    The two runs are apart because Playwright keeps an event loop running that other tests would trip over. Tests that
    take many minutes (``-m long``) run only when asked for.
    """
    pytest = [str(prepare_environment(TEST_LOCK)), "-m", "pytest"]
    if options.rest:
        return call([*pytest, *options.rest])
    failed = call([*pytest, "-m", "not browser and not long"])
    if find_browser() is None:
        say("The browser tests were left out: there is no Chromium or Chrome on this computer.")
        return failed or int("CI" in os.environ)
    return call([*pytest, "-m", "browser"]) or failed


def check(options: argparse.Namespace) -> int:
    """Run every check that a change must pass, all of them even when one fails."""
    python = str(prepare_environment(TEST_LOCK))
    contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    steps = {
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "lint": [python, "-m", "ruff", "check", "."],
        "types": [python, "-m", "mypy"],
        "import contracts": [python, "-c", contracts],
    }
    failed = []
    for name, command in steps.items():
        say(f"== {name}")
        if call(command):
            failed.append(name)
    if not options.without_tests:
        say("== tests")
        if test(argparse.Namespace(rest=[])):
            failed.append("tests")
    if failed:
        say(f"Failed: {', '.join(failed)}. (python3 manage.py format mends the format and some lint.)")
    return int(bool(failed))


def tidy(_options: argparse.Namespace) -> int:
    """Mend what the linter can mend, and format the code."""
    ruff = [str(prepare_environment(TEST_LOCK)), "-m", "ruff"]
    mended = call([*ruff, "check", "--fix", "."])
    return call([*ruff, "format", "."]) or mended


def lock(options: argparse.Namespace) -> int:
    """Write both requirements files anew from their .in files, keeping the pins that still fit."""
    uv = working_uv()
    if uv is None:
        raise SetUpProblem(f"Pinning the requirements needs uv: install it (pip install uv), {GIVE_AGAIN}")
    pin = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    if options.upgrade:
        pin.append("--upgrade")
    for source, written, agreeing in (
        ("requirements.in", RUN_LOCK.name, []),
        ("requirements-dev.in", TEST_LOCK.name, ["--constraint", RUN_LOCK.name]),
    ):
        command = [*pin, *agreeing, source, "--output-file", written]
        if call(command, UV_CUSTOM_COMPILE_COMMAND="python3 manage.py lock"):
            raise SetUpProblem(f"{written} was not written: {source} asks for what does not go together (see above).")
    return 0
