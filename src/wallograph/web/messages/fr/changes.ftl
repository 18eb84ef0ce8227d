# Texts of the changes: what each release changed, what was withdrawn or merged.

# the life of a thing
life-not-stated = Plus aucune source ne le dit.
life-merged = C’est la même chose qu’une autre, qui l’a repris.
life-since = Depuis le { $date } (version { $number }).
life-since-only = Depuis le { $date }.
life-was = Nom connu : { $name }
life-replaces = A repris :

# the list of releases
changes-title = Ce qui change
changes-lead = Chaque version dit ce qu’elle ajoute, change et retire. Une page par version, un fil Atom pour les personnes, un flux d’événements (LDES) pour les programmes.
changes-release = Version { $number } du { $date }
changes-first = Première version : tout est nouveau
changes-nothing = Rien n’a changé dans ce qui est publié
changes-line = { $what } : { $how }
changes-what = Ce qui a changé
changes-of = Version
changes-date = Date
changes-table = Les versions
changes-feeds = Suivre les changements
changes-atom = Fil Atom
changes-ldes = Flux d’événements (LDES, Turtle)

# kinds of things, and what happens to them
changes-group-actor = Organisations
changes-group-project = Projets et bonnes pratiques
changes-group-event = Événements
changes-group-place = Lieux
changes-group-link = Liens
changes-group-value = Valeurs datées
changes-group-figure = Chiffres
changes-group-concept = Entrées de listes
changes-group-other = Autres
changes-n-created =
  { $n ->
    [one] { NUMBER($n) } ajout
   *[other] { NUMBER($n) } ajouts
  }
changes-n-renamed =
  { $n ->
    [one] { NUMBER($n) } changement de nom
   *[other] { NUMBER($n) } changements de nom
  }
changes-n-merged =
  { $n ->
    [one] { NUMBER($n) } fusion
   *[other] { NUMBER($n) } fusions
  }
changes-n-withdrawn =
  { $n ->
    [one] { NUMBER($n) } retrait
   *[other] { NUMBER($n) } retraits
  }
changes-n-changed =
  { $n ->
    [one] { NUMBER($n) } modification
   *[other] { NUMBER($n) } modifications
  }
changes-kind-created = Ajouts
changes-kind-renamed = Changements de nom
changes-kind-merged = Fusions
changes-kind-withdrawn = Retraits
changes-kind-changed = Modifications

# one difference
changes-span = De la version { $old } à la version { $new }
changes-one = Ce que change la version { $number }
changes-since = Comparée à la version { $old }.
changes-patch = Toutes les différences (RDF Patch)
changes-json = Résumé (JSON)
changes-members = Choses de cette version (LDES)
changes-before = avant
changes-after = après
changes-former = auparavant
changes-into = repris par
changes-partial = La différence est trop grande pour être montrée entière : seules les premières choses ont été comparées. Les fichiers à télécharger disent tout.
changes-same = Rien ne diffère entre ces deux versions dans ce qui est publié.
changes-dumps = Fichiers à télécharger
changes-more =
  { $n ->
    [one] Encore { NUMBER($n) } autre.
   *[other] Encore { NUMBER($n) } autres.
  }

# what moved
changes-moved = Retirés, fusionnés, renommés
changes-moved-lead = Tout ce qui n’est plus sous son adresse ou son nom, avec la date et ce qui le remplace. Les anciennes adresses répondent toujours.
changes-thing = Chose
changes-became = Devenu
changes-how = Ce qui s’est passé
changes-unknown = date inconnue
changes-moved-empty = Rien n’a été retiré, fusionné ou renommé.
changes-moved-withdrawn = retiré
changes-moved-merged = fusionné
changes-moved-renamed = renommé

# names of operations in the description of the interface
api-op-changes = Ce qui change : flux d’événements (LDES)
api-op-changesAtom = Ce qui change, en Atom
api-op-difference = Ce qu’une version change, ou ce qui diffère entre deux
api-op-changesPage = Une page du flux d’événements
api-op-changesPart = Cent versions du flux d’événements
api-op-moved = Ce qui est retiré, fusionné ou renommé
