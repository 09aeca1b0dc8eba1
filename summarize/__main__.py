"""`python -m summarize`, and what the console script calls."""

import os
import signal
import sys
from types import FrameType

__all__ = ["main"]

_EXIT_INTERRUPTED = 130


def main() -> None:
    """Run the command line.

    The imports take longer than the start of Python: an interrupt that comes meanwhile ends the
    program at once, as nothing has been done, instead of showing where in a library it was.
    """
    _open_streams()
    # Whoever started it may have said that interrupts are not for it, as a shell does with "&".
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:
        signal.signal(signal.SIGINT, _leave)
    from summarize.cli import main as run

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _open_streams() -> None:
    """Let what was closed (`>&-`) lead nowhere: the next file opened would come in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _leave(number: int, frame: FrameType | None) -> None:
    del number, frame
    os._exit(_EXIT_INTERRUPTED)


if __name__ == "__main__":
    main()
