"""Sparkplug B (Eclipse Sparkplug 3.0): births, aliases and sequence numbers of edge nodes."""
