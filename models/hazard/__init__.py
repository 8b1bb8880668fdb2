"""Package models.hazard."""
