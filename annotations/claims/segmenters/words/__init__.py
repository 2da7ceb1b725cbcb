"""Word lists of the languages, written from general knowledge of them."""
