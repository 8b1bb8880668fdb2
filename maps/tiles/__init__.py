"""Tiles of the base map: made from files, read from archives, fetched from servers."""
