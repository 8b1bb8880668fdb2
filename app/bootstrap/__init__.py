"""Set-up and checks of a checkout. `run.py` calls it before anything is installed.

So this package, and `app/__init__.py` above it, import the standard library only.
"""
