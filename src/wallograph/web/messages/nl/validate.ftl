# Checking a file: the page, its result, and the form.
validate-title = Gegevens controleren
validate-lead = Een tabel, een RDF-bestand of enkele regels: u verneemt in gewone woorden wat fout is, op welke regel, en hoe u het verbetert.
validate-nothing-enters = Niets komt in de graaf en niets wordt bewaard: het bestand wordt gelezen en dan vergeten.
validate-persons = Wat over personen gaat (namen, e-mailadressen, telefoonnummers) wordt weggelaten.
validate-way-file = Een bestand
validate-way-file-text = Excel (XLSX), CSV, Turtle, TriG, N-Triples, N-Quads, JSON-LD of RDF/XML; hoogstens { $mb } MB.
validate-drop = Laat hier een bestand vallen, of kies het
validate-run = Controleren
validate-way-text = Een tekst
validate-way-text-text = Plak regels van een tabel of RDF.
validate-text = Te controleren tekst
validate-format = Formaat
validate-format-ttl = Turtle
validate-format-trig = TriG
validate-format-nt = N-Triples
validate-format-nq = N-Quads
validate-format-jsonld = JSON-LD
validate-format-rdf = RDF/XML
validate-format-csv = Tabel: CSV, of gekopieerd uit een rekenblad
validate-more = Codering, scheidingsteken, betekenis van de kolommen
validate-encoding = Tekencodering
validate-encoding-guess = Herkennen
validate-delimiter = Scheidingsteken
validate-delimiter-guess = Herkennen
validate-delimiter-semicolon = puntkomma
validate-delimiter-comma = komma
validate-delimiter-tab = tab
validate-mapping = Betekenis van de kolommen (CSVW-metadata, JSON)
validate-way-form = Een formulier
validate-way-form-text = Eén fiche per keer, zonder bestand: de velden zijn die van de regels; u krijgt geldige RDF.
validate-templates = Tabelsjablonen
validate-templates-text = Bladen om in te vullen, met keuzelijsten en uitleg per kolom.
validate-rules-link = Alle regels lezen
validate-programs = Vanuit een programma
validate-programs-text = Stuur het bestand zoals het is, met zijn type. Het antwoord is het verslag, in JSON, SHACL (Turtle, JSON-LD), CSV of SARIF, volgens de Accept-header.

validate-result = Resultaat
validate-ok = Geen fouten
validate-ok-text = Alles wat gelezen is, volgt de regels.
validate-errors =
  { $n ->
    [one] { NUMBER($n) } fout
   *[other] { NUMBER($n) } fouten
  }
validate-warnings =
  { $n ->
    [one] { NUMBER($n) } waarschuwing
   *[other] { NUMBER($n) } waarschuwingen
  }
validate-infos =
  { $n ->
    [one] { NUMBER($n) } opmerking
   *[other] { NUMBER($n) } opmerkingen
  }
validate-checked =
  { $things ->
    [one] { NUMBER($things) } fiche gelezen
   *[other] { NUMBER($things) } fiches gelezen
  }
validate-by-rule = Per regel
validate-and-more =
  { $n ->
    [one] en nog { NUMBER($n) }
   *[other] en nog { NUMBER($n) }
  }
validate-place-line = Regel { $line }
validate-place-line-column = Regel { $line }, kolom { $column }
validate-place-cell = Cel { $cell }
validate-place-sheet = blad ‘{ $sheet }’
validate-place-about = Bij regel { $line }: alleen de plaats van de fiche is bekend
validate-place-none = Plaats in het bestand onbekend
validate-value = Waarde
validate-expected = Verwacht
validate-read-rule = De regel
validate-whole-file = Het bestand
validate-repairs = Voorgestelde verbeteringen
validate-repair-sure = zeker
validate-repair-unsure = na te kijken
validate-corrected = Verbeterd bestand downloaden
validate-corrected-text = De aangevinkte verbeteringen worden gemaakt; de rest van het bestand blijft onaangeroerd.
validate-losses = Het verbeterde bestand kan niet behouden:
validate-edited = Gewijzigde tekst controleren
validate-text-title = Uw tekst
validate-table-title = Uw tabel
validate-back-to-finding = Opmerking { $n }
validate-gap =
  { $n ->
    [one] { NUMBER($n) } regel zonder opmerking
   *[other] { NUMBER($n) } regels zonder opmerking
  }
validate-row = Rij
validate-downloads = Het verslag
validate-download-json = JSON
validate-download-ttl = SHACL (Turtle)
validate-download-jsonld = SHACL (JSON-LD)
validate-download-csv = CSV
validate-download-sarif = SARIF
validate-share = Dit resultaat delen
validate-share-text =
  { $days ->
    [one] De tekst en het resultaat blijven één dag op een geheim adres, buiten elke index. Alleen u kunt ze eerder wissen.
   *[other] De tekst en het resultaat blijven { $days } dagen op een geheim adres, buiten elke index. Alleen u kunt ze eerder wissen.
  }
validate-share-button = Link maken
validate-shared = Gedeeld resultaat
validate-shared-text = Wie dit adres kent, ziet dit resultaat, tot { $date }.
validate-shared-address = Adres om te delen
validate-shared-delete-address = Adres om te wissen (houd het voor uzelf)
validate-shared-delete = Nu wissen
validate-read-as = Hoe de tabel gelezen is
validate-read-as-text = Verbeter wat verkeerd herkend is en controleer opnieuw.
validate-sheet = Blad ‘{ $sheet }’
validate-sheet-kind = Elke rij beschrijft
validate-column-example = Voorbeeld
validate-column-none = – niet lezen –
validate-column-person = personen: nooit gelezen
validate-column-id = adres van de fiche
validate-column-concept = soort fiche
validate-column-postcode = postcode (plaats)
validate-column-year-of = jaar van: { $field }
validate-column-sure = herkend
validate-column-guess = vermoed
validate-column-unknown = niet herkend
validate-column-mine = gekozen
validate-remap = Controleren met deze kolommen
validate-mapping-download = Betekenis van de kolommen downloaden (CSVW)
validate-see = de fiche bekijken
validate-again = Iets anders controleren
validate-jump-findings = Naar de opmerkingen

form-title = Een fiche invullen
form-lead = De velden komen uit de regels. Het resultaat is RDF die u kunt downloaden; ze komt niet in de graaf.
form-kind = Wat wilt u beschrijven?
form-of = Fiche: { $kind }
form-required = verplicht
form-required-note = De velden met “verplicht” moeten ingevuld zijn.
form-another = Andere waarde: { $field }
form-more-values = Meer waarden
form-choose = – kiezen –
form-yes = ja
form-no = nee
form-place-help = Naam van een gemeente, postcode of NIS-code.
form-thing-help = Naam of adres (http…) van een organisatie, project of evenement.
form-identity = Naam en beschrijving
form-activity = Activiteit
form-numbers = Identificaties
form-relations = Relaties met anderen
form-relations-inverse = Relaties van de andere kant gezien
form-send = Controleren en RDF maken
form-result = Uw fiche in RDF
form-result-ok = De fiche volgt de regels.
form-result-errors = De fiche klopt nog niet: zie de gemarkeerde velden.
form-download = Downloaden (Turtle)
form-fault = Fout:
form-doubt = Te bekijken:
form-faults = Te verbeteren
form-other-kind = Iets anders beschrijven
form-empty = Vul minstens de naam in.
form-language = Taal van de beschrijving
form-kind-actor = Organisatie
form-kind-project = Project
form-kind-event = Evenement
form-kind-place = Plaats
validate-partly = Het bestand kon niet tot het einde gelezen worden; wat gelezen is, werd gecontroleerd.
validate-columns-read =
  { $n ->
    [one] { NUMBER($n) } kolom gelezen
   *[other] { NUMBER($n) } kolommen gelezen
  }
validate-columns-unread =
  { $n ->
    [one] { NUMBER($n) } niet herkend
   *[other] { NUMBER($n) } niet herkend
  }
validate-columns = Kolommen
loss-macros = de macro’s
loss-charts = de grafieken
loss-pivots = de draaitabellen
loss-images = afbeeldingen en tekeningen
loss-controls = de formulierelementen
loss-connections = de verbindingen met andere gegevens
loss-signature = de elektronische handtekening
loss-formula-values = de berekende waarden van formules (bij openen herberekend)
validate-recheck = Opnieuw controleren met deze verbeteringen
validate-way-file-one = Eén bestand tegelijk; het commando neemt er meer aan.
validate-table-persons =
  { $n ->
    [one] Een kolom of cel over personen werd niet gelezen; ze blijft hier leeg (…).
   *[other] { NUMBER($n) } kolommen of cellen over personen werden niet gelezen; ze blijven hier leeg (…).
  }
validate-dialect-guessed = De tekencodering werd geraden. Kloppen de accenten in dit fragment?
validate-dialect-sample = Fragment
validate-delimiter-pipe = verticale streep
validate-no-text = De tekst wordt niet getoond: er kunnen personen in genoemd zijn.
