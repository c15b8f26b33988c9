"""Every figure that docs/figures.md states, each beside its limit from the same run.

uv run python -m benchmarks            all of them
uv run python -m benchmarks ballots    one of them
"""
