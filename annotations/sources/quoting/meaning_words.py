"""Words that the quote check knows, over all languages, folded: what negates, what counts, what may be left out.

Any other word counts as well: a word in place of another is a change. These lists only say what kind of change it is,
that a known word is never a slip of the pen for another one, and which few words change nothing by their absence.
"""

from annotations.sources.quoting.spelling import read_text


def _folded(words: str) -> frozenset[str]:
    return frozenset(read_text(word) for word in words.split())


NEGATIONS = _folded("""
not no never none nobody nothing neither nor without cannot unable hardly barely scarcely nowhere
لا لم لن ليس ليست ليسوا لسنا لست ما غير دون بدون عدم كلا ابدا قط بلا نفى انكر
не ни нет никогда никто ничего никакой никаких никакие нельзя без нигде никому ничто невозможно
немає ні ніколи ніхто нічого жоден жодного жодної жодних няма без никой нищо нито
nicht nichts nie niemals kein keine keinen keiner keinem keines ohne niemand weder nirgends
ne n pas jamais aucun aucune rien sans personne ni guere nulle nul
no nunca jamás nada ningún ninguno ninguna sin tampoco nadie ni
não nem nunca jamais nenhum nenhuma sem ninguém nada tampouco
non mai nessun nessuno nessuna niente nulla senza né neppure
nie nigdy nikt nic żaden żadna żadne żadnego żadnej bez ani brak
değil yok hiç hiçbir asla olmayan olmadan yoktur kimse ne
niet geen nooit niemand niets zonder inte ingen inga aldrig utan ikke aldri ingenting uden uten
nu niciodată nimeni nimic fără ei eikä koskaan kukaan ilman nem soha senki semmi nélkül tidak bukan tanpa jangan
δεν δε μη μην οὐ όχι ποτέ κανείς κανένας καμία κανένα τίποτα χωρίς ούτε
نه نیست نیستند نمی نبود نبودند نکرد نشد نداشت ندارد هرگز بدون هیچ مگر نباید نخواهد
नहीं न ना मत बिना कभी कोई नहिं बगैर नही نہیں نہ مت بغیر کبھی نا বা না নেই নয় নি
לא אין אינו אינה אינם בלי ללא אל שום מעולם אף לעולם
않 안 못 없다 없는 없이 아니다 아닌 없었다 않았다 않는다
""")
# Before these (and nothing between) a quote may not begin: what it says is said to be not so.
GOVERNING = _folded("""
not never cannot without no neither لا لم لن ما ليس ليست غير بدون دون عدم не ни нет без nicht kein keine niemals nie ohne
jamais pas sans aucun aucune no nunca sin ningún não nunca sem nenhum nenhuma non nessun senza żaden bez nigdy niet geen
inte ikke δεν μην χωρίς नहीं मत बिना نہیں לא אין ללא בלי няма жоден
""")
# Languages that put it last: a quote may not end before these.
TRAILING = _folded("not nicht niet inte ikke değil yok नहीं نہیں 않 않다 않는다 않았다 못했다 못한다")
# What makes a word its opposite.
NEGATING_PREFIXES = _folded(
    "un in im il ir dis non mis не ни без бес unter miss nie bez mal dés des نا بی ن अ अन गैर बे निर निः ना"
)
NEGATING_SUFFIXES = _folded("less los lose loser loses losen siz sız suz süz")

QUANTITIES = _folded("""
all every each some any few fewer many most several both half third quarter fifth double triple twice once thrice only
almost nearly about roughly over under more less least majority minority maximum minimum whole entire part partly
higher lower above below before after true false always sometimes often rarely seldom up down first last
كل جميع بعض معظم اغلب غالبية اكثر اقل كثير قليل نصف ثلث ربع خمس ضعف ضعفي فقط نحو حوالي تقريبا قبل بعد فوق تحت اعلى ادنى دائما
احيانا نادرا اول اخر كلا عدة مئات الاف ملايين
все всех всё каждый некоторые некоторых многие немногие несколько большинство меньшинство половина треть четверть только
лишь почти более менее больше меньше выше ниже до после всегда иногда редко вдвое втрое дважды первый последний около
усі всі деякі більшість меншість лише тільки майже більше менше вище нижче до після завжди удвічі половина третина
alle alles jeder jede einige viele wenige wenigen die meisten mehrere halb hälfte drittel viertel nur fast etwa mehr
weniger immer oft selten vor nach über unter höher niedriger mindestens höchstens erste letzte doppelt
tous toutes tout chaque quelques plusieurs certains moitié tiers quart seulement presque environ plus moins toujours
souvent rarement avant après dessus dessous majorité minorité premier dernier double
todos todas todo cada algún alguno alguna algunos algunas alguien algo muchos pocos mayoría minoría mitad tercio solo casi
más menos siempre antes después mayor menor mayores menores primero último doble
tutto tutti ogni alcuni molti pochi maggioranza metà solo quasi più meno sempre prima dopo algum alguns muitos poucos
maioria minoria metade só quase mais sempre antes depois apenas wszyscy każdy niektórzy większość mniejszość połowa tylko
prawie więcej mniej zawsze przed po hepsi bütün her bazı çoğu azı yarısı yalnızca sadece neredeyse fazla az önce sonra
همه بعضی برخی اکثر بیشتر کمتر نیمی فقط تنها تقریبا قبل بعد پیش پس همیشه سب ہر کچھ زیادہ کم آدھا صرف پہلے بعد ہمیشہ
सभी सब हर कुछ कई अधिकांश अधिक ज्यादा कम आधा आधी दोगुना दोगुनी तिगुना केवल सिर्फ लगभग पहले बाद ऊपर नीचे हमेशा पहला
όλοι όλα μερικοί πολλοί λίγοι μόνο σχεδόν περισσότερο λιγότερο πάντα πριν μετά כל רוב חלק מעט רק כמעט יותר פחות תמיד לפני אחרי
""")
# What turns a sentence round when it takes the other's place, and is spelt alike or short.
OPPOSITES = _folded("""
increase increased increases decrease decreased decreases rose rise rises risen fell fall falls fallen grew grow shrank
raise raised cut win won lose lost lend borrow import imports export exports hired fired guilty innocent convicted
acquitted allowed forbidden legal illegal accept accepted reject rejected except confirmed denied deny admit admitted
approve approved oppose opposed support supported for against with former latter can could will would may might must
should shall did does do has have had was were is are be been he she him her his hers they them who whom there
employer employers employee employees victim suspect man men woman women male female mother father brother sister
son daughter husband wife north south east west northern southern eastern western left right rich poor open closed
opened close alive dead hot cold old young new good bad better worse best worst long short big small early late
friend enemy ally rival peace war love hate bought sold buy sell gave took came went inside outside public private
now then here than that this these those when where what which while nor now know known unknown possible impossible
county country million billion trillion thousand hundred sixteen sixty fourteen forty
ارتفع ارتفعت ارتفاع انخفض انخفضت انخفاض زاد زادت زيادة نقص تراجع تراجعت صعد هبط نجح فشل فاز خسر قبل رفض وافق عارض ايد اكد نفى
سمح منع فتح اغلق مذنب بريء صحيح خاطئ حرب سلم حي ميت شمال جنوب شرق غرب شرقي غربي شمالي جنوبي رجل امراة رجال نساء كبير صغير
مع ضد قد سوف يمكن يجب كان كانت هو هي هم حليف عدو صديق غني فقير جديد قديم قرب بعيد داخل خارج شتاء صيف
вырос выросла выросло выросли упал упала упало упали снизил снизили снизился повысил повысили повысился увеличил уменьшил
выиграл проиграл разрешил запретил признал отрицал за против с над под виновен невиновен жив мертв север юг запад восток
война мир друг враг может должен будет был была было были есть он она они новый старый мужчина женщина открыл закрыл
stieg sank gestiegen gesunken gefallen gewonnen verloren erlaubt verboten schuldig unschuldig für gegen mit war ist wird
wurde hat hatte kann muss soll darf Nord Süd Ost West neu alt gut schlecht groß klein Freund Feind Krieg Frieden
gagné perdu hausse baisse pour contre avec coupable innocent permis interdit vrai faux nord sud est ouest était sera sont
ganó perdió subió bajó sube baja con contra favor culpable inocente permitido prohibido norte sur este oeste será fue es
arttı azaldı yükseldi düştü kazandı kaybetti suçlu suçsuz var kuzey güney doğu batı ile karşı verdi aldı
बढ़ा बढ़ी बढ़े घटा घटी घटे जीत जीता हार हारा सच झूठ सही गलत दोषी निर्दोष समर्थन विरोध उत्तर दक्षिण पूर्व पश्चिम है था थी थे होगा होगी
""")
CALENDAR = _folded("""
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo
januar februar märz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين
الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت محرم صفر رجب شعبان رمضان شوال
января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среда четверг пятница
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
day days week weeks month months year years hour hours minute minutes يوم ايام اسبوع شهر اشهر سنة عام ساعة дней день неделя месяц месяцев год года лет
""")
# First names in scripts without capitals: another one is another person, however few dots lie between them.
NAMES = _folded("""
احمد محمد محمود حامد حميد حمد حمزة حسن حسين حسان حسام حازم خالد خليل جليل جلال جمال جميل كمال كامل كريم سامي سامر سمير سليم سالم سلمان
سليمان سعيد سعد سعود عادل عدنان علي عمر عمرو عامر عمار عماد فادي فارس فراس فرح فرج فهد فهمي فيصل قاسم قيس ليث لؤي ماجد مازن ماهر طاهر مروان
منير منصور ناصر نصر نادر نبيل نبيه نزار هاني هادي هيثم وائل وليد ياسر ياسين يوسف يونس زيد زياد رياض رامي رامز راشد رشيد رشاد بدر بشير بسام
باسم باسل جابر جعفر حبيب حنان هدى ندى نهى مها منى مريم ليلى لمى لينا رنا رنا دانا دينا دنيا سارة سلمى سلوى سناء هناء وفاء صفاء فاطمة عائشة زينب نور
نورة نوال امل امال ايمان ريم رانيا راندا رغدة هالة هيفاء غادة عبير عزة غزة
""")

_LIGHT = {
    "en": "the a an that of to in on at and also very 's",
    "fr": "le la les l un une des du de d que qu et en au aux à y",
    "es": "el la los las un una de del que y en al lo a",
    "pt": "o a os as um uma de do da dos das que e em ao à",
    "it": "il lo la i gli le l un una di del della dei delle che e d ed",
    "de": "der die das den dem des ein eine einen einem einer eines und dass daß zu im am",
    "nl": "de het een van en dat te",
    "tr": "bir ve da de ki",
    "pl": "i w z na że się o we ze",
    "ru": "и в на что же о об во то а к",
    "uk": "і й та в у на що же про то",
    "bg": "и в на че да се",
    "el": "ο η το οι τα του της των τον την και ότι στο στη στα",
    "ar": "و في ان على الى من التي الذي",
    "fa": "را که و به در از این",
    "ur": "کہ کو نے میں کا کی کے اور",
    "hi": "कि को ने में का की के और यह तो भी",
    "he": "את של כי",
    "zh": "的 了 着 過 过 地 得 之 也 就",
    "vi": "",
    "ja": "は が を に の も と で ー っ",
}
ARTICLES = _folded("the a an el la un una le une il lo o a um uma der die das ein eine")
LIGHT = {language: _folded(words) - NEGATIONS for language, words in _LIGHT.items()}
ANY_LIGHT = frozenset().union(*LIGHT.values()) - QUANTITIES - _folded("die des on ne")
# Short words that are words: another letter is not a slip.
SHORT = _folded("""
am an as at be by do go he if in is it me my of on or so to up us we ad and any are ask but can car cat cut dog eat egg end eye far fat few
fly for fun gas get god got gun had has hat her him his how ice its job key law lay led let lie lot low mad man map may men met mix
mob net new now oil old one our out own pay per put ran raw red rid row run sad sat saw say sea see set she sit six sky son
sun tax tea ten the tie tip too top toy try two use van via war was way web wet who why win won yes yet you
au ce ces cet du elle en est et eu il ils je la le les leur lui ma me mes mon ont ou par qui sa se ses son sur ta te tu un une va vu
al con da del di el era es fue gli ha han he hay io la las le lo los mi muy nel os para por que se ser si son su sus te tu un una uno ya yo
aus bei bin bis da das dem den der des die du ein er es euch hat ihm ihn ihr im ist man mir mit nun ob sei sie tag tat tun um uns vom von vor war was wer wie wir wo zu zum zur
ao com das de do dos ela ele em era eu foi isso lhe na nas no nos num os pela pelo por que se sua seu te tem um uma
bu bir biz da de en ev gibi iki ile ise kan ki mi mu ne on siz su var ve ya był był co czy dla do go ich ile im ja jak już ma mi my na nam od on ona oni pan po są ta tak tam te ten to tu ty we wy za ze
""")
SHORT |= _folded("""
قتل قبل بعد حرب بيت بنت نبت سعر شعر ضرب غرب عرب قرب فرق شرق سرق حزب خرب رفض فرض قرض عرض غرض مرض حكم علم عمل امل قال فال نال بال حال خال
جال دخل خلل حلل جلد خلد بلد ولد رجل رحل جبل حبل خيل نيل ليل سنة ستة نفط نقط فقط ربط خطا حظر حجم نجم هجم جرم حرم كرم خبر جبر حبر صبر قبر
بحر نحر فجر حجر هجر تجر اجر اخر بدر نذر قدر غدر صدر مصر نصر قصر عصر حصر خضر حضر مطر خطر نظر شهر نهر ظهر دعم زعم نعم بعض بغض نقض نبض قبض
عزل غزل جمل حمل خمل جمع حسن حسم جسم رسم وسم سلم ظلم طلب صلب قلب غلب جلب حلب كلب سبب شبب تعب لعب شعب صعب ذهب نهب وهب رعب زرع درع ذرع فرع
قرع فقر نقر بقر سفر شفر نفر ظفر صفر جفر حفر غفر فتح قتح ربح ريح روح نوح بوح صلح ملح جرح شرح طرح فرح فرج خرج حرج برج مرج درج
""")
TITLES = _folded(
    "frau herr herrn dr prof doktor professor professorin minister ministerin kanzler präsident präsidentin"
)
KNOWN = NEGATIONS | QUANTITIES | OPPOSITES | CALENDAR | NAMES
# Characters that weigh by themselves where words are not set apart.
HEAVY_CHARACTERS = frozenset(
    "不没沒未無无非莫勿别別否毋弗另全每都各均皆仅僅只約约近逾超余余最更多少半倍前后後上下內内外男女正副原代准可能会會应應将將已曾"
    "增減减升降漲涨跌高低大小長长短好坏真假有是在被把讓让由向对對反左右東东西南北中年月日時时分秒元亿億万萬千百十"
    "只才还還仍又再首次副必须須若如除免禁止难難易死亡伤傷微略稍极極很太甚偶常永从從总總同异異单單双雙疑涉嫌拟擬暂暫停新旧舊敌敵友"
    "なずぬんませたるい"
)
FAMILY_NAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶潘杜戴钟汪姜范姚谭廖邹熊崔邱秦顾邵孟龚"
    "田中佐藤鈴铃木伊渡辺山本"
)
