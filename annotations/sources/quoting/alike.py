"""Words that are one letter or two apart, and all of them words of the news: never slips of the pen for one another."""

from annotations.sources.quoting.spelling import read_text

_ALIKE = """
expert export|experts exports|convicted convinced|casual causal|martial marital|trial trail|trials trails|united untied
nuclear unclear|diary dairy|quiet quite|angel angle|councillor counsellor|principal principle|statue statute|persecuted prosecuted
persecution prosecution|persecutor prosecutor|adopted adapted|desert dessert|moral morale|conservation conversation
contract contact contrast|contracts contacts contrasts|poison prison|message massage|counties countries|marine mariner
stationary stationery|elected ejected erected|election ejection|injured insured|proscribed prescribed|ration ratio|resign reign
reigned resigned|signed sighed|collage college|collision collusion|corporation cooperation|compliment complement|border boarder
borders boarders|bother brother|treat threat treaty|through thorough though thought|breath breadth|loose lose|choose chose
planned planed|strike stroke|strikes strokes|battle bottle|courts counts|crashed crushed|curse course|devoted denoted
father farther|further farther|former farmer|formers farmers|friend fiend|heater heather|houses horses|letter latter later
manager manger|married marred|mental metal|native naive|officer office|palace place|palaces places|patient patent
patients patents|planet plane plant|planets planes plants|prayer player|president precedent|primary primacy|prince price
princes prices|refuse refute|refused refuted|reality realty|report resort|reported resorted|revenue revenge|rocket racket
scared sacred|seize size|silver sliver|singer signer|spokesman spokesmen|suspected suspended|suspects suspends|trust thrust
vacation vocation|wander wonder|widow window|writer waiter|ballet ballot|ballets ballots|commend command|committed commented
decent descent|defect detect|defected detected|deprived derived|device devise|expand expend|explode explore|exploded explored
launch lunch|lessen lesson|mediation meditation|ordinance ordnance|parish perish|patrol petrol|perfect prefect|shooting shouting
underline undermine|underlined undermined|wary weary|nation notion|nations notions|nuclear unclear|regular secular|relief belief
Städte Stätte|Rentner Renter|schießen schließen|erschossen erschlossen|geschossen geschlossen|Vertrag Vortrag|Verträge Vorträge
Gericht Gerücht|Gerichte Gerüchte|Beschluss Beschuss|Abstieg Anstieg|Erhöhung Erholung|Lager Lage|Staaten Städten
poisson poison|élection érection|cousin coussin|hombre hambre|hombres hambres|muerto muerte|fuerte fuente
банк бланк|совет свет|война вина|продать подать|предал передал|выборов выводов|договор договорам
جديد حديد|جديدة حديدة|نائب تائب|حزب حرب خرب|حرق خرق|حرقت خرقت|شعر سعر|يقتل يقبل|تقتل تقبل|قتلت قبلت|قتلوا قبلوا|مقتل مقبل|قاتل قابل|قاتلت قابلت
تقاتل تقابل|مقاتلة مقابلة|خطر حظر|تحذير تخدير|حذر خدر|عزل غزل|غزو عزو|قرار فرار|صيف ضيف|مصيف مضيف|نصب نضب|حصر حضر|حاصر حاضر|محاصر محاضر
حاصرت حاضرت|بحث تحت|بناء ثناء|بنت نبت بيت|بيع تبع|تأييد تأبيد|مؤيد مؤبد|خرج حرج جرح|جرحت خرجت|جرحوا خرجوا|يجرح يخرج|جروح خروج|حلف خلف
تحلف تخلف|حفل حقل|جبل حبل|خبز حبر خبر|حريق خريف|عرض غرض|عرب غرب|عربي غربي|عربية غربية|عريق غريق|عالي غالي|عالية غالية|بذل بدل|يبذل يبدل
بذلت بدلت|كثير كبير|كثيرة كبيرة|أكثر أكبر|نفذ نفد|نفذت نفدت|تنفذ تنفد|وقف وفق|وقفت وفقت|يوقف يوفق|توقف توفق|موقف موفق|رفض رقص|رفضت رقصت
يرفض يرقص|ترفض ترقص|جنوب حبوب|يمين ثمين|يمن ثمن|سنة ستة|شرق سرق|سجن شجن|ثورة ثروة|ينفي يبقي|زيادة ريادة|زائد رائد|سيد سند|صرح ضرح
كشف كسف|كسر كشر|نشر بشر|نشرت بشرت|حجز حجر|عبر غير|عبرت غيرت|غاب عاب|فرح قرح|فرض قرض|فرضت قرضت|فروض قروض|مقر مفر|نار ثار|نصر بصر
مراقبون مرافقون|مراقبين مرافقين|مراقب مرافق|حارة جارة|حار جار|حالة خالة|خسر حشر جسر|خسرت حشرت|رجل رحل|رجال رحال|شكر سكر|شارع سارع
حسم جسم|حشد حسد|خصم خضم|غضب عصب|فضل فصل|فضلت فصلت|تفضل تفصل|مفضل مفصل|تفضيل تفصيل|ظهر طهر|ظهرت طهرت
אחר אחד|עבד עבר|עבדה עברה|עבדו עברו|חדר חרד|הרבה חרבה|מכר מכד|בוחר בחור|घर धर|मारी भारी|मूल भूल|बार वार|मरना भरना
"""
_ALIKE_WORDS = {
    (one, other)
    for group in _ALIKE.replace("\n", "|").split("|")
    for one in read_text(group).split()
    for other in read_text(group).split()
    if one != other
}
# What is written onto an Arabic word, before it and behind it.
_BEFORE = ("", "ال", "وال", "بال", "لل", "و", "ب", "ل", "ف", "س")
_BEHIND = ("", "ا", "ه", "ها", "هم", "ات", "ون", "ين", "وا", "ت")


def are_alike(one: str, other: str) -> bool:
    """Two words, however much the one looks like the other."""
    if (one, other) in _ALIKE_WORDS:
        return True
    if not ("\u0600" <= one[:1] <= "\u06ff" and len(one) == len(other)):
        return False
    return any(
        (one[len(first) : len(one) - len(last)], other[len(first) : len(other) - len(last)]) in _ALIKE_WORDS
        for first in _BEFORE
        if one.startswith(first) and other.startswith(first)
        for last in _BEHIND
        if one.endswith(last) and other.endswith(last)
    )
