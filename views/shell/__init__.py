"""The shell: rail, top bar, strip, bands, palette, sound and the window that places panels."""
