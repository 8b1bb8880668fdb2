"""The Command station: incident, tasks, dispatch, orders, log."""
