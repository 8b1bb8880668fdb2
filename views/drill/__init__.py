"""The Drill station."""
