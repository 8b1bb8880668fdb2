"""Package app.queries."""
