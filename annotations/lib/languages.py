"""Which language a text is in, and which way it runs. Script first, then the commonest small words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

UNKNOWN = "und"

CODES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu und ckb""".split()
)
_RTL = frozenset("ar fa ur he yi ps sd ug dv ckb ku".split())

_SCRIPTS: Mapping[str, str] = {
    "HEBREW": "he",
    "GREEK": "el",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "ETHIOPIC": "am",
    "KHMER": "km",
    "MYANMAR": "my",
    "SINHALA": "si",
    "LAO": "lo",
}

# The commonest small words of each language that shares its script with others.
_SMALL_WORDS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "LATIN": {
        "en": frozenset(
            """the of and to in that is was for it with as his on be at by had not are but from or have an they which""".split()
        ),
        "fr": frozenset(
            """le la les de des du et à un une est que qui dans pour pas sur au par avec ce il elle sont plus ne se""".split()
        ),
        "es": frozenset(
            """el la los las de del y que en un una es por con no se para su al lo como más pero sus fue ha""".split()
        ),
        "de": frozenset(
            """der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus""".split()
        ),
        "it": frozenset(
            """il la di che e in un una per è del della con non si le dei da al sono nel gli alla ha più""".split()
        ),
        "pt": frozenset(
            """o a os as de do da e que em um uma para com não por no na se mais dos foi ao ou são""".split()
        ),
        "nl": frozenset(
            """de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij werd door""".split()
        ),
        "tr": frozenset(
            """ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ama ne ise her var yok değil""".split()
        ),
        "id": frozenset(
            """yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada oleh sebagai telah""".split()
        ),
        "pl": frozenset("""i w na z się do nie że to jest o jak po co za od przez dla są ale był tym""".split()),
        "sv": frozenset("""och i att det som en på är av för med till den har de inte om ett var från""".split()),
        "ro": frozenset("și de în la a cu pe că este un o nu din care se mai pentru au sunt fi".split()),
        "cs": frozenset("a v se na je že to s z do o i ve jsem pro by jako ale po který".split()),
        "vi": frozenset("""và của là có trong cho được không các người với một những này đã để khi""".split()),
        "sw": frozenset("""ya na wa kwa ni katika la za cha kuwa hii yake kama lakini hiyo watu baada""".split()),
    },
    "ARABIC": {
        "ar": frozenset(
            """في من على إلى أن إن التي الذي هذا هذه عن مع كان كانت ما لا لم قال بعد قبل بين كما ذلك""".split()
        ),
        "fa": frozenset("""در به از که این را با است برای آن یک خود تا کرد بر هم نیز می شد شده های بود""".split()),
        "ur": frozenset("کے کی میں ہے اور سے کا کو پر نے یہ کہ ہیں تھا گیا بھی نہیں ایک ہو جو".split()),
        "ps": frozenset("د په او چې نه دی له ته سره کې دا دې یې و".split()),
        "ckb": frozenset("لە بە بۆ کە ئەو ئەم و لەگەڵ هەر نە ئەوە".split()),
    },
    "CYRILLIC": {
        "ru": frozenset("""и в не на что с он как по это но из у за от к о было так же все был для или""".split()),
        "uk": frozenset("і в не на що з у та до як він за це від але про його для був які є".split()),
        "bg": frozenset("и на да в е не се от за с по като че са ще това към до беше".split()),
        "sr": frozenset("и у је да се на за не са од су као што из који би али".split()),
        "kk": frozenset("және мен бұл да де үшін бар еді деп бір болып".split()),
    },
    "DEVANAGARI": {
        "hi": frozenset("के की में है और से का को पर ने यह कि हैं था गया भी नहीं एक हो जो".split()),
        "mr": frozenset("आणि आहे या ते की हे च्या मध्ये होते नाही व एक हा तो".split()),
        "ne": frozenset("र छ को मा हो ले पनि भने यो गरेको थियो का लागि".split()),
    },
}
# Letters that rule a language out: more than a name or two holds.
_NEVER_WRITTEN = {
    "bg": "ыэё",
    "uk": "ыэёъ",
    "sr": "йщъыэюя",
    "ru": "іїєґјљњћђџәғқңөұүһ",
}
_WORD = re.compile(r"[^\W\d_]+(?:[\u064B-\u0652\u0900-\u097F]+[^\W\d_]*)*")
_LETTERS_READ = 4000


def is_known(code: str) -> bool:
    """An ISO 639 code that an article can carry."""
    return code in CODES


def direction(language: str) -> str:
    """ "rtl" or "ltr"; a region changes nothing."""
    return "rtl" if language.split("-")[0] in _RTL else "ltr"


def text_direction(text: str) -> str | None:
    """The direction of the first strong letter; None when there is none (figures, marks)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None


def detect(text: str, *, declared: str | None = None) -> str:
    """The ISO 639-1 code, or "und". `declared` (a page's own word) decides between languages of one script when words don't."""
    sample = text[: _LETTERS_READ * 4]
    scripts = _scripts(sample)
    if not scripts:
        return UNKNOWN
    script = max(scripts, key=lambda name: (scripts[name], name))
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 20:
        return "ja"
    if script in _SCRIPTS:
        return _SCRIPTS[script]
    return _by_words(sample, script, declared)


def _scripts(sample: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for char in sample:
        if char.isalpha():
            name = unicodedata.name(char, "").split(" ", 1)[0].split("-", 1)[0]
            found[name] += 1
            if found.total() >= _LETTERS_READ:
                break
    return found


def _by_words(sample: str, script: str, declared: str | None) -> str:
    profiles = _SMALL_WORDS.get(script)
    if profiles is None:
        return declared if declared and is_known(declared) else UNKNOWN
    words = Counter(word.lower() for word in _WORD.findall(sample))
    hits = {code: sum(words[word] for word in profile) for code, profile in profiles.items()}
    letters = Counter(sample.lower())
    for code, never in _NEVER_WRITTEN.items():
        if code in hits and sum(letters[letter] for letter in never) > 2:
            hits[code] = 0
    best = max(hits, key=lambda code: (hits[code], code == declared, code == "ar", code == "en"))
    if hits[best] == 0:
        if declared and is_known(declared):
            return declared
        return {"ARABIC": "ar", "DEVANAGARI": "hi"}.get(script, UNKNOWN)
    if declared in hits and hits[declared] * 2 > hits[best]:
        return declared
    return best
