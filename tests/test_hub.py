"""`summarize models pull` against a hub that runs on this machine, as real processes."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.checkpoints import make_checkpoint

_COMMIT = "c0ffee" + "0" * 34
_NAME = "norville/writer"


class Hub(ThreadingHTTPServer):
    """Serves the files of one model as huggingface.co does; `asked` are the files fetched."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.damaged: str = ""
        self.asked: list[str] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def info(self) -> dict[str, object]:
        return {
            "id": _NAME,
            "modelId": _NAME,
            "sha": _COMMIT,
            "private": False,
            "tags": [],
            "downloads": 0,
            "likes": 0,
            "siblings": [_sibling(name, data) for name, data in self.files.items()],
        }


def _sibling(name: str, data: bytes) -> dict[str, object]:
    blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()  # noqa: S324 (as Git)
    made: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": blob}
    if name.endswith(".safetensors"):
        sha = hashlib.sha256(data).hexdigest()
        made["lfs"] = {"size": len(data), "sha256": sha, "pointerSize": 130}
    return made


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        body = self._answer()
        if "/resolve/" in self.path:
            self.server.asked.append(self.path.rpartition("/")[2])
        self.wfile.write(body)

    def _answer(self) -> bytes:
        path = self.path.partition("?")[0]
        name = path.removeprefix(f"/{_NAME}/resolve/main/")
        if path == f"/api/models/{_NAME}":
            body = json.dumps(self.server.info()).encode()
        elif name in self.server.files:
            body = self.server.files[name]
            if name == self.server.damaged:
                body = bytes(len(body))
        else:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return b""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
        self.send_header("X-Repo-Commit", _COMMIT)
        self.end_headers()
        return body

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = make_checkpoint("t5", tmp_path_factory.mktemp("hub"))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def hub(files: dict[str, bytes]) -> Iterator[Hub]:
    server = Hub()
    server.files = {
        **files,
        "pytorch_model.bin": b"a pickle",
        "modeling_writer.py": b"raise SystemExit",
        "onnx/model.safetensors": b"another",
        "model.fp16.safetensors": b"another",
        "README.md": b"# Writer",
    }
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _summarize(hub: Hub | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HF_HUB_OFFLINE": "0", "NO_PROXY": "*"}
    env["HF_ENDPOINT"] = hub.endpoint if hub else "http://127.0.0.1:9"
    return subprocess.run(
        [sys.executable, "-m", "summarize", *arguments],
        capture_output=True,
        check=False,
        env=env,
        text=True,
    )


def test_a_pulled_model_writes_and_only_safe_files_were_fetched(
    hub: Hub, files: dict[str, bytes], seeds: Path
) -> None:
    before = _summarize(hub, "run", str(seeds), "--model", _NAME)
    assert before.returncode == 3
    assert f"summarize models pull {_NAME}" in before.stderr
    assert hub.asked == []

    done = _summarize(hub, "models", "pull", _NAME)
    assert done.returncode == 0, done.stderr
    assert "over the network" in done.stderr
    assert "MB" in done.stderr
    assert sorted(hub.asked) == sorted(files)

    folder = Path(done.stdout.strip())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert _summarize(None, "models", "path", _NAME).stdout == done.stdout
    assert "here: yes" in _summarize(None, "models", "info", _NAME).stdout

    hub.asked.clear()
    again = _summarize(hub, "models", "pull", _NAME)
    assert (again.returncode, hub.asked) == (0, [])
    written = _summarize(None, "run", str(seeds), "--model", _NAME, "--no-articles")
    assert written.returncode == 0, written.stderr


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_file_that_does_not_arrive_as_stated_is_thrown_away(hub: Hub, name: str) -> None:
    hub.damaged = name
    done = _summarize(hub, "models", "pull", _NAME)
    assert done.returncode == 3
    assert f"{name} of {_NAME} did not arrive" in done.stderr
    assert _summarize(None, "models", "path", _NAME).returncode == 3

    hub.damaged = ""
    assert _summarize(hub, "models", "pull", _NAME).returncode == 0
    assert _summarize(None, "models", "path", _NAME).returncode == 0


def test_a_model_with_pickled_weights_only_is_not_fetched(hub: Hub) -> None:
    del hub.files["model.safetensors"]
    done = _summarize(hub, "models", "pull", _NAME)
    assert (done.returncode, hub.asked) == (3, [])
    assert "pickled" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("norville/nothing", "The hub has no model"), ("no name at all!", "is no model name")],
)
def test_what_the_hub_does_not_have_is_said(hub: Hub, name: str, said: str) -> None:
    done = _summarize(hub, "models", "pull", name)
    assert done.returncode == 3
    assert said in done.stderr


def test_without_a_network_the_next_step_is_said() -> None:
    done = _summarize(None, "models", "pull", _NAME)
    assert done.returncode == 3
    assert "--model DIR" in done.stderr
    assert "fault in summarize" not in done.stderr
