"""The benchmark harness: what is compared, on what, by which measure, and how sure that is.

    datasets → systems → outputs (a file per system) → scores per example → tables, plots, gate

`python -m benchmarks --help` names the commands. `benchmarks/studies/` holds the measurements
behind single constants of the package.
"""
