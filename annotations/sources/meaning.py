"""What may not differ between a quote and its source, however alike they look: figures, negations, quantities, names."""

import re
from collections import Counter

from rapidfuzz.fuzz import ratio

from annotations.lib.folding import fold_text

# One list over all languages, folded: a word that negates in one and is common in another (ne, no) counts only as a
# change of its number between quote and source, so a shared occurrence costs nothing.
_NEGATIONS = """not no never none nobody nothing neither nor without cannot can't won't didn't doesn't don't isn't aren't wasn't
    weren't hasn't haven't hadn't couldn't wouldn't shouldn't n't لا لم لن ليس ليست ليسوا ما غير دون بدون عدم لست لسنا
    كلا не ни нет никогда никто ничего без нельзя nie niemals kein keine keinen keiner keinem keines nicht nichts ohne
    niemand ne pas jamais aucun aucune rien sans personne ni no nunca jamás nada ninguno ninguna sin tampoco nadie não
    nunca nenhum nenhuma sem değil yok hiç asla olmayan نه نیست نمی نمی‌ نبود نکرد هرگز بدون هیچ नहीं न मत बिना कभी نہیں
    نہ مت بغیر کبھی""".split()
_QUANTITIES = """all every each some any few many most several half double triple only almost nearly more less fewer least million
    billion thousand hundred dozen trillion one two three four five six seven eight nine ten twenty thirty forty fifty
    sixty seventy eighty ninety increase increased decrease decreased rose fell rise fall grew shrank higher lower above
    below before after true false always كل جميع بعض معظم اغلب اكثر اقل نصف ضعف فقط مليون مليونا ملايين مليار مليارات
    الف الاف مئه مئات واحد اثنان اثنين ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره عشرون ثلاثون اربعون خمسون ستون سبعون
    ثمانون تسعون ارتفع ارتفعت انخفض انخفضت زاد زادت تراجع تراجعت قبل بعد فوق تحت اعلي ادني все всех каждый некоторые
    многие большинство половина только почти более менее больше меньше миллион миллиона миллионов миллиард миллиарда
    миллиардов тысяча тысячи тысяч сто два три четыре пять шесть семь восемь девять десять вырос выросла выросло выросли
    упал упала упало упали снизился снизилась снизилось повысился повысилась повысилось выше ниже до после увеличил
    уменьшил alle jeder einige viele die meisten halb nur fast mehr weniger million millionen milliarde milliarden
    tausend hundert zwei drei vier funf sechs sieben acht neun zehn stieg sank gestiegen gesunken vor nach uber unter
    tous toutes chaque quelques plusieurs moitie seulement presque plus moins million millions milliard milliards mille
    cent deux trois quatre cinq sept huit neuf dix augmente augmenté diminue diminué avant apres todos todas cada
    algunos muchos mayoria mitad solo casi mas menos millon millones mil cien dos tres cuatro cinco seis siete ocho
    nueve diez aumento subio bajo disminuyo antes despues सभी कुछ अधिक कम आधा केवल लाख करोड़ हजार सौ एक दो तीन चार पांच
    छह सात आठ नौ दस बढ़ा घटा बढ़ी घटी""".split()
_SINGLE_CHARACTERS = frozenset("不没無无未非莫勿别全每都一二三四五六七八九十百千万亿増減升降多少前后後上下半")
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_SIGNS = re.compile(r"[%$€£¥₽₺₹‰+]")
# Vowel signs of the Indic scripts and of Thai belong to their words.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e])+(?:'[^\W\d_]+)?")


ALIKE = 60.0  # of 100: below, it is another word and not a slip


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(part for word in words for part in fold_text(word).split())


NEGATIONS = _folded(_NEGATIONS)
QUANTITIES = _folded(_QUANTITIES)


def weighty_change(quote: str, found: str, *, around: str = "") -> str:
    """All folded; `around` is the passage with what stands beside it. What differs in a way that can turn the meaning ("figures", "negation", …), or ""."""
    if _figures(quote) != _figures(found):
        return "figures"
    if Counter(_SIGNS.findall(quote)) != Counter(_SIGNS.findall(found)):
        return "signs"
    mine, theirs = Counter(_words(quote)), Counter(_words(found))
    changed = (mine - theirs) + (theirs - mine)
    if any(_negates(word) for word in changed):
        return "negation"
    if any(_bare_word(word) in QUANTITIES for word in changed):
        return "quantity"
    singles = _SINGLE_CHARACTERS
    if Counter(char for char in quote if char in singles) != Counter(char for char in found if char in singles):
        return "quantity"
    return "wording" if _replaced_words(mine - theirs, _words(around or found)) else ""


def _figures(text: str) -> Counter[str]:
    return Counter(figure.replace(",", "") for figure in _FIGURE.findall(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _bare_word(word: str) -> str:
    """Without one Arabic clitic."""
    if len(word) > 3 and word[0] in "وفبلك" and "\u0600" <= word[0] <= "\u06ff":
        inner = word[1:]
        return inner if inner in NEGATIONS or inner in QUANTITIES else word
    return word


def _negates(word: str) -> bool:
    return word in NEGATIONS or _bare_word(word) in NEGATIONS or word.endswith("n't")


def _replaced_words(gone: Counter[str], there: list[str]) -> bool:
    """A word of the quote that the passage does not know even by another spelling (a name, a place)."""
    known = [word for word in there if len(word) > 2]
    return any(
        max((ratio(word, other) for other in known), default=0) < ALIKE for word in gone.elements() if len(word) > 3
    )
