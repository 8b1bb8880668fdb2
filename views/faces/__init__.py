"""Looks at the screens as they are: texts cut off, widgets misplaced, characters missing."""
