"""Anaphora: what stands for actors in French, and what it tells of them."""
