# The account of a build.
account-table = Tabelle
account-in = Zeilen
account-published = publiziert
account-merged = vereinigt
account-outside = außerhalb
account-held = zurückgehalten
account-violation = Zurückgehalten
account-warning = Zu prüfen
account-info = Zur Kenntnis
account-none = Diese Version hat keinen Bericht über Zeilen.
