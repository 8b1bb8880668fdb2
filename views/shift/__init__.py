"""Who has the watch: the sheet at a desk's start, and the key that changes it."""
