# Proposals: what it is, the forms, the page of a proposal.
problem-no-if-match = Die gelesene Fassung fehlt
problem-no-if-match-help = Lesen Sie zuerst den Vorschlag und senden Sie dann sein ETag im Header If-Match mit.

submissions-title = Eine Änderung vorschlagen
submissions-lead = Fehlt eine Organisation, ist etwas falsch oder veraltet? Schlagen Sie die Korrektur vor. Sie brauchen kein Konto: Ein Kurator liest sie, entscheidet und sagt, warum.
submissions-mine = Ihre Vorschläge in diesem Browser
submissions-ways = Was möchten Sie tun?
submissions-way-create = Eine Organisation, ein Projekt oder eine Veranstaltung hinzufügen
submissions-way-create-text = Was noch keine Seite hat.
submissions-way-change = Eine Seite korrigieren oder ergänzen
submissions-way-change-text = Ihre Werte und Verbindungen.
submissions-way-withdraw = Eine Seite oder Verbindung entfernen lassen
submissions-way-withdraw-text = Was es nicht gibt oder was nicht hierher gehört.
submissions-way-file = Eine Tabelle oder RDF-Datei senden
submissions-way-file-text = Viele Einträge auf einmal.
submissions-error-text = Für einen einzelnen falschen Wert: Öffnen Sie auf seiner Seite „wer es sagt“ und wählen Sie „Fehler melden“.
submissions-then = Was danach geschieht
submissions-step-send = Sie senden.
submissions-step-send-text = Sie erhalten eine geheime Adresse, um Ihren Vorschlag zu verfolgen, zu ändern oder zurückzunehmen.
submissions-step-check = Die Regeln werden geprüft.
submissions-step-check-text = Was nicht stimmt, lesen Sie in einfachen Worten. Ein fehlerhafter Vorschlag bleibt erhalten: Sie korrigieren ihn, wann Sie wollen.
submissions-step-review = Ein Kurator entscheidet.
submissions-step-review-text = Er nimmt alles oder einen Teil an, bittet um eine Korrektur oder lehnt ab, immer mit Begründung.
submissions-step-publish = Es wird veröffentlicht.
submissions-step-publish-text = Die Seite ändert sich sofort und sagt, woher die Angabe kommt.
submissions-rules = Gut zu wissen
submissions-rule-evidence = Jede Aussage hat einen Beleg: eine Webseite, oder „die Organisation sagt es selbst“. Wir öffnen die Seite nicht für Sie.
submissions-rule-persons = Nichts über Personen: keine Namen, E-Mail-Adressen oder Telefonnummern.
submissions-rule-public = Nach der Entscheidung wird der Vorschlag öffentlich, mit Entscheidung und Grund, aber ohne etwas über Sie. Ihre Nachricht lesen nur Kuratoren.
submissions-rule-no-email = Wir fragen nach keiner E-Mail-Adresse und senden Ihnen keine Nachricht: Verfolgen Sie Ihren Vorschlag unter seiner geheimen Adresse.
submissions-rule-limits = Höchstens { $client } Vorschläge am Tag von einer Adresse. Gesendete Dateien werden { $days } Tage nach der Entscheidung gelöscht.
submissions-api = Aus einem Programm

submission-wrong = Es fehlt etwas
submission-nothing = Nichts wird vorgeschlagen: Füllen Sie mindestens eine Zeile aus oder kreuzen Sie einen Wert an.
submission-nothing-new = Diese Datei sagt nichts, was nicht schon veröffentlicht ist.
submission-evidence = Wer sagt es?
submission-evidence-help = Gilt für das ganze Formular. Eine Zeile kann einen eigenen Beleg haben.
submission-evidence-help-short = Eine Seite, die alle lesen können, oder die Organisation selbst.
submission-evidence-by-page = Eine Webseite sagt es
submission-evidence-by-organisation = Die Organisation sagt es selbst
submission-evidence-address = Adresse der Seite
submission-evidence-missing = Sagen Sie, wer es sagt: eine Webseite oder die Organisation selbst.
submission-evidence-page = Die Adresse der Seite beginnt mit http:// oder https://.
submission-evidence-line = Der Beleg einer Zeile ist keine http- oder https-Adresse.
submission-note-legend = Nachricht an die Kuratoren
submission-note = Noch etwas zu sagen?
submission-note-help = Freiwillig, nur Kuratoren lesen sie. Schreiben Sie nichts über Personen.
submission-note-missing = Sagen Sie, warum.
submission-what-missing = Wählen Sie: Ein anderer Wert ist richtig, oder dieser muss weg.
submission-right-missing = Geben Sie den richtigen Wert an.
submission-graph-missing = Wählen Sie mindestens eine Quelle.
submission-choose-among = „{ $text }“: bitte wählen…
submission-none-of-these = Nichts davon
submission-search-name = Diesen Namen suchen
submission-line-year-evidence = Jahr, anderer Beleg
submission-line-evidence = Anderer Beleg
submission-line-by = Wer sagt diesen Wert?
submission-line-usual = wie für das ganze Formular
submission-year = Jahr, für das es gilt
submission-said-now = Was die Quellen heute sagen:
submission-no-longer = falsch oder veraltet
submission-others = Weitere Aussagen

submission-new-lead = Zuerst: Worum geht es?
submission-new-actor = Unternehmen, Forschungszentrum, Universität, Netzwerk…
submission-new-project = Projekt, Programm, gute Praxis.
submission-new-event = Treffen, Wettbewerb, Messe.
submission-new-first = Gibt es sie schon?
submission-find-lead = Um welche Seite geht es?
submission-find-label = Name, früherer Name oder Abkürzung
submission-find-found =
  { $n ->
    [0] Kein Ergebnis
    [one] { NUMBER($n) } Ergebnis
   *[other] { NUMBER($n) } Ergebnisse
  }
submission-find-none = Nichts heißt hier so.
submission-form-create = Hinzufügen: { $kind }
submission-form-change = Eine Änderung vorschlagen: { $name }
submission-form-links = Eine Verbindung hinzufügen: { $name }
submission-form-lead-create = Füllen Sie aus, was Sie wissen; der Name genügt für den Anfang.
submission-form-lead-change = Kreuzen Sie an, was falsch oder veraltet ist, schreiben Sie, was richtig ist. Was Sie nicht anrühren, bleibt.
submission-to-page = Zur Seite
submission-check = Prüfen
submission-send = Vorschlag senden
submission-amend-send = Korrigierte Fassung senden
submission-send-text = Danach erhalten Sie eine geheime Adresse, um den Vorschlag zu verfolgen.
submission-checked-right =
  { $n ->
    [one] Kein Fehler: { NUMBER($n) } Aussage, bereit zum Senden
   *[other] Kein Fehler: { NUMBER($n) } Aussagen, bereit zum Senden
  }
submission-checked-wrong = Etwas entspricht nicht den Regeln
submission-checked-wrong-text = Sie können es jetzt korrigieren oder trotzdem senden und später korrigieren. Solange der Fehler bleibt, kann nichts angenommen werden.
submission-checked-unread = Eine Zeile wird nicht verstanden: Korrigieren oder leeren Sie sie

submission-error = Einen Fehler melden
submission-error-what = Was stimmt nicht?
submission-error-right = Ein anderer Wert ist richtig
submission-error-instead = Der richtige Wert
submission-error-gone = Dieser Wert muss weg
submission-error-sources = Quelle, die sich irrt
submission-not-stated = Keine Quelle sagt das unmittelbar
submission-not-stated-text = Dieser Wert folgt aus anderen oder hat sich geändert, seit Sie die Seite geöffnet haben. Korrigieren Sie, woraus er folgt.
submission-report = Fehler melden
submission-other-note = Diese Art Seite wird nicht mit einem Formular korrigiert: Beschreiben Sie den Fehler, ein Kurator liest es.

submission-withdraw-link = Diese Verbindung entfernen lassen
submission-withdraw-thing = Entfernen lassen: { $name }
submission-withdraw-lead =
  { $n ->
    [one] { NUMBER($n) } Aussage würde entfernt, davon { NUMBER($links) } mit einer anderen Seite oder Liste.
   *[other] { NUMBER($n) } Aussagen würden entfernt, davon { NUMBER($links) } mit einer anderen Seite oder Liste.
  }
submission-withdraw-sources =
  { $n ->
    [one] { NUMBER($n) } Quelle spricht davon
   *[other] { NUMBER($n) } Quellen sprechen davon
  }
submission-withdraw-why = Warum?
submission-withdraw-reason = Der Grund

submission-file-lead = Eine Tabelle (ein Eintrag je Zeile) oder RDF. Was schon veröffentlicht ist, wird nicht noch einmal vorgeschlagen.
submission-file-text = Die Datei wird mit dem Vorschlag aufbewahrt.
submission-file-again = Eine korrigierte Datei senden
submission-file-validate = Zuerst prüfen, ohne etwas zu senden

submission-one = Vorschlag { $id }
submission-kind-create = Hinzufügung
submission-kind-change = Änderung
submission-kind-withdraw = Entfernung
submission-kind-error = Gemeldeter Fehler
submission-kind-file = Datei
submission-state-received = Zu korrigieren
submission-state-received-text = Er ist gespeichert, verletzt aber noch Regeln: Korrigieren Sie ihn, damit er angenommen werden kann.
submission-state-checked = Wartet
submission-state-checked-text = Er entspricht den Regeln und wartet auf einen Kurator.
submission-state-changes-asked = Korrektur erbeten
submission-state-changes-asked-text = Ein Kurator bittet um eine Korrektur: siehe Verlauf.
submission-state-accepted = Angenommen
submission-state-accepted-text = Alles wurde angenommen.
submission-state-partly-accepted = Teilweise angenommen
submission-state-partly-accepted-text = Ein Teil wurde angenommen.
submission-state-refused = Abgelehnt
submission-state-refused-text = Nichts wurde geändert.
submission-state-withdrawn = Zurückgenommen
submission-state-withdrawn-text = Sie haben ihn zurückgenommen; er wird nicht geprüft.
submission-sent = Gut angekommen
submission-amended = Die korrigierte Fassung ist gespeichert.
submission-keep-address = Bewahren Sie diese Adresse auf. Nur mit ihr können Sie Ihren Vorschlag verfolgen, korrigieren und zurücknehmen.
submission-secret-address = Geheime Adresse
submission-secret-show = Meine geheime Adresse noch einmal zeigen
submission-keep-why = Wer diese Adresse hat, kann den Vorschlag ändern: Veröffentlichen Sie sie nicht. Wir bewahren nur einen Fingerabdruck auf und können sie Ihnen nicht noch einmal geben.
submission-decision = Entscheidung
submission-entry = Eintrag { $n } des Journals.
submission-published-in = Veröffentlicht in Fassung { $n }
submission-published-soon = Wird gleich veröffentlicht.
submission-findings = Prüfung
submission-findings-wrong =
  { $n ->
    [one] { NUMBER($n) } Fehler ist zu korrigieren, bevor der Vorschlag angenommen werden kann.
   *[other] { NUMBER($n) } Fehler sind zu korrigieren, bevor der Vorschlag angenommen werden kann.
  }
submission-findings-right = Keine Regel ist verletzt.
submission-mend = Korrigieren
submission-difference = Was sich ändern würde
submission-no-statement = Keine Aussage: nur eine Nachricht.
submission-more =
  { $n ->
    [one] Und { NUMBER($n) } weitere.
   *[other] Und { NUMBER($n) } weitere.
  }
submission-op-add = Fügt hinzu
submission-op-retract = Entfernt
submission-stated-by = Heute gesagt von:
submission-says-page = Beleg:
submission-says-organisation = Beleg: Die Organisation sagt es selbst.
submission-accepted-yes = angenommen
submission-accepted-no = nicht angenommen
submission-history = Verlauf
submission-yours = Ihr Vorschlag
submission-amend = Den Vorschlag ändern
submission-take-back = Den Vorschlag zurücknehmen
submission-take-back-text = Er wird nicht mehr geprüft. Die gesendete Datei wird gelöscht.
submission-take-back-why = Grund (freiwillig)
submission-public-later = Nach der Entscheidung ist diese Seite öffentlich, ohne etwas über Sie: weder Ihre Nachricht noch Ihre Korrekturen.
submission-event-received = Eingegangen
submission-event-amended = Vom Verfasser geändert
submission-event-checked = Geprüft: kein Fehler
submission-event-assigned = Einem Kurator zugewiesen
submission-event-unassigned = Zurück in der Warteschlange
submission-event-changes-asked = Korrektur erbeten
submission-event-accepted = Angenommen
submission-event-partly-accepted = Teilweise angenommen
submission-event-refused = Abgelehnt
submission-event-withdrawn = Vom Verfasser zurückgenommen
submission-event-published = Veröffentlicht
submission-event-reverted = Durch eine neue Entscheidung rückgängig gemacht
submission-event-restored = Durch eine neue Entscheidung wiederhergestellt
submission-event-seconding = Ein erster Kurator nimmt ihn an; ein zweiter muss bestätigen
submission-event-not-published = Konnte nicht veröffentlicht werden
submission-do-title = Diese Seite korrigieren
submission-do-change = Eine Änderung vorschlagen
submission-do-link = Eine Verbindung hinzufügen
submission-do-withdraw = Entfernen lassen

submission-links-effect =
  { $creates ->
    [0] Keine neue Verbindung
    [one] { NUMBER($creates) } neue Verbindung
   *[other] { NUMBER($creates) } neue Verbindungen
  }, { $breaks ->
    [0] keine Verbindung entfernt.
    [one] { NUMBER($breaks) } Verbindung entfernt.
   *[other] { NUMBER($breaks) } Verbindungen entfernt.
  }
submission-links-alone = Hätte keine Verbindung mehr:
submission-duplicates = Vielleicht schon vorhanden
submission-duplicates-text = Ist es dieselbe, nehmen Sie diesen Vorschlag zurück und schlagen Sie stattdessen eine Änderung ihrer Seite vor.
submission-alike = Ähnlichkeit { NUMBER($n) } %
submission-others-open =
  { $n ->
    [one] { NUMBER($n) } weiterer wartender Vorschlag betrifft dieselbe Seite.
   *[other] { NUMBER($n) } weitere wartende Vorschläge betreffen dieselbe Seite.
  }
submission-new-thing = neue Seite
submission-stays = Bleibt:
submission-op-confirm = Bestätigt
submission-conflict-gone = Diese Aussage ist nicht mehr veröffentlicht: Sie hat sich seither geändert.
submission-conflict-value-changed = Dieser Wert hat sich seither geändert.
submission-conflict-thing-gone = Diese Seite wurde seither entfernt.
submission-conflict-other-value = Seither wurde ein anderer Wert angenommen.
submission-conflict-retracted = Diese Aussage wurde durch eine Entscheidung entfernt.
submission-conflict-confirmed = Dieser Wert wurde seither durch eine Entscheidung bestätigt.
submission-conflict-merged = Diese Seite wurde seither mit einer anderen zusammengeführt.
submission-conflict-same-published = Dieselbe Aussage ist schon veröffentlicht.
