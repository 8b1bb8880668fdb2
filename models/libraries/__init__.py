"""Package models.libraries."""
