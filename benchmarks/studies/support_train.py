"""Trains the support network: `python -m benchmarks.studies.support_train PAIRS OUT MINUTES [blind]`.

PAIRS comes from `support_pairs`. OUT gets `support.safetensors`, rewritten every few minutes. With
"blind" the network is given no sources: what it still learns is what the corruptions give away by
themselves.
"""

import json
import random
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812 (its usual name)

from summarize.support.network import Reader, SupportNetwork, joined

_BATCH, _SEED, _LONGEST = 32, 3, 64


def load(blind: bool = False) -> tuple[Reader, dict[str, torch.Tensor]]:
    folder = Path("summarize/models/copyist")
    weights = {k: v.float() for k, v in load_file(folder / "encoder.safetensors").items()}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Reader(weights, tokenizer), weights


def changed(reader: Reader, row: dict[str, Any]) -> list[int]:
    """1 for each piece of the text that is not in the true version."""
    text, true = row["text"], row["true"]
    ids, old = reader.pieces(text).ids[:_LONGEST], reader.pieces(true).ids
    marks = [0] * len(ids)
    for tag, _, _, start, end in SequenceMatcher(None, old, ids, autojunk=False).get_opcodes():
        if tag in ("replace", "insert"):
            marks[start:end] = [1] * len(marks[start:end])
    return marks


def batch(reader: Reader, rows: list[dict[str, Any]], cache: dict[str, Any], blind: bool):
    texts = [[r["text"], *([] if blind else r["source"])] for r in rows]
    wanted = sorted({t for ts in texts for t in ts if t not in cache}, key=len)
    fresh: dict[str, Any] = {}
    for i in range(0, len(wanted), 32):
        chunk = wanted[i : i + 32]
        with torch.autocast("cpu", torch.bfloat16):
            fresh |= dict(zip(chunk, (s.float() for s in reader.read(chunk)), strict=True))
    return joined([[fresh.get(t, cache.get(t)) for t in ts] for ts in texts])


def evaluate(reader: Reader, net: SupportNetwork, rows: list[dict[str, Any]], blind: bool) -> str:
    net.eval()
    scores: list[float] = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for i in range(0, len(rows), 64):
            scores += net(*batch(reader, rows[i : i + 64], {}, blind))[0].tolist()
    net.train()
    labels = [r["label"] for r in rows]
    found = [f"all {roc_auc_score(labels, scores):.3f}"]
    for kind in sorted({r["kind"] for r in rows if not r["label"]}):
        kept = [k for k, r in enumerate(rows) if r["label"] or r["kind"] == kind]
        auc = roc_auc_score([labels[k] for k in kept], [scores[k] for k in kept])
        found.append(f"{kind} {auc:.3f}")
    return " ".join(found)


def main(pairs: Path, out: Path, minutes: float, blind: bool) -> None:
    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)
    rows = [json.loads(line) for line in pairs.open(encoding="utf-8")]
    groups: list[list[dict[str, Any]]] = []
    for row in rows:
        if row["label"] or not groups:
            groups.append([])
        groups[-1].append(row)
    held, groups = [r for g in groups[:250] for r in g], groups[250:]
    reader, weights = load()
    net = SupportNetwork()
    net.start_from(weights)
    heads = [p for n, p in net.named_parameters() if not n.startswith("layers")]
    groups_ = [{"params": net.layers.parameters(), "lr": 1.5e-4}, {"params": heads, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups_, weight_decay=0.01)
    start, step, shown, told = time.time(), 0, 0, 0.0
    rates = [g["lr"] for g in optimizer.param_groups]
    net.train()
    while (done := (time.time() - start) / 60 / minutes) < 1:
        chance.shuffle(groups)
        flat = [r for g in groups for r in g]
        for i in range(0, len(flat), _BATCH):
            done = (time.time() - start) / 60 / minutes
            if done >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1, (step + 1) / 50) * (1 - done)
            taken = flat[i : i + _BATCH]
            states, parts, mask = batch(reader, taken, {}, blind)
            marks = torch.full(mask.shape, -1.0)
            for k, row in enumerate(taken):
                own = [0] * mask.shape[1] if row["label"] else changed(reader, row)
                size = int((mask[k] & (parts[k] == 0)).sum())
                if row["label"] or any(own):
                    marks[k, :size] = torch.tensor(own[:size], dtype=torch.float)
            with torch.autocast("cpu", torch.bfloat16):
                verdict, piece = net(states, parts, mask)
            label = torch.tensor([float(r["label"]) for r in taken])
            inside = marks >= 0
            loss = F.binary_cross_entropy_with_logits(verdict, label)
            side = F.binary_cross_entropy_with_logits(piece[inside], marks[inside], pos_weight=torch.tensor(4.0))
            optimizer.zero_grad()
            (loss + 0.7 * side).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step, shown, told = step + 1, shown + len(taken), told * 0.98 + loss.item() * 0.02
            if step % 100 == 0:
                print(f"{(time.time() - start) / 60:.1f} min, {step} steps, {shown} rows, loss {told / (1 - .98**min(step, 500)):.3f}, side {side.item():.3f}", flush=True)
            if step % 250 == 0:
                print("held out:", evaluate(reader, net, held, blind), flush=True)
                save_file({n: v.half() for n, v in net.state_dict().items()}, out)
    print("held out:", evaluate(reader, net, held, blind), flush=True)
    save_file({n: v.half() for n, v in net.state_dict().items()}, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), "blind" in sys.argv)
