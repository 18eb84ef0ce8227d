# The page of the catalogue.
catalogue-title = Catalogue
catalogue-text = What is published, where, in which formats and on which terms; for machines in DCAT-AP.
catalogue-services = Services
catalogue-address = Address
catalogue-editions = Editions
catalogue-editions-text = One complete set for each date, with checksums.
catalogue-terms = Terms
catalogue-terms-text = Each source keeps its terms; they are on the page of the source.
catalogue-publisher = Published by
catalogue-content = Content
catalogue-counts = { $triples } distinct statements, { $graphs } sources and graphs
