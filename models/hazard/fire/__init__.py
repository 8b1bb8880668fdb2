"""Fires: pool, jet and fireball, view factors and what the air lets through."""
