"""The list of layers beside the map: what is shown, how faint, in which order, filtered how."""
