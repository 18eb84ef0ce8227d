# The card and the badge that other sites show.
embed-member = Deel van het digitale ecosysteem van Wallonië
embed-more = De fiche en haar bronnen bekijken
embed-title = Op uw site tonen
embed-text = Een afbeelding of een kaart, zonder script of tracking, met een link naar deze pagina. Kopieer de tekst:
embed-badge = Badge
embed-card = Kaart
