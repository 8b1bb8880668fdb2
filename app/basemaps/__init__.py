"""Base maps of a site: their list, their making, the servers that were configured."""
