"""Layers that a user brings: any map file becomes checked shapes in WGS 84, and goes out again."""
