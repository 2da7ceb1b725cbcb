"""Words that report what somebody said, and words around the name of who said it. Lower case, Arabic without tashkeel."""

# Of these nearly every finite use reports something, whatever follows.
_SAYING: dict[str, str] = {
    "ar": "قال قالت قالوا قالتا قاله قالته يقول تقول يقولون",
    "en": "said says say saying stated insisted insists explained argued argues claimed acknowledged alleged asserted",
    "es": """dijo dice dicen dijeron decía afirmó afirma afirman aseguró asegura aseguran explicó señaló añadió declaró sostuvo indicó
    manifestó agregó informó anunció""",
    "fr": "affirme affirmé affirment déclaré déclare assure assuré assurent expliqué explique ajouté ajoute précisé estimé indiqué",
    "de": "sagte sagt sagten sagen erklärte behauptete behauptet behaupten meinte betonte",
    "ru": "сказал сказала сказали говорит заявил заявила заявило заявили сообщил сообщила сообщило сообщили",
}
# Of these a use reports when a clause, a quotation or a colon goes with it.
_REPORTING: dict[str, str] = {
    "ar": """أضاف أضافت يضيف تضيف أضافوا أكد أكدت يؤكد تؤكد أكدوا أعلن أعلنت يعلن تعلن أعلنوا ذكر ذكرت يذكر تذكر ذكروا أوضح أوضحت يوضح
    توضح صرح صرحت يصرح تصرح أشار أشارت يشير تشير أشاروا زعم زعمت يزعم تزعم زعموا اعتبر اعتبرت يعتبر تعتبر رأى رأت يرى ترى
    يرون نفى نفت
    ينفي تنفي كشف كشفت يكشف تكشف لفت لفتت يلفت شدد شددت يشدد تشدد اتهم اتهمت يتهم تتهم ادعى ادعت يدعي تدعي أفاد أفادت يفيد
    تفيد أفادوا أخبر
    أخبرت يخبر تخبر كتب كتبت يكتب تكتب تابع تابعت يتابع حذر حذرت يحذر تحذر توقع توقعت يتوقع تتوقع اعترف اعترفت يعترف أقر أقرت يقر
    أبلغ أبلغت يبلغ بينت يبين وصف وصفت انتقد انتقدت رد ردت أعرب أعربت يعتقد تعتقد أعتقد نعتقد يعتقدون اعتقد اعتقدت يظن تظن
    أظن نظن ظن ظنت وعد وعدت
    تعهد تعهدت استنتج استنتجت خلص خلصت نوه نوهت استطرد ألمح ألمحت تساءل تساءلت أجاب أجابت علق علقت
    روى روت حكى حكت ختم أردف أردفت رجح رجحت يرجح طالب طالبت يطالب عقب عقبت كرر كررت جزم جزمت استبعد استبعدت يستبعد تستبعد
    طمأن طمأنت برر بررت نشر نشرت""",
    "en": """told tells tell added adds add claims claim argue states announced announces announce insist warned warns warn explains explain noted notes
    note wrote writes write writing reported reports report reporting suggested suggests suggest acknowledges admitted
    admits admit
    alleges asserts assert believed believes believe confirmed confirms confirm declared declares declare denied denies deny
    predicted predicts predict remarked replied replies responded responds testified tweeted thinks thought think concluded
    concludes
    conclude estimates estimated estimate pointed revealed reveals reveal observed observes complained recalled recalls stressed
    stresses promised promises vowed asked asks commented comments emphasised emphasized conceded hinted found finds find stating
    adding claiming arguing insisting noting warning saying explaining suggesting announcing maintained maintains contended
    contends
    hoped hopes feared fears expects expected show indicated indicates indicate hypothesized speculated
    speculates quipped joked exclaimed shouted whispered boasted cautioned cautions clarified clarifies quoted agreed agrees
    disclosed proposed proposes advised advises urged urges tweets posted guaranteed assured assures informed informs
    indicating demonstrated demonstrates argued""",
    "es": """señaló señala señalan explicó explica añadió añade declaró declara anunció anuncia anunciaron indicó indica indicaron
    manifestó manifiesta sostuvo sostiene sostienen agregó agrega comentó comenta reconoció reconoce advirtió advierte
    destacó destaca
    confirmó confirma negó niega informó informa informaron apuntó apunta expresó considera consideran consideró cree creen
    creía consideraba afirmaba aseguraba sostenía explicaba contaba señalaba
    escribió escribe admitió admite insistió insiste denunció denuncia subrayó recordó recuerda contó reveló revela declararon
    prometió promete respondió responde argumentó argumenta estimó estima opinó opina piensa precisó precisa puntualizó concluyó
    dicho afirmado asegurado señalado explicado añadido declarado anunciado indicado manifestado sostenido agregado comentado
    reconocido advertido destacado confirmado negado informado apuntado expresado considerado escrito admitido insistido
    denunciado subrayado recordado contado revelado prometido respondido precisado
    afirmaron aseguraron explicaron señalaron sostuvieron advirtieron confirmaron denunciaron reconocieron mostró
    muestran demuestra demostró alertó calificó defendió defiende relató relata ratificó descubrió descubrieron encontraron demostraron reiteró reitera adelantó publica
    publicó recoge diciendo afirmando asegurando señalando añadiendo explicando declarando indicando aclaró aclara sugirió
    sugiere alegó alega acusó lamentó aseveró pronosticó propuso""",
    "fr": """dit disent disait disaient crois affirmait déclarait expliquait estimait pensait croyait racontait soutenait déclara affirma explique expliqué expliqua expliquent ajoute ajouté ajouta annonce annoncé annoncent
    précise précisé estime estimé estiment souligne souligné soulignent indique indiqué indiquent confirme confirmé raconte
    raconté
    pense pensent rappelle rappelé reconnaît reconnu écrit écrivait répond répondu note noté considère considèrent prétend
    prétendent
    soutient soutiennent avoue avoué dénonce dénoncé révèle révélé constate constaté croit croient jure promis promet
    suggère suggéré
    conclut conclu insiste insisté signale signalé commente commenté admet admis assura observe lance martèle juge jugé
    déclarent expliquait révèlent montre montrent montré alerté détaille détaillé résume réplique défend
    avance avancé soulignant disant affirmant ajoutant précisant expliquant estimant déclarant assurant indiquant rapporte
    rapporté rapportent dément démentent démenti nie nient accuse accusé espère craint redoute prévient prévenu""",
    "de": """erklärt erklären meint meinen betont teilte berichtete berichtet berichten kündigte fügte warnte warnt schrieb schreibt
    bestätigte bestätigt erläuterte glaubt glaubte räumte hieß äußerte antwortete vermutete vermutet äußerten antworteten
    kritisierte versicherte versichert gestand mutmaßte prophezeite entgegnete erwiderte ergänzte beteuerte bemerkte dementierte
    gesagt mitgeteilt angekündigt herausgefunden festgestellt geschrieben gewarnt eingeräumt urteilte rechnet rechnen denkt dachte findet fand verkündete verlautete hofft hoffte befürchtet weiß wusste versprach
    verspricht
    unterstrich argumentiert argumentierte mitteilte mitteilten teilten bekräftigte bekräftigt bezeichnete verwies
    prognostizierte warnten fügten kündigten räumten""",
    "ru": """говорят говорил говорила говорили сообщает сообщают отметил отметила отметили отмечает отмечают подчеркнул подчеркнула подчеркнули
    подчеркивает подчёркивает добавил добавила добавили добавляет считает считают считал считала считали утверждает
    утверждают утверждал
    утверждала утверждали рассказал рассказала рассказали рассказывает объяснил объяснила объяснили объясняет пояснил
    пояснила пояснили поясняет уверен
    уверена уверены написал написала написали пишет пишут писал писала писали признал признала признали признает признаёт
    признался
    призналась объявил объявила объявило объявили подтвердил подтвердила подтвердили подтверждает предупредил предупредила
    предупредили предупреждает заметил заметила указал указала указали указывает указывают полагает полагают полагал думает
    думают думаю думаем
    думал думала заявляет заявляют заявлял заявляла напомнил напомнила ответил ответила ответили обвинил обещал обещала
    пообещал пообещала предположил предположила заключил заключила опроверг опровергла опровергли верит верят
    надеется надеются выяснил выяснила выяснили доказал доказали доложил уточнил уточнила уточнили уточняет пояснили
    сообщалось прокомментировал заверил заверила заверили констатировал отмечали указано добавив отметив указав
    подчеркнув""",
    "it": """detto dice dicono disse affermato afferma dichiarato dichiara spiegato spiega aggiunto aggiunge annunciato annuncia
    sottolineato sottolinea ricordato ricorda scritto scrive sostiene confermato conferma riferito riferisce affermano
    dichiarano sostengono
    sostenuto spiegano riferiscono racconta raccontato precisa precisato assicura assicurato avverte avvertito ammette ammesso""",
    "pt": """disse dizem diz afirmou afirma declarou declara explicou explica acrescentou anunciou anuncia informou informa destacou
    ressaltou escreveu contou confirmou confirma alertou defendeu garantiu
    afirmaram disseram relatou relata apontou aponta ressalta avaliou avalia lembrou reforçou revelou revela negou admitiu""",
    "nl": """zei zegt zeggen verklaarde verklaart meldde meldt vertelde vertelt schreef schrijft benadrukte voegde waarschuwde
    bevestigde bevestigt vindt denkt stelt stelde""",
    "fa": """گفت گفتند می‌گوید می‌گویند گفته افزود اعلام اظهار تأکید تاکید نوشت گفته‌است توضیح""",
    "ur": """کہا بتایا کہنا کہتے دعویٰ الزام لکھا""",
    "hi": """कहा बताया कहना कहते दावा आरोप लिखा""",
    "zh": """说 表示 称 指出 宣布 认为 强调 透露 告诉 写道 声称 警告 承认 否认 回应 解释 补充 補充 說 稱 認為 強調""",
    "he": """אמר אמרה אמרו הודיע הודיעה הודיעו טען טענה טענו הוסיף הוסיפה הוסיפו ציין ציינה הדגיש הדגישה הסביר הסבירה הצהיר הצהירה
    כתב כתבה מסר מסרה מסרו דיווח דיווחה דיווחו האשים האשימה הבהיר הבהירה השיב השיבה אומר אומרת אומרים טוענת טוענים""",
    "tr": """dedi söyledi belirtti açıkladı ifade vurguladı ekledi iddia bildirdi kaydetti""",
}
SAYING = {language: frozenset(words.split()) for language, words in _SAYING.items()}
VERBS = {
    language: frozenset(words.split()) | SAYING.get(language, frozenset()) for language, words in _REPORTING.items()
}
# Between a Chinese name and its verb; no part of the name.
ZH_BETWEEN = "还 也 则 今天 昨天 日前 随后 曾 並 并 对此 在采访中 近日 周一 周二 周三 周四 周五 周六 周日".split()
# Participles after a verb of speaking; they report too, and their speaker is the verb's.
AR_PARTICIPLES = frozenset(
    """قائلا قائلة مضيفا مضيفة مؤكدا مؤكدة موضحا موضحة مشيرا مشيرة معتبرا معتبرة زاعما زاعمة محذرا محذرة معلنا معلنة لافتا
    لافتة مشددا مشددة مبينا مبينة متهما متهمة كاتبا منوها""".split()
)

ACCORDING = {
    "ar": (
        *("بحسب", "وفقا ل", "وفقًا ل", "وفقاً ل", "حسب", "نقلا عن", "نقلًا عن", "نقلاً عن", "وفق", "على حد قول"),
        *("على حد تعبير", "طبقا ل", "طبقًا ل", "طبقاً ل", "على لسان", "على حد وصف", "في رأي", "برأي"),
    ),
    "en": ("according to", "in the words of"),
    "es": ("según", "de acuerdo con", "en palabras de", "a juicio de", "en opinión de"),
    "fr": ("selon", "d'après", "d’après", "aux yeux de", "de l'avis de", "à en croire"),
    "de": (
        *("laut", "nach angaben", "nach ansicht", "nach aussage", "nach aussagen", "nach worten", "nach einschätzung"),
        *("nach auskunft", "nach darstellung", "nach meinung", "zufolge"),
    ),
    "ru": (
        *("по словам", "по мнению", "по данным", "согласно", "по информации", "по сообщению", "по версии", "по оценке"),
        *(
            "по оценкам",
            "по подсчётам",
            "по подсчетам",
            "по утверждению",
            "по заявлению",
            "говорится в",
            "сказано в",
            "следует из",
        ),
        "со ссылкой на",
    ),
    "pt": ("segundo", "de acordo com", "na opinião de"),
    "it": ("secondo", "stando a"),
    "nl": ("volgens", "aldus"),
    "tr": ("göre",),
    "hi": ("के अनुसार", "के मुताबिक"),
    "fa": ("به گفته", "بر اساس گفته", "به گزارش", "به نقل از", "طبق گزارش", "بر اساس گزارش", "به اعلام"),
    "ur": ("کے مطابق", "کے بقول"),
    "he": ("לפי", "על פי", "לדברי", "לטענת"),
}
# Phrases that stand behind the name.
BEHIND = frozenset({"के अनुसार", "के मुताबिक", "کے مطابق", "کے بقول", "zufolge", "göre"})

# What follows the name of the speaker in a sentence that begins with the verb.
AR_NAME_ENDS = (
    frozenset(
        """أن إن بأن أنه إنه أنها إنها بأنه بأنها أنهم إنهم بأنهم أني إني أننا إننا وأن وإن أنني إنني إلى على عن في عبر خلال بعد
    قبل من لدى أمام
    حول مع ضد حيث كما لكن اليوم أمس عندما لما كل هذا هذه ما منذ أثناء ردا تعليقا أيضا سابقا قد لم لن لا فإن فإنه فإنها وأنه
    وأنها وهو وهي وهم وقد""".split()
    )
    | AR_PARTICIPLES
)
AR_THAT = frozenset(
    """أن إن بأن أنه إنه أنها إنها بأنه بأنها أنهم إنهم بأنهم أني إني أنني إنني أننا إننا بأننا أنك إنك أنكم أنهما بأنهما ألا أنا""".split()
)
# Of these the word behind may be the object: "ووصف المحطة بأنها …".
AR_TRANSITIVE = frozenset("وصف وصفت يصف تصف اتهم اتهمت يتهم تتهم انتقد انتقدت اعتبر اعتبرت يعتبر تعتبر".split())
# To whom, or by what means, it is said.
AR_ADDRESSED = frozenset(
    "ل ببيان بتصريح بكلمة بقوله برسالة بتغريدة بمنشور لوكالة لقناة لصحيفة لإذاعة لموقع لمراسل لمجلة لشبكة لوسائل".split()
)
# A clause that begins so has its subject before the verb: "غير أن الوزيرة …، أوضحت أن".
AR_BEFORE_SUBJECT = frozenset("أن إن لكن ولكن أما وأما كان كانت وكان وكانت".split())
THAT = {
    "en": frozenset({"that"}),
    "es": frozenset({"que"}),
    "fr": frozenset({"que"}),
    "de": frozenset({"dass", "daß"}),
    "ru": frozenset({"что"}),
    "it": frozenset({"che"}),
    "pt": frozenset({"que"}),
    "nl": frozenset({"dat"}),
    "fa": frozenset({"که"}),
    "ur": frozenset({"کہ"}),
    "hi": frozenset({"कि"}),
    "he": frozenset({"כי"}),
}
# Between the speaker and the verb; no part of the name.
BETWEEN = {
    "en": frozenset(
        """have has had not also later then will would did does do was were is are been be being never even once recently
    repeatedly reportedly twice further previously publicly simply only just still already since today yesterday
    often""".split()
    ),
    "es": frozenset("ha han había habían también se lo le les me nos no ya luego además fue".split()),
    "fr": frozenset(
        """a ont avait avaient a-t-il a-t-elle a-t-on ont-ils ont-elles s'est se également aussi toutefois cependant encore
        notamment pourtant y en lui leur l'a l'ont n'a ne ensuite était est""".split()
    ),
    "de": frozenset("hat haben hatte hatten auch dann habe sich nicht wird".split()),
    "ru": frozenset("также не уже ранее".split()),
    "it": frozenset("ha hanno aveva anche non si lo gli".split()),
    "pt": frozenset("não também se já".split()),
    "hi": frozenset(("ने",)),
    "ur": frozenset(("نے",)),
}
# Begin a clause before the speaker; no part of the name.
CLAUSE_STARTS = frozenset(
    """but and as while when where because although though if since so yet however that after before whether until unless
    which what with or mais et comme car quand lorsque tandis alors que où si puis donc pero y como mientras cuando porque
    aunque donde pues
    aber und wie während weil wenn obwohl denn wo als sowie но и как когда хотя если где так а""".split()
)
RELATIVES = frozenset("who which qui que quien quienes cual который которая которые которое der die das".split())
# End a name that follows its verb.
NAME_STOPS = frozenset(
    """in at on during after before to while when as who which that for from by with about and but through via if
    dans en à au aux lors sur pour après avant par avec devant durante al tras ante sobre para por desde a con hoy ayer ayer
    am im bei vor nach gegenüber auf zu mit dass в на во после перед о об""".split()
)
# A report verb's form right after one of these is a noun ("the claims") or no finite verb ("to report").
NOUN_MARKERS = {
    "en": frozenset(
        """the a an his her its their our my your these those this such some any no other many several of to whose each every
        as than""".split()
    ),
    "fr": frozenset(
        "le la les un une des ce cet cette ces son sa ses leurs chaque de du que au aucun aucune tout nul".split()
    ),
    "es": frozenset("el los las un una unos su sus este esta cada de del al por en más tal".split()),
    "de": frozenset("ein eine einen dem den des kein keine".split()),
}
FINITE = frozenset(
    """is are was were has have had will would can could may might must should does did isn't aren't wasn't weren't don't
    doesn't didn't won't can't he's she's it's they're there's i'm we're they'll he'll she'll it'll we'll i'll""".split()
)
BE = frozenset("is are was were be been being".split())
# Report verbs whose form is as often a noun.
NOUNS_TOO = frozenset(
    "report reports claim claims note notes estimate estimates comment comments promise reply replies show".split()
)
# A form that is a noun too is a verb after one of these, or after a word in -s: "data show", "studies show".
PLURALS = frozenset("data people women men children police we you they i who that media and to not".split())
ASKING = frozenset("what how why whether where".split())
SUBJECTS = frozenset("he she they it we i you there this these his her their".split())
# A subject that begins so says nothing.
NOBODY = frozenset("neither nobody none no nor ni niemand kein keine никто ninguno nadie personne aucun".split())
POSSESSIVES = frozenset("his her their these".split())
PRONOUNS = frozenset(
    """he she they it i we who you er sie es il elle ils elles on él ella ellos он она они هو هي هم who qui quien ich wir je nous
    yo 他 她 我 我们 他们 她们""".split()
)
# Begin a name that follows its verb.
DETERMINERS = frozenset(
    """the a an this these his her their our my le la les l un une ce cet cette ces son sa ses leur el los las un una su sus este esta
    der die das ein eine dieser diese il lo gli o os as uma""".split()
)
# Between the verb and the name behind it.
WHEN = frozenset(
    "hoy ayer aujourd'hui hier heute gestern today yesterday oggi ieri hoje ontem vendredi jeudi lundi mardi mercredi".split()
)
IMPERSONAL = {"es": ("se",), "fr": ("on", "se"), "de": ("man",), "pt": ("se",), "it": ("si",)}
# Particles of German verbs that stand at the end of the clause.
PARTICLES = frozenset("ein an mit aus hinzu zu ab fest vor zurück".split())
