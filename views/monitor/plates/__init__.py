"""Faceplates of tanks and units: what the tags of a hazard source say, painted; one or a wall."""
