# Texts of the changes: what each release changed, what was withdrawn or merged.

# the life of a thing
life-not-stated = Geen enkele bron zegt dit nog.
life-merged = Dit is hetzelfde ding als een ander, dat het heeft overgenomen.
life-since = Sinds { $date } (versie { $number }).
life-since-only = Sinds { $date }.
life-was = Bekende naam: { $name }
life-replaces = Heeft overgenomen:

# the list of releases
changes-title = Wat verandert
changes-lead = Elke versie zegt wat ze toevoegt, wijzigt en intrekt. Een pagina per versie, een Atom-feed voor mensen, een gebeurtenissenstroom (LDES) voor programma’s.
changes-release = Versie { $number } van { $date }
changes-first = Eerste versie: alles is nieuw
changes-nothing = Er is niets veranderd in wat gepubliceerd wordt
changes-line = { $what }: { $how }
changes-what = Wat er veranderd is
changes-of = Versie
changes-date = Datum
changes-table = De versies
changes-feeds = De wijzigingen volgen
changes-atom = Atom-feed
changes-ldes = Gebeurtenissenstroom (LDES, Turtle)

# kinds of things, and what happens to them
changes-group-actor = Organisaties
changes-group-project = Projecten en goede praktijken
changes-group-event = Evenementen
changes-group-place = Plaatsen
changes-group-link = Verbanden
changes-group-value = Gedateerde waarden
changes-group-figure = Cijfers
changes-group-concept = Lijstitems
changes-group-other = Andere
changes-n-created = { NUMBER($n) } nieuw
changes-n-renamed = { NUMBER($n) } hernoemd
changes-n-merged = { NUMBER($n) } samengevoegd
changes-n-withdrawn = { NUMBER($n) } ingetrokken
changes-n-changed = { NUMBER($n) } gewijzigd
changes-kind-created = Nieuw
changes-kind-renamed = Hernoemd
changes-kind-merged = Samengevoegd
changes-kind-withdrawn = Ingetrokken
changes-kind-changed = Gewijzigd

# one difference
changes-span = Van versie { $old } naar versie { $new }
changes-one = Wat versie { $number } verandert
changes-since = Vergeleken met versie { $old }.
changes-patch = Alle verschillen (RDF Patch)
changes-json = Samenvatting (JSON)
changes-members = Dingen van deze versie (LDES)
changes-before = voordien
changes-after = nu
changes-former = vroeger
changes-into = overgenomen door
changes-partial = Het verschil is te groot om helemaal te tonen: alleen de eerste dingen zijn vergeleken. De bestanden om te downloaden zeggen alles.
changes-same = Tussen deze twee versies verschilt niets in wat gepubliceerd wordt.
changes-dumps = Bestanden om te downloaden
changes-more =
  { $n ->
    [one] Nog { NUMBER($n) } ander.
   *[other] Nog { NUMBER($n) } andere.
  }

# what moved
changes-moved = Ingetrokken, samengevoegd, hernoemd
changes-moved-lead = Alles wat niet meer onder zijn adres of zijn naam staat, met de datum en wat het vervangt. De oude adressen blijven antwoorden.
changes-thing = Ding
changes-became = Geworden
changes-how = Wat er gebeurd is
changes-unknown = datum onbekend
changes-moved-empty = Er is niets ingetrokken, samengevoegd of hernoemd.
changes-moved-withdrawn = ingetrokken
changes-moved-merged = samengevoegd
changes-moved-renamed = hernoemd

# names of operations in the description of the interface
api-op-changes = Wat verandert: gebeurtenissenstroom (LDES)
api-op-changesAtom = Wat verandert, in Atom
api-op-difference = Wat een versie verandert, of wat tussen twee verschilt
api-op-changesPage = Een pagina van de gebeurtenissenstroom
api-op-changesPart = Honderd versies van de gebeurtenissenstroom
api-op-moved = Wat ingetrokken, samengevoegd of hernoemd is
