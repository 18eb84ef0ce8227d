# Texts of the pages for people.

# frame
site-tagline = Het Waalse digitale ecosysteem als linked data
skip-to-content = Naar de inhoud
main-navigation = Hoofdnavigatie
language-choice = Taal van de pagina
breadcrumb = Kruimelpad
nav-home = Start
nav-actors = Organisaties
nav-themes = Thema’s
nav-places = Plaatsen
nav-projects-short = Projecten
nav-figures-short = Cijfers
nav-projects = Projecten en goede praktijken
nav-events = Evenementen
nav-figures = Gepubliceerde cijfers
nav-sources = Bronnen
nav-data = Downloaden
nav-sparql = SPARQL
nav-about = Over wallograph
nav-code-lists = Codelijsten
nav-vocabulary = Vocabularium
not-for-reuse = Testinstallatie, lokale adressen. Niet hergebruiken.
footer-what = Een kennisgraaf die de digitale spelers in Wallonië verbindt en bij elke bewering zegt wie ze doet.
footer-licence = Licentie
footer-licence-text = voor onze eigen uitspraken en hun compilatie; elke bron behoudt haar voorwaarden.
footer-sources = Bronvermelding
footer-attribution = Plaatsen en NACE-BEL: Statbel. Onderzoeksinstellingen: ROR (CC0). Overheidsinstellingen: Fedict.
footer-all-attributions = Alle bronvermeldingen
footer-reuse = Hergebruiken
release-line = Versie { $number } van de graaf, { $date }
number = { NUMBER($n) }
yes = Ja
no = Nee
year = Jaar
value = Waarde
all = Alles
filter = De lijst filteren
refine = Filteren op type, thema of plaats
note = Opmerking
version = versie
in-language = Tekst in de taal “{ $language }”: hier is geen vertaling
language-fr = In het Frans
language-nl = In het Nederlands
language-de = In het Duits
language-en = In het Engels

# lists
empty-list = Hier is voorlopig niets te tonen.
pages = Pagina’s van de lijst
page-range = { $first } tot { $last } van { $total }
page-previous = Vorige pagina
page-next = Volgende pagina
page-of = Pagina { $number } van { $pages }
show-others =
  { $n ->
    [one] De andere tonen
   *[other] De { $n } andere tonen
  }
group-other = Zonder bekende koppeling

# types
type-actor = Organisatie
type-project = Project
type-event = Evenement
type-place = Plaats
type-theme = Thema
type-concept = Item van een codelijst
type-scheme = Codelijst
type-vocabulary = Vocabularium
type-source = Bron
type-figure = Gepubliceerd cijfer
type-link = Verband
type-value = Gedateerde waarde
type-other = Resource

# who says so
role-stated = door de pagina gezegd
role-read = gelezen door wallograph
role-derived = afgeleid door wallograph
role-register = register
role-proposal = aanvaard voorstel
role-code-list = codelijst
role-vocabulary = vocabularium
role-text-stated = De pagina zegt het zelf.
role-text-read = Wij hebben het uit een pagina gelezen: ze zegt het niet met deze woorden, het is onze interpretatie.
role-text-derived = Wij hebben het volgens een geschreven regel uit andere uitspraken afgeleid.
role-text-register = Een openbaar register heeft het gepubliceerd.
role-text-proposal = Een voorstel bracht het aan, met een pagina of door de organisatie zelf, en een curator aanvaardde het.
role-text-code-list = Codelijst die wallograph publiceert.
role-text-vocabulary = Vocabularium dat wallograph publiceert.
filter-stated = Pagina’s
filter-read = Lezingen door wallograph
filter-derived = Afleidingen
filter-register = Registers
filter-proposal = Voorstellen
filter-code-list = Codelijsten
filter-vocabulary = Vocabularium
who-stated = Volgens
who-read = Gelezen door wallograph
who-derived = Afgeleid door wallograph
who-register = Register:
who-proposal = Voorgesteld en aanvaard:
who-one-of-stated = Volgens een van { $n } pagina’s:
who-one-of-read = Gelezen door wallograph op een van { $n } pagina’s:
who-unknown = bron zonder bekende uitgever
who-more =
  { $n ->
    [one] en 1 andere bron
   *[other] en { $n } andere bronnen
  }
who-says-so = Wie zegt het
undated = zonder datum
date-month =
  { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[other] december
  } { $year }
date-day =
  { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[other] december
  } { $year }
is-copy = kopie
is-copy-text = Dit adres is een kopie of spiegel, niet de site van de uitgever.
one-of-pages = Staat op een van deze pagina’s; welke is niet genoteerd.
rule = Regel
source-record = Alles wat deze bron zegt
why-linked = Waarom dit verband?
why-title = { $subject } – { $object }
why-text = Elke bron hieronder zegt het; open de pagina om het na te gaan.
stated-for = vermeld jaar: { $years }
rights-facts-only = Wij nemen alleen feiten over; voor de pagina gelden de voorwaarden van de uitgever.

# thing
kinds-title = Wat het is, volgens wie
kind-not-recorded = Type niet vermeld
not-recorded = niet vermeld
not-recorded-list = Niet vermeld:
place-not-recorded = plaats niet vermeld
facts-title = In het kort
field-place = Vermelde plaats
field-municipality = Gemeente
field-province = Provincie
field-founded = Opgericht
field-market = Markt
field-clients-abroad = Klanten in het buitenland
field-homepage = Website
field-start = Begin
field-end = Einde
field-employees = Personeel
field-researchers = Onderzoekers
field-status = Toestand
field-budget = Budget
field-nis = NIS-code
field-postcode = Postcode
field-coordinates = Breedte, lengte
field-name = Naam
themes-title = Thema’s
keywords-title = Onderwerpen, in de woorden van de pagina
on-this-page = Op deze pagina
cite-check = De editie nagaan
names-title = Andere namen en schrijfwijzen
names-empty = Geen andere naam vermeld
identifiers-title = Identificatoren elders
id-ror = ROR
id-isni = ISNI
id-enterprise-number = Ondernemingsnummer (KBO)
id-establishment-number = Vestigingsnummer
id-vat = Btw-nummer
conflict-title = De bronnen zeggen niet hetzelfde
conflict-text = Wij tonen elke waarde met haar bron; wij kiezen niet.
links-title = Verbanden
links-text = Elke titel leest u vanuit deze fiche. Open een bron voor de pagina, haar datum en wat ze verder zegt.
links-empty = Geen verband vermeld. Dat betekent niet dat er geen is.
related-shared = Gedeelde thema’s:
links-jump = Naar een soort verband
thing-figures-title = Gepubliceerde cijfers hierover
figure-wording = Zoals de pagina het zegt:
figure-wording-column = Zoals de pagina het zegt
related-title = Zelfde thema’s, andere universiteiten
related-text = Eenheden van andere universiteiten die een thema delen, naar onze lezing van de pagina’s.
page-sources-title = Bronnen van deze fiche
page-sources-show = Alle bronnen tonen
formats-title = Deze gegevens hergebruiken
formats-text = Dezelfde fiche, voor machines:
cite-title = Deze fiche citeren
cite-release = versie { $number } van { $date }

# places
lies-in = In:
place-actors-title = Organisaties hier
place-actors-text = Naar de plaats die een bron vermeldt; dorpen en sites tellen mee in hun gemeente en provincie.
place-kinds = Per type bekijken
place-empty = Hier is geen organisatie vermeld.
place-inside-title = Plaatsen hierbinnen
places-text = Waalse provincies en gemeenten, met het aantal organisaties dat een bron er plaatst.
places-without =
  { $n ->
    [one] 1 gemeente zonder vermelde organisatie
   *[other] { $n } gemeenten zonder vermelde organisatie
  }

# concepts
theme-by-university = Onderzoekseenheden per universiteit
theme-by-kind = Organisaties en projecten per type
theme-summary = Aan dit thema of een specifieker thema gekoppeld, naar onze lezing van de pagina’s: { $organisations } en { $projects }.
count-projects =
  { $n ->
    [0] geen project
    [one] 1 project
   *[other] { $n } projecten
  }
count-actors =
  { $n ->
    [0] geen organisatie
    [one] 1 organisatie
   *[other] { $n } organisaties
  }
theme-no-units = Geen onderzoekseenheid vermeld voor dit thema.
theme-no-actors = Geen organisatie vermeld voor dit thema.
themes-text = De thema’s waaraan wij organisaties en projecten koppelen: onze lezing van de pagina’s, als zodanig gemarkeerd. Een aantal omvat de meer specifieke thema’s.
used-by = Gebruikt door
used-empty = Geen enkele fiche gebruikt dit item.
notation = Code
code-list = Lijst
code-list-entry = Het item in de codelijst
broader = Ruimer
narrower = Specifieker
related = Zie ook
matches-title = Overeenkomsten
match-exactMatch = Gelijk aan
match-closeMatch = Verwant met
match-broadMatch = Elders ruimer
match-narrowMatch = Elders specifieker
match-relatedMatch = Elders verwant
entries = Items
entries-count =
  { $n ->
    [one] 1 item
   *[other] { $n } items
  }
code-lists-text = De gecontroleerde lijsten die de graaf gebruikt, in vier talen.
type-shapes = Regels
type-shapes-text = Waaraan elke fiche moet voldoen voor ze wordt gepubliceerd.
type-vocabulary-text = De eigen termen van wallograph; elders gebruikt de graaf bekende vocabularia.
classes = Klassen
properties = Eigenschappen
term-domain = Geldt voor
term-range = Waarden
term-near = Verwante bekende termen

# sources
sources-text = Elke pagina, elk register en elke regel waar een gegeven van de graaf vandaan komt.
sources-publishers = Meest geciteerde uitgevers
source-states = Wat deze bron zegt
source-empty = Geen uitspraak te tonen voor deze bron.
source-pages = Pagina
source-publisher = Uitgever
source-date = Datum
source-role = Rol
source-rights = Rechten
source-read-from = Gelezen in

# figures
figures-text = Cijfers zoals pagina’s ze publiceren. Soms spreken ze elkaar tegen: elk cijfer behoudt zijn jaar en zijn pagina.
figures-count =
  { $n ->
    [one] 1 cijfer
   *[other] { $n } cijfers
  }
figures-empty = Er is geen gepubliceerd cijfer vermeld.
figure-others = Andere cijfers van dezelfde indicator
figure-no-others = Er is geen ander cijfer van deze indicator vermeld.
published-title = Gepubliceerde cijfers
indicator = Indicator
scope = Betreft
held-title = Wat deze graaf bevat
held-text = Aantal fiches, naar wat pagina’s zeggen: geen telling van de werkelijkheid en geen schatting.
held-actors = Organisaties
held-startup = Door een pagina “start-up” genoemd
held-scaleup = Door een pagina “scale-up” genoemd
held-spin-off = Door een pagina “spin-off” genoemd
held-research-unit = Onderzoekseenheden
held-projects = Projecten, programma’s, goede praktijken
held-links = Vermelde verbanden tussen twee fiches
held-figures = Overgenomen gepubliceerde cijfers
unit-municipality =
  { $n ->
    [one] gemeente
   *[other] gemeenten
  }
unit-startup =
  { $n ->
    [one] start-up
   *[other] start-ups
  }
unit-profile =
  { $n ->
    [one] profiel
   *[other] profielen
  }
unit-job =
  { $n ->
    [one] baan
   *[other] banen
  }
unit-project =
  { $n ->
    [one] project
   *[other] projecten
  }
unit-laboratory =
  { $n ->
    [one] laboratorium
   *[other] laboratoria
  }
unit-application =
  { $n ->
    [one] kandidatuur of dossier
   *[other] kandidaturen of dossiers
  }
unit-partnership =
  { $n ->
    [one] partnerschap
   *[other] partnerschappen
  }
unit-company =
  { $n ->
    [one] bedrijf
   *[other] bedrijven
  }
unit-sme =
  { $n ->
    [one] kmo
   *[other] kmo’s
  }
unit-employee =
  { $n ->
    [one] werknemer
   *[other] werknemers
  }
unit-eur =
  { $n ->
    [one] euro
   *[other] euro
  }
unit-researcher =
  { $n ->
    [one] onderzoeker
   *[other] onderzoekers
  }
unit-studio =
  { $n ->
    [one] studio
   *[other] studio’s
  }
unit-exhibitor =
  { $n ->
    [one] exposant
   *[other] exposanten
  }
unit-request =
  { $n ->
    [one] aanvraag
   *[other] aanvragen
  }
unit-laureate =
  { $n ->
    [one] laureaat
   *[other] laureaten
  }
unit-organisation =
  { $n ->
    [one] organisatie
   *[other] organisaties
  }
unit-percent = %
unit-actor =
  { $n ->
    [one] speler
   *[other] spelers
  }
unit-person =
  { $n ->
    [one] persoon
   *[other] personen
  }
unit-game =
  { $n ->
    [one] game
   *[other] games
  }
unit-fte =
  { $n ->
    [one] voltijds equivalent
   *[other] voltijdse equivalenten
  }
unit-spin-off =
  { $n ->
    [one] spin-off
   *[other] spin-offs
  }
unit-member =
  { $n ->
    [one] lid
   *[other] leden
  }

# home
home-title = Wie doet wat in digitaal Wallonië, en wie zegt het
home-lead = wallograph brengt samen wat { NUMBER($pages) } pagina’s en registers zeggen over de start-ups, onderzoekseenheden, polen, projecten en plaatsen van digitaal Wallonië. De bronnen blijven gescheiden: elk gegeven behoudt zijn auteur en zijn datum, zodat u kunt vergelijken, nagaan en citeren.
questions-title = Drie vragen om te beginnen
question-theme = { $name }: wie werkt eraan?
question-spin-offs = { $name }: welke spin-offs?
question-place = { $name }: welke organisaties?
answer-theme =
  { $n ->
    [one] 1 organisatie of project
   *[other] { $n } organisaties en projecten
  }
answer-spin-offs =
  { $n ->
    [one] 1 spin-off
   *[other] { $n } spin-offs
  }
answer-place =
  { $n ->
    [one] 1 organisatie
   *[other] { $n } organisaties
  }
home-kinds = Organisaties per type
home-all-kinds = Alle types
home-all-figures = Alle gepubliceerde cijfers
home-all-themes = Alle thema’s
home-all-places = Alle gemeenten
home-new = Deze versie
kinds-not-exclusive = Types zoals de pagina’s ze noemen. Een organisatie kan er meerdere hebben: tel deze aantallen niet op.
beside-title = Gepubliceerde cijfers, inhoud van de graaf
beside-text = Twee verschillende dingen: wat pagina’s over het hele ecosysteem zeggen, en de fiches in deze graaf. Een aantal fiches is geen telling van de werkelijkheid.
beside-published = Digitale start-ups in Wallonië, volgens pers en websites
projects-text = Onderzoeksprojecten, programma’s, initiatieven en goede praktijken.
projects-empty = Geen project vermeld.

# search
search-label = Zoek een organisatie, een project, een plaats of een thema
search-short = Naam, acroniem, thema…
search-button = Zoeken
search-hint = Namen, andere namen en acroniemen; accenten en hoofdletters maken niet uit.
search-title = Zoekresultaat: { $q }
search-heading = Resultaten voor
search-count =
  { $n ->
    [0] Geen resultaten
    [one] 1 resultaat
   *[other] { $n } resultaten
  }
search-empty = Niets gevonden in de graaf. Dat betekent niet dat het niet bestaat. Probeer een andere naam of een acroniem, of blader door de lijsten:
facet-more = Andere
search-nothing-asked = Voer een naam in om te beginnen.
search-matched = Ook bekend als
did-you-mean = Bedoelde u dit? Resultaten getoond voor:
facet-concept = Wat
facet-kind = Type
facet-theme = Thema
facet-place = Plaats
facet-remove = deze filter verwijderen

# dumps
dumps-title = De graaf downloaden
dumps-text = De hele graaf. Onze uitspraken en hun compilatie vallen onder CC BY 4.0; elke bron behoudt haar voorwaarden. Elke editie blijft beschikbaar, met haar controlesommen.
dumps-earlier = Vorige edities
dumps-what = Inhoud
dumps-with-sources = met de bron van elke uitspraak
dumps-without-sources = alleen de uitspraken, zonder hun bronnen
dumps-empty = Voorlopig geen bestand om te downloaden.
dumps-latest = De recentste
dumps-file = Bestand
dumps-size = Grootte
dumps-edition = Editie { $number } van { $date }

# about
about-lead = wallograph verbindt de spelers van het Waalse digitale ecosysteem zonder ze te verwarren: elke bron behoudt haar namen en uitspraken.
about-how-title = Hoe de graaf te lezen
about-how-1 = Elke uitspraak staat onder de pagina die ze doet. Wanneer pagina’s elkaar tegenspreken, worden alle waarden getoond.
about-how-2 = “Niet vermeld” betekent dat geen gelezen pagina het zegt, niet dat het niet bestaat.
about-attributions-title = Bronvermelding
about-statbel = Gemeenten, provincies, NIS-codes, zwaartepunten berekend op zijn grenzen, en de nomenclatuur NACE-BEL. Bron: Statbel, opendatalicentie van Statbel.
about-ror = Identificatoren van onderzoeksinstellingen, CC0.
about-fedict = Overheidsinstellingen en ondernemingsnummers, dcattools, BSD-licentie met twee clausules.
about-adn = Regionale taxonomie: alleen namen en identificatoren, als overeenkomsten van onze thema’s.
about-press-title = Pers en websites
about-press = Alleen feiten, elk met het adres van zijn pagina; de teksten blijven van hun auteurs.
about-weak-title = Bekende zwaktes
about-weak-1 = Veel uitspraken zijn van 2002 tot 2023: meestal is niet nagegaan of een bedrijf nog bestaat. Kijk naar de datum.
about-weak-2 = De verzameling is niet volledig: een organisatie die ontbreekt of geen verbanden heeft, is misschien gewoon niet gelezen.
about-weak-3 = Thema’s en markten zijn onze lezing van de pagina’s, gemarkeerd als “gelezen door wallograph”.
about-weak-4 = Sommige pagina’s zijn kopieën of spiegels; ze dragen de vermelding “kopie”.
about-weak-5 = Wanneer een rij meerdere pagina’s heeft zonder bewijs per veld, weten we dat een ervan het zegt, niet welke.
about-contact = Contact
problems-title = Foutmeldingen
problems-text = Wat elk type fout betekent dat deze site teruggeeft.
as-it-was = Deze pagina toont de toestand van { $date } (versie { $number }), zoals die was.
as-it-is = De huidige toestand bekijken
dumps-table = tabel, één rij per ding
