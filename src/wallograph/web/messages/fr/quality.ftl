# Data quality.
nav-quality = Qualité des données
quality-lead = Ce que le graphe contient et ce qui lui manque, mesuré sur l’édition du { $date }.
quality-not-recorded = « Non renseigné » veut dire qu’aucune de nos sources ne le dit, non que cela n’existe pas.
quality-completeness = Ce qui est renseigné
quality-actor = Organisations
quality-project = Projets et programmes
quality-event = Événements
quality-of = { NUMBER($n) } sur { NUMBER($of) }
quality-percent = { $n } %
quality-by-kind = Par type
quality-kinds-text = Une organisation peut avoir plusieurs types : elle compte alors dans chacun. Un pourcentage mène à la liste de ce qui manque.
quality-kind = type
quality-things = nombre
quality-field-kind = type
quality-field-place = lieu
quality-field-founded = fondation
quality-field-start = début
quality-field-end = fin
quality-field-theme = thème
quality-field-description = description
quality-field-homepage = site web
quality-field-identifier = identifiant ailleurs
quality-field-employees = personnel
quality-field-budget = budget
quality-missing-kind = Type non renseigné
quality-missing-place = Lieu non renseigné
quality-missing-founded = Année de fondation non renseignée
quality-missing-start = Année de début non renseignée
quality-missing-end = Année de fin non renseignée
quality-missing-theme = Thème non renseigné
quality-missing-description = Description non renseignée
quality-missing-homepage = Site web non renseigné
quality-missing-identifier = Aucun identifiant ailleurs renseigné
quality-missing-employees = Personnel non renseigné
quality-missing-budget = Budget non renseigné
quality-missing-n = Non renseigné pour { NUMBER($n) }
quality-all-recorded = Renseigné partout

# Freshness
quality-freshness = Âge des pages
quality-freshness-text =
  Âge des pages et registres au jour de l’édition. La moitié des pages datées { $years ->
    [one] a plus de { NUMBER($years, maximumFractionDigits: 1) } an
   *[other] a plus de { NUMBER($years, maximumFractionDigits: 1) } ans
  }.
quality-undated-all = Aucune page n’est datée.
quality-age-under-1 = moins d’un an
quality-age-under-3 = 1 à 3 ans
quality-age-under-5 = 3 à 5 ans
quality-age-under-10 = 5 à 10 ans
quality-age-over-10 = plus de 10 ans
quality-age-undated = date inconnue
quality-age = âge
quality-years =
  { $years ->
    [one] { NUMBER($years, maximumFractionDigits: 1) } an
   *[other] { NUMBER($years, maximumFractionDigits: 1) } ans
  }
quality-by-source = Ce que dit chaque source
quality-sources-text = Pour chaque page ou registre : de combien de choses il parle, et pour combien d’entre elles il donne chaque information. Une page n’est pas tenue de tout dire.
quality-source = source
quality-says = ce qu’elle renseigne
quality-says-nothing = rien de ce qui est mesuré ici

# What is doubtful
quality-warnings = Ce qui ne s’accorde pas
quality-warnings-text = Des sources se contredisent, ou un énoncé étonne. Tout reste publié, chaque valeur avec sa source ; nous ne tranchons pas.
quality-warnings-none = Aucune contradiction n’a été trouvée.
quality-rules = Constats par règle
quality-rule = règle
quality-count = nombre
quality-severity = gravité
quality-list = liste
quality-severity-violation = mis de côté
quality-severity-warning = à examiner
quality-severity-info = bon à savoir
quality-rules-none = Aucune règle n’a rien trouvé.
quality-held = Mis de côté ou non rattaché
quality-held-text = Énoncés reçus qui ne sont pas dans le graphe : ils ne peuvent être justes tels quels, ou nous n’avons pas trouvé de quoi ils parlent. Ils reviennent dès que la source est corrigée.
quality-held-none = Aucun énoncé n’a été mis de côté.
quality-show-more =
  { $n ->
    [one] Voir encore { $n } constat
   *[other] Voir les { $n } constats
  }

# Worklists
quality-worklists = Listes de travail
quality-worklists-text = Ce que quelqu’un peut compléter ou corriger. Chaque liste a une adresse stable et se télécharge en CSV, pour l’envoyer à la personne qui sait.
quality-worklists-go = Toutes les listes de travail
quality-family-field = Ce qui manque
quality-family-rule = Ce que les règles signalent
quality-family-reading = Ce que la lecture des sources signale
quality-units = Ce qui manque à ses unités
quality-selected-kind = Type : { $name }
quality-selected-source = Selon { $name }
quality-selected-part-of = Unités de : { $name }
quality-selected-none = Tout retirer
quality-selection = Sélection
quality-field-text = Pour ces choses, aucune source que nous avons lue ne le dit : cela n’est pas la preuve que cela n’existe pas. Sous chaque nom, les sources qui en parlent.
quality-reading-text = Constats faits à la lecture des tables ; chacun dit dans quelle ligne.
quality-list-empty = La liste est vide : il n’y a rien à compléter ici dans cette version.
quality-download = Télécharger la liste
quality-formats = Autres formats
quality-formats-text = Les mêmes mesures en RDF (W3C Data Quality Vocabulary).
quality-rule-go = La règle en clair
quality-column-name = nom
quality-column-iri = adresse
quality-column-kind = type
quality-column-what = ce qui manque ou ne va pas
quality-column-values = valeurs et leurs sources
quality-column-sources = sources
quality-column-pages = pages
quality-column-where = fichier et ligne
quality-column-message = message

# Codes of what reading the sources finds
quality-code-unknown-code = Valeur inconnue d’une liste
quality-code-place-outside-register = Lieu hors du registre wallon
quality-code-not-a-number = Valeur qui n’est pas un nombre
quality-code-not-a-year = Valeur qui n’est pas une année
quality-code-wrong-enterprise-number = Numéro d’entreprise erroné
quality-code-website-completed = Adresse web complétée
quality-code-not-an-address = Valeur qui n’est pas une adresse web
quality-code-no-row-of-that-name = Nom sans ligne
quality-code-cell-without-evidence = Cellule qu’aucune page ne confirme
quality-code-unresolved-end = Relation dont un bout n’a pas été reconnu
quality-code-relation-to-itself = Relation d’une chose avec elle-même
quality-code-register-row-withdrawn = Fiche retirée par le registre
quality-code-relation-not-mapped = Lien du registre sans équivalent
quality-code-figure-twice = Chiffre donné deux fois
quality-code-figure-without-number = Chiffre sans nombre
