"""Curves painted from pyramids of extremes: many of them, long, live, on one time axis."""
