# The page of the catalogue.
catalogue-title = Katalog
catalogue-text = Was veröffentlicht ist, wo, in welchen Formaten und zu welchen Bedingungen; für Maschinen in DCAT-AP.
catalogue-services = Dienste
catalogue-address = Adresse
catalogue-editions = Ausgaben
catalogue-editions-text = Zu jedem Datum ein vollständiger Bestand, mit Prüfsummen.
catalogue-terms = Bedingungen
catalogue-terms-text = Jede Quelle behält ihre Bedingungen; sie stehen auf der Seite der Quelle.
catalogue-publisher = Veröffentlicht von
catalogue-content = Inhalt
catalogue-counts = { $triples } verschiedene Aussagen, { $graphs } Quellen und Graphen
