# /privacy: what is kept of whom, and what was erased.

privacy-title = Privacy en wissing
privacy-lead = Deze graaf gaat over organisaties, niet over personen. Hier staat wat er wordt bewaard, hoelang, en hoe u iets kunt laten wissen.
privacy-graph-title = De graaf
privacy-graph = Er worden geen gegevens over natuurlijke personen gepubliceerd: geen oprichters, geen contactpersonen, geen persoonlijke adressen. Kolommen en velden met zulke gegevens worden bij ontvangst herkend en weggelaten.
privacy-visitors-title = Bezoekers
privacy-visitors = De openbare pagina’s plaatsen geen cookies en laden niets van andere sites. Het adres waarvan een verzoek komt, dient in het geheugen om misbruik te beperken; het wordt niet bewaard.
privacy-authors-title = Wie een wijziging voorstelt
privacy-authors = Er is geen account nodig. Een voorstel heeft een geheim adres, waarvan wij alleen een vingerafdruk bewaren; in uw browser komt een cookie, enkel voor voorstellen, in de plaats. Het aantal voorstellen per adres wordt geteld onder een vingerafdruk waarvan de sleutel elke dag verandert. Een e-mailadres, als u er een opgeeft, en het ingediende bestand worden {$days} dagen na de beslissing gewist.
privacy-curators-title = Curatoren
privacy-curators = Een account heeft een ondoorzichtige identificatie, een aanmeldnaam, een rol en een vingerafdruk van het wachtwoord. Een sessie duurt ten hoogste {$hours} uur en gebruikt één cookie. Wat van een beslissing wordt gepubliceerd, toont alleen de ondoorzichtige identificatie.
privacy-checks-title = Gecontroleerde bestanden
privacy-checks = Een bestand dat u laat controleren, wordt niet bewaard. Een resultaat dat u deelt, blijft {$share} dagen op een geheim adres; u kunt het eerder wissen.
privacy-journal-title = Het logboek van beslissingen
privacy-journal = Elke beslissing wordt voorgoed ingeschreven, in een keten van vingerafdrukken. De inhoud van een inschrijving wordt apart bewaard: die kan worden vernietigd zonder de keten te breken.
privacy-erase-title = Laten wissen
privacy-erase = Gaat iets over u persoonlijk, schrijf dan naar het contact hieronder. De beheerder wist het uit alle bewaarde versies, de downloads, de wijzigingsstroom, de zoekindex, de voorstellen en het logboek. De versies houden hun nummer en krijgen nieuwe vingerafdrukken, die hieronder worden aangekondigd. Kopieën die anderen hebben gemaakt, liggen buiten ons bereik.
privacy-no-contact = De beheerder van deze installatie heeft nog geen contact opgegeven.
privacy-notices-title = Wissingen
privacy-notices = Wat er is gewist, wordt niet gezegd; waarom, wanneer en welke vingerafdrukken zijn veranderd wel.
privacy-notice = Wissing {$number} van {$date}
privacy-release = Versie {$number}
privacy-none = Er is tot nu toe niets gewist.
privacy-statements =
    { $n ->
        [one] { $n } uitspraak gewist
       *[other] { $n } uitspraken gewist
    }
privacy-hashes =
    { $n ->
        [one] { $n } versie opnieuw gemaakt: vingerafdrukken voor en na
       *[other] { $n } versies opnieuw gemaakt: vingerafdrukken voor en na
    }
