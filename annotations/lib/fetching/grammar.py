"""h11's expressions for header and chunk lines, mended: as shipped (0.16) they try every way to split a run of blanks.

One header of 100 kB of blanks and a NUL held the process for a minute, inside one call, where no clock of ours looks.
Possessive, they read each blank once. They match what they matched, but for a bare CR in a chunk's extension.
"""

import re

from h11 import _readers

_MENDED = ((rb"[ \t]*", rb"[ \t]*+"), (rb";.*", rb";[^\r\n]*+"))


def mend() -> None:
    """For every connection of this process, those of a server that speaks by h11 included."""
    for name in ("header_field_re", "chunk_header_re"):
        pattern: bytes = getattr(_readers, name).pattern
        for shipped, mended in _MENDED:
            pattern = pattern.replace(mended, shipped).replace(shipped, mended)  # twice does no harm
        setattr(_readers, name, re.compile(pattern))
