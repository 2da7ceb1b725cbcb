"""Abbreviations that carry a full stop without ending the sentence, lower case, without that stop."""

_LISTS: dict[str, str] = {
    "en": """mr mrs ms dr prof rev hon st gen col maj capt lt sgt cpl adm cmdr gov sen rep pres sr jr vs etc inc ltd co corp
    no nos vol fig figs al ed eds pp approx dept est ext min max jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu
    fri sat sun ave blvd rd mt ft e.g i.e a.m p.m u.s u.k u.n ph.d cf ca viz messrs supt atty""",
    "fr": """m mm mme mmes mlle dr pr me st ste art chap fig vol p pp éd cf ex env av apr tél boul janv févr avr juil sept oct
    nov déc gal col cap lt sgt etc min max nb réf""",
    "es": """sr sra srta sres sras dr dra d dña prof lic ing arq gral cnel cap tte sto sta av avda c núm nº pág págs vol cap art
    ej etc aprox ee.uu p.ej máx mín tel depto fig ud uds vd vds""",
    "de": """dr prof hr fr st bzw ca usw etc evtl ggf inkl insb max min mio mrd nr s sog str tel u.a u.ä v.a z.b d.h u.u o.ä a.d
    i.d.r abs art aufl bd bes bspw dipl ing ebd einschl geb gest hrsg jh jhd kap lt mind sen jun vgl vs ehem gem zzgl ff jan feb
    apr aug sept okt nov dez z b d h a m""",
    "it": """sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv ing arch on sen gen col cap ecc es pag pagg vol art n tel fig
    cfr max min ca a.c d.c""",
    "pt": """sr sra srs dr dra prof profa eng gen cel cap av r nº núm pág págs vol art etc ex tel aprox máx mín fig ltda s.a""",
    "nl": """dhr mevr mw dr drs prof ir ing mr st bijv bv enz etc evt incl excl max min nr blz jl jr sr vgl ca o.a d.w.z m.a.w
    t.a.v i.v.m n.a.v t/m""",
    "ru": """г гг в вв т тт д др пр см ср стр с рис им ул пл пер кв корп обл р н руб коп тыс млн млрд трлн тел проф акад доц
    канд докт ред изд чел мин макс сек ч чл ст гл п пп т.е т.д т.п т.к н.э и.о янв февр апр авг сент окт нояб дек""",
    "tr": """dr doç prof av sn no st vb vs bkz örn yy sf cad sok mah apt tel ltd şti a.ş m.ö m.s alb yzb müh gen kur bşk""",
    "ar": """د أ م ص ج هـ ق.م أ.د ط ت""",
    "fa": """د دکتر ص ج ق.م ه.ق ه.ش ر.ک""",
    "hi": """डॉ प्रो श्री सु कु पं मो रु कि.मी मि स्व""",
    "ur": """ڈاکٹر پروفیسر ص م ق.م""",
    "zh": "",
}
ABBREVIATIONS = {language: frozenset(words.split()) for language, words in _LISTS.items()}
# Where the text's language has no list, the ones that many languages share.
COMMON = frozenset("dr mr mrs ms prof st vs etc no vol fig al pp ca cf".split())

# Words that usually begin a sentence after an abbreviation such as "U.S.".
STARTERS = frozenset(
    """the a an in on at it he she they we i this that these those but and however when while after before as if for his
    her their its our there what who how why meanwhile le la les il elle un une el los las un una der die das ein eine
    er sie es in""".split()
)
MONTHS = frozenset(
    """januar februar märz april mai juni juli august september oktober november dezember jänner ocak şubat mart nisan
    mayıs haziran temmuz ağustos eylül ekim kasım aralık""".split()
)
ORDINAL_LANGUAGES = frozenset({"de", "tr", "da", "no", "fi", "cs", "pl", "hu"})
