"""What a training says of itself: its losses, their picture, and the model card."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Progress", "Told", "write_report"]

# Steps over which a training loss is averaged, as one batch says little.
_WINDOW = 20


@dataclass(slots=True)
class Progress:
    """Losses in nats a token: of each step's batch, and held out as (steps done, loss)."""

    step: int = 0
    losses: list[float] = field(default_factory=list)
    held: list[tuple[int, float]] = field(default_factory=list)

    def add(self, step: int, loss: float) -> None:
        """Take in the loss of a step's batch."""
        self.step = step
        self.losses.append(loss)

    def recent(self) -> float:
        """The mean of the last batches."""
        last = self.losses[-_WINDOW:]
        return sum(last) / len(last)

    def write(self, path: Path) -> None:
        """Write all to a JSON file."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Progress":
        """What `write` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["step"], data["losses"], [(step, loss) for step, loss in data["held"]])


@dataclass(frozen=True, slots=True)
class Told:
    """What a model card tells: the base and its fingerprint, data counts, recipe and losses."""

    base: str
    fingerprint: str
    counts: Mapping[str, int]
    recipe: Mapping[str, Any]
    progress: Progress


def write_report(out: Path, told: Told) -> None:
    """Write the model card README.md, losses.csv and losses.svg to a finished model's folder."""
    progress = told.progress
    held = dict(progress.held)
    lines = ["step,loss,held_out", *(f"{s},,{loss:.5f}" for s, loss in progress.held if s == 0)]
    for step, loss in enumerate(progress.losses, start=1):
        lines.append(
            f"{step},{loss:.5f},{held[step]:.5f}" if step in held else f"{step},{loss:.5f},"
        )
    (out / "losses.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (out / "losses.svg").write_text(_picture(progress), encoding="utf-8")
    (out / "README.md").write_text(_card(out, told), encoding="utf-8")


_LIMITS = """\
The loss says how well held-out summaries of the same kind are predicted, not how true or how well
written the model's own are: `summarize run` checks every sentence it prints. The licences of the
base and of the pairs apply to these weights."""


def _card(out: Path, told: Told) -> str:
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    size = sum(path.stat().st_size for path in out.glob("*.safetensors"))
    best_step, best = min(told.progress.held[1:], key=lambda point: (point[1], point[0]))
    rows = [
        *_rows("Data", told.counts.items()),
        *_rows("Recipe", told.recipe.items()),
        *_rows("Size", [("family", config.get("model_type")), ("megabytes", f"{size / 1e6:.1f}")]),
        *_rows(
            "Scores",
            [
                ("held-out loss before, nats a token", f"{told.progress.held[0][1]:.3f}"),
                ("held-out loss of these weights", f"{best:.3f}, at step {best_step}"),
            ],
        ),
    ]
    return "\n".join(
        [
            f"# {out.name}",
            "",
            f"`{told.base}` ({told.fingerprint}) fine-tuned with `summarize train`.",
            "",
            *rows,
            "![Losses](losses.svg)",
            "",
            "## Limits",
            "",
            _LIMITS,
            "",
        ]
    )


def _rows(title: str, values: Iterable[tuple[str, object]]) -> list[str]:
    rows = [f"| {name} | {value} |" for name, value in values]
    return [f"## {title}", "", "| | |", "|---|---|", *rows, ""]


_WIDTH, _HEIGHT, _LEFT, _EDGE = 640, 320, 56, 24


def _picture(progress: Progress) -> str:
    """The losses over the steps as an SVG: training in grey, averaged, held out in blue."""
    trained = [
        (step, sum(some) / len(some))
        for step in range(1, len(progress.losses) + 1)
        if (some := progress.losses[max(0, step - _WINDOW) : step])
    ]
    values = [loss for _, loss in [*trained, *progress.held]]
    low, high = min(values), max(values)
    span, last = (high - low) or 1.0, max(1, progress.step)

    def points(curve: Sequence[tuple[int, float]]) -> str:
        return " ".join(
            f"{_LEFT + (_WIDTH - _LEFT - _EDGE) * step / last:.1f},"
            f"{_EDGE + (_HEIGHT - 2 * _EDGE) * (high - loss) / span:.1f}"
            for step, loss in curve
        )

    bottom = _HEIGHT - _EDGE
    title = f"loss in nats a token over {last} steps: training (grey), held out (blue)"
    label = 'font-family="sans-serif" font-size="12"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
            f'<path d="M{_LEFT} {_EDGE}V{bottom}H{_WIDTH - _EDGE}" fill="none" stroke="black"/>',
            f'<text x="4" y="{_EDGE + 4}" {label}>{high:.3f}</text>',
            f'<text x="4" y="{bottom}" {label}>{low:.3f}</text>',
            f'<text x="{_LEFT}" y="{_HEIGHT - 6}" {label}>{title}</text>',
            f'<polyline fill="none" stroke="grey" points="{points(trained)}"/>',
            f'<polyline fill="none" stroke="blue" points="{points(progress.held)}"/>',
            "</svg>",
            "",
        ]
    )
