"""Package models.dispatch."""
