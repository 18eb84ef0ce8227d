# /privacy: what is kept of whom, and what was erased.

privacy-title = Vie privée et effacement
privacy-lead = Ce graphe parle d’organisations, pas de personnes. Voici ce qui est conservé, pour combien de temps, et comment faire effacer quelque chose.
privacy-graph-title = Le graphe
privacy-graph = Aucune donnée sur des personnes physiques n’est publiée : ni fondateurs, ni personnes de contact, ni adresses personnelles. Les colonnes et les champs qui en contiennent sont reconnus à la réception et laissés de côté.
privacy-visitors-title = Visiteurs
privacy-visitors = Les pages publiques ne posent aucun cookie et ne chargent rien d’un autre site. L’adresse d’où vient une demande sert en mémoire à limiter les abus ; elle n’est pas enregistrée.
privacy-authors-title = Qui propose un changement
privacy-authors = Aucun compte n’est nécessaire. Une proposition a une adresse secrète, dont nous ne gardons qu’une empreinte ; un cookie limité aux propositions la remplace dans votre navigateur. Le nombre de propositions par adresse est compté sous une empreinte dont la clé change chaque jour. Une adresse électronique, si vous en donnez une, et le fichier remis sont effacés {$days} jours après la décision.
privacy-curators-title = Curateurs
privacy-curators = Un compte a un identifiant opaque, un nom pour se connecter, un rôle et une empreinte du mot de passe. Une session dure au plus {$hours} heures et tient à un seul cookie. Ce qui est publié d’une décision ne montre que l’identifiant opaque.
privacy-checks-title = Fichiers vérifiés
privacy-checks = Un fichier remis pour vérification n’est pas conservé. Un résultat que vous partagez reste {$share} jours à une adresse secrète ; vous pouvez l’effacer plus tôt.
privacy-journal-title = Le journal des décisions
privacy-journal = Chaque décision est inscrite pour toujours, dans une chaîne d’empreintes. Le contenu d’une inscription est gardé à part : il peut être détruit sans rompre la chaîne.
privacy-erase-title = Faire effacer
privacy-erase = Si quelque chose vous concerne personnellement, écrivez au contact ci-dessous. L’exploitant l’efface de toutes les versions conservées, des fichiers à télécharger, du flux de changements, de la recherche, des propositions et du journal. Les versions gardent leur numéro et reçoivent de nouvelles empreintes, annoncées ci-dessous. Les copies que d’autres ont faites sont hors de notre portée.
privacy-no-contact = L’exploitant de cette installation n’a pas encore indiqué de contact.
privacy-notices-title = Effacements
privacy-notices = Ce qui a été effacé n’est pas dit ; pourquoi, quand, et quelles empreintes ont changé, oui.
privacy-notice = Effacement {$number} du {$date}
privacy-release = Version {$number}
privacy-none = Rien n’a été effacé jusqu’ici.
privacy-statements =
    { $n ->
        [one] { $n } affirmation effacée
       *[other] { $n } affirmations effacées
    }
privacy-hashes =
    { $n ->
        [one] { $n } version refaite : empreintes avant et après
       *[other] { $n } versions refaites : empreintes avant et après
    }
