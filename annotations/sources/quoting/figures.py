"""Figures by their value, however a language writes them: 1,234.5 is 1.234,5 and ١٬٢٣٤٫٥, three is 3, 三十 is 30."""

import re
from dataclasses import dataclass

from annotations.sources.quoting.spelling import read_text

_GROUPS = re.compile(r"\d+|[^\d]+")
_NUMBER_WORDS = """
0 zero ноль cero zéro null sıfır صفر शून्य
1 one один одна одно eins واحد واحدة एक یک ایک
2 two два две двух zwei deux dos dois duas due dwa dwie dwóch iki اثنان اثنين اثنتان اثنتين दो دو δύο שני שתי שניים два двое дві
3 three три трёх drei trois tres três tre trzy trzech üç ثلاث ثلاثة तीन سه تین τρεις τρία שלוש שלושה
4 four четыре четырёх чотири vier quatre cuatro quatro quattro cztery czterech dört اربع اربعة चार چهار چار τέσσερα τέσσερις ארבע ארבעה
5 five пять пяти п'ять fünf cinq cinco cinque pięć pięciu beş خمس خمسة पांच पाँच پنج پانچ πέντε חמש חמישה
6 six шесть шести шість sechs seis sei sześć sześciu altı ست ستة छह छः شش چھ έξι שש שישה
7 seven семь семи сім sieben sept siete sete sette siedem siedmiu yedi سبع سبعة सात هفت سات επτά εφτά שבע שבעה
8 eight восемь восьми вісім acht huit ocho oito otto osiem ośmiu sekiz ثمان ثماني ثمانية आठ هشت آٹھ οκτώ οχτώ שמונה
9 nine девять девяти neun neuf nueve nove dziewięć dokuz تسع تسعة नौ نه نو εννέα εννιά תשע תשעה
10 ten десять десяти zehn dix diez dez dieci dziesięć عشر عشرة दस ده دس δέκα עשר עשרה
11 eleven одиннадцать elf onze once undici jedenaście ग्यारह
12 twelve двенадцать дванадцять дванадцяти zwölf douze doce doze dodici dwanaście बारह
13 thirteen тринадцать dreizehn treize trece treze तेरह
14 fourteen четырнадцать vierzehn quatorze catorce चौदह
15 fifteen пятнадцать fünfzehn quinze quince quindici пятнадцати पंद्रह
16 sixteen шестнадцать sechzehn seize dieciséis dezesseis सोलह
17 seventeen семнадцать siebzehn diecisiete dezessete सत्रह
18 eighteen восемнадцать achtzehn dieciocho dezoito अठारह
19 nineteen девятнадцать neunzehn diecinueve dezenove उन्नीस
20 twenty двадцать двадцати zwanzig vingt veinte vinte venti dwadzieścia yirmi عشرون عشرين बीस بیست بیس είκοσι עשרים
30 thirty тридцать тридцати dreißig trente treinta trinta trenta trzydzieści otuz ثلاثون ثلاثين तीस سی τριάντα שלושים
40 forty сорок сорока vierzig quarante cuarenta quarenta quaranta czterdzieści kırk اربعون اربعين चालीस چهل σαράντα ארבעים
50 fifty пятьдесят fünfzig cinquante cincuenta cinquenta cinquanta pięćdziesiąt elli خمسون خمسين पचास پنجاه πενήντα חמישים
60 sixty шестьдесят sechzig soixante sesenta sessenta sessanta altmış ستون ستين साठ شصت εξήντα שישים
70 seventy семьдесят siebzig septante setenta settanta yetmiş سبعون سبعين सत्तर هفتاد εβδομήντα שבעים
80 eighty восемьдесят achtzig ochenta oitenta ottanta seksen ثمانون ثمانين अस्सी هشتاد ογδόντα שמונים
90 ninety девяносто neunzig nonante noventa novanta doksan تسعون تسعين नब्बे نود ενενήντα תשעים
"""
_SCALE_WORDS = """
2 hundred hundert cent cien сто yüz مئة सौ صد εκατό
3 thousand тысяча тысячи тысяч тысячам тыс тисяч тисячі тис tausend mille mil tysiąc tysięcy tysiące bin الف الاف हजार هزار χιλιάδες אלף אלפים
5 lakh लाख لاکھ
6 million millions mn mln millionen mio millones millón milhões milhão milioni milione milion miliony milionów milyon миллион миллиона миллионов
6 млн мільйон мільйона мільйонів مليون ملايين میلیون ملین εκατομμύριο εκατομμύρια מיליון
7 crore करोड़ کروڑ
9 billion billions bn milliard milliards milliarden milliarde mrd mld miliard miliardy miliardów milyar миллиард миллиарда миллиардов млрд мільярд мільярдів
9 مليار مليارات میلیارد ارب अरब מיליארד δισεκατομμύρια
12 trillion trillions tn трлн триллион триллиона триллионов تريليون
"""
_UNIT_WORDS = """
% percent pct prozent prozente процент процента процентов процентам відсоток відсотка відсотків procent procenta porcento yüzde درصد فیصد प्रतिशत फीसदी फीसद بالمئة بالمائة
€ euro euros eur евро євро يورو यूरो یورو ευρώ
$ dollar dollars usd dólar dólares доллар доллара долларов долар доларів دولار دولارا دولارات डॉलर ڈالر דולר
£ pound pounds gbp
₽ рубль рубля рублей руб
₹ rupee rupees रुपये रुपए रुपया روپے روپیہ
"""
PHRASES = {
    ("per", "cent"): "%",
    ("pour", "cent"): "%",
    ("por", "ciento"): "%",
    ("por", "cento"): "%",
    ("per", "cento"): "%",
    ("на", "сто"): "%",
    **{("في", word): "%" for word in ("الميه", "المايه")},
}
UNITS = frozenset("%‰$€£¥₽₺₹₴₪₩﷼")
_HAN = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2, "○": 0}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
HAN_NUMERALS = "".join([*_HAN, *_HAN_SCALES])
HAN_LARGE = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}


def _table(text: str) -> dict[str, str]:
    return {word: line.split()[0] for line in text.strip().splitlines() for word in read_text(line).split()[1:]}


NUMBER_WORDS = {word: int(value) for word, value in _table(_NUMBER_WORDS).items()}
SCALE_WORDS = {word: int(value) for word, value in _table(_SCALE_WORDS).items()}
UNIT_WORDS = _table(_UNIT_WORDS)
_SHORT_SCALES = {"m": 6, "k": 3, "b": 9, "bn": 9}  # only right behind a figure

Readings = frozenset[tuple[str, ...]]


@dataclass(slots=True)
class Figure:
    """What a figure may mean (1.234 is read two ways), and its sign."""

    readings: Readings
    negative: bool = False

    def same_value(self, other: "Figure") -> bool:
        return self.negative == other.negative and bool(self.readings & other.readings)


def readings(written: str) -> Readings:
    """Every (whole, fraction) that the digits and separators may stand for; dates and times stay as their groups."""
    pieces = _GROUPS.findall(written)
    groups, marks = pieces[::2], pieces[1::2]
    whole = groups[0].lstrip("0") or "0"
    if not marks:
        return frozenset({(whole, "")})
    found = set()
    thousands = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if thousands and len(set(marks)) == 1:
        found.add((whole + "".join(groups[1:]), ""))
    lakhs = all(len(group) == 2 for group in groups[1:-1]) and len(groups[-1]) == 3 and set(marks) == {","}
    if lakhs and len(groups) > 2 and len(groups[0]) <= 2:
        found.add((whole + "".join(groups[1:]), ""))
    fraction = marks[-1] in ".," and (len(marks) == 1 or (marks[-1] != marks[-2] and len(set(marks[:-1])) == 1))
    if fraction and (len(marks) == 1 or all(len(group) in (2, 3) for group in groups[1:-1])):
        found.add((whole + "".join(groups[1:-1]), groups[-1]))
        if not (len(groups) == 2 and thousands):  # 3,750 is not 3.75
            found.add((whole + "".join(groups[1:-1]), groups[-1].rstrip("0")))
    return frozenset(found) or frozenset({tuple(group.lstrip("0") or "0" for group in groups)})


def han_value(written: str) -> int:
    """三十 is 30, 二〇二三 is 2023, 一百零五 is 105."""
    if not any(char in _HAN_SCALES for char in written):
        return int("".join(str(_HAN[char]) for char in written))
    total, digit = 0, None
    for char in written:
        if char in _HAN_SCALES:
            total += (1 if digit is None else digit) * _HAN_SCALES[char]
            digit = None
        else:
            digit = _HAN[char]
    return total + (digit or 0)


def scale(word: str, *, behind_figure: bool) -> int | None:
    """The power of ten that a word stands for."""
    if behind_figure and word in _SHORT_SCALES:
        return _SHORT_SCALES[word]
    return SCALE_WORDS.get(word)
