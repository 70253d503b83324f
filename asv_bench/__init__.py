"""Benchmarks over time, for asv (asv.conf.json); `runner`, `calls` and `instructions` are installed as part of corepy.bench."""
