# Proposals: what it is, the forms, the page of a proposal.
problem-no-if-match = La version lue manque
problem-no-if-match-help = Lisez d’abord la proposition, puis renvoyez son ETag dans l’en-tête If-Match.

submissions-title = Proposer une modification
submissions-lead = Une organisation manque, une information est fausse ou dépassée ? Proposez la correction. Aucun compte n’est nécessaire : un curateur la lit, décide et dit pourquoi.
submissions-mine = Vos propositions dans ce navigateur
submissions-ways = Que voulez-vous faire ?
submissions-way-create = Ajouter une organisation, un projet ou un événement
submissions-way-create-text = Ce qui n’a pas encore de fiche.
submissions-way-change = Corriger ou compléter une fiche
submissions-way-change-text = Ses valeurs, ses liens.
submissions-way-withdraw = Faire retirer une fiche ou un lien
submissions-way-withdraw-text = Ce qui n’existe pas, ou n’a pas sa place ici.
submissions-way-file = Envoyer un tableau ou un fichier RDF
submissions-way-file-text = Beaucoup de fiches à la fois.
submissions-error-text = Pour une seule valeur fausse : sur la page où elle se trouve, ouvrez « qui le dit », puis « Signaler une erreur ».
submissions-then = Ce qui se passe ensuite
submissions-step-send = Vous envoyez.
submissions-step-send-text = Vous recevez une adresse secrète pour suivre, modifier ou reprendre votre proposition.
submissions-step-check = Les règles sont vérifiées.
submissions-step-check-text = Ce qui ne va pas vous est dit en mots simples. Une proposition fautive est gardée : vous la corrigez quand vous voulez.
submissions-step-review = Un curateur décide.
submissions-step-review-text = Il accepte tout ou une partie, demande une correction ou refuse, toujours avec une raison.
submissions-step-publish = C’est publié.
submissions-step-publish-text = La page change aussitôt, et dit d’où vient l’information.
submissions-rules = Ce qu’il faut savoir
submissions-rule-evidence = Chaque affirmation a une preuve : une page web, ou « l’organisation le dit elle-même ». Nous n’ouvrons pas la page à votre place.
submissions-rule-persons = Rien sur des personnes : ni noms, ni adresses électroniques, ni téléphones.
submissions-rule-public = Une fois décidée, la proposition devient publique, avec la décision et sa raison, mais sans rien sur vous. Votre message n’est lu que par les curateurs.
submissions-rule-no-email = Aucune adresse électronique n’est demandée, et aucun message ne vous est envoyé : suivez votre proposition à son adresse secrète.
submissions-rule-limits = Au plus { $client } propositions par jour depuis une même adresse. Les fichiers envoyés sont effacés { $days } jours après la décision.
submissions-api = Depuis un programme

submission-wrong = Il manque quelque chose
submission-nothing = Rien n’est proposé : remplissez au moins une ligne ou cochez une valeur.
submission-nothing-new = Ce fichier ne dit rien qui ne soit déjà publié.
submission-evidence = Qui le dit ?
submission-evidence-help = Vaut pour tout ce formulaire. Une ligne peut avoir sa propre preuve.
submission-evidence-help-short = Une page que chacun peut lire, ou l’organisation elle-même.
submission-evidence-by-page = Une page web le dit
submission-evidence-by-organisation = L’organisation le dit elle-même
submission-evidence-address = Adresse de la page
submission-evidence-missing = Dites qui le dit : une page web, ou l’organisation elle-même.
submission-evidence-page = L’adresse de la page doit commencer par http:// ou https://.
submission-evidence-line = La preuve d’une ligne n’est pas une adresse http ou https.
submission-note-legend = Message aux curateurs
submission-note = Autre chose à dire ?
submission-note-help = Facultatif, lu seulement par les curateurs. N’écrivez rien sur des personnes.
submission-note-missing = Dites pourquoi.
submission-what-missing = Choisissez : une autre valeur est juste, ou celle-ci est à retirer.
submission-right-missing = Donnez la valeur juste.
submission-graph-missing = Choisissez au moins une source.
submission-choose-among = « { $text } » : choisissez…
submission-none-of-these = Aucune de ces propositions
submission-search-name = Chercher ce nom
submission-line-year-evidence = Année, autre preuve
submission-line-evidence = Autre preuve
submission-line-by = Qui dit cette valeur ?
submission-line-usual = comme pour tout le formulaire
submission-year = Année pour laquelle c’est vrai
submission-said-now = Ce que disent les sources aujourd’hui :
submission-no-longer = faux ou dépassé
submission-others = Autres affirmations

submission-new-lead = D’abord : de quoi s’agit-il ?
submission-new-actor = Entreprise, centre de recherche, université, réseau…
submission-new-project = Projet, programme, bonne pratique.
submission-new-event = Rencontre, concours, salon.
submission-new-first = Existe-t-elle déjà ?
submission-find-lead = De quelle fiche s’agit-il ?
submission-find-label = Nom, ancien nom ou sigle
submission-find-found =
  { $n ->
    [0] Aucun résultat
    [one] { NUMBER($n) } résultat
   *[other] { NUMBER($n) } résultats
  }
submission-find-none = Rien ne porte ce nom ici.
submission-form-create = Ajouter : { $kind }
submission-form-change = Proposer une modification : { $name }
submission-form-links = Ajouter un lien : { $name }
submission-form-lead-create = Remplissez ce que vous savez ; le nom suffit pour commencer.
submission-form-lead-change = Cochez ce qui est faux ou dépassé, écrivez ce qui est juste. Ce que vous ne touchez pas reste.
submission-to-page = Voir la fiche
submission-check = Vérifier
submission-send = Envoyer la proposition
submission-amend-send = Envoyer la version corrigée
submission-send-text = Vous recevrez ensuite une adresse secrète pour suivre la proposition.
submission-checked-right =
  { $n ->
    [one] Aucune erreur : { NUMBER($n) } affirmation, prête à être envoyée
   *[other] Aucune erreur : { NUMBER($n) } affirmations, prêtes à être envoyées
  }
submission-checked-wrong = Quelque chose ne respecte pas les règles
submission-checked-wrong-text = Vous pouvez corriger maintenant, ou envoyer quand même et corriger plus tard. Tant que l’erreur reste, rien ne peut être accepté.
submission-checked-unread = Une ligne n’est pas comprise : corrigez-la ou videz-la

submission-error = Signaler une erreur
submission-error-what = Qu’est-ce qui ne va pas ?
submission-error-right = Une autre valeur est juste
submission-error-instead = La valeur juste
submission-error-gone = Cette valeur est à retirer
submission-error-sources = Source qui se trompe
submission-not-stated = Aucune source ne dit cela directement
submission-not-stated-text = Cette valeur découle d’autres, ou a changé depuis que vous avez ouvert la page. Corrigez ce dont elle découle.
submission-report = Signaler une erreur
submission-other-note = Ce genre de fiche ne se corrige pas par un formulaire : décrivez l’erreur, un curateur la lira.

submission-withdraw-link = Faire retirer ce lien
submission-withdraw-thing = Faire retirer : { $name }
submission-withdraw-lead =
  { $n ->
    [one] { NUMBER($n) } affirmation serait retirée, dont { NUMBER($links) } avec une autre fiche ou une liste.
   *[other] { NUMBER($n) } affirmations seraient retirées, dont { NUMBER($links) } avec une autre fiche ou une liste.
  }
submission-withdraw-sources =
  { $n ->
    [one] { NUMBER($n) } source en parle
   *[other] { NUMBER($n) } sources en parlent
  }
submission-withdraw-why = Pourquoi ?
submission-withdraw-reason = La raison

submission-file-lead = Un tableau (une fiche par ligne) ou du RDF. Ce qui est déjà publié n’est pas proposé une seconde fois.
submission-file-text = Le fichier est gardé avec la proposition.
submission-file-again = Envoyer un fichier corrigé
submission-file-validate = Vérifier d’abord, sans rien envoyer

submission-one = Proposition { $id }
submission-kind-create = Ajout
submission-kind-change = Modification
submission-kind-withdraw = Retrait
submission-kind-error = Erreur signalée
submission-kind-file = Fichier
submission-state-received = À corriger
submission-state-received-text = Elle est gardée, mais enfreint encore des règles : corrigez-la pour qu’elle puisse être acceptée.
submission-state-checked = En attente
submission-state-checked-text = Elle respecte les règles et attend un curateur.
submission-state-changes-asked = Correction demandée
submission-state-changes-asked-text = Un curateur demande une correction : voyez l’historique.
submission-state-accepted = Acceptée
submission-state-accepted-text = Tout a été accepté.
submission-state-partly-accepted = Acceptée en partie
submission-state-partly-accepted-text = Une partie a été acceptée.
submission-state-refused = Refusée
submission-state-refused-text = Rien n’a été changé.
submission-state-withdrawn = Reprise
submission-state-withdrawn-text = Vous l’avez reprise ; elle ne sera pas examinée.
submission-sent = Bien reçu
submission-amended = La version corrigée est enregistrée.
submission-keep-address = Gardez cette adresse. Elle seule permet de suivre, de corriger et de reprendre votre proposition.
submission-secret-address = Adresse secrète
submission-secret-show = Revoir mon adresse secrète
submission-keep-why = Qui a cette adresse peut modifier la proposition : ne la publiez pas. Nous n’en gardons qu’une empreinte et ne pourrons pas vous la redonner.
submission-decision = Décision
submission-entry = Entrée { $n } du journal.
submission-published-in = Publié dans la version { $n }
submission-published-soon = Publié dans un instant.
submission-findings = Vérification
submission-findings-wrong =
  { $n ->
    [one] { NUMBER($n) } erreur à corriger avant que la proposition puisse être acceptée.
   *[other] { NUMBER($n) } erreurs à corriger avant que la proposition puisse être acceptée.
  }
submission-findings-right = Aucune règle n’est enfreinte.
submission-mend = Corriger
submission-difference = Ce qui changerait
submission-no-statement = Aucune affirmation : un message seulement.
submission-more =
  { $n ->
    [one] Et { NUMBER($n) } autre.
   *[other] Et { NUMBER($n) } autres.
  }
submission-op-add = Ajoute
submission-op-retract = Retire
submission-stated-by = Dit aujourd’hui par :
submission-says-page = Preuve :
submission-says-organisation = Preuve : l’organisation le dit elle-même.
submission-accepted-yes = accepté
submission-accepted-no = pas accepté
submission-history = Historique
submission-yours = Votre proposition
submission-amend = Modifier la proposition
submission-take-back = Reprendre la proposition
submission-take-back-text = Elle ne sera plus examinée. Le fichier envoyé est effacé.
submission-take-back-why = Raison (facultatif)
submission-public-later = Après la décision, cette page est publique sans rien sur vous : ni votre message, ni vos corrections.
submission-event-received = Reçue
submission-event-amended = Modifiée par son auteur
submission-event-checked = Vérifiée : aucune erreur
submission-event-assigned = Confiée à un curateur
submission-event-unassigned = Rendue à la file
submission-event-changes-asked = Correction demandée
submission-event-accepted = Acceptée
submission-event-partly-accepted = Acceptée en partie
submission-event-refused = Refusée
submission-event-withdrawn = Reprise par son auteur
submission-event-published = Publiée
submission-event-reverted = Annulée par une nouvelle décision
submission-event-restored = Rétablie par une nouvelle décision
submission-event-seconding = Un premier curateur l’accepte ; un second doit confirmer
submission-event-not-published = N’a pas pu être publiée
submission-do-title = Corriger cette fiche
submission-do-change = Proposer une modification
submission-do-link = Ajouter un lien
submission-do-withdraw = Faire retirer

submission-links-effect =
  { $creates ->
    [0] Aucun lien nouveau
    [one] { NUMBER($creates) } lien nouveau
   *[other] { NUMBER($creates) } liens nouveaux
  }, { $breaks ->
    [0] aucun lien retiré.
    [one] { NUMBER($breaks) } lien retiré.
   *[other] { NUMBER($breaks) } liens retirés.
  }
submission-links-alone = N’aurait plus aucun lien :
submission-duplicates = Peut-être déjà là
submission-duplicates-text = Si c’est la même, reprenez cette proposition et proposez plutôt une modification de sa fiche.
submission-alike = ressemblance { NUMBER($n) } %
submission-others-open =
  { $n ->
    [one] { NUMBER($n) } autre proposition en attente parle de la même fiche.
   *[other] { NUMBER($n) } autres propositions en attente parlent de la même fiche.
  }
submission-new-thing = nouvelle fiche
submission-stays = Reste :
submission-op-confirm = Confirme
submission-conflict-gone = Cette affirmation n’est plus publiée : elle a changé depuis.
submission-conflict-value-changed = Cette valeur a changé depuis.
submission-conflict-thing-gone = Cette fiche a été retirée depuis.
submission-conflict-other-value = Une autre valeur a été acceptée depuis.
submission-conflict-retracted = Cette affirmation a été retirée par une décision.
submission-conflict-confirmed = Cette valeur a été confirmée par une décision depuis.
submission-conflict-merged = Cette fiche a été fusionnée avec une autre depuis.
submission-conflict-same-published = La même affirmation est déjà publiée.
