# The account of a build.
account-table = tabel
account-in = rijen
account-published = gepubliceerd
account-merged = samengevoegd
account-outside = buiten bereik
account-held = opzijgezet
account-violation = Opzijgezet
account-warning = Na te kijken
account-info = Ter informatie
account-none = Deze versie heeft geen verslag van rijen.
