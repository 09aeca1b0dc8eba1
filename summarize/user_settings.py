"""Changes of the user's own file of settings, which stays as its owner wrote it."""

import json
import os
import re
import tomllib
from pathlib import Path
from tempfile import NamedTemporaryFile

from summarize.config import user_file
from summarize.errors import UsageError

__all__ = ["keep"]

# A string or a word of TOML on one line; what stands behind it is its owner's comment.
_VALUE = r"[ \t]*(?:\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\"'#\n]*?)"


def keep(name: str, value: str) -> Path:
    """Set `name` in the user's file, which is made where there is none; the path of the file.

    Comments and other settings stay. Raises UsageError, and changes nothing, when the file is not
    TOML, cannot be written, or cannot be changed line by line.
    """
    path = user_file().resolve()
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    by_hand = f"Write it there yourself: {line}"
    try:
        old = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        known = tomllib.loads(old)
    except OSError as error:
        raise UsageError(f"{path} could not be read: {error.strerror}.", by_hand) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not TOML: {error}.", by_hand) from error
    stated = rf"(?m)^[ \t]*{name}[ \t]*={_VALUE}(?=[ \t]*(?:#.*)?\r?$)"
    new = re.sub(stated, lambda _: line, old, count=1) if name in known else f"{line}\n{old}"
    try:
        if tomllib.loads(new) != {**known, name: value}:
            raise UsageError(f"{path} could not be changed.", by_hand)
        _replace(path, new)
    except OSError as error:
        raise UsageError(f"{path} could not be written: {error.strerror}.", by_hand) from error
    except ValueError as error:
        raise UsageError(f"{path} could not be changed.", by_hand) from error
    return path


def _replace(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", dir=path.parent, encoding="utf-8", newline="", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
