"""Words that report what somebody said, and words that end or begin the name of who said it."""

_VERBS: dict[str, str] = {
    "ar": """قال قالت قالوا يقول تقول يقولون أضاف أضافت وأضاف يضيف تضيف أكد أكدت يؤكد تؤكد أعلن أعلنت يعلن تعلن ذكر ذكرت يذكر تذكر
    أوضح أوضحت يوضح توضح صرح صرحت يصرح تصرح أشار أشارت يشير تشير زعم زعمت يزعم تزعم اعتبر اعتبرت يعتبر تعتبر رأى رأت يرى ترى نفى
    نفت ينفي تنفي كشف كشفت يكشف تكشف لفت لفتت شدد شددت يشدد اتهم اتهمت يتهم تتهم ادعى ادعت يدعي تدعي أفاد أفادت يفيد تفيد أخبر أخبرت
    كتب كتبت يكتب تكتب تابع تابعت حذر حذرت يحذر تحذر توقع توقعت يتوقع تتوقع اعترف اعترفت أقر أقرت نشر نشرت أبلغ أبلغت بين بينت وصف وصفت
    انتقد انتقدت ألقى ألقت رد ردت أعرب أعربت""",
    "en": """said says say told tells added adds claimed claims claim argued argues stated states announced announces insisted
    insists warned warns explained explains noted notes wrote writes reported reports suggested suggests acknowledged admitted
    admits alleged alleges asserted asserts believes believed confirmed confirms declared declares denied denies predicted predicts
    remarked replied replies responded testified tweeted thinks thought concluded estimates estimated pointed revealed observed
    complained recalled stressed promised vowed asked commented emphasised emphasized conceded hinted found finds""",
    "es": """dijo dice dicen dijeron afirmó afirma afirman señaló señala aseguró asegura explicó explica añadió añade declaró declara
    anunció anuncia indicó indica manifestó manifiesta sostuvo sostiene agregó agrega comentó comenta reconoció reconoce advirtió
    advierte destacó destaca confirmó confirma negó niega informó informa apuntó apunta expresó considera consideró cree creía
    escribió admitió insistió denunció subrayó recordó contó reveló""",
    "fr": """dit disent déclaré déclare déclara affirme affirmé affirma explique expliqué expliqua ajoute ajouté ajouta annonce
    annoncé précise précisé estime estimé souligne souligné indique indiqué assure assuré confirme confirmé raconte raconté pense
    rappelle rappelé reconnaît reconnu écrit répond répondu note noté considère prétend soutient avoue dénonce révèle constate""",
    "de": """sagte sagt sagten sagen erklärte erklärt meinte meint betonte betont behauptete behauptet teilte berichtete berichtet
    kündigte fügte warnte warnt schrieb schreibt bestätigte bestätigt erläuterte glaubt glaubte räumte forderte fordert hieß
    äußerte antwortete vermutete stellte kritisierte versicherte gab""",
    "ru": """сказал сказала сказали говорит говорят заявил заявила заявили сообщил сообщила сообщили сообщает отметил отметила
    подчеркнул подчеркнула добавил добавила считает считают утверждает утверждают утверждал рассказал рассказала объяснил пояснил
    пояснила уверен написал написала пишет признал признала объявил объявила подтвердил предупредил""",
    "fa": """گفت گفتند می‌گوید گفته افزود اعلام اظهار تأکید تاکید نوشت""",
    "ur": """کہا بتایا کہنا""",
    "hi": """कहा बताया कहना""",
    "tr": """dedi söyledi belirtti açıkladı ifade vurguladı ekledi iddia""",
}
VERBS = {language: frozenset(words.split()) for language, words in _VERBS.items()}

ACCORDING = {
    "ar": ("بحسب", "وفقا ل", "وفقًا ل", "وفقاً ل", "حسب", "نقلا عن", "نقلًا عن"),
    "en": ("according to",),
    "es": ("según", "de acuerdo con"),
    "fr": ("selon", "d'après", "d’après"),
    "de": ("laut", "zufolge", "nach angaben"),
    "ru": ("по словам", "по мнению", "по данным", "согласно"),
    "pt": ("segundo", "de acordo com"),
    "it": ("secondo",),
}

# What follows the name of the speaker in a sentence that begins with the verb.
AR_NAME_ENDS = frozenset(
    """أن إن بأن أنه إنه أنها إنها بأنه بأنها أنهم إنهم إلى على عن في عبر خلال بعد قبل من لدى أمام حول مع ضد حيث كما لكن
    وأن""".split()
)
THAT = {
    "en": frozenset({"that"}),
    "es": frozenset({"que"}),
    "fr": frozenset({"que", "qu'", "qu’"}),
    "de": frozenset({"dass"}),
    "ru": frozenset({"что"}),
    "ar": frozenset("أن إن بأن أنه إنه أنها إنها بأنه بأنها".split()),
}
PRONOUNS = frozenset(
    """he she they it i we who er sie es il elle ils elles él ella ellos он она они هو هي هم""".split()
)
