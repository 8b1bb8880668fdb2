"""Package models.store."""
