"""What stands right before a quote and weakens or bounds it: "(almost) all of them", "(at least) 40 houses", 几乎, ربما."""

import re

from annotations.sources.quoting.figures import NUMBER_WORDS
from annotations.sources.quoting.spelling import read_text


def _folded(phrases: str) -> frozenset[str]:
    return frozenset(read_text(phrase) for phrase in phrases.strip().replace("\n", "|").split("|"))


# A quote may not begin right behind these.
_HEDGES = _folded("""
almost|nearly|only|merely|allegedly|reportedly|supposedly|perhaps|maybe|possibly|probably|rarely|seldom|few
fast|beinahe|nahezu|nur|lediglich|angeblich|mutmaßlich|vielleicht|möglicherweise|wahrscheinlich|selten|wenige
presque|seulement|prétendument|peut-être|probablement|rarement|casi|solo|solamente|únicamente|apenas|supuestamente
presuntamente|quizás|quizá|probablemente|raramente|pocos|pocas|quase|somente|talvez|quasi|soltanto|forse|pochi|poche
prawie|tylko|jedynie|rzekomo|podobno|może|nieliczni|neredeyse|yalnızca|sadece|sözde|belki|nadiren|gần|chỉ|hầu
почти|только|лишь|едва|якобы|возможно|вероятно|редко|немногие|майже|тільки|лише|нібито|можливо
تقريبا|فقط|ربما|نادرا|مجرد|تقریبا|تنها|شاید|صرف|σχεδόν|μόνο|ίσως|δήθεν|כמעט|רק|אולי|לכאורה
लगभग|केवल|सिर्फ|शायद|कथित|거의|단지|오직|아마
""")
_OTHER_IN_ENGLISH = frozenset(("fast", "solo", "quasi"))
# Nor behind these where they open the sentence: what is left says it of all.
_PARTS = _folded("""
most|some|many|several|half|die meisten|einige|manche|viele|la plupart des|la plupart|certains|quelques|la mayoría de
algunos|algunas|muchos|большинство|некоторые|многие|более|niektórzy|większość|bazı|çoğu|birçok|معظم|اغلب|غالبية|بعض
بیشتر|برخی|اکثر|کچھ|μερικοί|πολλοί|רוב|חלק|कुछ|कई|अधिकांश|일부|대부분의|대부분
""")
# Nor between these and the figure that they bound.
_BOUNDS = _folded("""
more than|less than|fewer than|at least|at most|up to|mehr als|weniger als|mindestens|höchstens|bis zu|plus de|moins de
au moins|au plus|jusqu'à|más de|menos de|al menos|por lo menos|como máximo|hasta|più di|meno di|almeno|mais de|pelo menos
ponad|mniej niż|co najmniej|najwyżej|en az|en fazla|более|менее|свыше|более чем|не более|не менее|понад|менше|щонайменше
اكثر من|اقل من|لا يقل عن|لا يزيد عن|ما يزيد عن|ما يزيد على|بیش از|کمتر از|حداقل|حداکثر|دست کم|περισσότερα από|λιγότερα από
τουλάχιστον|πάνω από|יותר מ-|לפחות|פחות מ-|कम से कम|최소|최대|hơn|ít nhất
""")
_SOLID = re.compile(
    "(?:几乎|幾乎|只有|(?<!不)[仅僅]有?|据称|據稱|可能|也许|也許|或许|或許|ほとんどの?|ほぼ|おそらく|たぶん|เกือบ|เพียง|อาจ)\n?\\Z"
)
_SOLID_BOUND = re.compile("(?:超过|超過|不到|至少|至多|最多|不足|多达|多達|少于|少於|多于|多於|逾|近)\n?\\Z")
_SOLID_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十百千两兩]")
_PHRASE = re.compile(r"((?:[\w'’\u0900-\u0963-]+[ \t\u00a0]+){0,2}[\w'’\u0900-\u0963-]+)[ \t\u00a0]*\n?[ \t\u00a0]*\Z")
_FIRST_WORD = re.compile(r"[\w\u0900-\u0963]+")
_SENTENCE_END = re.compile(r"(?:^|[.!?…。؟۔।:»”\"\n])\s*$")


def hedge_before(text: str, start: int, before: str, language: str = "und") -> int:
    """How many of the characters `before` (they end at `start`) must be quoted with what begins at `start`."""
    found = _SOLID.search(before)
    if found is None and _SOLID_FIGURE.match(text, start):
        found = _SOLID_BOUND.search(before)
    if found is not None:
        return len(found.group())
    phrase = _PHRASE.search(before) if before[-1:].isspace() else None
    if phrase is None:
        return 0
    first = phrase.start(1)
    for place in (first, *(first + gap.end() for gap in re.finditer(r"\s+", phrase.group(1)))):
        words = read_text(before[place:])
        if (
            (words in _HEDGES and not (words in _OTHER_IN_ENGLISH and language[:2] == "en"))
            or (words in _BOUNDS and _is_figure(text, start))
            or (words in _PARTS and _SENTENCE_END.search(before[:place]))
        ):
            return len(before) - place
    return 0


def _is_figure(text: str, start: int) -> bool:
    word = _FIRST_WORD.match(text, start)
    return text[start].isdecimal() or (word is not None and read_text(word.group()) in NUMBER_WORDS)
