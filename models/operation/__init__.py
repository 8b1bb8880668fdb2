"""Package models.operation."""
