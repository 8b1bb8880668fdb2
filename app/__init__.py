"""The application: clock, journal, commands, queries, gateway, settings and start."""

from app.netguard import install_from_environment

install_from_environment()  # before anything else can open a socket
