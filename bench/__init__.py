"""Benchmarks: Parley beside its peers, measured by turns in one run, as ratios. `make bench` runs them.

One file per area: `api`, `start`, `call`. The peers are what a user would run instead, in `peers`.
"""
