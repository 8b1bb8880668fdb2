"""The Review station."""
