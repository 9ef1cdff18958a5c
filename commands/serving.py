"""`manage.py run`: prepare the database, start the app, and end it cleanly."""

import argparse
import contextlib
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from commands.environment import ROOT, RUN_LOCK, SetUpProblem, prepare_environment, say

HOST, PORT = "127.0.0.1", 8501
WHOLE_NETWORK = {"0.0.0.0": HOST, "::": "::1"}  # wildcard address → where this computer itself finds the app


def run(options: argparse.Namespace) -> int:
    """Start the app and stay with it until it ends or is stopped."""
    if options.steward and options.host != HOST:
        raise SetUpProblem(f"The Data desk has no sign-in yet: with --steward the app listens at {HOST} only.")
    if problem := port_problem(options.host, options.port):
        raise SetUpProblem(problem)
    python = prepare_environment(RUN_LOCK)
    settings = app_settings(options.host, os.environ)
    settings["VOICES_COUNT_STEWARD"] = "on" if options.steward else "off"
    prepare_database(python, settings)
    listen = ["--server.address", options.host, "--server.port", str(options.port)]
    app = subprocess.Popen([str(python), "-m", "streamlit", "run", "app.py", *listen], cwd=ROOT, env=settings)
    with ended_with_this_program(app):
        if answers(app, options.host, options.port):
            say(f"Voices Count is at {web_address(options.host, options.port)} (Ctrl-C stops it).")
        code = app.wait()
    if code:
        raise SetUpProblem(f"The app ended by itself with exit code {code}; its reason stands above.")
    return 0


def port_problem(host: str, port: int) -> str:
    """Say in a sentence why the app cannot listen at this host and port; empty when it can."""
    if not 0 < port < 65536:
        return f"{port} is not a port: choose a number from 1 to 65535, for example --port {PORT}"
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            if os.name != "nt":  # on Windows this option would let two programs share a port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except socket.gaierror:
        return f"This computer knows no address called {host}: check --host, or leave it out to use {HOST}."
    except PermissionError:
        return f"This account may not listen at port {port}: choose another, for example --port {PORT}"
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            return (
                f"Port {port} is in use by another program: stop that one, "
                f"or choose another port: python3 manage.py run --port {port + 1}"
            )
        return f"Voices Count cannot listen at {host}, port {port}: {problem.strerror}."
    return ""


def own_names(host: str) -> list[str]:
    """Return the names under which a browser may reach an app that listens at `host`; others are refused."""
    names = ["localhost", HOST]
    if host in WHOLE_NETWORK:
        names.append(socket.gethostname())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which of our addresses would be used
            names.append(probe.getsockname()[0])
    elif host not in names:
        names.append(host)
    return names


def app_settings(host: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables the app starts with; what the user has set stays as it is.

    The invented sample rows are shown unless a database of one's own is named: none must slip in there.
    """
    defaults = {
        "VOICES_COUNT_ILLUSTRATIVE": "off" if given.get("DATABASE_URL") else "on",
        "STREAMLIT_SERVER_ALLOWED_HOSTS": " ".join(own_names(host)),
        "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
        "PYTHONUTF8": "1",
    }
    return {**defaults, **given}


def prepare_database(python: Path, settings: Mapping[str, str]) -> None:
    """Create, migrate and fill the database; raise `SetUpProblem` with the reason when that fails."""
    command = [str(python), "-m", "data_access.prepare"]
    done = subprocess.run(command, cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise SetUpProblem(f"The database could not be prepared. {without_traceback(done.stderr)}")
    sys.stderr.write(done.stderr)


def without_traceback(report: str) -> str:
    """Return what an error report says to its reader, leaving out where in the code it arose."""
    lines = report.strip().splitlines()
    if "Traceback (most recent call last):" not in lines:
        return report.strip()
    inside = [number for number, line in enumerate(lines) if line.startswith("  ")]
    return "\n".join(lines[inside[-1] + 1 :] if inside else lines[-1:])


def web_address(host: str, port: int) -> str:
    """Return the address to open in a browser on this computer."""
    here = WHOLE_NETWORK.get(host, host)
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"


def answers(app: subprocess.Popen[bytes], host: str, port: int) -> bool:
    """Wait until the app answers; False when it ended before it did."""
    while app.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(WHOLE_NETWORK.get(host, host), port, timeout=5)
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.client.OK:
                return True
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def ended_with_this_program(app: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the app when this program is asked to end: by Ctrl-C, which reaches both, or by a signal to it alone."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        app.terminate()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        for ask_harder in (app.poll, app.terminate, app.kill):
            ask_harder()
            with contextlib.suppress(subprocess.TimeoutExpired):
                app.wait(timeout=3)
                break
