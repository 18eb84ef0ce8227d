# The account of a build.
account-table = table
account-in = lignes
account-published = publiées
account-merged = fusionnées
account-outside = hors périmètre
account-held = mises de côté
account-violation = Mis de côté
account-warning = À vérifier
account-info = À savoir
account-none = Cette version n'a pas de compte rendu de lignes.
