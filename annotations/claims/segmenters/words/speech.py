"""Words of accusing and denying, of roles and of publications, and openings of sentences: what helps to tell who speaks. Lower case."""

_ACTS: dict[str, str] = {
    "en": "accused accuses accuse denied denies deny",
    "es": "acusa acusó acusan acusaron negó niega niegan negaron desmintió desmiente desmienten desmintieron denunció denuncian",
    "fr": "accuse accusent accusé nie nient nié dément démentent démenti dénoncé",
    "de": "beschuldigt beschuldigte bestreitet bestreiten bestritt bestritten dementiert dementierte dementierten",
    "ru": """обвинил обвинила обвинили обвиняет обвиняют опроверг опровергла опровергли опровергает опровергают отрицает отрицают
    отрицал отрицала отрицали отверг отвергла отвергли отвергает""",
    "it": "accusa accusano accusato nega negano negato smentisce smentito",
    "pt": "acusa acusou acusam acusaram nega negou negam negaram desmentiu",
    "nl": "beschuldigt beschuldigde ontkent ontkende ontkennen",
}
# Whoever does this asserts something, whatever stands behind; there must be somebody who does it.
ACTS = {language: frozenset(words.split()) for language, words in _ACTS.items()}
# The object of these is no assertion: "denied access".
NO_ASSERTION = frozenset("access entry bail permission asylum visa him her them us me".split())
# German verbs whose second half closes the clause: "wirft dem Konzern vor".
DE_HALVES = {
    "vor": ("wirft", "werfen", "warf", "warfen"),
    "zurück": ("wies", "wiesen", "weist", "weisen"),
    "zu": ("gab", "gaben", "gibt", "geben"),
}
# Of Arabic accusing and denying likewise; the second ones with the preposition that follows.
AR_ACTS = frozenset("اتهم اتهمت يتهم تتهم اتهموا نفى نفت ينفي تنفي نفوا".split())
AR_ACCUSING = frozenset("اتهم اتهمت يتهم تتهم اتهموا".split())
AR_ACTS_WITH = {
    "من": frozenset("حذر حذرت يحذر تحذر حذروا".split()),
    "ب": frozenset("تعهد تعهدت يتعهد تتعهد أفاد أفادت أفادوا يفيد تفيد".split()),
}
# "نقلت الوكالة عن الوزير قوله إن": the speaker stands behind عن.
AR_RELAYED = frozenset("نقل نقلت ينقل تنقل نقلوا".split())
AR_RELAYED_END = r"قوله|قولها|قولهم|تأكيده|تأكيدها|تأكيدهم|إعلانه|تصريحه|تصريحها|تحذيره|تحذيرها|نفيه|نفيها|أن|إن|أنه|إنه|أنها|إنها|بأن"
# To whom it is said, between the verb and the name.
AR_TO_WHOM = frozenset("لي له لها لنا لهم لكم".split())
AR_LISTENERS = (
    "للصحف",
    "للصحاف",
    "للإعلام",
    "للجزيرة",
    "للعربية",
    "للقناة",
    "للوكالة",
    "للأناضول",
    "للتلفزيون",
    "للإذاعة",
    "للموقع",
    "للشرق",
    "للنواب",
)
AR_WHEN = frozenset(
    """يوم مساء صباح ليل ليلة فجر ظهر الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت أول أخيرا لاحقا مؤخرا الليلة
    بدوره بدورها ذلك إنه""".split()
)
# Publications, parties, ships: quotation marks behind them hold a name.
AR_NAMED = frozenset(
    """صحيفة جريدة مجلة قناة موقع وكالة منصة شبكة إذاعة برنامج فيلم كتاب رواية مسلسل حزب حركة جماعة تنظيم شركة مؤسسة منظمة مستشفى سفينة
    مسرحية مبادرة حملة عملية تطبيق نادي بنك فندق""".split()
)
# Of these a title may be the object: "نشر بعنوان «الأعماق»".
AR_PUBLISHING = frozenset(("نشر", "نشرت"))
# Of these a study is the speaker, else they mean "showed", "found".
AR_FINDING = frozenset("أظهر أظهرت يظهر تظهر وجد وجدت أثبت أثبتت يثبت تثبت توصل توصلت بينت".split())
AR_STUDIES = frozenset(
    "دراسة استطلاع تقرير بيانات إحصاءات إحصائية أرقام بحث أبحاث نتائج مسح تحليل وثائق وثيقة تحقيق".split()
)
# The object of "نفى": no part of the name before it.
AR_DENIED = frozenset(
    "صحة وجود أي ما تورط علمه علمها الأنباء الاتهامات الاتهام اتهامات مسؤوليته مسؤوليتها كل جميع".split()
)
# What a headline's speaker is: "Minister: prices will fall".
ROLES = frozenset(
    """مدير مديرة عضو سفيرة نائبة خبيرة باحث باحثة طبيب كاتب أستاذ وزير وزيرة الوزير
    الوزيرة رئيس رئيسة الرئيس الرئيسة متحدث متحدثة المتحدث المتحدثة الناطق ناطق مسؤول مسؤولون مسؤولة مصدر مصادر
    خبير خبراء محلل محافظ سفير نائب قائد زعيم الأمم منظمة وزارة
    minister president mayor governor spokesman spokeswoman spokesperson expert experts official officials police ministry
    ministro ministra presidente presidenta alcalde alcaldesa gobernador portavoz experto expertos policía ministerio
    ministre président présidente maire gouverneur porte-parole expert experts ministère
    ministerin präsident präsidentin bürgermeister kanzler bundeskanzler sprecher sprecherin experte experten polizei ministerium
    министр президент премьер глава губернатор мэр эксперт эксперты источник минздрав мид минобороны
    bakan bakanı başkan başkanı cumhurbaşkanı uzman uzmanlar وزیر رئیس""".split()
)
# Believing and finding: "Das fand ich", "espère être" say nothing to others.
BELIEF = frozenset(
    """fand findet weiß wusste denkt dachte hofft hoffte crois croyait croit croient espère craint redoute pense pensait pensent
    suggère cree creía creen piensa espera considera considero promet promete говорит говорят""".split()
)
# A word that points back to what was just said; the verb and then its subject follow: "Así lo anunció el ministro".
POINTS_BACK = {
    "es": r"(?:así |eso |esto )?lo",
    "de": "das|dies",
    "ru": "об этом|это",
    "pt": "foi o que",
    "it": "lo",
    "fr": "c'est ce que?'?",
}
# Speaking of nobody in particular, yet reported: the rest of "believed", "hoped" stays the narrator's.
HEARSAY = {
    "ar": r"و?(?:يُقال|يقال|يُزعم|وردت أنباء|تردد|أشيع|يُشاع) (?:عن |ب)?(?:إن|أن|أنه|إنه|أنها|إنها)\b",
    "en": r"\bit (?:is|was|has been|had been) (?:\w+ly )?(?:reported|said|claimed|alleged|rumou?red|announced) that\b",
    "es": r"\b(?:se (?:ha )?(?:informó|informado|dijo|dice|afirma|anunció|rumorea|reportó|asegura) que)\b",
    "fr": r"\b(?:il (?:a été|est|se) (?:rapporté|dit|annoncé|raconte) que|on (?:dit|raconte|rapporte) qu)",
    "de": r"\b(?:es (?:wird|wurde) (?:berichtet|behauptet|gesagt|gemeldet)|es (?:heißt|hieß)|angeblich heißt es)\b",
    "ru": r"\b(?:сообщается|сообщалось|утверждается|говорят|передают)(?:,| о том,) что\b",
    "pt": r"\b(?:foi (?:informado|relatado) que|diz-se que)\b",
    "it": r"\b(?:si dice che|è stato riferito che)\b",
}
# "According to" somebody named before.
BY_PRONOUN = {
    "ar": r"و?(?:على حد|بحسب|وفق|حسب) (?:قوله|قولها|قولهم|تعبيره|تعبيرها|وصفه|وصفها)",
    "ru": r"по (?:его|её|ее|их) (?:словам|мнению|данным|оценке|версии)",
    "de": r"nach (?:seinen|ihren|eigenen) (?:angaben|worten|aussagen)|(?:ihm|ihr|ihnen) zufolge",
    "fr": r"(?:selon|d['’]après) (?:lui|elle|eux|elles)|à l['’]en croire",
    "es": r"según (?:él|ella|ellos|ellas)|en sus palabras",
    "en": r"according to (?:him|her|them)|in (?:his|her|their) words",
    "pt": r"segundo (?:ele|ela|eles|elas)",
    "it": r"secondo (?:lui|lei|loro)|a suo dire",
}
# Adverbs before the subject; no part of the name.
LEADS = frozenset(
    """ранее сегодня вчера накануне позднее позже затем также теперь тогда однако между тем hoy ayer luego también además anoche
    después hier aujourd'hui ensuite puis gestern heute zuvor später danach zudem außerdem dazu dabei daraufhin dort anschließend
    yesterday today later earlier meanwhile then ieri oggi poi ontem hoje depois""".split()
)
WEEKDAYS = frozenset(
    """понедельник вторник среду четверг пятницу субботу воскресенье monday tuesday wednesday thursday friday saturday sunday
    lunes martes miércoles jueves viernes sábado domingo""".split()
)
# Whatever verb stands right behind a quotation with a name behind it: « … », s'indigne la maire. Endings tell it.
AFTER_QUOTATION = {
    "en": r"[a-z]+(?:ed|s)",
    "es": r"[a-zà-ÿ]+(?:ó|a|e)",
    "pt": r"[a-zà-ÿ]+(?:ou|eu|iu|a|e)",
    "it": r"[a-zà-ÿ]+(?:a|e|ato|uto|ito|ò)",
    "fr": r"[a-zà-ÿ]+(?:e|é|it|a|ut|ait)",
    "de": r"[a-zäöüß]+t(?:e|en)?",
    "nl": r"[a-z]+(?:t|de|te)",
    "ru": r"[а-яё]+(?:[ую]ет|[ия]т|ает|л|ла|ло|ли)(?:ся|сь)?",
}
# A phrase that begins so is no subject, so the subject stands behind the verb.
OPENERS = {
    "de": frozenset("am im in an auf bei nach vor zu zum zur mit für über seit laut gegenüber während unter".split()),
    "es": frozenset("en durante tras ante desde con al".split()),
    "fr": frozenset("dans lors après en à".split()),
    "it": frozenset("in durante dopo nel nella".split()),
    "pt": frozenset("em durante após na no".split()),
}
# "Wie die Polizei mitteilte, …": the clause that begins so names who says the rest.
AS = {
    "en": frozenset(("as",)),
    "de": frozenset(("wie",)),
    "ru": frozenset(("как",)),
    "es": frozenset(("como", "según")),
    "fr": frozenset(("comme",)),
    "pt": frozenset(("como", "conforme")),
    "it": frozenset(("come",)),
    "nl": frozenset(("zoals",)),
}
# Words behind these are spoken to: "told CNN".
ADDRESSING = frozenset("told tells tell informed informs assured assures urged urges advised asked asks".split())
# Look like infinitives and are none.
NO_INFINITIVE = frozenset(
    "hier mer notre votre contre entre autre premier dernier leur ayer mujer lugar cualquier".split()
)
