# Proposals: what it is, the forms, the page of a proposal.
problem-no-if-match = De gelezen versie ontbreekt
problem-no-if-match-help = Lees eerst het voorstel en stuur dan zijn ETag mee in de header If-Match.

submissions-title = Een wijziging voorstellen
submissions-lead = Ontbreekt een organisatie, is iets fout of verouderd? Stel de verbetering voor. U hebt geen account nodig: een curator leest ze, beslist en zegt waarom.
submissions-mine = Uw voorstellen in deze browser
submissions-ways = Wat wilt u doen?
submissions-way-create = Een organisatie, project of evenement toevoegen
submissions-way-create-text = Wat nog geen fiche heeft.
submissions-way-change = Een fiche verbeteren of aanvullen
submissions-way-change-text = De waarden en de links ervan.
submissions-way-withdraw = Een fiche of link laten schrappen
submissions-way-withdraw-text = Wat niet bestaat of hier niet hoort.
submissions-way-file = Een tabel of RDF-bestand sturen
submissions-way-file-text = Veel fiches tegelijk.
submissions-error-text = Voor één foute waarde: open op de pagina waar ze staat “wie zegt het” en kies “Fout melden”.
submissions-then = Wat er daarna gebeurt
submissions-step-send = U stuurt in.
submissions-step-send-text = U krijgt een geheim adres om uw voorstel te volgen, te wijzigen of terug te nemen.
submissions-step-check = De regels worden nagegaan.
submissions-step-check-text = Wat niet klopt, leest u in gewone woorden. Een voorstel met fouten blijft bewaard: u verbetert het wanneer u wilt.
submissions-step-review = Een curator beslist.
submissions-step-review-text = Hij aanvaardt alles of een deel, vraagt een verbetering of weigert, altijd met een reden.
submissions-step-publish = Het wordt gepubliceerd.
submissions-step-publish-text = De pagina verandert meteen en zegt waar de informatie vandaan komt.
submissions-rules = Goed om te weten
submissions-rule-evidence = Elke uitspraak heeft een bewijs: een webpagina, of “de organisatie zegt het zelf”. Wij openen de pagina niet voor u.
submissions-rule-persons = Niets over personen: geen namen, e-mailadressen of telefoonnummers.
submissions-rule-public = Na de beslissing wordt het voorstel openbaar, met de beslissing en de reden, maar zonder iets over u. Alleen curatoren lezen uw bericht.
submissions-rule-no-email = Wij vragen geen e-mailadres en sturen u geen bericht: volg uw voorstel op zijn geheime adres.
submissions-rule-limits = Hoogstens { $client } voorstellen per dag vanaf één adres. Ingestuurde bestanden worden { $days } dagen na de beslissing gewist.
submissions-api = Vanuit een programma

submission-wrong = Er ontbreekt iets
submission-nothing = Er wordt niets voorgesteld: vul minstens één regel in of vink een waarde aan.
submission-nothing-new = Dit bestand zegt niets dat niet al gepubliceerd is.
submission-evidence = Wie zegt het?
submission-evidence-help = Geldt voor het hele formulier. Een regel kan een eigen bewijs hebben.
submission-evidence-help-short = Een pagina die iedereen kan lezen, of de organisatie zelf.
submission-evidence-by-page = Een webpagina zegt het
submission-evidence-by-organisation = De organisatie zegt het zelf
submission-evidence-address = Adres van de pagina
submission-evidence-missing = Zeg wie het zegt: een webpagina of de organisatie zelf.
submission-evidence-page = Het adres van de pagina begint met http:// of https://.
submission-evidence-line = Het bewijs van een regel is geen http- of https-adres.
submission-note-legend = Bericht aan de curatoren
submission-note = Nog iets te zeggen?
submission-note-help = Niet verplicht, alleen curatoren lezen het. Schrijf niets over personen.
submission-note-missing = Zeg waarom.
submission-what-missing = Kies: een andere waarde is juist, of deze moet weg.
submission-right-missing = Geef de juiste waarde.
submission-graph-missing = Kies minstens één bron.
submission-choose-among = “{ $text }”: kies…
submission-none-of-these = Geen van deze
submission-search-name = Deze naam zoeken
submission-line-year-evidence = Jaar, ander bewijs
submission-line-evidence = Ander bewijs
submission-line-by = Wie zegt deze waarde?
submission-line-usual = zoals voor het hele formulier
submission-year = Jaar waarvoor het geldt
submission-said-now = Wat de bronnen nu zeggen:
submission-no-longer = fout of verouderd
submission-others = Andere uitspraken

submission-new-lead = Eerst: waarover gaat het?
submission-new-actor = Bedrijf, onderzoekscentrum, universiteit, netwerk…
submission-new-project = Project, programma, goede praktijk.
submission-new-event = Ontmoeting, wedstrijd, beurs.
submission-new-first = Bestaat ze al?
submission-find-lead = Over welke fiche gaat het?
submission-find-label = Naam, vroegere naam of afkorting
submission-find-found =
  { $n ->
    [0] Geen resultaat
    [one] { NUMBER($n) } resultaat
   *[other] { NUMBER($n) } resultaten
  }
submission-find-none = Niets heeft hier die naam.
submission-form-create = Toevoegen: { $kind }
submission-form-change = Een wijziging voorstellen: { $name }
submission-form-links = Een link toevoegen: { $name }
submission-form-lead-create = Vul in wat u weet; de naam volstaat om te beginnen.
submission-form-lead-change = Vink aan wat fout of verouderd is, schrijf wat juist is. Wat u niet aanraakt, blijft.
submission-to-page = Naar de fiche
submission-check = Nagaan
submission-send = Voorstel versturen
submission-amend-send = Verbeterde versie versturen
submission-send-text = Daarna krijgt u een geheim adres om het voorstel te volgen.
submission-checked-right =
  { $n ->
    [one] Geen fout: { NUMBER($n) } uitspraak, klaar om te versturen
   *[other] Geen fout: { NUMBER($n) } uitspraken, klaar om te versturen
  }
submission-checked-wrong = Iets volgt de regels niet
submission-checked-wrong-text = U kunt het nu verbeteren, of toch versturen en later verbeteren. Zolang de fout er is, kan niets worden aanvaard.
submission-checked-unread = Een regel wordt niet begrepen: verbeter hem of maak hem leeg

submission-error = Een fout melden
submission-error-what = Wat klopt er niet?
submission-error-right = Een andere waarde is juist
submission-error-instead = De juiste waarde
submission-error-gone = Deze waarde moet weg
submission-error-sources = Bron die zich vergist
submission-not-stated = Geen enkele bron zegt dit rechtstreeks
submission-not-stated-text = Deze waarde volgt uit andere, of is veranderd sinds u de pagina opende. Verbeter waaruit ze volgt.
submission-report = Fout melden
submission-other-note = Dit soort fiche wordt niet met een formulier verbeterd: beschrijf de fout, een curator leest het.

submission-withdraw-link = Deze link laten schrappen
submission-withdraw-thing = Laten schrappen: { $name }
submission-withdraw-lead =
  { $n ->
    [one] { NUMBER($n) } uitspraak zou verdwijnen, waarvan { NUMBER($links) } met een andere fiche of een lijst.
   *[other] { NUMBER($n) } uitspraken zouden verdwijnen, waarvan { NUMBER($links) } met een andere fiche of een lijst.
  }
submission-withdraw-sources =
  { $n ->
    [one] { NUMBER($n) } bron spreekt erover
   *[other] { NUMBER($n) } bronnen spreken erover
  }
submission-withdraw-why = Waarom?
submission-withdraw-reason = De reden

submission-file-lead = Een tabel (één fiche per rij) of RDF. Wat al gepubliceerd is, wordt niet nog eens voorgesteld.
submission-file-text = Het bestand wordt bij het voorstel bewaard.
submission-file-again = Een verbeterd bestand sturen
submission-file-validate = Eerst nagaan, zonder iets te versturen

submission-one = Voorstel { $id }
submission-kind-create = Toevoeging
submission-kind-change = Wijziging
submission-kind-withdraw = Schrapping
submission-kind-error = Gemelde fout
submission-kind-file = Bestand
submission-state-received = Te verbeteren
submission-state-received-text = Het is bewaard, maar schendt nog regels: verbeter het zodat het kan worden aanvaard.
submission-state-checked = In afwachting
submission-state-checked-text = Het volgt de regels en wacht op een curator.
submission-state-changes-asked = Verbetering gevraagd
submission-state-changes-asked-text = Een curator vraagt een verbetering: zie de geschiedenis.
submission-state-accepted = Aanvaard
submission-state-accepted-text = Alles is aanvaard.
submission-state-partly-accepted = Deels aanvaard
submission-state-partly-accepted-text = Een deel is aanvaard.
submission-state-refused = Geweigerd
submission-state-refused-text = Er is niets veranderd.
submission-state-withdrawn = Teruggenomen
submission-state-withdrawn-text = U hebt het teruggenomen; het wordt niet onderzocht.
submission-sent = Goed ontvangen
submission-amended = De verbeterde versie is opgeslagen.
submission-keep-address = Bewaar dit adres. Alleen daarmee kunt u uw voorstel volgen, verbeteren en terugnemen.
submission-secret-address = Geheim adres
submission-secret-show = Mijn geheim adres opnieuw tonen
submission-keep-why = Wie dit adres heeft, kan het voorstel wijzigen: maak het niet openbaar. Wij bewaren er alleen een vingerafdruk van en kunnen het u niet opnieuw geven.
submission-decision = Beslissing
submission-entry = Nummer { $n } in het journaal.
submission-published-in = Gepubliceerd in versie { $n }
submission-published-soon = Zo dadelijk gepubliceerd.
submission-findings = Controle
submission-findings-wrong =
  { $n ->
    [one] { NUMBER($n) } fout te verbeteren voor het voorstel kan worden aanvaard.
   *[other] { NUMBER($n) } fouten te verbeteren voor het voorstel kan worden aanvaard.
  }
submission-findings-right = Geen enkele regel is geschonden.
submission-mend = Verbeteren
submission-difference = Wat er zou veranderen
submission-no-statement = Geen uitspraak: alleen een bericht.
submission-more =
  { $n ->
    [one] En nog { NUMBER($n) }.
   *[other] En nog { NUMBER($n) }.
  }
submission-op-add = Voegt toe
submission-op-retract = Schrapt
submission-stated-by = Nu gezegd door:
submission-says-page = Bewijs:
submission-says-organisation = Bewijs: de organisatie zegt het zelf.
submission-accepted-yes = aanvaard
submission-accepted-no = niet aanvaard
submission-history = Geschiedenis
submission-yours = Uw voorstel
submission-amend = Het voorstel wijzigen
submission-take-back = Het voorstel terugnemen
submission-take-back-text = Het wordt niet meer onderzocht. Het ingestuurde bestand wordt gewist.
submission-take-back-why = Reden (niet verplicht)
submission-public-later = Na de beslissing is deze pagina openbaar, zonder iets over u: noch uw bericht, noch uw verbeteringen.
submission-event-received = Ontvangen
submission-event-amended = Gewijzigd door de indiener
submission-event-checked = Nagegaan: geen fout
submission-event-assigned = Toegewezen aan een curator
submission-event-unassigned = Terug in de wachtrij
submission-event-changes-asked = Verbetering gevraagd
submission-event-accepted = Aanvaard
submission-event-partly-accepted = Deels aanvaard
submission-event-refused = Geweigerd
submission-event-withdrawn = Teruggenomen door de indiener
submission-event-published = Gepubliceerd
submission-event-reverted = Ongedaan gemaakt door een nieuwe beslissing
submission-event-restored = Hersteld door een nieuwe beslissing
submission-event-seconding = Een eerste curator aanvaardt het; een tweede moet bevestigen
submission-event-not-published = Kon niet worden gepubliceerd
submission-do-title = Deze fiche verbeteren
submission-do-change = Een wijziging voorstellen
submission-do-link = Een link toevoegen
submission-do-withdraw = Laten schrappen

submission-links-effect =
  { $creates ->
    [0] Geen nieuwe link
    [one] { NUMBER($creates) } nieuwe link
   *[other] { NUMBER($creates) } nieuwe links
  }, { $breaks ->
    [0] geen link geschrapt.
    [one] { NUMBER($breaks) } link geschrapt.
   *[other] { NUMBER($breaks) } links geschrapt.
  }
submission-links-alone = Zou geen enkele link meer hebben:
submission-duplicates = Misschien al aanwezig
submission-duplicates-text = Is het dezelfde, neem dit voorstel dan terug en stel een wijziging van die fiche voor.
submission-alike = gelijkenis { NUMBER($n) } %
submission-others-open =
  { $n ->
    [one] { NUMBER($n) } ander voorstel in afwachting gaat over dezelfde fiche.
   *[other] { NUMBER($n) } andere voorstellen in afwachting gaan over dezelfde fiche.
  }
submission-new-thing = nieuwe fiche
submission-stays = Blijft:
submission-op-confirm = Bevestigt
submission-conflict-gone = Deze uitspraak is niet meer gepubliceerd: ze is intussen veranderd.
submission-conflict-value-changed = Deze waarde is intussen veranderd.
submission-conflict-thing-gone = Deze fiche is intussen geschrapt.
submission-conflict-other-value = Intussen is een andere waarde aanvaard.
submission-conflict-retracted = Deze uitspraak is door een beslissing geschrapt.
submission-conflict-confirmed = Deze waarde is intussen door een beslissing bevestigd.
submission-conflict-merged = Deze fiche is intussen met een andere samengevoegd.
submission-conflict-same-published = Dezelfde uitspraak is al gepubliceerd.
