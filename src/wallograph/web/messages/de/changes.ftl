# Texts of the changes: what each release changed, what was withdrawn or merged.

# the life of a thing
life-not-stated = Keine Quelle sagt dies noch.
life-merged = Es ist dasselbe wie etwas anderes, das es übernommen hat.
life-since = Seit dem { $date } (Version { $number }).
life-since-only = Seit dem { $date }.
life-was = Bekannter Name: { $name }
life-replaces = Hat übernommen:

# the list of releases
changes-title = Was sich ändert
changes-lead = Jede Version sagt, was sie hinzufügt, ändert und zurückzieht. Eine Seite je Version, ein Atom-Feed für Menschen, ein Ereignisstrom (LDES) für Programme.
changes-release = Version { $number } vom { $date }
changes-first = Erste Version: alles ist neu
changes-nothing = Am Veröffentlichten hat sich nichts geändert
changes-line = { $what }: { $how }
changes-what = Was sich geändert hat
changes-of = Version
changes-date = Datum
changes-table = Die Versionen
changes-feeds = Den Änderungen folgen
changes-atom = Atom-Feed
changes-ldes = Ereignisstrom (LDES, Turtle)

# kinds of things, and what happens to them
changes-group-actor = Organisationen
changes-group-project = Projekte und gute Praktiken
changes-group-event = Veranstaltungen
changes-group-place = Orte
changes-group-link = Verbindungen
changes-group-value = Datierte Werte
changes-group-figure = Zahlen
changes-group-concept = Listeneinträge
changes-group-other = Andere
changes-n-created = { NUMBER($n) } neu
changes-n-renamed = { NUMBER($n) } umbenannt
changes-n-merged = { NUMBER($n) } zusammengeführt
changes-n-withdrawn = { NUMBER($n) } zurückgezogen
changes-n-changed = { NUMBER($n) } geändert
changes-kind-created = Neu
changes-kind-renamed = Umbenannt
changes-kind-merged = Zusammengeführt
changes-kind-withdrawn = Zurückgezogen
changes-kind-changed = Geändert

# one difference
changes-span = Von Version { $old } zu Version { $new }
changes-one = Was Version { $number } ändert
changes-since = Verglichen mit Version { $old }.
changes-patch = Alle Unterschiede (RDF Patch)
changes-json = Zusammenfassung (JSON)
changes-members = Dinge dieser Version (LDES)
changes-before = vorher
changes-after = nachher
changes-former = früher
changes-into = übernommen von
changes-partial = Der Unterschied ist zu groß, um ganz gezeigt zu werden: nur die ersten Dinge wurden verglichen. Die Dateien zum Herunterladen sagen alles.
changes-same = Zwischen diesen zwei Versionen unterscheidet sich nichts im Veröffentlichten.
changes-dumps = Dateien zum Herunterladen
changes-more =
  { $n ->
    [one] { NUMBER($n) } weiteres.
   *[other] { NUMBER($n) } weitere.
  }

# what moved
changes-moved = Zurückgezogen, zusammengeführt, umbenannt
changes-moved-lead = Alles, was nicht mehr unter seiner Adresse oder seinem Namen steht, mit dem Datum und dem, was es ersetzt. Die alten Adressen antworten weiter.
changes-thing = Ding
changes-became = Geworden zu
changes-how = Was geschehen ist
changes-unknown = Datum unbekannt
changes-moved-empty = Nichts wurde zurückgezogen, zusammengeführt oder umbenannt.
changes-moved-withdrawn = zurückgezogen
changes-moved-merged = zusammengeführt
changes-moved-renamed = umbenannt

# names of operations in the description of the interface
api-op-changes = Was sich ändert: Ereignisstrom (LDES)
api-op-changesAtom = Was sich ändert, als Atom
api-op-difference = Was eine Version ändert, oder was sich zwischen zweien unterscheidet
api-op-changesPage = Eine Seite des Ereignisstroms
api-op-changesPart = Hundert Versionen des Ereignisstroms
api-op-moved = Was zurückgezogen, zusammengeführt oder umbenannt ist
