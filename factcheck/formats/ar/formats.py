"""Numbers in Arabic as the articles write them (4.3 and 412,600), not Django's 4,3: one way on every page."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
