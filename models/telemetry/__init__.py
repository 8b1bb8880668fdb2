"""Package models.telemetry."""
