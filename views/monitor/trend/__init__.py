"""Trend pages: spans of time, samples by resolution, figures, marks, notes and saved pages."""
