"""The demonstration's guideline and checklist, whom its desk asked, and what two reviewers who differ say to each other."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from annotations.models import Claim, Member
from annotations.models.talk import ContactStatus
from annotations.newsrooms import guidelines
from annotations.newsrooms.guidelines import Item
from annotations.reviews import contacting, disclosing, talking
from annotations.reviews.contacting import Entry

GUIDELINE = {
    "en": (
        "# How we check\n\n"
        "We check **statements of fact**, not opinions. A verdict says what the evidence shows today, and can change with it.\n\n"
        "## Sources\n\n"
        "1. Go to the primary source: the record itself, not the report about it.\n"
        "2. Quote the exact words that the verdict stands on, and say where they stand.\n"
        "3. Look for a source that would prove you wrong before you decide.\n\n"
        "## Fairness\n\n"
        "- Judge the strongest reading of the claim, in its context.\n"
        "- Whoever is accused of a falsehood is asked for comment before we publish.\n"
        "- Say what you do not know. “Unproven” is a verdict.\n"
    ),
    "ar": (
        "# كيف نتحقق\n\n"
        "نتحقق من **الوقائع** لا من الآراء. والحكم يقول ما تثبته الأدلة اليوم، وقد يتغير إذا تغيرت.\n\n"
        "## المصادر\n\n"
        "1. عد إلى المصدر الأولي: السجل نفسه لا الخبر عنه.\n"
        "2. انقل الكلمات التي يقوم عليها الحكم كما هي، واذكر موضعها.\n"
        "3. ابحث عن مصدر قد يثبت خطأك قبل أن تحكم.\n\n"
        "## الإنصاف\n\n"
        "- احكم على أقوى معنى للادعاء في سياقه.\n"
        "- نسأل من ننسب إليه قولا زائفا عن رأيه قبل النشر.\n"
        "- قل ما لا تعرفه؛ فعبارة «غير مثبت» حكم أيضا.\n"
    ),
}
CHECKLIST = (
    Item({"en": "I read the primary source myself", "ar": "قرأت المصدر الأولي بنفسي"}, key="primary-source"),
    Item(
        {"en": "The quote stands in the source as I copied it", "ar": "الاقتباس وارد في المصدر كما نقلته"},
        key="quote-stands",
    ),
    Item({"en": "I looked for a source that says the opposite", "ar": "بحثت عن مصدر يقول العكس"}, key="other-side"),
    Item(
        {"en": "I judged the claim, not the person who made it", "ar": "حكمت على الادعاء لا على قائله"},
        key="claim-not-person",
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """Asked days after the claim was made."""

    days: int
    means: str
    asked: str
    status: str
    answer: str = ""


# By place of the article and of the claim in it.
QUESTIONS = {
    (0, 4): Question(
        4,
        "mail",
        "إلى أي مصدر يستند قولك إن التعداد شمل جميع الطلاب المقيمين؟",
        ContactStatus.ANSWERED,
        "قصدت الطلاب المسجلين في سجلات المدينة، وسأوضح ذلك.",
    ),
    (1, 4): Question(3, "phone", "على أي قياس يستند هذا القول؟", ContactStatus.WAITING),
    (2, 3): Question(5, "social", "From which budget did the council pay for the trains?", ContactStatus.NO_ANSWER),
}
EXCHANGES = {
    (1, 4): (
        "التقرير يذكر 18 مليونا للأنابيب ولا يذكر السيارات أصلا، فكيف نقول إن الادعاء زائف؟ أرى أنه غير مثبت. @Edith Novak ما رأيك؟",
        "لو أُنفق على السيارات أربعة أضعاف ما أُنفق على الأنابيب لذكره التقرير السنوي، ولهذا حكمت بأنه زائف. لننتظر رد النائب.",
    ),
    (2, 6): (
        "The railway's own page says two years of repairs. Four is false, plainly.",
        "If he counts from the decision to close the line, half of it holds. Shall we ask him? https://averill.example/contact",
    ),
}


def write_guideline(admin: Member) -> None:
    guidelines.write_guideline(GUIDELINE, by=admin)
    guidelines.write_checklist(CHECKLIST, by=admin)


def ask(claim: Claim, place: tuple[int, int], *, on: date, by: Member) -> None:
    """The question and, as a second entry, what came of it."""
    question = QUESTIONS.get(place)
    if question is None or not claim.claimant:
        return
    day = on + timedelta(days=question.days)
    entry = Entry(
        whom=claim.claimant,
        contacted_on=day,
        means=question.means,
        asked=question.asked,
        deadline=day + timedelta(days=3),
    )
    row = contacting.enter(claim, entry, by=by)
    if question.status != ContactStatus.WAITING:
        contacting.correct(row, replace(entry, status=question.status, answer=question.answer), by=by)


def discuss(claim: Claim, place: tuple[int, int], reviewers: list[Member]) -> None:
    """One comment and the reply to it, by those who have judged the claim."""
    words = EXCHANGES.get(place)
    if words is None:
        return
    first = talking.say(claim, words[0], by=reviewers[0])
    talking.say(claim, words[1], by=reviewers[1], reply_to=first)


def tell_readers(claim: Claim, *, by: Member) -> None:
    """What came of the questions goes out with the fact-check."""
    disclosing.disclose(claim, by=by)
    for shown in contacting.of_claim(by, claim):
        if shown.may_publish:
            contacting.publish(shown.entry, by=by, on=True)
