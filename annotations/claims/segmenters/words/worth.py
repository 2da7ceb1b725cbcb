"""Words that make a sentence more, or less, worth checking; about fifteen a language."""

_COMPARING = """more less most least fewer higher lower larger smaller biggest highest lowest increase increased decrease decreased
    rise rose fell fall grew record double doubled triple half majority first last since than only ever never أكثر أقل
    أكبر أصغر أعلى أدنى أول آخر ارتفع ارتفعت انخفض انخفضت زاد زادت تضاعف تضاعفت نصف معظم غالبية منذ فقط يزيد تزيد أسوأ
    أفضل más menos mayor menor mejor peor aumento aumentó bajó subió récord mitad mayoría primero desde plus moins
    meilleur pire hausse baisse augmenté diminué record moitié majorité premier depuis mehr weniger höher niedriger
    größte höchste stieg sank rekord hälfte mehrheit erste seit больше меньше выше ниже рост вырос выросла упал упала
    рекорд половина большинство первый самый самая daha fazla az yüksek düşük arttı azaldı rekor yarısı çoğu ilk अधिक कम
    सबसे पहला बढ़ा घटा آधे سب زیادہ کم پہلا بیشتر کمتر نخستین""".split()
_LARGE = """million millions billion billions trillion thousand thousands hundred percent dollars dollar euros euro pounds مليون
    مليونا ملايين مليار مليارات ألف آلاف مئة مئات دولار دولارا يورو ريال جنيه درهم بالمئة المئة millón millones mil
    miles dólares euros millions milliard milliards mille millionen milliarde milliarden tausend prozent миллион
    миллиона миллионов миллиард миллиарда миллиардов тысяч тысяча тысячи процентов процента долларов рублей рубля milyon
    milyar bin lira लाख करोड़ हजार प्रतिशत रुपये लाख کروڑ لاکھ ہزار فیصد میلیون میلیارد هزار درصد""".split()
_HEDGES = """may might could would should will perhaps possibly probably maybe likely seems hope hopes plan plans قد ربما لعل سوف
    سيكون ستكون يمكن يأمل نأمل ينبغي يجب podría quizá quizás tal vez será debería espera peut-être pourrait sera devrait
    espère vielleicht könnte würde wird sollte hofft может возможно будет будут должен надеется belki olabilir""".split()
_FIRST = """i we my our me us myself أنا نحن yo nosotros je nous ich wir я мы ben biz मैं हम میں ہم من ما""".split()

# Capitalised, but names of nobody; "May" is no hedge either.
CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag
    sonntag""".split()
)
COMPARING = frozenset(_COMPARING)
LARGE = frozenset(_LARGE)
HEDGES = frozenset(_HEDGES)
FIRST_PERSON = frozenset(_FIRST) - {"ما", "من"}  # in Arabic both are other words

# Of scripts written without spaces: looked for inside the sentence.
WIDE_COMPARING = tuple("增长 下降 上升 减少 增加 超过 最高 最低 最大 最多 首次 一半 翻倍 高于 低于 相比".split())
WIDE_LARGE = tuple("万 亿 億 美元 百分之 千米 公里".split())
WIDE_HEDGES = tuple("可能 或许 也许 应该 希望 预计 计划".split())
WIDE_FIRST_PERSON = ("我",)
