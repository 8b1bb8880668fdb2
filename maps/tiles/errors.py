"""What can go wrong with tiles, said so that a user can act on it."""


class TileFileError(Exception):
    """A file can't be made into tiles or read as tiles; the text names file and reason.

    `code` is a word that screens translate; `reason` is its English detail.
    """

    def __init__(self, file: str, code: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.code = code
        self.reason = reason
