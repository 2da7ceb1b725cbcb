"""The demonstration's articles, and what its reviewers make of each claim. All of it is made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to the article's n-th claim: the verdicts given, the page and the paragraph they stand on, how far it goes.

    `until`: proposed, dropped, open, in_review, judged, ruled, or published.
    """

    verdicts: tuple[str, ...] = ()
    page: str = ""
    paragraph: int = 0
    until: str = "published"


@dataclass(frozen=True, slots=True)
class DemoArticle:
    text: str
    publisher: str
    published_on: str
    url: str
    plans: tuple[Plan, ...]


_T, _MT, _H, _MF, _F, _U = "true", "mostly_true", "half_true", "mostly_false", "false", "unproven"

ARTICLES: tuple[DemoArticle, ...] = (
    DemoArticle(
        text=(
            "مرجان تكبر\n\n"
            "قال رئيس بلدية مرجان سالم الحداد إن عدد سكان المدينة تجاوز 412 ألف نسمة. "
            "وأضاف أن السكان زادوا بنسبة 10 في المئة خلال عشر سنوات. "
            "وذكر الحداد أن عدد الأسر في المدينة بلغ 96 ألف أسرة. "
            "وأكد أن متوسط حجم الأسرة ارتفع إلى 5.3 أفراد.\n\n"
            "الأرقام والطلاب\n\n"
            "وقالت عضو المجلس ليلى نعمان إن التعداد شمل جميع الطلاب المقيمين في المدينة. "
            "وزعمت أن التعداد جرى في كانون الثاني 2023. "
            "ورأت نعمان أن مرجان أصبحت أجمل مدن الساحل. "
            "وأعلن مكتب الإحصاء أن النتائج نُشرت في آذار 2024."
        ),
        publisher="صحيفة المرفأ",
        published_on="2024-03-14",
        url="https://almarfa.example/2024/marjan",
        plans=(
            Plan((_T, _T), "marjan-census", 1),
            Plan((_F, _F), "marjan-census", 1),
            Plan((_T, _MT), "marjan-census", 2),
            Plan((_F, _F), "marjan-census", 2),
            Plan((_F, _F), "marjan-census", 3),
            Plan((_F, _MF), "marjan-census", 0),
            Plan(until="dropped"),
            Plan(until="proposed"),
        ),
    ),
    DemoArticle(
        text=(
            "الماء في مرجان: أقل هدرا\n\n"
            "أعلنت هيئة المياه أن الفاقد من الشبكة انخفض إلى 21 في المئة في عام 2023. "
            "وقال مديرها نادر القصاب إن الفاقد كان 34 في المئة في عام 2019. "
            "وذكر القصاب أن الهيئة رفعت تعرفة المياه للمنازل في عام 2023. "
            "وأضاف أن الهيئة أنفقت 18 مليون دينار على إصلاح الأنابيب.\n\n"
            "وقال النائب فارس الديب إن الهيئة أنفقت 80 مليون دينار على السيارات. "
            "وزعم الديب أن الفاقد ما زال 34 في المئة. "
            "وأكد أن التعرفة بقيت على حالها منذ عام 2020. "
            "وتوقع أن ينقطع الماء في الصيف المقبل."
        ),
        publisher="إذاعة الساحل",
        published_on="2024-02-22",
        url="https://sahel-radio.example/water",
        plans=(
            Plan((_T, _T), "marjan-water", 1),
            Plan((_T, _T), "marjan-water", 1),
            Plan((_F, _F), "marjan-water", 2),
            Plan((_T, _T), "marjan-water", 3),
            Plan((_U, _F), "marjan-water", 3, "judged"),
            Plan((_F, _F), "marjan-water", 1),
            Plan((_T, _T), "marjan-water", 2),
            Plan(until="open"),
        ),
    ),
    DemoArticle(
        text=(
            "Orlen's trains are full again\n\n"
            "The Orlen Valley Railway carried 2.31 million passengers in 2023, its director Ida Marsh said. "
            "She said that this was twice as many as in the year before. "
            "The line to Port Selby reopened on 4 May 2023 after two years of repairs. "
            "Councillor Tom Averill said that the council paid for the new trains.\n\n"
            "On time\n\n"
            "Marsh told the Gazette that nine in ten trains arrived within five minutes of the timetable. "
            "Averill claimed that every third train was late. "
            "He said that the repairs took four years. "
            "Passengers said the new seats are a joy."
        ),
        publisher="Orlen Gazette",
        published_on="2024-02-03",
        url="https://gazette.example/orlen-trains",
        plans=(
            Plan((_T, _T), "orlen-rail", 0),
            Plan((_F, _MF), "orlen-rail", 0),
            Plan((_T, _T), "orlen-rail", 1),
            Plan((_F, _F), "orlen-rail", 2),
            Plan((_T, _MT), "orlen-rail", 3),
            Plan((_F, _F), "orlen-rail", 3, "ruled"),
            Plan((_F, _H), "orlen-rail", 1, "judged"),
            Plan(until="dropped"),
        ),
    ),
    DemoArticle(
        text=(
            "Cleaner air at the market\n\n"
            "Fine dust at Orlen's market square fell to 11 micrograms per cubic metre in 2023, the institute reported. "
            "Mayor Ruth Calder said the value was 14 micrograms in 2018. "
            "She said that the daily limit was never exceeded in 2023. "
            "Calder said the institute credits her traffic plan alone for the improvement.\n\n"
            "Opponents said that the limit was exceeded on six days. "
            "They claimed that five of the six days were in July. "
            "The town will plant 400 trees next year, Calder said."
        ),
        publisher="Orlen Gazette",
        published_on="2024-04-05",
        url="https://gazette.example/orlen-air",
        plans=(
            Plan((_T, _T), "orlen-air", 0),
            Plan((_T, _T), "orlen-air", 0),
            Plan((_F, _F), "orlen-air", 1),
            Plan((_F, _MF), "orlen-air", 2, "judged"),
            Plan((_T, _T), "orlen-air", 1),
            Plan((_F,), "orlen-missing", 0, "in_review"),
            Plan(until="open"),
        ),
    ),
)

# The last paragraph of the last article as it appeared later: another figure, and no sentence about the trees.
GONE_FROM = (
    "Opponents said that the limit was exceeded on six days. They claimed that four of the six days were in July."
)

# What another desk had checked before.
EARLIER = {
    "claim": "أعلن مكتب الإحصاء أن نتائج التعداد نُشرت في آذار 2024",
    "claimant": "مكتب الإحصاء",
    "verdict": "صحيح",
    "title": "هل نُشرت نتائج التعداد في موعدها؟",
    "publisher": "مرصد الساحل",
    "published_on": "2024-04-02",
    "url": "https://coast-watch.example/checks/31",
    "language": "ar",
}

WORDS = {
    "ar": {
        "reason": "قارنت الادعاء بنص المصدر؛ والعبارة المقتبسة تحسم الأمر.",
        "summary": "{verdict}: هذا ما يقوله المصدر الرسمي.",
        "explanation": "راجعنا الادعاء في ضوء المصدر التالي: «{quote}» وعلى هذا جاء الحكم «{verdict}».",
        "internal": "مراجعتان مستقلتان، والمصدر أولي.",
    },
    "en": {
        "reason": "I compared the claim with the source; the quoted words settle it.",
        "summary": "{verdict}: this is what the official source says.",
        "explanation": "We held the claim against this source: “{quote}” Hence the verdict “{verdict}”.",
        "internal": "Two independent reviews, and the source is primary.",
    },
}
CLAIMANTS = {
    "الحداد": "سالم الحداد",
    "نعمان": "ليلى نعمان",
    "القصاب": "نادر القصاب",
    "الديب": "فارس الديب",
    "Marsh": "Ida Marsh",
    "Averill": "Tom Averill",
    "Calder": "Ruth Calder",
}
