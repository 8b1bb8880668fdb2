"""The Libraries station."""
