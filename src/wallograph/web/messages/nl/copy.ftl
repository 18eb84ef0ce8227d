# The site as files, on a plain web server.
copy-banner = Kopie van { $date }, zonder de server: zoeken, SPARQL en controle antwoorden hier niet.
copy-not-here = Niet beschikbaar in deze kopie.
