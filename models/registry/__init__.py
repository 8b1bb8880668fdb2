"""Package models.registry."""
