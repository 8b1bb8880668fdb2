"""Tools that make bundled map files; the program never imports them."""
