# /privacy: what is kept of whom, and what was erased.

privacy-title = Datenschutz und Löschung
privacy-lead = Dieser Graph handelt von Organisationen, nicht von Personen. Hier steht, was aufbewahrt wird, wie lange, und wie Sie etwas löschen lassen können.
privacy-graph-title = Der Graph
privacy-graph = Über natürliche Personen wird nichts veröffentlicht: weder Gründer noch Ansprechpartner noch persönliche Adressen. Spalten und Felder mit solchen Angaben werden beim Eingang erkannt und weggelassen.
privacy-visitors-title = Besucher
privacy-visitors = Die öffentlichen Seiten setzen keine Cookies und laden nichts von anderen Websites. Die Adresse, von der eine Anfrage kommt, dient im Arbeitsspeicher dazu, Missbrauch zu begrenzen; sie wird nicht gespeichert.
privacy-authors-title = Wer eine Änderung vorschlägt
privacy-authors = Ein Konto ist nicht nötig. Ein Vorschlag hat eine geheime Adresse, von der wir nur einen Fingerabdruck aufbewahren; in Ihrem Browser tritt ein Cookie nur für Vorschläge an ihre Stelle. Die Zahl der Vorschläge je Adresse wird unter einem Fingerabdruck gezählt, dessen Schlüssel täglich wechselt. Eine E-Mail-Adresse, falls Sie eine angeben, und die eingereichte Datei werden {$days} Tage nach der Entscheidung gelöscht.
privacy-curators-title = Kuratoren
privacy-curators = Ein Konto hat eine undurchsichtige Kennung, einen Anmeldenamen, eine Rolle und einen Fingerabdruck des Passworts. Eine Sitzung dauert höchstens {$hours} Stunden und braucht ein einziges Cookie. Von einer Entscheidung wird nur die undurchsichtige Kennung veröffentlicht.
privacy-checks-title = Geprüfte Dateien
privacy-checks = Eine Datei, die Sie prüfen lassen, wird nicht aufbewahrt. Ein Ergebnis, das Sie teilen, bleibt {$share} Tage unter einer geheimen Adresse; Sie können es früher löschen.
privacy-journal-title = Das Journal der Entscheidungen
privacy-journal = Jede Entscheidung wird für immer eingetragen, in einer Kette von Fingerabdrücken. Der Inhalt eines Eintrags wird getrennt aufbewahrt: Er kann vernichtet werden, ohne die Kette zu brechen.
privacy-erase-title = Löschen lassen
privacy-erase = Wenn etwas Sie persönlich betrifft, schreiben Sie an den Kontakt unten. Der Betreiber löscht es aus allen aufbewahrten Fassungen, den Downloads, dem Änderungsstrom, der Suche, den Vorschlägen und dem Journal. Die Fassungen behalten ihre Nummer und bekommen neue Fingerabdrücke, die unten bekanntgegeben werden. Kopien, die andere angefertigt haben, können wir nicht erreichen.
privacy-no-contact = Der Betreiber dieser Installation hat noch keinen Kontakt angegeben.
privacy-notices-title = Löschungen
privacy-notices = Was gelöscht wurde, wird nicht gesagt; warum, wann und welche Fingerabdrücke sich geändert haben, schon.
privacy-notice = Löschung {$number} vom {$date}
privacy-release = Fassung {$number}
privacy-none = Bisher wurde nichts gelöscht.
privacy-statements =
    { $n ->
        [one] { $n } Aussage gelöscht
       *[other] { $n } Aussagen gelöscht
    }
privacy-hashes =
    { $n ->
        [one] { $n } Fassung neu erstellt: Fingerabdrücke vorher und nachher
       *[other] { $n } Fassungen neu erstellt: Fingerabdrücke vorher und nachher
    }
