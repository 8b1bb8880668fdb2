"""Validation cases: one file per kind, each with its `FORMS`; `registry` gathers them."""
