"""The errors a user can meet, each with its exit code and the next step.

    SummarizeError            exit 2
    ├── UsageError            exit 2   flags or settings that cannot be right
    ├── NothingToReadError    exit 2   no article came out of the given paths
    └── ModelUnavailableError exit 3   the writer cannot be loaded

A file that cannot be read is not an exception but a `records.Failure` in the digest (exit 1).
"""

__all__ = ["ModelUnavailableError", "NothingToReadError", "SummarizeError", "UsageError"]


class SummarizeError(Exception):
    """Base of all errors raised on purpose: one sentence on what is wrong, one on what to do.

    `exit_code` is what the command line exits with, `hint` the next step (may be empty).
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} {self.hint}" if self.hint else message


class UsageError(SummarizeError):
    """The flags or settings contradict each other or cannot be understood."""


class NothingToReadError(SummarizeError):
    """None of the given paths held an article."""


class ModelUnavailableError(SummarizeError):
    """The writer's model is missing, is no seq2seq model, or is in a format that is not loaded."""

    exit_code = 3
