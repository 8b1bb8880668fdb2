"""The Monitor station and its plots."""
