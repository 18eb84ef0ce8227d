# ruff: noqa: E501  (the lists of words are long lines)
"""Columns that carry natural persons: recognised by what heads them and by what stands in them.

In: a header, texts of cells. Out: whether they are about persons. Nothing of them is ever repeated.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Final

from wallograph.intake.tables.headers import fold

_WORDS: Final = (
    "fondateur|fondatrice|fondateurs|cofondateur|cofondateurs|co fondateur|co fondateurs|contact|contacts|contactpersoon|contactpersonen|"
    "personne|personnes|personne de contact|responsable|responsables|gerant|gerants|dirigeant|dirigeants|directeur|"
    "directrice|ceo|cto|cfo|president|presidente|administrateur|administrateurs|prenom|prenoms|nom de famille|"
    "nom et prenom|prenom et nom|nom prenom|prenom nom|nom du contact|nom du fondateur|nom du responsable|courriel|email|e mail|mail|mails|emails|"
    "adresse mail|adresse email|adresse e mail|adresse electronique|telephone|tel|gsm|mobile|portable|fax|"
    "numero de telephone|chercheur|promoteur|promoteurs|auteur|auteurs|professeur|encadrant|date de naissance|"
    "naissance|sexe|nationalite|registre national|numero national|nrn|niss|civilite|equipe|"
    "oprichter|oprichters|medeoprichter|medeoprichters|verantwoordelijke|zaakvoerder|zaakvoerders|bestuurder|"
    "bestuurders|voorzitter|voornaam|achternaam|familienaam|naam contactpersoon|naam oprichter|mailadres|e mailadres|emailadres|telefoon|"
    "telefoonnummer|telnr|mobiel|gsm nummer|onderzoeker|promotor|auteur|geboortedatum|geslacht|nationaliteit|"
    "rijksregisternummer|insz|aanspreking|persoon|personen|"
    "grunder|grunderin|grunderinnen|mitgrunder|ansprechpartner|ansprechpartnerin|ansprechperson|kontakt|kontakte|kontaktperson|"
    "verantwortlicher|verantwortliche|geschaftsfuhrer|geschaftsfuhrerin|geschaftsfuhrung|leiter|leiterin|vorstand|"
    "vorname|nachname|familienname|e mail adresse|mailadresse|telefon|telefonnummer|handy|mobil|mobilnummer|"
    "forscher|autor|autoren|geburtsdatum|geschlecht|staatsangehorigkeit|nationalregisternummer|person|"
    "founder|founders|cofounder|cofounders|co founder|co founders|contact person|contact name|contact details|"
    "manager|director|directors|chair|chairman|chairperson|chief executive|first name|firstname|last name|lastname|"
    "surname|family name|given name|full name|e mail address|email address|phone|phone number|telephone number|"
    "mobile phone|cell phone|cell|researcher|promoter|author|authors|professor|date of birth|birth date|birthday|"
    "gender|nationality|national number|people|persons|person responsible|owner|proprietaire|eigenaar|eigentumer|inhaber"
)
_STRONG: Final = frozenset(
    ["email", "mail", "mails", "courriel", "telephone", "telefoon", "telefon", "phone", "gsm", "fax", "handy", "fondateur", "fondateurs", "fondatrice", "cofondateur", "cofondateurs", "oprichter", "oprichters", "grunder", "grunderin", "founder", "founders", "cofounder", "cofounders", "prenom", "voornaam", "vorname", "firstname", "lastname", "surname", "achternaam", "familienaam", "nachname", "familienname", "contactpersoon", "ansprechpartner", "kontaktperson", "gerant", "zaakvoerder", "geschaftsfuhrer", "ceo", "naissance", "geboortedatum", "geburtsdatum"]
)
_EMAIL: Final = re.compile(r"[^\s@;,<>()\"']{1,64}@[^\s@;,<>()\"']{1,190}\.[a-z]{2,24}(?![a-z0-9.@])", re.IGNORECASE)
_NATIONAL: Final = re.compile(r"(?<!\d)\d{2}\.\d{2}\.\d{2}[- ]\d{3}[.-]\d{2}(?!\d)")  # number of the national register
_DATE: Final = re.compile(r"(?<!\d)[0-3]?\d([ ./-])[01]?\d\1(?:1[4-9]|20)\d{2}(?!\d)")
_PHONE: Final = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)[1-9][0-9](?:[ ./()-]{0,2}[0-9]){7,11}|0[1-9][0-9]{0,2}[ ./-]{1,3}[0-9](?:[ ./-]?[0-9]){5,6})"
    r"(?![\w]|[.,/-][0-9])"
)
_LOOKED_AT: Final = 400


@cache
def _words() -> frozenset[str]:
    return frozenset(fold(word) for word in _WORDS.split("|"))


def header_is_personal(header: str) -> bool:
    """Whether a header announces persons.

    >>> header_is_personal("Adresse e-mail"), header_is_personal("Nom du fondateur"), header_is_personal("Nom")
    (True, True, False)
    """
    folded = fold(header)
    tokens = folded.split()
    return folded in _words() or bool(_STRONG & set(tokens)) or "e mail" in folded or "nom de famille" in folded


def text_is_personal(text: str) -> bool:
    """Whether a text has an e-mail address or a telephone number in it."""
    if len(text) > 10_000:
        text = text[:10_000]
    if "@" in text and _EMAIL.search(text):
        return True
    if _NATIONAL.search(text):
        return True
    found = _PHONE.search(_DATE.sub(" ", text))
    return found is not None and not _enterprise_number(found[0])


def content_is_personal(texts: Iterable[str]) -> bool:
    """Whether a column of unknown heading has e-mail addresses or telephone numbers in a fifth of its cells or more."""
    looked = list(islice((text for text in texts if text.strip()), _LOOKED_AT))
    return bool(looked) and 5 * sum(map(text_is_personal, looked)) >= len(looked)


def _enterprise_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(digits) == 10 and digits[0] in "01" and 97 - int(digits[:8]) % 97 == int(digits[8:])
