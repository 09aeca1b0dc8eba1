"""How well the number grammar reads quantities: value F1 on NewsQuant, and its speed.

    python -m benchmarks.studies.numbers DATA_FOLDER

DATA_FOLDER holds `dev/newsquant.jsonl.xz`. A quantity is right when its value is, in any order
within the sentence; a range must have both ends right. NewsQuant labels no dates, ordinals or clock
times, so claims of those kinds are left out. Its own slips (a range in thousands that the text has
in millions, "one of the best" counted here and not there) are left as they are.

Measured on dev/: precision .904, recall .925, F1 .914 (quantulum3 .730, recognizers-text .682 on
the whole set); 1,500 to 2,600 sentences/s on a busy machine of two cores, without the parser.
"""

import json
import lzma
import re
import sys
import time
from collections import Counter
from pathlib import Path

from summarize.claims import extract
from summarize.claims.numbers import scan
from summarize.language import parse_all


def gold_value(value: str) -> str:
    """A value as NewsQuant writes it ("15.0-22.0"), in a form that compares."""
    numbers = re.findall(r"-?[0-9.]+(?:E[-+]?[0-9]+)?", re.sub(r"(?<=[0-9]) ?- ?", " ", value))
    values = [float(number) for number in numbers]
    return "..".join(f"{v:.10g}" if abs(v) >= 1 else f"{v:.4g}" for v in values)


def our_values(text: str) -> list[str]:
    """The values of the number claims of `text`, in the same form."""
    values = [c.value for c in extract(text) if c.kind == "number"]
    plain = [v for v in values if re.fullmatch(r"[-.0-9]+", v)]
    return [gold_value(v.replace("..", " ") if ".." in v else v) for v in plain]


def main() -> None:
    """Print precision, recall and F1, the errors, and the speed of the grammar alone."""
    path = Path(sys.argv[1]) / "dev" / "newsquant.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    texts = [record["text"] for record in records]
    parse_all(texts)
    hits = found = wanted = 0
    for record in records:
        gold = Counter(gold_value(q["value"]) for q in record["quantities"])
        ours = Counter(our_values(record["text"]))
        hits += (gold & ours).total()
        found += ours.total()
        wanted += gold.total()
        if gold != ours and "-v" in sys.argv:
            print(f"{record['text']}\n    missed {list((gold - ours).elements())}"
                  f" invented {list((ours - gold).elements())}")  # fmt: skip
    start = time.perf_counter()
    for text in texts:
        scan(text)
    speed = len(texts) / (time.perf_counter() - start)
    precision, recall = hits / found, hits / wanted
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(records)} sentences, {wanted} quantities")
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"grammar alone: {speed:,.0f} sentences/s")


if __name__ == "__main__":
    main()
