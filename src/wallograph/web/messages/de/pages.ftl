# Texts of the pages for people.

# frame
site-tagline = Das wallonische digitale Ökosystem als verknüpfte Daten
skip-to-content = Zum Inhalt
main-navigation = Hauptnavigation
language-choice = Sprache der Seite
breadcrumb = Brotkrumen
nav-home = Startseite
nav-actors = Organisationen
nav-themes = Themen
nav-places = Orte
nav-projects-short = Projekte
nav-figures-short = Zahlen
nav-projects = Projekte und gute Praxis
nav-events = Veranstaltungen
nav-figures = Veröffentlichte Zahlen
nav-sources = Quellen
nav-data = Herunterladen
nav-sparql = SPARQL
nav-about = Über wallograph
nav-code-lists = Codelisten
nav-vocabulary = Vokabular
not-for-reuse = Testinstallation, lokale Adressen. Nicht weiterverwenden.
footer-what = Ein Wissensgraph, der die digitalen Akteure der Wallonie verbindet und zu jeder Aussage angibt, von wem sie stammt.
footer-licence = Lizenz
footer-licence-text = für unsere eigenen Aussagen und ihre Zusammenstellung; jede Quelle behält ihre Bedingungen.
footer-sources = Quellenangaben
footer-attribution = Orte und NACE-BEL: Statbel. Forschungseinrichtungen: ROR (CC0). Öffentliche Einrichtungen: Fedict.
footer-all-attributions = Alle Quellenangaben
footer-reuse = Weiterverwenden
release-line = Ausgabe { $number } des Graphen, { $date }
number = { NUMBER($n) }
yes = Ja
no = Nein
year = Jahr
value = Wert
all = Alle
filter = Liste filtern
refine = Nach Art, Thema oder Ort filtern
note = Hinweis
version = Version
in-language = Text in der Sprache „{ $language }“: hier liegt keine Übersetzung vor
language-fr = Auf Französisch
language-nl = Auf Niederländisch
language-de = Auf Deutsch
language-en = Auf Englisch

# lists
empty-list = Hier gibt es derzeit nichts anzuzeigen.
pages = Seiten der Liste
page-range = { $first } bis { $last } von { $total }
page-previous = Vorige Seite
page-next = Nächste Seite
page-of = Seite { $number } von { $pages }
show-others =
  { $n ->
    [one] Die andere anzeigen
   *[other] Die { $n } anderen anzeigen
  }
group-other = Ohne bekannte Zuordnung

# types
type-actor = Organisation
type-project = Projekt
type-event = Veranstaltung
type-place = Ort
type-theme = Thema
type-concept = Eintrag einer Codeliste
type-scheme = Codeliste
type-vocabulary = Vokabular
type-source = Quelle
type-figure = Veröffentlichte Zahl
type-link = Verbindung
type-value = Datierter Wert
type-other = Ressource

# who says so
role-stated = von der Seite gesagt
role-read = von wallograph gelesen
role-derived = von wallograph abgeleitet
role-register = Register
role-proposal = angenommener Vorschlag
role-code-list = Codeliste
role-vocabulary = Vokabular
role-text-stated = Die Seite sagt es selbst.
role-text-read = Wir haben es aus einer Seite herausgelesen: Sie sagt es nicht mit diesen Worten, es ist unsere Deutung.
role-text-derived = Wir haben es nach einer schriftlichen Regel aus anderen Aussagen abgeleitet.
role-text-register = Ein öffentliches Register hat es veröffentlicht.
role-text-proposal = Ein Vorschlag hat es gebracht, mit einer Seite oder von der Organisation selbst, und ein Kurator hat ihn angenommen.
role-text-code-list = Von wallograph veröffentlichte Codeliste.
role-text-vocabulary = Von wallograph veröffentlichtes Vokabular.
filter-stated = Seiten
filter-read = Lesarten von wallograph
filter-derived = Ableitungen
filter-register = Register
filter-proposal = Vorschläge
filter-code-list = Codelisten
filter-vocabulary = Vokabular
who-stated = Laut
who-read = Von wallograph gelesen
who-derived = Von wallograph abgeleitet
who-register = Register:
who-proposal = Vorgeschlagen und angenommen:
who-one-of-stated = Laut einer von { $n } Seiten:
who-one-of-read = Von wallograph auf einer von { $n } Seiten gelesen:
who-unknown = Quelle ohne bekannten Herausgeber
who-more =
  { $n ->
    [one] und 1 weitere Quelle
   *[other] und { $n } weitere Quellen
  }
who-says-so = Wer sagt das
undated = ohne Datum
date-month =
  { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[other] Dezember
  } { $year }
date-day =
  { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[other] Dezember
  } { $year }
is-copy = Kopie
is-copy-text = Diese Adresse ist eine Kopie oder ein Spiegel, nicht die Seite des Herausgebers.
one-of-pages = Steht auf einer dieser Seiten; welche, wurde nicht notiert.
rule = Regel
source-record = Alles, was diese Quelle sagt
why-linked = Warum diese Verbindung?
why-title = { $subject } – { $object }
why-text = Jede Quelle unten sagt es; öffnen Sie die Seite, um es zu prüfen.
stated-for = angegebenes Jahr: { $years }
rights-facts-only = Wir übernehmen nur Fakten; für die Seite gelten die Bedingungen ihres Herausgebers.

# thing
kinds-title = Was es ist, laut wem
kind-not-recorded = Art nicht angegeben
not-recorded = nicht angegeben
not-recorded-list = Nicht angegeben:
place-not-recorded = Ort nicht angegeben
facts-title = Auf einen Blick
field-place = Angegebener Ort
field-municipality = Gemeinde
field-province = Provinz
field-founded = Gegründet
field-market = Markt
field-clients-abroad = Kunden im Ausland
field-homepage = Website
field-start = Beginn
field-end = Ende
field-employees = Personal
field-researchers = Forschende
field-status = Stand
field-budget = Budget
field-nis = NIS-Code
field-postcode = Postleitzahl
field-coordinates = Breite, Länge
field-name = Name
themes-title = Themen
keywords-title = Themen, in den Worten der Seite
on-this-page = Auf dieser Seite
cite-check = Ausgabe prüfen
names-title = Andere Namen und Schreibweisen
names-empty = Kein anderer Name angegeben
identifiers-title = Kennungen anderswo
id-ror = ROR
id-isni = ISNI
id-enterprise-number = Unternehmensnummer (ZDU)
id-establishment-number = Niederlassungsnummer
id-vat = MwSt.-Nummer
conflict-title = Die Quellen sagen nicht dasselbe
conflict-text = Wir zeigen jeden Wert mit seiner Quelle; wir entscheiden nicht.
links-title = Verbindungen
links-text = Jede Überschrift liest sich von diesem Eintrag aus. Öffnen Sie eine Quelle für die Seite, ihr Datum und was sie sonst sagt.
links-empty = Keine Verbindung angegeben. Das heißt nicht, dass es keine gibt.
related-shared = Gemeinsame Themen:
links-jump = Zu einer Art von Verbindung
thing-figures-title = Veröffentlichte Zahlen dazu
figure-wording = Wie die Seite es formuliert:
figure-wording-column = Wie die Seite es formuliert
related-title = Gleiche Themen, andere Universitäten
related-text = Einheiten anderer Universitäten, die ein Thema teilen, nach unserer Lesart der Seiten.
page-sources-title = Quellen dieser Seite
page-sources-show = Alle Quellen anzeigen
formats-title = Diese Daten weiterverwenden
formats-text = Dieselbe Seite, für Maschinen:
cite-title = Diese Seite zitieren
cite-release = Ausgabe { $number } vom { $date }

# places
lies-in = In:
place-actors-title = Organisationen hier
place-actors-text = Nach dem Ort, den eine Quelle angibt; Ortschaften und Standorte zählen zu ihrer Gemeinde und Provinz.
place-kinds = Nach Art ansehen
place-empty = Hier ist keine Organisation angegeben.
place-inside-title = Orte darin
places-text = Wallonische Provinzen und Gemeinden, mit der Zahl der Organisationen, die eine Quelle dort angibt.
places-without =
  { $n ->
    [one] 1 Gemeinde ohne angegebene Organisation
   *[other] { $n } Gemeinden ohne angegebene Organisation
  }

# concepts
theme-by-university = Forschungseinheiten nach Universität
theme-by-kind = Organisationen und Projekte nach Art
theme-summary = Diesem oder einem spezielleren Thema zugeordnet, nach unserer Lesart der Seiten: { $organisations } und { $projects }.
count-projects =
  { $n ->
    [0] kein Projekt
    [one] 1 Projekt
   *[other] { $n } Projekte
  }
count-actors =
  { $n ->
    [0] keine Organisation
    [one] 1 Organisation
   *[other] { $n } Organisationen
  }
theme-no-units = Keine Forschungseinheit für dieses Thema angegeben.
theme-no-actors = Keine Organisation für dieses Thema angegeben.
themes-text = Die Themen, denen wir Organisationen und Projekte zuordnen: unsere Lesart der Seiten, als solche gekennzeichnet. Eine Zahl umfasst die spezielleren Themen.
used-by = Verwendet von
used-empty = Keine Seite verwendet diesen Eintrag.
notation = Code
code-list = Liste
code-list-entry = Der Eintrag der Codeliste
broader = Allgemeiner
narrower = Spezieller
related = Siehe auch
matches-title = Entsprechungen
match-exactMatch = Gleich
match-closeMatch = Nahe bei
match-broadMatch = Anderswo allgemeiner
match-narrowMatch = Anderswo spezieller
match-relatedMatch = Anderswo verwandt
entries = Einträge
entries-count =
  { $n ->
    [one] 1 Eintrag
   *[other] { $n } Einträge
  }
code-lists-text = Die kontrollierten Listen, die der Graph verwendet, in vier Sprachen.
type-shapes = Regeln
type-shapes-text = Was jeder Eintrag erfüllen muss, bevor er veröffentlicht wird.
type-vocabulary-text = Die eigenen Begriffe von wallograph; sonst verwendet der Graph bekannte Vokabulare.
classes = Klassen
properties = Eigenschaften
term-domain = Gilt für
term-range = Werte
term-near = Nahe bekannte Begriffe

# sources
sources-text = Jede Seite, jedes Register und jede Regel, woher eine Angabe des Graphen stammt.
sources-publishers = Meistzitierte Herausgeber
source-states = Was diese Quelle sagt
source-empty = Keine Aussage dieser Quelle anzuzeigen.
source-pages = Seite
source-publisher = Herausgeber
source-date = Datum
source-role = Rolle
source-rights = Rechte
source-read-from = Gelesen in

# figures
figures-text = Zahlen, wie Seiten sie veröffentlichen. Manchmal widersprechen sie sich: Jede behält ihr Jahr und ihre Seite.
figures-count =
  { $n ->
    [one] 1 Zahl
   *[other] { $n } Zahlen
  }
figures-empty = Keine veröffentlichte Zahl angegeben.
figure-others = Weitere Zahlen desselben Indikators
figure-no-others = Keine weitere Zahl dieses Indikators angegeben.
published-title = Veröffentlichte Zahlen
indicator = Indikator
scope = Bezug
held-title = Was dieser Graph enthält
held-text = Zahl der Einträge, nach dem, was Seiten sagen: weder Erhebung noch Schätzung.
held-actors = Organisationen
held-startup = Von einer Seite „Start-up“ genannt
held-scaleup = Von einer Seite „Scale-up“ genannt
held-spin-off = Von einer Seite „Spin-off“ genannt
held-research-unit = Forschungseinheiten
held-projects = Projekte, Programme, gute Praxis
held-links = Ausgesagte Verbindungen zwischen zwei Einträgen
held-figures = Übernommene veröffentlichte Zahlen
unit-municipality =
  { $n ->
    [one] Gemeinde
   *[other] Gemeinden
  }
unit-startup =
  { $n ->
    [one] Start-up
   *[other] Start-ups
  }
unit-profile =
  { $n ->
    [one] Profil
   *[other] Profile
  }
unit-job =
  { $n ->
    [one] Arbeitsplatz
   *[other] Arbeitsplätze
  }
unit-project =
  { $n ->
    [one] Projekt
   *[other] Projekte
  }
unit-laboratory =
  { $n ->
    [one] Labor
   *[other] Labore
  }
unit-application =
  { $n ->
    [one] Bewerbung oder Antrag
   *[other] Bewerbungen oder Anträge
  }
unit-partnership =
  { $n ->
    [one] Partnerschaft
   *[other] Partnerschaften
  }
unit-company =
  { $n ->
    [one] Unternehmen
   *[other] Unternehmen
  }
unit-sme =
  { $n ->
    [one] KMU
   *[other] KMU
  }
unit-employee =
  { $n ->
    [one] Beschäftigte(r)
   *[other] Beschäftigte
  }
unit-eur =
  { $n ->
    [one] Euro
   *[other] Euro
  }
unit-researcher =
  { $n ->
    [one] Forschende(r)
   *[other] Forschende
  }
unit-studio =
  { $n ->
    [one] Studio
   *[other] Studios
  }
unit-exhibitor =
  { $n ->
    [one] Aussteller
   *[other] Aussteller
  }
unit-request =
  { $n ->
    [one] Anfrage
   *[other] Anfragen
  }
unit-laureate =
  { $n ->
    [one] Ausgezeichnete(r)
   *[other] Ausgezeichnete
  }
unit-organisation =
  { $n ->
    [one] Organisation
   *[other] Organisationen
  }
unit-percent = %
unit-actor =
  { $n ->
    [one] Akteur
   *[other] Akteure
  }
unit-person =
  { $n ->
    [one] Person
   *[other] Personen
  }
unit-game =
  { $n ->
    [one] Spiel
   *[other] Spiele
  }
unit-fte =
  { $n ->
    [one] Vollzeitäquivalent
   *[other] Vollzeitäquivalente
  }
unit-spin-off =
  { $n ->
    [one] Spin-off
   *[other] Spin-offs
  }
unit-member =
  { $n ->
    [one] Mitglied
   *[other] Mitglieder
  }

# home
home-title = Wer macht was in der digitalen Wallonie, und wer sagt das
home-lead = wallograph führt zusammen, was { NUMBER($pages) } Seiten und Register über Start-ups, Forschungseinheiten, Cluster, Projekte und Orte der digitalen Wallonie sagen. Die Quellen bleiben getrennt: Jede Angabe behält ihren Urheber und ihr Datum, sodass Sie vergleichen, prüfen und zitieren können.
questions-title = Drei Fragen zum Einstieg
question-theme = { $name }: Wer arbeitet daran?
question-spin-offs = { $name }: Welche Spin-offs?
question-place = { $name }: Welche Organisationen?
answer-theme =
  { $n ->
    [one] 1 Organisation oder Projekt
   *[other] { $n } Organisationen und Projekte
  }
answer-spin-offs =
  { $n ->
    [one] 1 Spin-off
   *[other] { $n } Spin-offs
  }
answer-place =
  { $n ->
    [one] 1 Organisation
   *[other] { $n } Organisationen
  }
home-kinds = Organisationen nach Art
home-all-kinds = Alle Arten
home-all-figures = Alle veröffentlichten Zahlen
home-all-themes = Alle Themen
home-all-places = Alle Gemeinden
home-new = Diese Ausgabe
kinds-not-exclusive = Arten, wie die Seiten sie nennen. Eine Organisation kann mehrere haben: Diese Zahlen lassen sich nicht addieren.
beside-title = Veröffentlichte Zahlen, Inhalt des Graphen
beside-text = Zwei verschiedene Dinge: was Seiten über das ganze Ökosystem sagen und welche Einträge dieser Graph enthält. Eine Zahl von Einträgen ist keine Erhebung.
beside-published = Digitale Start-ups in der Wallonie, laut Presse und Websites
projects-text = Forschungsprojekte, Programme, Initiativen und gute Praxis.
projects-empty = Kein Projekt angegeben.

# search
search-label = Organisation, Projekt, Ort oder Thema suchen
search-short = Name, Kürzel, Thema …
search-button = Suchen
search-hint = Namen, andere Namen und Kürzel; Akzente und Großschreibung sind egal.
search-title = Suche: { $q }
search-heading = Ergebnisse für
search-count =
  { $n ->
    [0] Keine Ergebnisse
    [one] 1 Ergebnis
   *[other] { $n } Ergebnisse
  }
search-empty = Nichts davon im Graphen. Das heißt nicht, dass es das nicht gibt. Versuchen Sie einen anderen Namen oder ein Kürzel, oder blättern Sie in den Listen:
facet-more = Weitere
search-nothing-asked = Geben Sie einen Namen ein, um zu beginnen.
search-matched = Auch bekannt als
did-you-mean = Meinten Sie dies? Angezeigt werden Ergebnisse für:
facet-concept = Was
facet-kind = Art
facet-theme = Thema
facet-place = Ort
facet-remove = diesen Filter entfernen

# dumps
dumps-title = Den Graphen herunterladen
dumps-text = Der ganze Graph. Unsere Aussagen und ihre Zusammenstellung stehen unter CC BY 4.0; jede Quelle behält ihre Bedingungen. Jede Ausgabe bleibt verfügbar, mit ihren Prüfsummen.
dumps-earlier = Frühere Ausgaben
dumps-what = Inhalt
dumps-with-sources = mit der Quelle jeder Aussage
dumps-without-sources = nur die Aussagen, ohne ihre Quellen
dumps-empty = Derzeit keine Datei zum Herunterladen.
dumps-latest = Die neueste
dumps-file = Datei
dumps-size = Größe
dumps-edition = Ausgabe { $number } vom { $date }

# about
about-lead = wallograph verbindet die Akteure des wallonischen digitalen Ökosystems, ohne sie zu vermischen: Jede Quelle behält ihre Namen und Aussagen.
about-how-title = Wie der Graph zu lesen ist
about-how-1 = Jede Aussage steht unter der Seite, die sie macht. Wenn Seiten sich widersprechen, werden alle Werte gezeigt.
about-how-2 = „Nicht angegeben“ heißt, dass keine gelesene Seite es sagt, nicht, dass es das nicht gibt.
about-attributions-title = Quellenangaben
about-statbel = Gemeinden, Provinzen, NIS-Codes, aus seinen Grenzen berechnete Mittelpunkte und die Systematik NACE-BEL. Quelle: Statbel, Open-Data-Lizenz von Statbel.
about-ror = Kennungen von Forschungseinrichtungen, CC0.
about-fedict = Öffentliche Einrichtungen und Unternehmensnummern, dcattools, BSD-Lizenz mit zwei Klauseln.
about-adn = Regionale Taxonomie: nur Namen und Kennungen, als Entsprechungen unserer Themen.
about-press-title = Presse und Websites
about-press = Nur Fakten, jeder mit der Adresse seiner Seite; die Texte bleiben bei ihren Urhebern.
about-weak-title = Bekannte Schwächen
about-weak-1 = Viele Aussagen stammen von 2002 bis 2023: Meist wurde nicht geprüft, ob es ein Unternehmen noch gibt. Achten Sie auf das Datum.
about-weak-2 = Die Sammlung ist nicht vollständig: Eine fehlende oder unverbundene Organisation wurde vielleicht nur nicht gelesen.
about-weak-3 = Themen und Märkte sind unsere Lesart der Seiten, gekennzeichnet als „von wallograph gelesen“.
about-weak-4 = Manche Seiten sind Kopien oder Spiegel; sie tragen den Vermerk „Kopie“.
about-weak-5 = Wenn eine Zeile mehrere Seiten ohne Beleg je Feld hat, wissen wir, dass eine davon es sagt, nicht welche.
about-contact = Kontakt
problems-title = Fehlermeldungen
problems-text = Was jede Art von Fehler bedeutet, die diese Website meldet.
as-it-was = Diese Seite zeigt den Stand vom { $date } (Fassung { $number }), wie er war.
as-it-is = Den heutigen Stand ansehen
dumps-table = Tabelle, eine Zeile je Ding
