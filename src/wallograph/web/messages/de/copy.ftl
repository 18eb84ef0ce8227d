# The site as files, on a plain web server.
copy-banner = Kopie vom { $date }, ohne den Server: Suche, SPARQL und Prüfung antworten hier nicht.
copy-not-here = In dieser Kopie nicht verfügbar.
