"""Days as documents write them: ISO, with figures, or with the month's name in the scripts that we read. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

_MONTHS = """
january jan | february feb | march mar | april apr | may | june jun | july jul | august aug | september sept sep | october oct | november nov | december dec
января январь янв | февраля февраль фев | марта март мар | апреля апрель апр | мая май | июня июнь июн | июля июль июл | августа август авг | сентября сентябрь сен сент | октября октябрь окт | ноября ноябрь ноя нояб | декабря декабрь дек
січня | лютого | березня | квітня | травня | червня | липня | серпня | вересня | жовтня | листопада | грудня
يناير ينايز | فبراير | مارس | ابريل أبريل إبريل | مايو | يونيو يونيه | يوليو يوليه | اغسطس أغسطس | سبتمبر | اكتوبر أكتوبر | نوفمبر | ديسمبر
كانون_الثاني | شباط | اذار آذار أذار | نيسان | ايار أيار | حزيران | تموز | اب آب | ايلول أيلول | تشرين_الاول تشرين_الأول | تشرين_الثاني | كانون_الاول كانون_الأول
جانفي | فيفري | - | افريل أفريل | ماي | جوان | جويلية | اوت أوت | شتنبر | - | نونبر | دجنبر
janvier | février fevrier | mars | avril | mai | juin | juillet | août aout | septembre | octobre | novembre | décembre decembre
enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre setiembre | octubre | noviembre | diciembre
januar jänner | februar | märz maerz | april | mai | juni | juli | august | september | oktober | november | dezember
gennaio | febbraio | marzo | aprile | maggio | giugno | luglio | agosto | settembre | ottobre | novembre | dicembre
janeiro | fevereiro | março | abril | maio | junho | julho | agosto | setembro | outubro | novembro | dezembro
januari | februari | maart mars | april | mei maj | juni | juli | augustus augusti | september | oktober | november | december
stycznia | lutego | marca | kwietnia | maja | czerwca | lipca | sierpnia | września | października | listopada | grudnia
ינואר בינואר | פברואר בפברואר | מרץ במרץ מרס במרס | אפריל באפריל | מאי במאי | יוני ביוני | יולי ביולי | אוגוסט באוגוסט | ספטמבר בספטמבר | אוקטובר באוקטובר | נובמבר בנובמבר | דצמבר בדצמבר
ژانویه | فوریه | مارس | آوریل | مه | ژوئن | ژوئیه جولای | اوت | سپتامبر | اکتبر | نوامبر | دسامبر
جنوری | فروری | مارچ | اپریل | مئی | جون | جولائی | اگست | ستمبر | اکتوبر | نومبر | دسمبر
ocak | şubat | mart | nisan | mayıs | haziran | temmuz | ağustos | eylül | ekim | kasım | aralık
"""
MONTHS: dict[str, int] = {
    name.replace("_", " "): number
    for line in _MONTHS.strip().split("\n")
    for number, names in enumerate(line.split("|"), 1)
    for name in names.split()
    if name != "-"
}
_NAME = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in MONTHS), key=len, reverse=True))
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<y>\d{4})\s*(?P<s>[-/.])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日号號일]?",
        # 12 May 2024; 12 de mayo de 2024; 12 أيار/مايو 2024 (both names of a month); 12. März 2024; 12-Feb-2024
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s\-]*(?:de\s+|من\s+|of\s+)?(?P<n>{_NAME})\.?(?:\s*[/(]\s*(?:{_NAME})\)?)?[,،\s\-]*(?:de\s+|del\s+|عام\s+|سنة\s+)?(?P<y>\d{{4}})(?!\d)",
        # May 12, 2024
        rf"(?<!\w)(?P<n>{_NAME})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        # 31/12/2024 or 12/31/2024: only where one of the two cannot be a month.
        r"(?<![\d/])(?P<a>\d{1,2})(?P<s>[/\-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)",
    )
)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6})?Z?")
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "0123456789" * 3)
_MARKS = re.compile("[\u200e\u200f\u200b\u202a-\u202e\u2066-\u2069\u0640\u064b-\u0652]")
_DAY_FIRST = re.compile("[\u0400-\u04ff\u0590-\u08ff]")
_URL = re.compile(r"/(\d{4})[/\-](\d{1,2})[/\-](\d{1,2})(?=[/\-_.?]|$)|/(20\d\d|19\d\d)(\d{2})(\d{2})(?=[/\-_.]|$)")


def plain(text: str) -> str:
    """European figures, no marks that stand inside words: as the forms are searched."""
    return _MARKS.sub("", text.translate(_FIGURES))


def day_comes_first(text: str) -> bool:
    """Whether 5/6/2024 is the fifth of June to those who read this: in Arabic, Hebrew and Cyrillic letters it always is."""
    return len(_DAY_FIRST.findall(text[:4000])) > 20


def days(text: str, *, day_first: bool = False) -> Iterator[tuple[int, int, date]]:
    """(start, end, day) of every date in `plain(text)`, from the left; what is no day of a calendar is passed over."""
    found = []
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match.groupdict(), day_first=day_first)
            if day is not None:
                found.append((match.start(), match.end(), day))
    last = 0
    for start, end, day in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if start >= last:
            last = end
            yield start, end, day


def first_day(text: str) -> date | None:
    """The first date in a short text."""
    return next((day for _start, _end, day in days(plain(text[:2000]))), None)


def declared_day(value: str) -> date | None:
    """The day of a value that a machine wrote: ISO, epoch seconds or milliseconds, 20240512, else as people write it."""
    written = plain(value.strip())[:200]
    if _EPOCH.fullmatch(written):
        return datetime.fromtimestamp(int(written[:10]), UTC).date()
    compact = _COMPACT.fullmatch(written)
    if compact:
        return _real(*(int(part) for part in compact.groups()))
    return first_day(written)


def day_of_url(url: str) -> date | None:
    """/2024/05/12/ and its like in an address."""
    match = _URL.search(url)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    return _real(*parts)


def is_plausible(day: date | None, *, guessed: bool) -> bool:
    """A page that we hold was not published after tomorrow; a guess before 1990 is another date on the page."""
    if day is None or day > datetime.now(UTC).date() + timedelta(days=1):
        return False
    return day.year >= 1990 if guessed else day.year >= 1600 and day != date(1970, 1, 1)


def _day(parts: dict[str, str], *, day_first: bool) -> date | None:
    year = int(parts["y"])
    if parts.get("n"):
        name = re.sub(r"\s+", " ", parts["n"].lower())
        return _real(year, MONTHS[name], int(parts["d"]))
    if parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        if first > 12 or (day_first and second <= 12):
            return _real(year, second, first)
        return _real(year, first, second) if second > 12 or first == second else None
    return _real(year, int(parts["m"]), int(parts["d"]))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1500 <= year <= 2200 else None
    except ValueError:
        return None
