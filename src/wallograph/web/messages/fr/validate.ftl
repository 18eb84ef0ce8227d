# Checking a file: the page, its result, and the form.
validate-title = Vérifier des données
validate-lead = Un tableau, un fichier RDF ou quelques lignes : vous apprenez en mots simples ce qui ne va pas, à quelle ligne, et comment le corriger.
validate-nothing-enters = Rien n’entre dans le graphe et rien n’est gardé : le fichier est lu, puis oublié.
validate-persons = Ce qui concerne des personnes (noms, adresses électroniques, téléphones) est laissé de côté.
validate-way-file = Un fichier
validate-way-file-text = Excel (XLSX), CSV, Turtle, TriG, N-Triples, N-Quads, JSON-LD ou RDF/XML ; { $mb } Mo au plus.
validate-drop = Déposez un fichier ici, ou choisissez-le
validate-run = Vérifier
validate-way-text = Un texte
validate-way-text-text = Collez des lignes d’un tableau ou du RDF.
validate-text = Texte à vérifier
validate-format = Format
validate-format-ttl = Turtle
validate-format-trig = TriG
validate-format-nt = N-Triples
validate-format-nq = N-Quads
validate-format-jsonld = JSON-LD
validate-format-rdf = RDF/XML
validate-format-csv = Tableau : CSV, ou copié d’un tableur
validate-more = Codage, séparateur, correspondance des colonnes
validate-encoding = Codage des caractères
validate-encoding-guess = Reconnaître
validate-delimiter = Séparateur
validate-delimiter-guess = Reconnaître
validate-delimiter-semicolon = point-virgule
validate-delimiter-comma = virgule
validate-delimiter-tab = tabulation
validate-mapping = Correspondance des colonnes (métadonnées CSVW, JSON)
validate-way-form = Un formulaire
validate-way-form-text = Une fiche à la fois, sans fichier : les champs sont ceux des règles ; vous obtenez du RDF valide.
validate-templates = Modèles de tableau
validate-templates-text = Des feuilles à remplir, avec les listes de choix et une explication par colonne.
validate-rules-link = Lire toutes les règles
validate-programs = Depuis un programme
validate-programs-text = Envoyez le fichier tel quel, avec son type. La réponse est le rapport, en JSON, SHACL (Turtle, JSON-LD), CSV ou SARIF, selon l’en-tête Accept.

validate-result = Résultat
validate-ok = Aucune erreur
validate-ok-text = Tout ce qui a été lu respecte les règles.
validate-errors =
  { $n ->
    [one] { NUMBER($n) } erreur
   *[other] { NUMBER($n) } erreurs
  }
validate-warnings =
  { $n ->
    [one] { NUMBER($n) } avertissement
   *[other] { NUMBER($n) } avertissements
  }
validate-infos =
  { $n ->
    [one] { NUMBER($n) } remarque
   *[other] { NUMBER($n) } remarques
  }
validate-checked =
  { $things ->
    [one] { NUMBER($things) } fiche lue
   *[other] { NUMBER($things) } fiches lues
  }
validate-by-rule = Par règle
validate-and-more =
  { $n ->
    [one] et { NUMBER($n) } autre
   *[other] et { NUMBER($n) } autres
  }
validate-place-line = Ligne { $line }
validate-place-line-column = Ligne { $line }, colonne { $column }
validate-place-cell = Cellule { $cell }
validate-place-sheet = feuille « { $sheet } »
validate-place-about = Près de la ligne { $line } : seul l’endroit de la fiche est connu
validate-place-none = Place inconnue dans le fichier
validate-value = Valeur
validate-expected = Attendu
validate-read-rule = La règle
validate-whole-file = Le fichier
validate-repairs = Corrections proposées
validate-repair-sure = sûre
validate-repair-unsure = à vérifier
validate-corrected = Télécharger le fichier corrigé
validate-corrected-text = Les corrections cochées sont faites ; le reste du fichier n’est pas touché.
validate-losses = Le fichier corrigé ne peut pas garder :
validate-edited = Vérifier le texte modifié
validate-text-title = Votre texte
validate-table-title = Votre tableau
validate-back-to-finding = Remarque { $n }
validate-gap =
  { $n ->
    [one] { NUMBER($n) } ligne sans remarque
   *[other] { NUMBER($n) } lignes sans remarque
  }
validate-row = Ligne
validate-downloads = Le rapport
validate-download-json = JSON
validate-download-ttl = SHACL (Turtle)
validate-download-jsonld = SHACL (JSON-LD)
validate-download-csv = CSV
validate-download-sarif = SARIF
validate-share = Partager ce résultat
validate-share-text =
  { $days ->
    [one] Le texte et son résultat sont gardés un jour sous une adresse secrète, hors de tout index. Vous seul pouvez les effacer avant.
   *[other] Le texte et son résultat sont gardés { $days } jours sous une adresse secrète, hors de tout index. Vous seul pouvez les effacer avant.
  }
validate-share-button = Créer le lien
validate-shared = Résultat partagé
validate-shared-text = Qui connaît cette adresse voit ce résultat, jusqu’au { $date }.
validate-shared-address = Adresse à partager
validate-shared-delete-address = Adresse pour effacer (gardez-la pour vous)
validate-shared-delete = Effacer maintenant
validate-read-as = Comment le tableau a été lu
validate-read-as-text = Corrigez ce qui est mal reconnu, puis vérifiez à nouveau.
validate-sheet = Feuille « { $sheet } »
validate-sheet-kind = Chaque ligne décrit
validate-column-example = Exemple
validate-column-none = – ne pas lire –
validate-column-person = personnes : jamais lu
validate-column-id = adresse de la fiche
validate-column-concept = sorte de fiche
validate-column-postcode = code postal (lieu)
validate-column-year-of = année de : { $field }
validate-column-sure = reconnu
validate-column-guess = supposé
validate-column-unknown = non reconnu
validate-column-mine = choisi
validate-remap = Vérifier avec ces colonnes
validate-mapping-download = Télécharger la correspondance (CSVW)
validate-see = voir la fiche
validate-again = Vérifier autre chose
validate-jump-findings = Aller aux remarques

form-title = Remplir une fiche
form-lead = Les champs viennent des règles. Le résultat est du RDF, que vous pouvez télécharger ; il n’entre pas dans le graphe.
form-kind = Que voulez-vous décrire ?
form-of = Fiche : { $kind }
form-required = obligatoire
form-required-note = Les champs marqués « obligatoire » doivent être remplis.
form-another = Autre valeur : { $field }
form-more-values = D’autres valeurs
form-choose = – choisir –
form-yes = oui
form-no = non
form-place-help = Nom de commune, code postal ou code NIS.
form-thing-help = Nom ou adresse (http…) d’une organisation, d’un projet ou d’un événement.
form-identity = Nom et description
form-activity = Activité
form-numbers = Identifiants
form-relations = Relations avec d’autres
form-relations-inverse = Relations vues de l’autre côté
form-send = Vérifier et produire le RDF
form-result = Votre fiche en RDF
form-result-ok = La fiche respecte les règles.
form-result-errors = La fiche n’est pas encore juste : voyez les champs marqués.
form-download = Télécharger (Turtle)
form-fault = Erreur :
form-doubt = À regarder :
form-faults = À corriger
form-other-kind = Décrire autre chose
form-empty = Remplissez au moins le nom.
form-language = Langue de la description
form-kind-actor = Organisation
form-kind-project = Projet
form-kind-event = Événement
form-kind-place = Lieu
validate-partly = Le fichier n’a pas pu être lu jusqu’au bout ; ce qui a été lu est vérifié.
validate-columns-read =
  { $n ->
    [one] { NUMBER($n) } colonne lue
   *[other] { NUMBER($n) } colonnes lues
  }
validate-columns-unread =
  { $n ->
    [one] { NUMBER($n) } non reconnue
   *[other] { NUMBER($n) } non reconnues
  }
validate-columns = Colonnes
loss-macros = les macros
loss-charts = les graphiques
loss-pivots = les tableaux croisés
loss-images = les images et dessins
loss-controls = les contrôles de formulaire
loss-connections = les connexions à d’autres données
loss-signature = la signature électronique
loss-formula-values = les valeurs calculées des formules (recalculées à l’ouverture)
validate-recheck = Vérifier à nouveau avec ces corrections
validate-way-file-one = Un fichier à la fois ; la commande en prend plusieurs.
validate-table-persons =
  { $n ->
    [one] Une colonne ou case qui concerne des personnes n’a pas été lue ; elle reste vide ici (…).
   *[other] { NUMBER($n) } colonnes ou cases qui concernent des personnes n’ont pas été lues ; elles restent vides ici (…).
  }
validate-dialect-guessed = Le codage des caractères a été supposé. Les accents de cet extrait sont-ils justes ?
validate-dialect-sample = Extrait
validate-delimiter-pipe = barre verticale
validate-no-text = Le texte n’est pas montré : des personnes pourraient y être nommées.
