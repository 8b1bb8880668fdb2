"""Source terms: how much leaves a vessel, a pipe or a pool, and how it changes with time."""
