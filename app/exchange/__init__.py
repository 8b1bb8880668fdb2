"""Package app.exchange."""
