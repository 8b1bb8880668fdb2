"""Package app.gateway."""
