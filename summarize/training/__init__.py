"""Training of the bundled writer from news articles with human summaries.

DATA is a folder with `train/*.jsonl.xz` and `dev/*.jsonl.xz` (records with `documents` and
`summary`). MODEL is the folder of the writer with its frozen encoder, `encoder.safetensors` and
`tokenizer.json`. On two cores the first four steps take about half an hour together; the weights
that are shipped were trained for about 85 minutes.

    pip install blingfire
    python -m summarize.training.pairs DATA PAIRS
    python -m summarize.training.synthetic DATA PAIRS
    python -m summarize.training.clauses PAIRS
    python -m summarize.training.features PAIRS MODEL FEATURES
    torchrun --nproc-per-node 2 -m summarize.training.train PAIRS FEATURES OUT 85
    python -m summarize.training.average FROM/decoder.safetensors OUT/decoder.safetensors .7 MEAN
    cp OUT/{decoder.safetensors,config.json,vocabulary.txt,common.txt} MODEL

The shipped weights were trained in several such runs, each going on FROM the one before, while the
pairs were being cleaned; the README of the model says of which two states they are the mean. The
time limit makes a training run depend on the speed of the machine, so its weights are alike in
what they do, not byte for byte.
"""
