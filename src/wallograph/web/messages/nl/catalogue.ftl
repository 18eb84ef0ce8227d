# The page of the catalogue.
catalogue-title = Catalogus
catalogue-text = Wat gepubliceerd is, waar, in welke formaten en onder welke voorwaarden; voor machines in DCAT-AP.
catalogue-services = Diensten
catalogue-address = Adres
catalogue-editions = Edities
catalogue-editions-text = Per datum een volledig geheel, met controlesommen.
catalogue-terms = Voorwaarden
catalogue-terms-text = Elke bron houdt haar voorwaarden; ze staan op de pagina van de bron.
catalogue-publisher = Gepubliceerd door
catalogue-content = Inhoud
catalogue-counts = { $triples } verschillende uitspraken, { $graphs } bronnen en grafen
