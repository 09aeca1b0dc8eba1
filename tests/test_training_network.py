"""Training of the bundled writer: features, examples and a loss that falls."""

from pathlib import Path

import torch

import summarize
from summarize.training.examples import examples, make_vocabulary
from summarize.training.features import FeatureStore, encode
from summarize.training.lines import write_lines
from summarize.training.network import TrainableNetwork
from summarize.training.train import loss
from summarize.writer.copying_features import SentenceEncoder
from summarize.writer.copying_layout import Layout
from summarize.writer.copying_words import split_words

MODEL = Path(summarize.__file__).parent / "models" / "copyist"
COMMON = {"the", "a", "no"}
PAIRS = [
    {
        "sources": ["The port, which was built in 1921, will close on Monday."],
        "target": "The port will close on Monday.",
        "kind": "pruned",
    },
    {
        "sources": ["A ferry ran aground near Sark on Friday.", "No one was hurt."],
        "target": "A ferry ran aground near Sark.",
        "kind": "natural",
    },
]


def test_the_loss_falls(tmp_path: Path) -> None:
    sentences = [source for pair in PAIRS for source in pair["sources"]]
    write_lines(tmp_path / "sentences.jsonl", sentences)
    encode(SentenceEncoder.load(MODEL), sentences, tmp_path)
    store = FeatureStore(tmp_path)
    for number, sentence in enumerate(sentences):
        assert len(store[number]) == len(split_words(sentence, COMMON))
    vocabulary = make_vocabulary(PAIRS, COMMON)
    batch = examples(PAIRS, store, vocabulary, COMMON)
    assert [example.kind for example in batch] == ["pruned", "natural"]
    torch.manual_seed(0)
    network = TrainableNetwork(Layout(len(vocabulary), 16, 2, 16, 1, 1))
    optimiser = torch.optim.Adam(network.parameters(), 0.01)
    before, words = loss(network.eval(), batch, store)
    assert words == sum(len(example.target) for example in batch)
    for _ in range(15):
        total, _ = loss(network.train(), batch, store, hide=0.1)
        optimiser.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    after, _ = loss(network.eval(), batch, store)
    assert after.item() < 0.8 * before.item()
