"""Clouds that spread by their own weight."""
