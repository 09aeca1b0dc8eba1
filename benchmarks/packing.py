"""Zip and tar archives made in memory, for measurements and tests."""

import io
import tarfile
import zipfile
from collections.abc import Iterable, Sequence

__all__ = ["Files", "tarred", "zipped"]

Files = Iterable[tuple[str, bytes]]
"""Names with what the files hold."""


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def tarred(files: Files, mode: str = "w", others: Sequence[tarfile.TarInfo] = ()) -> bytes:
    """A tar archive; `mode` is that of `tarfile`, `others` are members without data."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for other in others:
            archive.addfile(other)
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()
