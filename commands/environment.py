"""The virtual environment `.venv`: whether it is fit for use, and making it so."""

import enum
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
RUN_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"  # holds every pin of RUN_LOCK too
GIVE_AGAIN = "then give the same command again."


class SetUpProblem(Exception):
    """What keeps a command from being carried out, in one sentence that names the way out."""


class State(enum.Enum):
    """How far the virtual environment is along."""

    ABSENT = "there is none"
    BROKEN = "an installation was cut short, or its Python no longer works"
    STALE = "its Python works, but these requirements were not installed there"
    READY = "these requirements are installed"


def environment_python(folder: Path, *, windows: bool = os.name == "nt") -> Path:
    """Return where a virtual environment keeps its Python."""
    return folder / "Scripts" / "python.exe" if windows else folder / "bin" / "python"


def lock_hash(lock: Path) -> str:
    """Return the SHA-256 of a requirements file, the same whatever line endings the checkout has."""
    return hashlib.sha256(lock.read_text(encoding="utf-8").encode()).hexdigest()


def installed_record(folder: Path) -> Path:
    """Return the file that says which requirements an environment holds."""
    return folder / "installed-requirements.json"


def unfinished_mark(folder: Path) -> Path:
    """Return the file that lies in an environment for as long as an installation is under way."""
    return folder / "installation-unfinished"


def python_version(python: Path) -> str | None:
    """Return the version of a Python ("3.11"), or None when it does not start."""
    ask = [str(python), "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def environment_state(folder: Path, lock: Path) -> State:
    """Say whether the environment in `folder` has what `lock` asks for; starts its Python once to see."""
    if not folder.exists():
        return State.ABSENT
    version = python_version(environment_python(folder))
    if unfinished_mark(folder).exists() or version is None:
        return State.BROKEN
    try:
        record = json.loads(installed_record(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return State.STALE
    if record.get("python") != version:  # the system's Python was replaced; the packages lie in the old one's folder
        return State.BROKEN
    return State.READY if record.get(lock.name) == lock_hash(lock) else State.STALE


def prepare_environment(lock: Path, folder: Path = ENVIRONMENT) -> Path:
    """Bring the environment to where `lock` is installed, doing nothing when it is; return its Python.

    An environment made by other means is completed, not thrown away. Raises `SetUpProblem` when Python's venv
    module is missing or the installation fails.
    """
    state = environment_state(folder, lock)
    python = environment_python(folder)
    if state is State.READY:
        return python
    uv = working_uv()
    if state is State.STALE:
        unfinished_mark(folder).touch()
    else:
        make_environment(folder, with_pip=uv is None)
    say(f"Installing what {lock.name} pins, with {'uv' if uv else 'pip'} (this once; it can take some minutes).")
    install(lock, python, uv)
    locks = (RUN_LOCK, TEST_LOCK) if lock == TEST_LOCK else (lock,)
    record = {"python": python_version(python), **{each.name: lock_hash(each) for each in locks}}
    installed_record(folder).write_text(json.dumps(record, indent=1), encoding="utf-8")
    unfinished_mark(folder).unlink()
    return python


def make_environment(folder: Path, *, with_pip: bool) -> None:
    """Make an empty virtual environment, in place of an unusable one if there is one."""
    if importlib.util.find_spec("venv") is None or (with_pip and importlib.util.find_spec("ensurepip") is None):
        raise SetUpProblem(
            "This Python lacks its venv module: install it "
            f"(on Debian and Ubuntu: sudo apt-get install python3-venv), {GIVE_AGAIN}"
        )
    if Path(sys.prefix) == folder:
        raise SetUpProblem(f"{folder} must be made anew, which its own Python cannot do: use the system's python3.")
    if folder.exists():
        say(f"Making {folder.name} anew: {State.BROKEN.value}.")
        shutil.rmtree(folder)
    folder.mkdir()
    unfinished_mark(folder).touch()
    options = [] if with_pip else ["--without-pip"]
    made = subprocess.run([sys.executable, "-m", "venv", *options, str(folder)], capture_output=True, text=True)
    if made.returncode:
        reason = (made.stdout + made.stderr).strip()
        raise SetUpProblem(f"The virtual environment {folder} could not be made:\n{reason}")


def working_uv() -> str | None:
    """Return the uv on PATH if it really runs; pip does the same work, only slower."""
    uv = shutil.which("uv")
    if uv is None or subprocess.run([uv, "--version"], capture_output=True).returncode:
        return None
    return uv


def install(lock: Path, python: Path, uv: str | None) -> None:
    """Install every line of `lock`; raise `SetUpProblem` with the reason when that fails."""
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(python), "--requirement", str(lock)]
    else:
        pip = [str(python), "-m", "pip"]
        if subprocess.run([*pip, "--version"], capture_output=True).returncode:  # an environment that uv made
            subprocess.run([str(python), "-m", "ensurepip"], capture_output=True)
        command = [*pip, "install", "--quiet", "--no-input", "--disable-pip-version-check", "--requirement", str(lock)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise SetUpProblem(installation_problem(done.stderr))


NO_NETWORK = re.compile(
    r"name resolution|dns error|failed to lookup|getaddrinfo|NewConnectionError|establish a new connection"
    r"|ProxyError|tunnel error|error sending request|Connection refused|unreachable|timed out",
    re.IGNORECASE,
)


def installation_problem(report: str) -> str:
    """Turn an installer's error report into a sentence; quote its last lines when the network is not the cause."""
    if NO_NETWORK.search(report):
        return (
            "The packages could not be downloaded, because this computer does not reach the package index: "
            f"connect it, or set HTTPS_PROXY, {GIVE_AGAIN} Once installed, Voices Count needs no network."
        )
    lines = [line for line in report.splitlines() if line.strip() and not line.startswith("WARNING:")]
    return "\n".join(["The packages could not be installed; the installer ended with:", *lines[-12:]])


def call(command: Sequence[str], **settings: str) -> int:
    """Run a command in the project's folder, with environment variables added, and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}).returncode


def say(text: str) -> None:
    """Print a line at once, so that it stands before what a started program prints."""
    print(text, flush=True)
