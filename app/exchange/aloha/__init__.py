"""Threat zones that NOAA's ALOHA wrote as KML or KMZ: read as data, checked, named."""
