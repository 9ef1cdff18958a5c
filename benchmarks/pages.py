"""What a page costs: time to the first page, processor time of a rerun, bytes sent.

    python benchmarks/pages.py

Starts the app as a reader would meet it and speaks Streamlit's own protocol with it, so that the browser's time is
left out. Writes results/pages.json, with the machine named.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

import websockets
from machine import machine
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[1]
PORT = 8679
RERUNS = 30
PAGES = ("", "country", "gaps", "map", "brief", "sources")
VIEWS = (
    "country=KEN&indicator=FACILITY_BIRTH",
    "country=KEN&indicator=SHIF_PREMIUM_PAID",
    "country=KEN&indicator=MPI_H",
    "country=NPL&indicator=MPI_H",
    "country=IND&indicator=HEALTH_INSURANCE_HH",
    "country=VNM&indicator=POV_NATIONAL_LINE",
)


class Reader:
    """One browser tab: asks for a page and counts what comes back until the script has finished."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.cached: set[str] = set()
        self.deflate = zlib.compressobj(wbits=-15)
        """What the connection does with each message (RFC 7692); the client library hides the bytes on the wire."""

    async def ask(self, page: str, query: str) -> int:
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        message.rerun_script.cached_message_hashes.extend(sorted(self.cached))
        await self.socket.send(message.SerializeToString())
        size = 0
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), 60)
            size += len(self.deflate.compress(raw)) + len(self.deflate.flush(zlib.Z_SYNC_FLUSH))
            answer = ForwardMsg()
            answer.ParseFromString(raw)
            if answer.metadata.cacheable and answer.hash:
                self.cached.add(answer.hash)
            if answer.WhichOneof("type") == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(f"{page}?{query}: {answer.delta.new_element.exception.message}")
            if answer.WhichOneof("type") == "script_finished":
                return size


async def reader() -> Reader:
    address = f"ws://127.0.0.1:{PORT}/_stcore/stream"
    origin = f"http://127.0.0.1:{PORT}"
    socket = await websockets.connect(address, subprotocols=["streamlit"], max_size=None, origin=origin)
    if not socket.protocol.extensions:
        raise RuntimeError("the server does not compress its messages")
    return Reader(socket)


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def first_page(app: subprocess.Popen[bytes], started: float) -> float:
    while app.poll() is None:
        try:
            tab = await reader()
            await tab.ask("", "")
            return time.perf_counter() - started
        except OSError:
            await asyncio.sleep(0.05)
    raise RuntimeError("the app did not start")


async def page_costs(pid: int) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for page in PAGES:
        tab = await reader()
        first = await tab.ask(page, VIEWS[0])
        sizes = [await tab.ask(page, view) for view in VIEWS[1:3]]
        other_countries = [await tab.ask(page, view) for view in VIEWS[3:]]
        again = [await tab.ask(page, view) for view in VIEWS]  # everything is cached now
        before = processor_seconds(pid)
        for turn in range(RERUNS):
            await tab.ask(page, VIEWS[turn % len(VIEWS)])
        cost = (processor_seconds(pid) - before) / RERUNS
        found[page or "overview"] = {
            "rerun_cpu_ms": round(cost * 1000, 1),
            "first_view_kB": round(first / 1000, 1),
            "next_selection_kB": round(statistics.median(sizes) / 1000, 1),
            "other_country_kB": round(statistics.median(other_countries) / 1000, 1),
            "warm_selection_kB": round(statistics.median(again) / 1000, 1),
        }
    return found


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/pages.db", "VOICES_COUNT_ILLUSTRATIVE": "on"}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(PORT)]
        starts = {}
        for name in ("first_start_with_filling_s", "second_start_s"):
            started = time.perf_counter()
            app = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
            )
            try:
                starts[name] = round(await first_page(app, started), 2)
                if name == "second_start_s":
                    pages = await page_costs(app.pid)
            finally:
                app.terminate()
                app.wait()
    result = {"machine": machine(), "start_to_first_page": starts, "pages": pages}
    (ROOT / "benchmarks" / "results" / "pages.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    asyncio.run(main())
