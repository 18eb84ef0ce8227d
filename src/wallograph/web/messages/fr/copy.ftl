# The site as files, on a plain web server.
copy-banner = Copie du { $date }, sans le serveur : recherche, SPARQL et contrôle n’y répondent pas.
copy-not-here = Pas disponible dans cette copie.
