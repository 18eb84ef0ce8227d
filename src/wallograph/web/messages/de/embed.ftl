# The card and the badge that other sites show.
embed-member = Teil des digitalen Ökosystems der Wallonie
embed-more = Eintrag und Quellen ansehen
embed-title = Auf Ihrer Website zeigen
embed-text = Ein Bild oder eine Karte, ohne Skript und ohne Verfolgung, mit einem Link auf diese Seite. Kopieren Sie den Text:
embed-badge = Abzeichen
embed-card = Karte
