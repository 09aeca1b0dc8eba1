"""A batch on two nodes of a Ray cluster, both on this machine; one is killed in the middle.

    python -m benchmarks.studies.batch_ray [--folders 20] [--each 4] [--model quote] [--calm]

Prints one line of JSON: whether the outputs are those of local workers, and how many orders were
lost with the node. The nodes are begun by the commands that docs/batch.md shows. `--calm` kills
nothing, to see what the kill costs.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.studies.batch_inbox import fill
from benchmarks.studies.batch_kills import acknowledged, tree

_STORE_BYTES = 80_000_000
_START_SECONDS = 120.0


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _node(*flags: str) -> subprocess.Popen[bytes]:
    """A node with one core, that ends with its process group."""
    command = [
        sys.executable, "-m", "ray.scripts.scripts", "start", "--block", "--num-cpus=1",
        "--disable-usage-stats", f"--object-store-memory={_STORE_BYTES}", *flags,
    ]  # fmt: skip
    return subprocess.Popen(  # noqa: S603 (our own interpreter)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _descendants(pid: int) -> list[int]:
    """The process and all that it has begun, which may be in sessions of their own."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _descendants(int(child))
    return found


def _kill(node: subprocess.Popen[bytes]) -> None:
    """Kill a node and all its processes at once, as if its machine had gone."""
    for pid in _descendants(node.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    node.wait()


def _await_head(port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def _await_nodes(address: str) -> None:
    code = (
        "import ray, sys, time; ray.init(address=sys.argv[1], log_to_driver=False)\n"
        "while sum(n['Alive'] for n in ray.nodes()) < 2: time.sleep(0.2)"
    )
    subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", code, address],
        check=True, capture_output=True, timeout=_START_SECONDS,
    )  # fmt: skip


def _batch(inbox: Path, out: Path, model: str, *flags: str) -> subprocess.Popen[str]:
    command = [
        sys.executable, "-m", "summarize", "batch", str(inbox), "--out", str(out),
        "--model", model, *flags,
    ]  # fmt: skip
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 (our own)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--folders", type=int, default=20)
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--model", default="quote")
    parser.add_argument("--calm", action="store_true")
    asked = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="ray-"))
    port = _port()
    address = f"127.0.0.1:{port}"
    nodes = [_node("--head", f"--port={port}", "--include-dashboard=false",
                   "--node-ip-address=127.0.0.1", f"--temp-dir={base}/ray")]  # fmt: skip
    try:
        _await_head(port)
        nodes.append(_node(f"--address={address}", "--node-ip-address=127.0.0.1"))
        _await_nodes(address)
        fill(base / "in", asked.folders, asked.each)
        print(json.dumps(_compared(asked, base, address, nodes)))
    finally:
        for node in nodes:
            _kill(node)
        shutil.rmtree(base, ignore_errors=True)


def _compared(
    asked: argparse.Namespace, base: Path, address: str, nodes: list[subprocess.Popen[bytes]]
) -> dict[str, Any]:
    began = time.monotonic()
    far = _batch(base / "in", base / "far", asked.model, "--executor", "ray", "--address", address)
    while far.poll() is None and len(acknowledged(base / "far")) < asked.folders * asked.each // 2:
        time.sleep(0.02)
    kept = acknowledged(base / "far")
    if not asked.calm:
        _kill(nodes.pop())
    told = far.communicate()[1]
    seconds = time.monotonic() - began
    near = _batch(base / "in", base / "near", asked.model, "--jobs", "2")
    said = near.communicate()[1]
    if far.returncode or near.returncode:
        print(told, said, file=sys.stderr)
    now = acknowledged(base / "far")
    return {
        "exit": far.returncode,
        "same bytes": tree(base / "far") == tree(base / "near"),
        "outputs": len(tree(base / "far")),
        "acknowledged at the kill": len(kept),
        "redone": sum(now.get(key) != made for key, made in kept.items()),
        "in all": len(now),
        "orders lost": told.count('"attempt failed"'),
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main()
