"""The Watch station: situations, alarms, calls."""
