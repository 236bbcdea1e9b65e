"""Headings of columns with names, in the languages in which people keep their lists."""

import re
from enum import IntEnum
from functools import cache
from typing import Final

from app.domain.names import folded_words
from app.domain.wikis import user_namespaces as tables

# "User name", wherever it stands in a heading. The entries of a table are joined by "|".
_USER_NAME: Final = (
    "user name|username|usernames|benutzername|benutzernamen|benutzer name|nutzername|nutzernamen|"
    "nombre de usuario|nombre de usuaria|nombres de usuario|nom d’utilisateur|nom d’utilisatrice|"
    "noms d’utilisateur|nom d’usuari|nome de usuário|nome de usuária|nome de utilizador|nome utente|"
    "nomi utente|nome de usuario|nume de utilizator|numele de utilizator|gebruikersnaam|gebruikersnamen|"
    "brukernavn|brugernavn|användarnamn|notandanafn|käyttäjänimi|käyttäjätunnus|kasutajanimi|"
    "lietotājvārds|naudotojo vardas|vartotojo vardas|nazwa użytkownika|nazwy użytkownika|uživatelské jméno|"
    "používateľské meno|felhasználónév|felhasználói név|korisničko ime|uporabniško ime|emri i përdoruesit|"
    "kullanıcı adı|kullanıcı adınız|istifadəçi adı|foydalanuvchi nomi|имя участника|имя участницы|"
    "имя пользователя|ник участника|ім’я користувача|ім’я користувачки|імя ўдзельніка|корисничко име|"
    "име на корисник|"
    "потребителско име|қатысушы аты|όνομα χρήστη|שם משתמש|שם המשתמש|اسم المستخدم|اسم مستخدم|نام کاربری|"
    "صارف نام|सदस्यनाम|सदस्य नाम|उपयोगकर्ता नाम|प्रयोगकर्ता नाम|वापरकर्ता नाव|ব্যবহারকারী নাম|"
    "ব্যবহারকারীর নাম|ব্যবহারকারী নাম|பயனர் பெயர்|వాడుకరి పేరు|ഉപയോക്തൃനാമം|ชื่อผู้ใช้|tên người dùng|"
    "tên thành viên|nama pengguna|nama panganggo|jina la mtumiaji|sunan mai amfani|ユーザー名|"
    "利用者名|用户名|用戶名|使用者名稱|使用者名称|사용자 이름|사용자명|사용자이름|მომხმარებლის სახელი|"
    "մասնակցի անուն|erabiltzaile izena|uzantnomo"
)
_ACCOUNT: Final = (
    "account|accounts|konto|konten|benutzerkonto|benutzerkonten|nutzerkonto|cuenta|compte|conta|"
    "login|nickname|handle|pseudo|pseudonyme|wiki|wikipedia|wikimedia|vikipedi|"
    "wikipédia|wikipedie|wikipedii|википедия|википедии|вікіпедія|вікіпедії|уикипедия|викимедиа|"
    "ויקיפדיה|ويكيبيديا|ویکی‌پدیا|विकिपीडिया|উইকিপিডিয়া|วิกิพีเดีย|ウィキペディア|维基百科|"
    "維基百科|维基|維基|위키백과|ვიკიპედია|аккаунт|акаунт|учётная|запись|conto|счёт|帳號|账号|"
    "アカウント|계정|חשבון|حساب|खाता"
)
_NAME: Final = (
    "name|names|namen|nombre|nombres|nom|noms|nome|nomes|nomi|naam|navn|namn|nafn|nimi|nimet|vardas|"
    "vārds|nazwa|nazwisko|imię|jméno|meno|név|ime|isim|имя|имена|фио|ім’я|імя|име|аты|όνομα|"
    "ονόματα|שם|שמות|اسم|الاسم|نام|नाम|नाव|নাম|பெயர்|పేరు|പേര്|ชื่อ|tên|nama|名前|氏名|お名前|"
    "姓名|名字|이름|성명|სახელი|անուն|izena|nomo|"
    "vorname|nachname|familienname|surname|prénom|apellido|apellidos|cognome|sobrenome|"
    "participant|participants|participante|participantes|partecipante|partecipanti|teilnehmer|"
    "teilnehmerin|teilnehmende|teilnehmerinnen|deelnemer|deelnemers|deltager|deltagere|deltagare|"
    "osallistuja|osallistujat|uczestnik|uczestnicy|účastník|účastníci|résztvevő|katılımcı|участники|"
    "учасник|учасники|участник|משתתף|משתתפים|مشارك|المشاركون|प्रतिभागी|অংশগ্রহণকারী|ผู้เข้าร่วม|người tham gia|"
    "peserta|参加者|参与者|參與者|참가자|attendee|attendees|guest|guests|member|members"
)
# Columns of forms, without names.
_OTHER: Final = (
    "e-mail|email|timestamp|zeitstempel|marca temporal|horodateur|carimbo de data/hora|отметка времени"
)
# What stands beside these words, and says nothing by itself.
_BESIDE: Final = (
    "a|your|my|the|of|on|in|and|or|full|real|first|last|display|list|ihr|dein|der|des|die|auf|bei|und|"
    "vollständiger|de|del|la|el|en|su|tu|le|les|votre|sur|du|do|da|no|na|seu|di|il|tuo|van|op|je|uw|w|"
    "в|на|ваше|твоё|у|optional|required"
)
#: No question of a form is longer.
_LONGEST: Final = 300
_MARKUP: Final = ("[[", "{{", "://", "@", "|", "/wiki/")


class HeadingKind(IntEnum):
    """What a heading says of its column; a greater one makes it more likely that user names are there."""

    OTHER = 0
    NAME = 1
    ACCOUNT = 2
    USER_NAME = 3


def heading_kind(cell: str) -> HeadingKind:
    """Return what a heading says of its column."""
    words = _words(cell)
    if says_user_name(cell) or " ".join(words) in _single(tables.USER):
        return HeadingKind.USER_NAME
    if not (_single(_ACCOUNT) | _single(tables.USER)).isdisjoint(words):
        return HeadingKind.ACCOUNT
    return HeadingKind.OTHER if _single(_NAME).isdisjoint(words) else HeadingKind.NAME


def says_user_name(cell: str) -> bool:
    """Return whether a cell speaks of user names, as only headings do, before any explanation in brackets."""
    return bool(_user_name().search(" ".join(_words(cell.partition("(")[0]))))


def is_heading(cell: str) -> bool:
    """Return whether a cell is certainly a heading: each of its words is one of headings.

    A person may be called “Wiki Editor”, but not “Usuario/a”.
    """
    words = _words(cell)
    users, known = _single(tables.USER), _single(_ACCOUNT) | _single(_NAME)
    whole = " ".join(words)
    if (
        says_user_name(cell)
        or whole in users | _single(_OTHER)
        or ("/" in cell and not users.isdisjoint(words))
    ):
        return True
    return set(words) <= known | _single(_BESIDE) and not known.isdisjoint(words)


def _words(cell: str) -> list[str]:
    """Return the folded words of a cell that can be a heading; a title of a page is none."""
    plain = cell.rstrip(": ")
    if len(cell) > _LONGEST or ":" in plain or any(mark in plain for mark in _MARKUP):
        return []
    return folded_words(plain)


@cache
def _user_name() -> re.Pattern[str]:
    """Return what finds a phrase for user names among folded words joined by blanks."""
    spaced: list[str] = []
    unspaced: list[str] = []
    for phrase in sorted(_single(_USER_NAME)):
        # From Thai on, scripts have no blanks between words, or endings that are written without one.
        (unspaced if phrase[0] >= "\u0e00" else spaced).append(re.escape(phrase))
    return re.compile(rf"(?:^| )(?:{'|'.join(spaced)})(?: |$)|{'|'.join(unspaced)}")


@cache
def _single(words: str) -> frozenset[str]:
    """Return the folded forms of the entries of a table."""
    return frozenset(" ".join(folded_words(word)) for word in words.split("|"))
