"""Records as JSON and back: what is kept is data, never code."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from io import BytesIO
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints
from zipfile import BadZipFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["dump", "load", "pack", "pack_arrays", "unpack", "unpack_arrays"]


def dump(value: Any) -> Any:
    """A record (or tuple, dictionary, date, text, number) as what JSON has."""
    if is_dataclass(value) and not isinstance(value, type):
        return [dump(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [dump(item) for item in value]
    if isinstance(value, Mapping):
        return {key: dump(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def load(kind: Any, data: Any) -> Any:  # noqa: PLR0911 (one return for each kind of type)
    """The value of the type `kind` that `dump` made `data` of.

    Raises ValueError or TypeError where the data do not fit the type.
    """
    if isinstance(kind, type) and is_dataclass(kind):
        types = _types(kind)
        return kind(**{n: load(t, v) for (n, t), v in zip(types, data, strict=True)})
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        rest = [part for part in inner if part is not NoneType]
        return data if data is None or type(data) in rest else load(rest[0], data)
    if origin in (tuple, frozenset):
        return origin(_items(inner if origin is tuple else (*inner, ...), data))
    if origin in (dict, Mapping):
        return {key: load(inner[1], item) for key, item in data.items()}
    if origin is Literal:
        return data
    if kind is bytes:
        return b64decode(data, validate=True)
    if kind is date:
        return date.fromisoformat(data)
    if not isinstance(data, kind):
        raise TypeError(f"{type(data).__name__} where {kind} belongs")
    return data


def _items(inner: tuple[Any, ...], data: Any) -> Iterator[Any]:
    """What a tuple or set of these types holds."""
    if inner[-1] is Ellipsis:
        return (load(inner[0], item) for item in data)
    return (load(part, item) for part, item in zip(inner, data, strict=True))


@cache
def _types(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def pack(value: Any) -> bytes:
    """`dump` as compressed JSON; dictionaries keep their order."""
    text = json.dumps(dump(value), separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), 1)


def unpack(kind: Any, data: bytes) -> Any:
    """The value that `pack` packed. Raises ValueError or TypeError when it is damaged."""
    try:
        return load(kind, json.loads(zlib.decompress(data)))
    except zlib.error as error:
        raise ValueError("the compressed data are damaged") from error


def pack_arrays(arrays: "Mapping[str, NDArray[Any]]") -> bytes:
    """Arrays of numbers by name, which would be five times as large as text."""
    import numpy as np

    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def unpack_arrays(data: bytes, *names: str) -> "list[NDArray[Any]]":
    """Those of the arrays that `pack_arrays` packed. Raises ValueError when they are damaged."""
    import numpy as np

    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return [arrays[name] for name in names]
    except (BadZipFile, EOFError, KeyError, OSError, ValueError) as error:
        raise ValueError("the packed arrays are damaged") from error
