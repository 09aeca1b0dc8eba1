"""The copying network in NumPy: it computes what was trained in PyTorch, in any company."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file

import summarize
from summarize.training.network import TrainableNetwork
from summarize.training.network import log_likelihoods as trained_log_likelihoods
from summarize.writer.copying_features import FEATURE_WIDTH, SentenceEncoder
from summarize.writer.copying_layers import Array, gelu
from summarize.writer.copying_layout import END, KINDS, LENGTHS, Layout
from summarize.writer.copying_network import Control, CopyingNetwork
from summarize.writer.copying_passage import SPECIALS, Passage, Vocabulary, batch_inputs
from summarize.writer.copying_past import Past
from summarize.writer.copying_rules import Rules
from summarize.writer.copying_scoring import log_likelihoods, read_targets
from summarize.writer.copying_search import Bounds, Hypothesis, search
from summarize.writer.copying_words import split_words

MODEL = Path(summarize.__file__).parent / "models" / "copyist"
COMMON = {"the", "a"}
SOURCES = (
    "The port will close.",
    "The port, which was built in 1921, will close on Monday while the tide is low.",
    "A ferry ran aground.",
)
TARGETS = ("The port will close.", "The port will close and the tide is low.", "The ferry.")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary((MODEL / "vocabulary.txt").read_text(encoding="utf-8").splitlines())


def small() -> Vocabulary:
    return Vocabulary([*SPECIALS, ",", ".", "the", "a", "and", "close", "closed", "is", "will"])


def of_trained(network: TrainableNetwork) -> CopyingNetwork:
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    return CopyingNetwork(network.layout, weights)


def random_network(layout: Layout, seed: int) -> TrainableNetwork:
    torch.manual_seed(seed)
    network = TrainableNetwork(layout).eval()
    for name, value in network.state_dict().items():
        if "norm" in name:  # as if it had been trained
            value.add_(0.3 * torch.randn_like(value))
    return network


def read(vocabulary: Vocabulary, seed: int) -> tuple[list[Passage], list[Array], list[list[int]]]:
    """Passages, random features, and a target for each."""
    passages = [Passage.read([source], vocabulary, COMMON) for source in SOURCES]
    chance = np.random.default_rng(seed)
    features = [
        chance.normal(size=(len(p.ids), FEATURE_WIDTH)).astype(np.float32) for p in passages
    ]
    targets = []
    for passage, target in zip(passages, TARGETS, strict=True):
        found = passage.number([w.text for w in split_words(target, COMMON)], vocabulary)
        assert found is not None
        targets.append([*found, END])
    return passages, features, targets


def likelihoods(
    network: CopyingNetwork,
    passages: Sequence[Passage],
    features: Sequence[Array],
    targets: Sequence[Sequence[int]],
    asked: tuple[int, int],
) -> list[Array]:
    inputs, ids, choice = batch_inputs(passages, features)
    told = read_targets(targets, ids, choice, network.layout.vocabulary)
    control = Control(*(np.full(len(passages), value) for value in asked))
    found = log_likelihoods(network, (network.encode(inputs), choice, control), told)
    return [row[real] for row, real in zip(found, told.real, strict=True)]


def trained_likelihoods(
    network: TrainableNetwork,
    passages: Sequence[Passage],
    features: Sequence[Array],
    targets: Sequence[Sequence[int]],
    asked: tuple[int, int],
) -> list[Array]:
    kind, length = (torch.full((len(passages),), value) for value in asked)
    with torch.no_grad():
        found, real = trained_log_likelihoods(network, passages, features, (kind, length), targets)
    return [row[there].numpy() for row, there in zip(found, real, strict=True)]


def assert_alike(one: Sequence[Array], other: Sequence[Array]) -> None:
    for mine, its in zip(one, other, strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-4, atol=1e-4)


@settings(max_examples=15, deadline=None)
@given(
    heads=st.tuples(st.integers(1, 4), st.integers(2, 8)),
    inner=st.integers(8, 32),
    layers=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    asked=st.tuples(st.integers(0, len(KINDS) - 1), st.integers(0, len(LENGTHS) + 1)),
    seed=st.integers(0, 1000),
)
def test_any_layout_computes_what_it_was_trained_to(
    heads: tuple[int, int],
    inner: int,
    layers: tuple[int, int],
    asked: tuple[int, int],
    seed: int,
) -> None:
    vocabulary = small()
    layout = Layout(len(vocabulary), 4 * heads[0] * heads[1], heads[0], inner, *layers)
    trained = random_network(layout, seed)
    given_ = read(vocabulary, seed)
    mine = likelihoods(of_trained(trained), *given_, asked)
    assert_alike(mine, trained_likelihoods(trained, *given_, asked))


def test_the_shipped_network_computes_what_it_was_trained_to(vocabulary: Vocabulary) -> None:
    trained = TrainableNetwork(Layout(len(vocabulary))).eval()
    trained.load_state_dict(
        {k: v.float() for k, v in load_file(MODEL / "decoder.safetensors").items()}
    )
    passages, _, targets = read(vocabulary, 0)
    encoder = SentenceEncoder.load(MODEL)
    features = encoder.features([[w.text for w in passage.words] for passage in passages])
    mine = likelihoods(of_trained(trained), passages, features, targets, (2, 3))
    assert_alike(mine, trained_likelihoods(trained, passages, features, targets, (2, 3)))
    # What it was trained to: to find a sentence with something cut likely.
    assert mine[1].mean() > -1.5 > mine[2].mean()


def test_the_encoder_computes_what_transformers_computes() -> None:
    from transformers import BertConfig, BertModel

    stored = {k: v.float() for k, v in load_file(MODEL / "encoder.safetensors").items()}
    sizes = {"hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12}
    config = BertConfig(**sizes, intermediate_size=1536, attn_implementation="eager")
    theirs = BertModel(config, add_pooling_layer=False).eval()
    theirs.load_state_dict(stored)
    encoder = SentenceEncoder.load(MODEL)
    sentences = [source.replace(".", " .").split() for source in SOURCES]
    for words, found in zip(sentences, encoder.features(sentences), strict=True):
        pieces = encoder._tokenizer.encode(words, is_pretokenized=True)
        with torch.no_grad():
            said = theirs(torch.tensor([pieces.ids]), output_hidden_states=True).hidden_states
        states = torch.cat([said[3], said[6]], -1)[0].numpy()
        for number, feature in enumerate(found):
            own = [place for place, word in enumerate(pieces.word_ids) if word == number]
            np.testing.assert_allclose(feature, states[own].mean(0), atol=1e-4)


def test_sentences_are_encoded_alike_in_any_company() -> None:
    encoder = SentenceEncoder.load(MODEL)
    sentences = [source.split() for source in SOURCES] * 30
    together = encoder.features(sentences)
    for words, found in zip(sentences[:3], together, strict=False):
        np.testing.assert_allclose(encoder.features([words])[0], found, atol=1e-5)
    assert encoder.features([]) == []
    far = encoder.features([["tide"] * 300, ["\u200b"], []])
    assert far[0].shape == (300, FEATURE_WIDTH)
    assert far[0][:250].any(1).all()
    assert not far[0][260:].any()
    assert not far[1].any()
    assert len(far[2]) == 0


def test_shapes_are_those_of_the_trained_network() -> None:
    layout = Layout(20, width=12, heads=3, inner=9, encoder_layers=1, decoder_layers=2)
    state: Mapping[str, torch.Tensor] = TrainableNetwork(layout).state_dict()
    assert layout.shapes() == {name: tuple(value.shape) for name, value in state.items()}
    with pytest.raises(ValueError, match="multiple"):
        Layout(**asdict(layout) | {"width": 13})


def test_padding_does_not_matter() -> None:
    vocabulary = small()
    network = of_trained(random_network(Layout(len(vocabulary), 16, 2, 16), 3))
    passages, features, targets = read(vocabulary, 3)
    together = likelihoods(network, passages, features, targets, (2, 3))
    for n in range(len(passages)):
        alone = likelihoods(
            network, passages[n : n + 1], features[n : n + 1], targets[n : n + 1], (2, 3)
        )
        # What others may generate takes nothing from what this passage may.
        assert_alike(alone, together[n : n + 1])


@pytest.mark.parametrize("seed", range(4))
def test_what_the_search_finds_is_as_likely_as_it_says(seed: int) -> None:
    vocabulary = small()
    network = of_trained(random_network(Layout(len(vocabulary), 16, 2, 16), seed))
    passages, features, _ = read(vocabulary, seed)
    inputs, ids, choice = batch_inputs(passages, features)
    rules = [Rules(passage, vocabulary) for passage in passages]
    memory = network.encode(inputs)
    controls = Control(np.array([2, 1]), np.array([3, 5]))
    found = search(network, rules, (memory, ids, choice), controls, Bounds(4, -50.0))
    assert all(found)
    worst: list[float] = []
    for n, hypotheses in enumerate(found):
        assert [h.mean for h in hypotheses] == sorted((h.mean for h in hypotheses), reverse=True)
        for hypothesis in hypotheses:
            copied = [i for i in hypothesis.ids if list(passages[n].ids).count(i)]
            if len(set(copied)) < len(copied):
                continue  # a position is not copied twice, so the search finds it less likely
            one = passages[n : n + 1], features[n : n + 1], [[*hypothesis.ids, END]]
            said = [likelihoods(network, *one, asked)[0] for asked in ((2, 3), (1, 5))]
            off, words = min((abs(hypothesis.score - row.sum()), row) for row in said)
            assert off < 1e-3
            worst.append(float(words.min()))
    least = float(np.median(worst))
    fewer = search(network, rules, (memory, ids, choice), controls, Bounds(4, least))
    for n, hypotheses in enumerate(fewer):
        for hypothesis in hypotheses:
            one = passages[n : n + 1], features[n : n + 1], [[*hypothesis.ids, END]]
            said = [likelihoods(network, *one, asked)[0] for asked in ((2, 3), (1, 5))]
            assert max(row.min() for row in said) >= least - 1e-3


def test_a_search_ends_where_nothing_better_is_left() -> None:
    bounds = Bounds(4, -2.0)
    means = [Hypothesis((1,) * 9, (0,) * 9, score) for score in (-3.0, -1.0, -2.0)]
    assert bounds.bar(means[:1]) == -math.inf
    assert bounds.bar(means) == -0.2


def test_gelu() -> None:
    x = np.linspace(-8, 8, 999, dtype=np.float32)
    exact = [v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    np.testing.assert_allclose(gelu(x.copy()), exact, atol=1e-6)


def test_each_hypothesis_keeps_its_own_words() -> None:
    chance = np.random.default_rng(5)
    past = Past(1, heads=1, passages=2, hypotheses=4)
    spans = [slice(0, 1), slice(1, 4)]
    own: list[list[float]] = [[], [], [], []]
    for step in range(60):
        past.grow(spans)
        new = chance.normal(size=(len(own), 2)).astype(np.float32)
        kept = past.extend(0, new)
        own = [[*words, float(row[0])] for words, row in zip(own, new, strict=True)]
        for span, part in zip(spans, kept, strict=True):
            for beam in range(span.start, span.stop):
                mine = part[0, 0, past.bias[beam, : part.shape[2]] == 0, 0]
                assert sorted(mine.tolist()) == sorted(own[beam])
                assert not (past.bias[beam, part.shape[2] :] == 0).any()
        # First long sentences of their own, then one from which others go on.
        ways = list(range(4))
        if step == 45:
            past.keep([1])
            ways, spans = [2, 1], [slice(0, 2)]
        elif step >= 30:
            ways = [*range(spans[-1].start), *chance.integers(spans[-1].start, len(own), 3)]
            spans = [*spans[:-1], slice(spans[-1].start, len(ways))]
        past.follow(np.array(ways))
        own = [own[way] for way in ways]
