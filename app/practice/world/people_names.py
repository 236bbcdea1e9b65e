"""Generated user names in many scripts; deterministic."""

import random
from collections.abc import Iterator

LONGEST = 85
_GIVEN = {
    "latin": (
        "Amélie Björn Chloé Dagný Eñaut Fátima Gökçe Håkon Inês José Łucja Maëlys Nuño Oluwaseun Öykü Phượng"
        " Quốc Renée Søren Théo Ugnė Vít Wanjiru Ximena Yağmur Žofia Aïcha Brânduşa Çağla Đorđe Mariana Kwame"
        " Thandiwe Wambui Achieng Priya Lukas Hanna Mateus Sofía"
    ),
    "cyrillic": "Олена Тарас Марія Сергій Анна Дмитрий Айгүл Бауыржан Стојан Ђорђе Зорица Цветелина Їванна",
    "arabic": "فاطمة محمد خديجة يوسف مريم عبدالله زينب آيدا گلناز پرویز چنگیز سلمى",
    "hebrew": "נועה יוסף מרים דוד תמר אברהם שירה אליהו רחל",
    "devanagari": "अनुष्का प्रिया राजेश विद्या सुनीता ओंकार कृष्णा ज्ञानेश श्रेया",
    "bengali": "রিয়া সৌরভ তানিয়া অনিক",
    "tamil": "கார்த்திக் மீனாட்சி செல்வி",
    "thai": "สมชาย วิภา ณัฐพล กัญญา ธีระ",
    "cjk": "美咲 健太 さくら 王伟 李娜 张三丰 民俊 서연 지훈 陳怡君 翔太",
    "georgian": "გიორგი ნინო თამარ დავით ეკა",
    "armenian": "Անահիտ Արամ Նարեկ",
    "ethiopic": "ሰላም አበበ ሀና",
    "greek": "Ελένη Γιώργος Δήμητρα Σπύρος",
}
_FAMILY = {
    "latin": (
        "Müller García Nguyễn O'Brien Kovács Ødegård Çelik d'Arc Fernández-López Okonkwo Mwangi Jørgensen"
        " Şahin Dvořák Żółć Pāvils Ó Súilleabháin Silva Otieno Kaur Horvat"
    ),
    "cyrillic": "Шевченко Ковальчук Иванова Петров Ђурић Стефанов",
    "arabic": "العلي حسن المصري بن_سعيد رضایی الخطيب",
    "hebrew": "כהן לוי פרץ מזרחי",
    "devanagari": "शर्मा पाटील जोशी वर्मा",
    "bengali": "ঘোষ দাস",
    "tamil": "சுந்தரம்",
    "thai": "ใจดี ศรีสุข",
    "cjk": "山田 太郎 佐藤 김 박 林",
    "georgian": "ბერიძე კაპანაძე",
    "armenian": "Սարգսյան",
    "ethiopic": "ተስፋዬ",
    "greek": "Παπαδόπουλος",
}
_WEIGHTS = {
    "latin": 46,
    "cyrillic": 10,
    "arabic": 8,
    "hebrew": 4,
    "devanagari": 8,
    "bengali": 3,
    "tamil": 2,
    "thai": 3,
    "cjk": 9,
    "georgian": 2,
    "armenian": 1,
    "ethiopic": 1,
    "greek": 3,
}
_HANDLE_WORDS = (
    "Wiki Edit Photo Commons Biblio Archivo Lex Map Moss Heron Quill Atlas Ink Fern Rook Lumen Terra Museo"
)
_HANDLE_ENDINGS = "Fan Gnome Scribe Walker Reader Librarian Seeker Painter Smith Keeper Lover Bird Cat Dragon"

# Names that may break a table, a spreadsheet or a search; MediaWiki keeps all of them unchanged.
EDGE_CASE_NAMES = (
    "=SUM(A1:A9)",
    "+1 for sources",
    "-Dash first-",
    "@lias",
    '=HYPERLINK(A1;"Win")',
    "'; DROP TABLE participants; --",
    "\u2067محرر ليلي\u2069",
    "Nightowl \u2066(אלי)\u2069",
    "🌍 Earth Editor",
    "0041",
    "Null",
    "A",
    "İstanbul Işık",
    "Straße & Söhne",
    "“Quoted”, with comma",
    "Tab-less\u00b7dot",
    "Wikipedista vecchio e stanco che ama i nomi utente interminabili e le biblioteche aperte",
)


def edge_case_names() -> list[str]:
    """Return the names that are edge cases, cut to the longest allowed name."""
    return [name[:LONGEST].strip() for name in EDGE_CASE_NAMES]


def believable_names(seed: int) -> Iterator[str]:
    """Yield distinct user names without end."""
    rng = random.Random(seed)
    words, endings = _HANDLE_WORDS.split(), _HANDLE_ENDINGS.split()
    given = {script: names.split() for script, names in _GIVEN.items()}
    family = {script: names.split() for script, names in _FAMILY.items()}
    scripts = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=4096)
    taken: set[str] = set()
    place = 0
    while True:
        script = scripts[place % len(scripts)]
        place += 1
        name = _compose(rng, given[script], family[script], words, endings)
        if name in taken:
            name = f"{name} {rng.randrange(2, 100_000)}"
        if name not in taken:
            taken.add(name)
            yield name


def _compose(
    rng: random.Random, given: list[str], family: list[str], words: list[str], endings: list[str]
) -> str:
    first = given[int(rng.random() * len(given))]
    last = family[int(rng.random() * len(family))].replace("_", " ")
    style = rng.random()
    if style < 0.34:
        name = f"{first} {last}"
    elif style < 0.5:
        name = f"{first}{int(rng.random() * 2005) + 5}"
    elif style < 0.66:
        name = f"{first} ({rng.choice(words)}{rng.choice(endings)})"
    elif style < 0.8:
        name = f"{rng.choice(words)}{rng.choice(endings).lower()} {last}"
    elif style < 0.9:
        name = f"{rng.choice(words)}{rng.choice(endings)}{int(rng.random() * 90) + 10}"
    else:
        name = f"{first} {last[:1]}."
    return name
