# Texts of the pages for people.

# frame
site-tagline = L’écosystème numérique wallon en données liées
skip-to-content = Aller au contenu
main-navigation = Navigation principale
language-choice = Langue de la page
breadcrumb = Fil d’Ariane
nav-home = Accueil
nav-actors = Organisations
nav-themes = Thèmes
nav-places = Lieux
nav-projects-short = Projets
nav-figures-short = Chiffres
nav-projects = Projets et bonnes pratiques
nav-events = Événements
nav-figures = Chiffres publiés
nav-sources = Sources
nav-data = Télécharger
nav-sparql = SPARQL
nav-about = À propos
nav-code-lists = Listes de codes
nav-vocabulary = Vocabulaire
not-for-reuse = Installation d’essai, adresses locales. Ne pas réutiliser.
footer-what = Un graphe de connaissances qui relie les acteurs du numérique en Wallonie, et dit pour chaque affirmation qui l’énonce.
footer-licence = Licence
footer-licence-text = pour nos propres énoncés et leur compilation ; chaque source garde ses conditions.
footer-sources = Attributions
footer-attribution = Lieux et NACE-BEL : Statbel. Organismes de recherche : ROR (CC0). Organismes publics : Fedict.
footer-all-attributions = Toutes les attributions
footer-reuse = Réutiliser
release-line = Version { $number } du graphe, { $date }
number = { NUMBER($n) }
yes = Oui
no = Non
year = Année
value = Valeur
all = Tout
filter = Filtrer la liste
refine = Filtrer par type, thème ou lieu
note = Remarque
version = version
in-language = Texte en langue « { $language } » : il n’existe pas de traduction ici
language-fr = En français
language-nl = En néerlandais
language-de = En allemand
language-en = En anglais

# lists
empty-list = Il n’y a rien à afficher ici pour l’instant.
pages = Pages de la liste
page-range = { $first } à { $last } sur { $total }
page-previous = Page précédente
page-next = Page suivante
page-of = Page { $number } sur { $pages }
show-others =
  { $n ->
    [one] Afficher l’autre
   *[other] Afficher les { $n } autres
  }
group-other = Sans rattachement connu

# types
type-actor = Organisation
type-project = Projet
type-event = Événement
type-place = Lieu
type-theme = Thème
type-concept = Entrée d’une liste de codes
type-scheme = Liste de codes
type-vocabulary = Vocabulaire
type-source = Source
type-figure = Chiffre publié
type-link = Lien
type-value = Valeur datée
type-other = Ressource

# who says so
role-stated = dit par la page
role-read = lu par wallograph
role-derived = déduit par wallograph
role-register = registre
role-proposal = proposition acceptée
role-code-list = liste de codes
role-vocabulary = vocabulaire
role-text-stated = La page le dit elle-même.
role-text-read = Nous l’avons lu dans une page : elle ne le dit pas avec ces mots, c’est notre interprétation.
role-text-derived = Nous l’avons déduit d’autres énoncés, selon une règle écrite.
role-text-register = Un registre public l’a publié.
role-text-proposal = Une proposition l’a apporté, avec une page ou par l’organisation elle-même, et un curateur l’a accepté.
role-text-code-list = Liste de codes publiée par wallograph.
role-text-vocabulary = Vocabulaire publié par wallograph.
filter-stated = Pages
filter-read = Lectures de wallograph
filter-derived = Déductions
filter-register = Registres
filter-proposal = Propositions
filter-code-list = Listes de codes
filter-vocabulary = Vocabulaire
who-stated = Selon
who-read = Lu par wallograph
who-derived = Déduit par wallograph
who-register = Registre :
who-proposal = Proposé et accepté :
who-one-of-stated = Selon l’une de { $n } pages :
who-one-of-read = Lu par wallograph dans l’une de { $n } pages :
who-unknown = source sans éditeur connu
who-more =
  { $n ->
    [one] et 1 autre source
   *[other] et { $n } autres sources
  }
who-says-so = Qui le dit
undated = sans date
date-month =
  { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[other] décembre
  } { $year }
date-day =
  { $day } { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[other] décembre
  } { $year }
is-copy = copie
is-copy-text = Cette adresse est une copie ou un miroir, pas le site de l’éditeur.
one-of-pages = Se trouve sur l’une de ces pages ; on n’a pas noté laquelle.
rule = Règle
source-record = Tout ce que dit cette source
why-linked = Pourquoi ce lien ?
why-title = { $subject } – { $object }
why-text = Chaque source ci-dessous le dit ; ouvrez la page pour vérifier.
stated-for = année indiquée : { $years }
rights-facts-only = Nous ne reprenons que des faits ; la page reste soumise aux conditions de son éditeur.

# thing
kinds-title = Ce que c’est, selon qui
kind-not-recorded = Type non renseigné
not-recorded = non renseigné
not-recorded-list = Non renseigné :
place-not-recorded = lieu non renseigné
facts-title = En bref
field-place = Lieu indiqué
field-municipality = Commune
field-province = Province
field-founded = Fondation
field-market = Marché
field-clients-abroad = Clients à l’étranger
field-homepage = Site web
field-start = Début
field-end = Fin
field-employees = Personnel
field-researchers = Chercheurs
field-status = Situation
field-budget = Budget
field-nis = Code NIS
field-postcode = Code postal
field-coordinates = Latitude, longitude
field-name = Nom
themes-title = Thèmes
keywords-title = Sujets, dans les mots de la page
on-this-page = Sur cette page
cite-check = Vérifier l’édition
names-title = Autres noms et orthographes
names-empty = Aucun autre nom renseigné
identifiers-title = Identifiants ailleurs
id-ror = ROR
id-isni = ISNI
id-enterprise-number = Numéro d’entreprise (BCE)
id-establishment-number = Numéro d’unité d’établissement
id-vat = Numéro de TVA
conflict-title = Les sources ne disent pas la même chose
conflict-text = Nous montrons chaque valeur avec sa source ; nous ne tranchons pas.
links-title = Liens
links-text = Chaque titre se lit à partir de cette fiche. Ouvrez une source pour voir la page, sa date et ce qu’elle dit d’autre.
links-empty = Aucun lien renseigné. Cela ne veut pas dire qu’il n’y en a pas.
related-shared = Thèmes communs :
links-jump = Aller à un type de lien
thing-figures-title = Chiffres publiés à son sujet
figure-wording = Comme la page le formule :
figure-wording-column = Comme la page le formule
related-title = Mêmes thèmes, autres universités
related-text = Unités d’autres universités qui partagent un thème, d’après notre lecture des pages.
page-sources-title = Sources de cette fiche
page-sources-show = Afficher toutes les sources
formats-title = Réutiliser ces données
formats-text = La même fiche, pour les machines :
cite-title = Citer cette fiche
cite-release = version { $number } du { $date }

# places
lies-in = Dans :
place-actors-title = Organisations ici
place-actors-text = D’après le lieu qu’une source indique ; les localités et sites sont comptés dans leur commune et leur province.
place-kinds = Voir par type
place-empty = Aucune organisation renseignée ici.
place-inside-title = Lieux à l’intérieur
places-text = Provinces et communes wallonnes, avec le nombre d’organisations qu’une source y situe.
places-without =
  { $n ->
    [one] 1 commune sans organisation renseignée
   *[other] { $n } communes sans organisation renseignée
  }

# concepts
theme-by-university = Unités de recherche par université
theme-by-kind = Organisations et projets par type
theme-summary = Rattachés à ce thème ou à un thème plus précis, d’après notre lecture des pages : { $organisations } et { $projects }.
count-projects =
  { $n ->
    [0] aucun projet
    [one] 1 projet
   *[other] { $n } projets
  }
count-actors =
  { $n ->
    [0] aucune organisation
    [one] 1 organisation
   *[other] { $n } organisations
  }
theme-no-units = Aucune unité de recherche renseignée pour ce thème.
theme-no-actors = Aucune organisation renseignée pour ce thème.
themes-text = Les thèmes auxquels nous rattachons organisations et projets : notre lecture des pages, marquée comme telle. Un nombre comprend les thèmes plus précis.
used-by = Utilisé par
used-empty = Aucune fiche n’utilise cette entrée.
notation = Code
code-list = Liste
code-list-entry = L’entrée de la liste de codes
broader = Plus large
narrower = Plus précis
related = Voir aussi
matches-title = Correspondances
match-exactMatch = Équivalent à
match-closeMatch = Proche de
match-broadMatch = Plus large ailleurs
match-narrowMatch = Plus précis ailleurs
match-relatedMatch = Lié ailleurs
entries = Entrées
entries-count =
  { $n ->
    [one] 1 entrée
   *[other] { $n } entrées
  }
code-lists-text = Les listes contrôlées dont le graphe se sert, en quatre langues.
type-shapes = Règles
type-shapes-text = Ce que chaque fiche doit respecter avant d’être publiée.
type-vocabulary-text = Les termes propres à wallograph ; partout ailleurs, le graphe emploie des vocabulaires connus.
classes = Classes
properties = Propriétés
term-domain = S’applique à
term-range = Valeurs
term-near = Termes connus proches

# sources
sources-text = Chaque page, registre ou règle d’où vient une information du graphe.
sources-publishers = Éditeurs les plus cités
source-states = Ce que dit cette source
source-empty = Aucun énoncé à afficher pour cette source.
source-pages = Page
source-publisher = Éditeur
source-date = Date
source-role = Rôle
source-rights = Droits
source-read-from = Lu dans

# figures
figures-text = Des chiffres tels que des pages les publient. Ils se contredisent parfois : chacun garde son année et sa page.
figures-count =
  { $n ->
    [one] 1 chiffre
   *[other] { $n } chiffres
  }
figures-empty = Aucun chiffre publié n’est renseigné.
figure-others = Autres chiffres du même indicateur
figure-no-others = Aucun autre chiffre de cet indicateur n’est renseigné.
published-title = Chiffres publiés
indicator = Indicateur
scope = Porte sur
held-title = Ce que ce graphe contient
held-text = Nombre de fiches, d’après ce que des pages disent : ni un recensement, ni une estimation.
held-actors = Organisations
held-startup = Dites « start-up » par une page
held-scaleup = Dites « scale-up » par une page
held-spin-off = Dites « spin-off » par une page
held-research-unit = Unités de recherche
held-projects = Projets, programmes, bonnes pratiques
held-links = Liens énoncés entre deux fiches
held-figures = Chiffres publiés repris
unit-municipality =
  { $n ->
    [one] commune
   *[other] communes
  }
unit-startup =
  { $n ->
    [one] start-up
   *[other] start-ups
  }
unit-profile =
  { $n ->
    [one] profil
   *[other] profils
  }
unit-job =
  { $n ->
    [one] emploi
   *[other] emplois
  }
unit-project =
  { $n ->
    [one] projet
   *[other] projets
  }
unit-laboratory =
  { $n ->
    [one] laboratoire
   *[other] laboratoires
  }
unit-application =
  { $n ->
    [one] candidature ou dossier
   *[other] candidatures ou dossiers
  }
unit-partnership =
  { $n ->
    [one] partenariat
   *[other] partenariats
  }
unit-company =
  { $n ->
    [one] entreprise
   *[other] entreprises
  }
unit-sme =
  { $n ->
    [one] PME
   *[other] PME
  }
unit-employee =
  { $n ->
    [one] salarié ou travailleur
   *[other] salariés ou travailleurs
  }
unit-eur =
  { $n ->
    [one] euro
   *[other] euros
  }
unit-researcher =
  { $n ->
    [one] chercheur
   *[other] chercheurs
  }
unit-studio =
  { $n ->
    [one] studio
   *[other] studios
  }
unit-exhibitor =
  { $n ->
    [one] exposant
   *[other] exposants
  }
unit-request =
  { $n ->
    [one] demande
   *[other] demandes
  }
unit-laureate =
  { $n ->
    [one] lauréat
   *[other] lauréats
  }
unit-organisation =
  { $n ->
    [one] organisation
   *[other] organisations
  }
unit-percent = %
unit-actor =
  { $n ->
    [one] acteur
   *[other] acteurs
  }
unit-person =
  { $n ->
    [one] personne
   *[other] personnes
  }
unit-game =
  { $n ->
    [one] jeu
   *[other] jeux
  }
unit-fte =
  { $n ->
    [one] équivalent temps plein
   *[other] équivalents temps plein
  }
unit-spin-off =
  { $n ->
    [one] spin-off
   *[other] spin-offs
  }
unit-member =
  { $n ->
    [one] membre
   *[other] membres
  }

# home
home-title = Qui fait quoi dans le numérique wallon, et qui le dit
home-lead = wallograph rassemble ce que { NUMBER($pages) } pages et registres disent des start-ups, unités de recherche, pôles, projets et lieux du numérique wallon. Les sources restent distinctes : chaque information garde son auteur et sa date, et vous pouvez comparer, vérifier et citer.
questions-title = Trois questions pour commencer
question-theme = { $name } : qui y travaille ?
question-spin-offs = { $name } : quelles spin-offs ?
question-place = { $name } : quelles organisations ?
answer-theme =
  { $n ->
    [one] 1 organisation ou projet
   *[other] { $n } organisations et projets
  }
answer-spin-offs =
  { $n ->
    [one] 1 spin-off
   *[other] { $n } spin-offs
  }
answer-place =
  { $n ->
    [one] 1 organisation
   *[other] { $n } organisations
  }
home-kinds = Organisations par type
home-all-kinds = Tous les types
home-all-figures = Tous les chiffres publiés
home-all-themes = Tous les thèmes
home-all-places = Toutes les communes
home-new = Cette version
kinds-not-exclusive = Types tels que les pages les nomment. Une organisation peut en avoir plusieurs : ces nombres ne s’additionnent pas.
beside-title = Chiffres publiés, contenu du graphe
beside-text = Deux choses différentes : ce que des pages disent de tout l’écosystème, et les fiches que ce graphe contient. Un nombre de fiches n’est pas un recensement.
beside-published = Start-ups numériques en Wallonie, d’après la presse et les sites
projects-text = Projets de recherche, programmes, initiatives et bonnes pratiques.
projects-empty = Aucun projet renseigné.

# search
search-label = Chercher une organisation, un projet, un lieu ou un thème
search-short = Nom, sigle, thème…
search-button = Chercher
search-hint = Noms, autres noms et sigles ; sans souci des accents ni des majuscules.
search-title = Recherche : { $q }
search-heading = Résultats pour
search-count =
  { $n ->
    [0] Aucun résultat
    [one] 1 résultat
   *[other] { $n } résultats
  }
search-empty = Rien de tel dans le graphe. Cela ne veut pas dire que cela n’existe pas. Essayez un autre nom ou un sigle, ou parcourez les listes :
facet-more = Autres
search-nothing-asked = Entrez un nom pour commencer.
search-matched = Aussi connu comme
did-you-mean = Vouliez-vous dire ceci ? Résultats affichés pour :
facet-concept = Quoi
facet-kind = Type
facet-theme = Thème
facet-place = Lieu
facet-remove = retirer ce filtre

# dumps
dumps-title = Télécharger le graphe
dumps-text = Tout le graphe. Nos énoncés et leur compilation sont sous CC BY 4.0 ; chaque source garde ses conditions. Chaque édition reste disponible, avec ses sommes de contrôle.
dumps-earlier = Éditions précédentes
dumps-what = Contenu
dumps-with-sources = avec la source de chaque énoncé
dumps-without-sources = énoncés seuls, sans leurs sources
dumps-empty = Aucun fichier à télécharger pour l’instant.
dumps-latest = La plus récente
dumps-file = Fichier
dumps-size = Taille
dumps-edition = Édition { $number } du { $date }

# about
about-lead = wallograph relie les acteurs de l’écosystème numérique wallon sans les confondre : chaque source garde ses noms et ses énoncés.
about-how-title = Comment lire le graphe
about-how-1 = Chaque énoncé est rangé sous la page qui le fait. Quand des pages se contredisent, toutes les valeurs sont montrées.
about-how-2 = « Non renseigné » veut dire qu’aucune page lue ne le dit, pas que la chose n’existe pas.
about-attributions-title = Attributions
about-statbel = Communes, provinces, codes NIS, centroïdes calculés sur ses limites, et nomenclature NACE-BEL. Source : Statbel, licence de données ouvertes de Statbel.
about-ror = Identifiants d’organismes de recherche, CC0.
about-fedict = Organismes publics et numéros d’entreprise, dcattools, licence BSD à deux clauses.
about-adn = Taxonomie régionale : noms et identifiants seulement, comme correspondances de nos thèmes.
about-press-title = Presse et sites web
about-press = Des faits seulement, chacun avec l’adresse de sa page ; les textes restent à leurs auteurs.
about-weak-title = Faiblesses connues
about-weak-1 = Beaucoup d’énoncés datent de 2002 à 2023 : on n’a généralement pas vérifié si une entreprise existe encore. Regardez la date.
about-weak-2 = La collecte n’est pas complète : une organisation absente ou sans lien n’a peut-être simplement pas été lue.
about-weak-3 = Thèmes et marchés sont notre lecture des pages, marquée « lu par wallograph ».
about-weak-4 = Certaines pages sont des copies ou des miroirs ; elles portent la mention « copie ».
about-weak-5 = Quand une ligne a plusieurs pages sans preuve par champ, on sait que l’une d’elles le dit, pas laquelle.
about-contact = Contact
problems-title = Messages d’erreur
problems-text = Ce que signifie chaque type d’erreur que ce site renvoie.
as-it-was = Cette page montre l’état du { $date } (version { $number }), tel qu’il était.
as-it-is = Voir l’état présent
dumps-table = tableau, une ligne par chose
