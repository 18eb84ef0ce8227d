# Data quality.
nav-quality = Datakwaliteit
quality-lead = Wat de graaf bevat en wat er ontbreekt, gemeten op de editie van { $date }.
quality-not-recorded = ‘Niet vermeld’ betekent dat geen van onze bronnen het zegt, niet dat het niet bestaat.
quality-completeness = Wat vermeld is
quality-actor = Organisaties
quality-project = Projecten en programma’s
quality-event = Evenementen
quality-of = { NUMBER($n) } van { NUMBER($of) }
quality-percent = { $n } %
quality-by-kind = Per soort
quality-kinds-text = Een organisatie kan meerdere soorten hebben en telt dan bij elk mee. Een percentage leidt naar de lijst van wat ontbreekt.
quality-kind = soort
quality-things = aantal
quality-field-kind = soort
quality-field-place = plaats
quality-field-founded = oprichting
quality-field-start = begin
quality-field-end = einde
quality-field-theme = thema
quality-field-description = beschrijving
quality-field-homepage = website
quality-field-identifier = identificatie elders
quality-field-employees = personeel
quality-field-budget = budget
quality-missing-kind = Soort niet vermeld
quality-missing-place = Plaats niet vermeld
quality-missing-founded = Oprichtingsjaar niet vermeld
quality-missing-start = Beginjaar niet vermeld
quality-missing-end = Eindjaar niet vermeld
quality-missing-theme = Thema niet vermeld
quality-missing-description = Beschrijving niet vermeld
quality-missing-homepage = Website niet vermeld
quality-missing-identifier = Geen identificatie elders vermeld
quality-missing-employees = Personeel niet vermeld
quality-missing-budget = Budget niet vermeld
quality-missing-n = Niet vermeld voor { NUMBER($n) }
quality-all-recorded = Overal vermeld

# Freshness
quality-freshness = Leeftijd van de pagina’s
quality-freshness-text = Leeftijd van de pagina’s en registers op de dag van de editie. De helft van de gedateerde pagina’s is ouder dan { NUMBER($years, maximumFractionDigits: 1) } jaar.
quality-undated-all = Geen enkele pagina is gedateerd.
quality-age-under-1 = minder dan een jaar
quality-age-under-3 = 1 tot 3 jaar
quality-age-under-5 = 3 tot 5 jaar
quality-age-under-10 = 5 tot 10 jaar
quality-age-over-10 = meer dan 10 jaar
quality-age-undated = datum onbekend
quality-age = leeftijd
quality-years = { NUMBER($years, maximumFractionDigits: 1) } jaar
quality-by-source = Wat elke bron zegt
quality-sources-text = Voor elke pagina of elk register: over hoeveel zaken het gaat, en voor hoeveel daarvan elk gegeven vermeld is. Een pagina hoeft niet alles te zeggen.
quality-source = bron
quality-says = wat ze vermeldt
quality-says-nothing = niets van wat hier gemeten wordt

# What is doubtful
quality-warnings = Wat niet overeenstemt
quality-warnings-text = Bronnen spreken elkaar tegen, of een uitspraak verrast. Alles blijft gepubliceerd, elke waarde met haar bron; wij beslissen niet.
quality-warnings-none = Er is geen tegenspraak gevonden.
quality-rules = Bevindingen per regel
quality-rule = regel
quality-count = aantal
quality-severity = ernst
quality-list = lijst
quality-severity-violation = opzijgezet
quality-severity-warning = te bekijken
quality-severity-info = goed om te weten
quality-rules-none = Geen enkele regel heeft iets gevonden.
quality-held = Opzijgezet of niet gekoppeld
quality-held-text = Ontvangen uitspraken die niet in de graaf staan: ze kunnen zo niet juist zijn, of we vonden niet waarover ze gaan. Ze komen terug zodra de bron verbeterd is.
quality-held-none = Er is geen uitspraak opzijgezet.
quality-show-more =
  { $n ->
    [one] Toon { $n } bevinding
   *[other] Toon alle { $n } bevindingen
  }

# Worklists
quality-worklists = Werklijsten
quality-worklists-text = Wat iemand kan aanvullen of verbeteren. Elke lijst heeft een vast adres en is te downloaden als CSV, om te sturen naar wie het weet.
quality-worklists-go = Alle werklijsten
quality-family-field = Wat ontbreekt
quality-family-rule = Wat de regels melden
quality-family-reading = Wat het lezen van de bronnen meldt
quality-units = Wat bij haar eenheden ontbreekt
quality-selected-kind = Soort: { $name }
quality-selected-source = Volgens { $name }
quality-selected-part-of = Eenheden van: { $name }
quality-selected-none = Alles wissen
quality-selection = Selectie
quality-field-text = Voor deze zaken zegt geen bron die we lazen het: dat bewijst niet dat het niet bestaat. Onder elke naam de bronnen die erover spreken.
quality-reading-text = Bevindingen bij het lezen van de tabellen; elk zegt in welke rij.
quality-list-empty = De lijst is leeg: in deze versie is hier niets aan te vullen.
quality-download = De lijst downloaden
quality-formats = Andere formaten
quality-formats-text = Dezelfde metingen in RDF (W3C Data Quality Vocabulary).
quality-rule-go = De regel in woorden
quality-column-name = naam
quality-column-iri = adres
quality-column-kind = soort
quality-column-what = wat ontbreekt of niet klopt
quality-column-values = waarden en hun bronnen
quality-column-sources = bronnen
quality-column-pages = pagina’s
quality-column-where = bestand en rij
quality-column-message = melding

# Codes of what reading the sources finds
quality-code-unknown-code = Onbekende waarde van een lijst
quality-code-place-outside-register = Plaats buiten het Waalse register
quality-code-not-a-number = Waarde die geen getal is
quality-code-not-a-year = Waarde die geen jaartal is
quality-code-wrong-enterprise-number = Fout ondernemingsnummer
quality-code-website-completed = Aangevuld webadres
quality-code-not-an-address = Waarde die geen webadres is
quality-code-no-row-of-that-name = Naam zonder rij
quality-code-cell-without-evidence = Cel die geen pagina bevestigt
quality-code-unresolved-end = Relatie waarvan een eind niet is herkend
quality-code-relation-to-itself = Relatie van een zaak met zichzelf
quality-code-register-row-withdrawn = Door het register ingetrokken record
quality-code-relation-not-mapped = Relatie van het register zonder tegenhanger
quality-code-figure-twice = Tweemaal vermeld cijfer
quality-code-figure-without-number = Cijfer zonder getal
