"""Corepy beside its peers: what `python -m corepy bench` runs. Nothing of it is imported with Corepy.

`runner`, `calls` and `instructions` are installed here from asv_bench/, where asv measures one version after another with them.
"""
