"""Tools for who works on Muster; the program itself doesn't import them."""
