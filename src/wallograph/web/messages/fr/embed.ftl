# The card and the badge that other sites show.
embed-member = Membre de l’écosystème numérique de Wallonie
embed-more = Voir la fiche et ses sources
embed-title = Montrer sur votre site
embed-text = Une image ou une carte, sans script ni suivi, avec un lien vers cette page. Copiez le texte :
embed-badge = Badge
embed-card = Carte
