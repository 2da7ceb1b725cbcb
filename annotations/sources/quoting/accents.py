"""Accents that make another word: hätte is not hatte, öldü is not oldu, bắn is not bán, pagó is not pago. Pure.

Both texts are read without accents, so that accents lost on the way cost nothing: they are lost all at once. Where one is
lost or put in and others of its kind beside it are kept, or it alone is, and the word has a twin, another word was written.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from annotations.sources.quoting.spelling import read_text
from annotations.sources.quoting.words import Word

_KEPT = 4096
_ACCENTED = re.compile("[a-z\u00c0-\u024f\u0300-\u036f\u1ea0-\u1eff\u0438\u0439]", re.IGNORECASE)
_VIETNAMESE = re.compile("[đơưĐƠƯ\u1ea0-\u1eff]")
_SHORT_I = "\u0306"  # what й has and и has not
# Words that are two words, without their accents: here the loss of one accent alone is told.
_TWINS = frozenset(
    read_text("""
hatte hatten wurde wurden konnte konnten musste mussten durfte durften mochte mochten war waren kam kamen gab gaben brauchte
brauchten wusste wussten schon drucken druckte druckten zahlen zahlte zahlten gezahlt fordern forderte forderten gefordert achten
losen tauschen getauscht fallt lauft vater bruder mutter tochter garten laden hafen schaden flughafen kloster nutzen
oldu oldular olduler olen
""").split()
)
# And here only beside accents that were kept, or where it was put in: they are lost too often.
_TWINS_BESIDE = frozenset(
    read_text("""
on kar ac dis el si mas solo tu mi se te aun esta estas este ano anos publico practico critico deposito termino numero animo
e a sur du ou peche tache cote sale mur cru jeune interne sad kat laska maja robia zostana
""").split()
)
# He paid and I pay, (that) he paid and will pay, killed and kills.
_TWIN_ENDINGS = re.compile(r"\w(?:[óò]|és?|(?:a|ie)r(?:á|ás|án))$")


def changes_word(quote: list[Word], page: list[Word]) -> bool:
    """Some word is accented so that it is another (words of one reading, of the quote and of the page, side by side)."""
    pairs = [(_accents(here.raw), _accents(there.raw)) for here, there in zip(quote, page, strict=True)]
    differing = [at for at, (one, other) in enumerate(pairs) if one != other]
    if not differing:
        return False
    tones = any(_VIETNAMESE.search(word.raw) for word in (*quote, *page))
    kept = Counter(accent for one, other in pairs if one == other for accent in one)
    for put_in in (False, True):
        gone = [(at, Counter(pairs[at][not put_in]) - Counter(pairs[at][put_in])) for at in differing]
        gone = [(at, accents) for at, accents in gone if accents]
        for at, accents in gone:
            beside = any(kept[accent] for accent in accents)
            if not beside and len(gone) > 1:
                continue  # all that there are: they were lost on the way
            word = (quote if put_in else page)[at]
            if tones or _is_twin(word, accents) or ((beside or put_in) and _is_twin_beside(word)):
                return True
    return False


def _is_twin(word: Word, accents: Counter[str]) -> bool:
    return word.text in _TWINS or (_SHORT_I in accents and not word.text.isascii())


def _is_twin_beside(word: Word) -> bool:
    written = unicodedata.normalize("NFC", word.raw.lower())
    return word.text in _TWINS_BESIDE or _TWIN_ENDINGS.search(written) is not None


@lru_cache(maxsize=_KEPT)
def _accents(raw: str) -> str:
    """The accents of a word, whichever letters they stand on (hoá is hòa written in two ways)."""
    if raw.isascii() or not _ACCENTED.search(raw):
        return ""
    found = unicodedata.normalize("NFD", raw)
    return "".join(sorted(char for char in found if "\u0300" <= char <= "\u036f" and char != "\u0327"))
