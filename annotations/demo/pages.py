"""The demonstration's reference pages: fictional people, places and institutions, served by the demonstration itself.

One is in Arabic, one in English; one link leads to nothing, so that a dead link can be seen.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferencePage:
    title: str
    language: str
    author: str
    published: str
    paragraphs: tuple[str, ...]


PAGES: dict[str, ReferencePage] = {
    "marjan-census": ReferencePage(
        "نتائج تعداد سكان مدينة مرجان",
        "ar",
        "مكتب الإحصاء في مرجان",
        "2024-03-11",
        (
            "أعلن مكتب الإحصاء في مدينة مرجان نتائج التعداد السكاني الذي جرى في شهر كانون الثاني 2024.",
            "بلغ عدد سكان المدينة 412,600 نسمة، بعد أن كان 398,200 نسمة في تعداد 2014، أي بزيادة قدرها 3.6 في المئة خلال عشر سنوات.",
            "وأوضح المكتب أن عدد الأسر ارتفع إلى 96,300 أسرة، وأن متوسط حجم الأسرة انخفض إلى 4.3 أفراد.",
            "ولا تشمل الأرقام المقيمين إقامة مؤقتة لأغراض الدراسة.",
        ),
    ),
    "marjan-water": ReferencePage(
        "تقرير هيئة المياه السنوي في مرجان",
        "ar",
        "هيئة مياه مرجان",
        "2024-02-20",
        (
            "نشرت هيئة مياه مرجان تقريرها السنوي عن عام 2023.",
            "انخفض الفاقد من شبكة المياه إلى 21 في المئة من الإنتاج، بعد أن كان 34 في المئة في عام 2019.",
            "لم ترفع الهيئة تعرفة المياه للمنازل في عام 2023، وبقيت التعرفة على حالها منذ عام 2020.",
            "أنفقت الهيئة 18 مليون دينار على إصلاح الأنابيب في الأحياء القديمة.",
        ),
    ),
    "orlen-rail": ReferencePage(
        "Orlen Valley Railway: passenger figures for 2023",
        "en",
        "Orlen Valley Railway",
        "2024-01-30",
        (
            "The Orlen Valley Railway carried 2.31 million passengers in 2023, up from 1.98 million in the year before.",
            "The line between Orlen and Port Selby reopened on 4 May 2023 after two years of repairs.",
            "The council did not contribute to the cost of the new trains, which was met by the railway's own reserve.",
            "Nine in ten trains arrived within five minutes of the timetable.",
        ),
    ),
    "orlen-air": ReferencePage(
        "Air quality in Orlen: yearly report",
        "en",
        "Institute for Town Air, Orlen",
        "2024-04-02",
        (
            "The yearly mean of fine dust at the market square was 11 micrograms per cubic metre in 2023, after 14 in 2018.",
            "The limit for the daily mean was exceeded on six days, all of them in January.",
            "The institute does not attribute the improvement to a single measure: milder winters played a part.",
        ),
    ),
}
