# ruff: noqa: E501  (the words for a key are one line, so that the keys stand under each other)
"""How people head their columns, in four languages.

In: nothing. Out: the words for each key of a field (`Field.key`), and for the columns that are no field of their own.
The labels of the forms count beside these. `fold` makes spellings comparable: no accents, case or punctuation.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

IDENTIFIER: Final = "id"
CONCEPT: Final = "concept"
POSTCODE: Final = "postcode"
ADDRESS: Final = "address"
WEAK_PLACES: Final = (POSTCODE, ADDRESS)  # they say the place where no other column does
YEAR_OF: Final = "year-of:"
IGNORED: Final = "ignored"

WORDS: Final[dict[str, str]] = {
    IDENTIFIER: "id|iri|uri|identifiant|identificatie|kennung|identifier|id wallograph|iri wallograph",
    CONCEPT: "concept|nature|classe|aard|klasse|klasse des eintrags|class|kind of thing|record type|fiche",
    IGNORED: "n°|nr|no|num|numero|nummer|number|ligne|rij|zeile|row|#|volgnummer|numero d’ordre|laufende nummer",
    "name": "nom|denomination|denomination sociale|raison sociale|nom de l’organisation|nom de l’entreprise|nom de la societe|nom officiel|nom du projet|intitule|intitule du projet|titre|titre du projet|organisation|organisme|entreprise|societe|acteur|structure|nom de l’acteur|nom de la structure|startup|start up|projet|evenement|nom de l’evenement|nom de la startup|naam|naam van de organisatie|naam organisatie|bedrijfsnaam|naam bedrijf|bedrijf|organisatie|onderneming|benaming|titel|projectnaam|naam project|firma|firmenname|name der organisation|name des unternehmens|bezeichnung|unternehmen|projektname|projekttitel|name|organisation name|organization|organization name|company|company name|project|project name|project title|title|actor|event|event name|legal name|official name",
    "label": "nom|nom du lieu|lieu|naam|plaatsnaam|plaats|name|ortsname|ort|place|place name|localite|commune|gemeente|gemeinde",
    "alternate-name": "autre nom|autres noms|alias|nom commercial|ancien nom|andere naam|andere namen|handelsnaam|roepnaam|anderer name|andere namen|handelsname|alternative name|other name|other names|trade name|also known as|aka",
    "acronym": "sigle|acronyme|abreviation|afkorting|acroniem|letterwoord|abkurzung|kurzel|kurzname|akronym|acronym|abbreviation|short name",
    "classification": "type|types|type d’acteur|type d’organisation|type d’entreprise|categorie|categorie d’acteur|sorte|genre|kind|kinds|soort|soort actor|soort organisatie|categorie actor|art|typ|art der organisation|kategorie|kind of actor|type of actor|type of organisation|organisation type|organization type|category|forme",
    "type": "type|types|type de projet|sorte|sorte de projet|genre|categorie|soort|soort project|projecttype|art|typ|projektart|projekttyp|kategorie|kind|project type|type of project|kind of project|category|type de lieu|niveau|soort plaats|art des ortes|kind of place",
    "description": "description|descriptif|description courte|resume|presentation|activite|activites|secteur d’activite|objet|objet social|beschrijving|omschrijving|korte beschrijving|samenvatting|activiteit|activiteiten|beschreibung|kurzbeschreibung|zusammenfassung|tatigkeit|tatigkeiten|aktivitat|activity|activities|summary|about|short description|abstract",
    "subject": "theme|themes|thematique|thematiques|domaine|domaines|domaine d’activite|secteur|secteurs|thema|thema’s|themas|domein|domeinen|sector|sectoren|themen|themenbereich|bereich|branche|topic|topics|subject|subjects|domain|domains|field|sectors|technologies|technologie",
    "keywords": "mots cles|mot cle|mots clefs|tags|etiquettes|sujets|trefwoorden|trefwoord|sleutelwoorden|kernwoorden|onderwerpen|schlagworter|schlagwort|stichworter|schlusselworter|keywords|keyword|tag",
    "homepage": "site web|site|site internet|url|adresse web|page web|siteweb|web|lien|website|webstek|webpagina|webadres|internet|internetseite|webseite|webadresse|homepage|home page|url website|link|www|web site|web page|web address",
    "location": "lieu|lieux|ville|commune|localite|localisation|siege|siege social|implantation|municipalite|cp et ville|code postal et localite|code postal et ville|plaats|stad|gemeente|locatie|vestiging|zetel|maatschappelijke zetel|woonplaats|postcode en gemeente|ort|stadt|gemeinde|standort|sitz|plz und ort|place|city|town|municipality|location|seat|headquarters|registered office|venue|lieu de l’evenement|veranstaltungsort|ville siege|code nis|nis|nis code",
    ADDRESS: "adresse|adresse postale|adresse complete|adresse du siege|adres|volledig adres|anschrift|address|full address|postal address",
    POSTCODE: "code postal|cp|postcode|postnummer|plz|postleitzahl|zip|zip code|postal code",
    "postal-code": "code postal|cp|postcode|plz|postleitzahl|zip|zip code|postal code",
    "founding-date": "annee de creation|annee de fondation|date de creation|date de fondation|creation|fondation|fondee en|cree en|creee en|annee creation|date de constitution|debut d’activite|oprichting|oprichtingsjaar|oprichtingsdatum|jaar van oprichting|datum van oprichting|opgericht in|opgericht|opgericht op|startjaar|grundung|grundungsjahr|grundungsdatum|jahr der grundung|gegrundet|gegrundet in|founded|founded in|founding year|founding date|foundation year|year founded|year of creation|creation date|year of foundation|established|inception",
    "start-date": "debut|date de debut|annee de debut|debut du projet|commence en|lancement|begin|start|startdatum|begindatum|beginjaar|aanvang|beginn|anfang|anfangsjahr|anfangsdatum|startjahr|start date|start year|beginning|from|date|annee|datum|jaar|jahr|year",
    "end-date": "fin|date de fin|annee de fin|fin du projet|cloture|einde|einddatum|eindjaar|ende|enddatum|endjahr|end|end date|end year|until|to",
    "status": "statut|situation|etat|status|toestand|stand|zustand|state|en activite",
    "number-of-employees": "employes|nombre d’employes|nb employes|effectif|effectifs|personnel|nombre de travailleurs|travailleurs|equivalents temps plein|etp|nombre d’etp|taille|werknemers|aantal werknemers|personeel|aantal personeelsleden|medewerkers|aantal medewerkers|vte|mitarbeiter|anzahl mitarbeiter|mitarbeiterzahl|beschaftigte|anzahl der beschaftigten|zahl der mitarbeiter|employees|number of employees|staff|headcount|fte|team size|no of employees",
    "researchers": "chercheurs|nombre de chercheurs|nb chercheurs|onderzoekers|aantal onderzoekers|forscher|anzahl forscher|forschende|zahl der forscher|researchers|number of researchers",
    "stated-for": "annee de reference|annee des donnees|donnees de|situation en|enonce pour l’annee|referentiejaar|jaar van de gegevens|bezugsjahr|stand im jahr|datenjahr|reference year|year of the data|data year|as of|stated for",
    "market": "marche|marches|clientele|clients|b2b b2c|markt|markten|klanten|doelmarkt|zielmarkt|kunden|market|markets|customers|target market|business model",
    "clients-abroad": "clients a l’etranger|clients internationaux|international|export|exporte|exportation|klanten in het buitenland|internationale klanten|uitvoer|kunden im ausland|internationale kunden|ausfuhr|clients abroad|international clients|international customers|exports|customers abroad",
    "enterprise-number": "n° bce|numero bce|bce|numero d’entreprise|n° d’entreprise|n° entreprise|num entreprise|numero entreprise|kbo|kbo nummer|kbo nr|ondernemingsnummer|ondernemingsnr|nummer kbo|unternehmensnummer|zdu|zdu nummer|unternehmensnr|company number|enterprise number|cbe number|cbe|crossroads bank number|registration number|company registration number|numero bce kbo|bce kbo|tva bce",
    "establishment-number": "numero d’unite d’etablissement|n° d’etablissement|unite d’etablissement|numero d’etablissement|n° ue|vestigingseenheidsnummer|vestigingsnummer|vestigingseenheid|niederlassungsnummer|niederlassungseinheit|establishment number|establishment unit number",
    "vat-id": "tva|n° tva|numero de tva|numero tva|n° de tva|btw|btw nummer|btw nr|mwst|mwst nummer|mehrwertsteuernummer|ust id|ust idnr|vat|vat number|vat id|vat no",
    "ror-id": "ror|ror id|identifiant ror|ror kennung|ror identificatie|ror identifier",
    "isni": "isni|code isni|isni code",
    "same-as": "meme que|same as|wikidata|identifie ailleurs|lien wikidata|autre identifiant|andere identificatie|elders geidentificeerd|gleich wie|anderswo bezeichnet|external id|external identifier|linkedin|facebook|twitter|crunchbase",
    "budget": "budget|budget eur|budget en euros|montant|montant en euros|financement en euros|cout|cout total|bedrag|budget in euro|totaal budget|kosten|betrag|fordersumme|budget in eur|gesamtbudget|amount|total budget|cost|grant|funding amount",
    "nis-code": "code nis|nis|nis code|ins|code ins|refnis",
    "contained-in-place": "situe dans|commune|province|arrondissement|ligt in|gemeente|gelegen in|gemeinde|provinz|located in|municipality|within",
    "lat": "latitude|lat|breedtegraad|breitengrad|breite|y",
    "long": "longitude|long|lng|lon|lengtegraad|langengrad|lange|x",
    "part-of": "fait partie de|partie de|appartient a|faculte|universite|institut|maakt deel uit van|deel van|onderdeel van|faculteit|universiteit|gehort zu|teil von|fakultat|universitat|part of|belongs to|university|faculty|parent unit|programme|programma|programm",
    "member-of": "membre de|membre d’un reseau|affilie a|reseaux|clusters|cluster|pole|lid van|lidmaatschap|lidmaatschappen|netwerken|mitglied von|mitglied bei|mitgliedschaften|member of|membership|memberships|networks|member",
    "spin-off-of": "spin off de|spinoff de|issu de|issue de|universite d’origine|origine|spin off van|spinoff van|ontstaan uit|spin off von|ausgrundung von|hervorgegangen aus|spin off of|spinoff of|spun off from|origin|parent university",
    "funded-by": "finance par|financeur|financeurs|bailleur|bailleurs de fonds|source de financement|financement|investisseurs|investisseur|gefinancierd door|financier|financiers|financiering|investeerders|investeerder|finanziert von|geldgeber|forderer|finanzierung|investoren|gefordert von|funded by|funder|funders|investors|investor|funding source|funding",
    "supported-by": "soutenu par|accompagne par|accompagnement|incubateur|incube par|accelere par|soutien|ondersteund door|begeleid door|ondersteuning|begeleiding|unterstutzt von|begleitet von|unterstutzung|inkubator|supported by|support|incubated by|incubator|accelerator|accelerated by|accompanied by",
    "partner-of": "partenaire|partenaires|universites partenaires|entreprises partenaires|partenaire de|partenariats|partenariat|collaborations|partner|partners|partner van|samenwerking|samenwerkingen|partner von|partnerschaften|kooperationen|partner of|partnerships|consortium",
    "participates-in": "participe a|participation|participations|projets|neemt deel aan|deelname|projecten|nimmt teil an|teilnahme|projekte|participates in|participation in|projects",
    "located-in": "situe a|heberge a|heberge par|batiment|parc scientifique|gevestigd in|gebouw|wetenschapspark|ansassig in|gebaude|wissenschaftspark|located at|housed in|building|science park|hosted at",
    "coordinates": "coordonne|projets coordonnes|coordineert|koordiniert|coordinates|coordinated projects",
    "coordinates-inverse": "coordonne par|coordinateur|coordination|chef de file|porteur de projet|gecoordineerd door|coordinator|koordiniert von|koordinator|koordination|coordinated by|lead partner|project lead",
    "founded-by": "fonde par|creee par|cree par|organisation fondatrice|organisations fondatrices|opgericht door|gegrundet von|founded by|founding organisation|founding organisations",
    "shareholder-of": "actionnaire de|participations financieres|aandeelhouder van|anteilseigner von|shareholder of",
    "shareholder-of-inverse": "actionnaires|actionnaire|actionnariat|aandeelhouders|aandeelhouder|anteilseigner|gesellschafter|shareholders|shareholder",
    "subsidiary-of": "filiale de|maison mere|societe mere|groupe|dochteronderneming van|dochter van|moederbedrijf|groep|tochterunternehmen von|tochter von|muttergesellschaft|subsidiary of|parent company|parent organisation|parent|group",
    "subsidiary-of-inverse": "filiales|dochterondernemingen|tochterunternehmen|subsidiaries",
    "acquired-by": "rachete par|rachetee par|acquis par|acquise par|acquereur|overgenomen door|overnemer|ubernommen von|acquired by|acquirer|bought by",
    "operated-by": "gere par|exploite par|gestionnaire|operateur|beheerd door|uitgebaat door|beheerder|betrieben von|betreiber|operated by|operator|managed by|run by",
    "labelled-by": "labellise par|label|labels|gelabeld door|ausgezeichnet von|gutesiegel|labelled by|labeled by",
    "successor-of": "succede a|successeur de|remplace|anciennement|opvolger van|voorheen|nachfolger von|vormals|successor of|formerly|replaces",
    "member-of-inverse": "membres|leden|mitglieder|members",
    "part-of-inverse": "comprend|composantes|unites|omvat|onderdelen|umfasst|comprises|units",
    "spin-off-of-inverse": "spin offs|spinoffs|a pour spin off",
    "participates-in-inverse": "participants|deelnemers|teilnehmer|teilnehmende",
}  # fmt: skip

LANGUAGE_MARKS: Final = {
    "fr": "fr", "francais": "fr", "frans": "fr", "franzosisch": "fr", "french": "fr",
    "nl": "nl", "neerlandais": "nl", "nederlands": "nl", "niederlandisch": "nl", "dutch": "nl",
    "de": "de", "allemand": "de", "duits": "de", "deutsch": "de", "german": "de",
    "en": "en", "anglais": "en", "engels": "en", "englisch": "en", "english": "en",
}  # fmt: skip
YEAR_WORDS: Final = frozenset({"annee", "jaar", "jahr", "year", "date", "datum"})


def fold(text: str) -> str:
    """A header without accents, case, punctuation and the star of required columns.

    >>> fold("N° BCE *"), fold("Année_de-création"), fold("foundingYear")
    ('n bce', 'annee de creation', 'founding year')
    """
    return _short(text) if len(text) < 100 else _folded(text)


def _folded(text: str) -> str:
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z][a-z])", " ", text)
    text = text.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("№", "n")
    plain = unicodedata.normalize("NFKD", text.replace("°", " ").replace("º", " ").casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9#]+", plain))


_short = lru_cache(maxsize=20_000)(_folded)  # the same few thousand words are folded for every sheet


@cache
def words_of(key: str) -> tuple[str, ...]:
    """The folded words for a key, without repetition, in the order of the catalogue."""
    return tuple(dict.fromkeys(fold(word) for word in WORDS.get(key, "").split("|") if fold(word)))
