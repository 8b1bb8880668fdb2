"""Where and how much leaks, from detector readings and wind."""
