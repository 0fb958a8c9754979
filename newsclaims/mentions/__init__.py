"""Mentions: the stretches of a text that can fill a slot."""
