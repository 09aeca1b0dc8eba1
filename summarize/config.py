"""Where a setting comes from when no flag says it.

A flag goes before the environment, that before the project's file (`summarize.toml` in the current
folder), that before the user's (`~/.config/summarize/config.toml`), that before the default. A
project's file may be anybody's, so it can only say how digests look: it names no path, no model but
a known one, and nothing that decides how much of the machine is used or what is kept on it.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from summarize.errors import UsageError
from summarize.settings import BUNDLED_MODEL, Length, cores

__all__ = ["FORMS", "PROJECT_FILE", "Setting", "defaults", "settings", "user_file"]

PROJECT_FILE = Path("summarize.toml")

FORMS = ("text", "markdown", "json", "html", "atom", "eml", "epub")

# A file of settings has a few hundred bytes.
_MOST_BYTES = 65_536

Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Setting:
    """The `value` of a setting (None where nothing sets it) and its `origin`.

    `origin` is "environment NAME", the path of a file, or "default".
    """

    name: str
    value: Value | None
    origin: str


@dataclass(frozen=True, slots=True)
class _Key:
    """A setting: its default, what its values look like, and whether a project may set it.

    `read` gives the value as a run takes it, and raises ValueError for anything else.
    """

    default: Value | None
    looks: str
    read: Callable[[object], Value]
    project: bool = True
    environment: str = ""


def settings() -> tuple[Setting, ...]:
    """Every setting with its value and where that comes from.

    Raises UsageError, with the file and the setting, for what is unknown or cannot be meant.
    """
    files = [(user_file(), _loaded(user_file(), project=False))]
    files.append((PROJECT_FILE, _loaded(PROJECT_FILE, project=True)))
    found = {name: Setting(name, key.default, "default") for name, key in _KEYS.items()}
    for path, values in files:
        found |= {name: Setting(name, value, str(path)) for name, value in values.items()}
    for name, key in _KEYS.items():
        told = os.environ.get(key.environment) if key.environment else None
        if told:
            found[name] = Setting(name, _told(name, told), f"environment {key.environment}")
    return tuple(found.values())


def defaults() -> dict[str, Value]:
    """What is said by files or the environment, by the names of the commands' parameters.

    Typer takes what a flag does not say from here, and from the environment before.
    """
    return {s.name: s.value for s in settings() if s.origin != "default" and s.value is not None}


def user_file() -> Path:
    """The user's own file of settings, under XDG_CONFIG_HOME or ~/.config."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "summarize" / "config.toml"


def _loaded(path: Path, *, project: bool) -> dict[str, Value]:
    """The settings that a file makes, none when there is no such file."""
    if not path.is_file():
        return {}
    return {name: _checked(path, name, value, project=project) for name, value in _toml(path)}


def _toml(path: Path) -> list[tuple[str, object]]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise UsageError(f"{path} is too large to be a file of settings.")
        return list(tomllib.loads(data.decode("utf-8-sig")).items())
    except OSError as error:
        raise UsageError(f"{path} could not be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        what = "not UTF-8" if isinstance(error, UnicodeDecodeError) else f"not TOML: {error}"
        raise UsageError(f"{path} is {what}.") from error


def _checked(path: Path, name: str, value: object, *, project: bool) -> Value:
    key = _KEYS.get(name)
    if key is None:
        near = get_close_matches(name, _KEYS, n=1)
        known = ", ".join(n for n, k in _KEYS.items() if k.project or not project)
        raise UsageError(
            f"{path}: '{name}' is no setting.",
            f"Did you mean '{near[0]}'?" if near else f"There are: {known}.",
        )
    if project and not key.project:
        raise UsageError(
            f"{path}: '{name}' is not a project's to set.", f"Set it in {user_file()}."
        )
    try:
        read = key.read(value)
    except (ValueError, UsageError) as error:
        raise UsageError(f"{path}: '{name}' cannot be {value!r:.60}: it is {key.looks}.") from error
    if project and name == "model" and not _is_known(str(read)):
        raise UsageError(
            f"{path}: 'model' may only be a known model here: summarize models list.",
            f"Others can be set in {user_file()}, or with --model.",
        )
    return read


def _told(name: str, text: str) -> Value:
    """A setting's value from the environment, where all is text."""
    key = _KEYS[name]
    try:
        if isinstance(key.default, bool):
            return key.read(_TRUTHS.get(text.strip().lower()))
        return key.read(int(text) if isinstance(key.default, int) else text)
    except ValueError as error:
        raise UsageError(f"{key.environment} cannot be '{text}': it is {key.looks}.") from error


def _is_known(name: str) -> bool:
    """Whether the table has it; a folder of that name would be taken for it, and is not it."""
    from summarize.models import KNOWN_MODELS

    bundled = name in (BUNDLED_MODEL, "quote")
    return bundled or (
        any(known.name == name for known in KNOWN_MODELS) and not Path(name).exists()
    )


def _one_of(*choices: str) -> Callable[[object], Value]:
    def read(value: object) -> Value:
        if value not in choices:
            raise ValueError(value)
        return str(value)

    return read


def _of(kind: type[str | bool | int], right: Callable[[Any], object]) -> Callable[[object], Value]:
    def read(value: object) -> Value:
        # Not isinstance: true and false are whole numbers to Python.
        if type(value) is not kind or not right(value):
            raise ValueError(value)
        return value

    return read


def _truth(default: bool, **more: Any) -> _Key:  # noqa: FBT001 (its name says it)
    return _Key(default, "true or false", _of(bool, lambda _: True), **more)


# As the flags' own environment variables are read.
_TRUTHS = {
    **dict.fromkeys(("1", "true", "t", "yes", "y", "on"), True),
    **dict.fromkeys(("0", "false", "f", "no", "n", "off"), False),
}
_DEVICES = ("auto", "cpu", "cuda")
_KEYS: Mapping[str, _Key] = {
    "model": _Key(
        BUNDLED_MODEL, "a model's name", _of(str, str.strip), environment="SUMMARIZE_MODEL"
    ),
    "length": _Key(None, "a length such as 5s or 120w", _of(str, Length.parse)),
    "one_story": _truth(default=False),
    "articles": _truth(default=True),
    "any_language": _truth(default=False),
    "format": _Key(None, f"one of {', '.join(FORMS)}", _one_of(*FORMS)),
    "jobs": _Key(
        cores(), "a whole number, 1 or more", _of(int, lambda n: n >= 1),
        project=False, environment="SUMMARIZE_JOBS",
    ),
    "device": _Key("auto", f"one of {', '.join(_DEVICES)}", _one_of(*_DEVICES), project=False),
    "cache": _truth(default=True, project=False, environment="SUMMARIZE_CACHE"),
}  # fmt: skip
