"""Base maps at the Map station: the list, the import."""
