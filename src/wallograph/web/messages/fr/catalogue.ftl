# The page of the catalogue.
catalogue-title = Catalogue
catalogue-text = Ce qui est publié, où, dans quels formats et à quelles conditions ; pour les machines, en DCAT-AP.
catalogue-services = Services
catalogue-address = Adresse
catalogue-editions = Éditions
catalogue-editions-text = Un ensemble complet par date, avec sommes de contrôle.
catalogue-terms = Conditions
catalogue-terms-text = Chaque source garde ses conditions ; elles sont dites sur la page de la source.
catalogue-publisher = Publié par
catalogue-content = Contenu
catalogue-counts = { $triples } énoncés distincts, { $graphs } sources et graphes
