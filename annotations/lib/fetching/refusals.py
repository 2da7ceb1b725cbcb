"""Why a document cannot be read, and how much of one is kept."""

MOST_TEXT = 5_000_000  # characters kept of any document


class CannotRead(Exception):
    """Becomes a ParseFailure; `code` is one of those that it names."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
