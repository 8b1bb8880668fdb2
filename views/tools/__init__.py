"""Tools of the developers: pictures of the shell, translations."""
