"""The demonstration park: a seeded generator of a fictitious park and its scripted world."""

DEMO_SEED = "2026"
