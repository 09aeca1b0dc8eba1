"""Figures that others published, to stand beside ours, marked as what they are.

Not measured here: other splits, other lengths, other settings of ROUGE. ROUGE-L is given where the
source's is the plain one.
"""

from dataclasses import dataclass

__all__ = ["PUBLISHED", "Published"]


@dataclass(frozen=True, slots=True)
class Published:
    """ROUGE-1/2/L in per cent as `source` has them; `parameters` in millions, 0 for none."""

    dataset: str
    system: str
    parameters: int
    rouge1: float
    rouge2: float
    rougeL: float  # noqa: N815  # its name everywhere
    source: str


PUBLISHED: tuple[Published, ...] = (
    Published("multinews", "PRIMERA, fine-tuned", 447, 49.9, 21.1, 25.9,
              "README of allenai/PRIMER (test)"),
    Published("multinews", "PEGASUS (Mixed & Stochastic)", 568, 47.65, 18.75, 24.95,
              "README of google-research/pegasus (test)"),
    Published("multinews", "LSG-BART-base-4096", 140, 47.10, 18.94, 25.22,
              "model card of ccdv/lsg-bart-base-4096-multinews (test)"),
    Published("multinews", "CENTRUM (LED-base)", 162, 46.30, 18.49, 24.24,
              "model card of ratishsp/Centrum-multinews (validation)"),
    Published("multinews", "PRIMERA, zero-shot", 447, 42.0, 13.6, 20.8,
              "README of allenai/PRIMER (test)"),
    Published("cnn", "PEGASUS, CNN/DailyMail", 568, 44.16, 21.56, 41.30,
              "README of google-research/pegasus (test; the last is summary-level)"),
    Published("cnn", "BertSumExt, CNN/DailyMail", 110, 43.23, 20.24, 39.63,
              "README of nlpyang/PreSumm (test; the last is summary-level)"),
    Published("cnn", "lead-3, CNN/DailyMail", 0, 40.34, 17.70, 36.57,
              "sebastianruder/NLP-progress (test; the last is summary-level)"),
)  # fmt: skip
