"""The configuration of Apache 2.4 for a copy: rules come in, a virtual host and its table of merged things go out.

The same patterns as for nginx choose formats and languages (`choice`): each range of a header sets a variable, the
widest first, so that a more specific one has the last word.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from wallograph.vocab import LANGUAGES
from wallograph.web.copy import choice
from wallograph.web.copy.names import OWN, QUERIES, SUFFIXES
from wallograph.web.copy.rules import (
    API_CATALOG,
    API_CATALOG_TYPE,
    CACHE,
    DOCUMENT_OFFERS,
    FILE_TYPES,
    GONE_OFFERS,
    MEDIA_TYPES,
    PROBLEM,
    PROBLEM_OFFERS,
    Rules,
    headers,
    options_headers,
)
from wallograph.web.headers import SECURITY

APACHE_MERGED: Final = "apache-merged.txt"
_SUFFIX: Final = rf"\.(?:{'|'.join(SUFFIXES)})"


def apache_merged(rules: Rules) -> str:
    """The table of merged things: one pair a line."""
    lines = "".join(f"{old} {new}\n" for old, new in rules.redirects.items())
    return "# Merged things: the key of each and of the thing that it is part of now.\n" + lines


def apache_conf(rules: Rules) -> str:
    """The whole file."""
    folder = rules.root.rpartition("/")[0]
    steps = [*_refusals(rules), *_lives(rules, folder), *_negotiation(rules), *_files(rules)]
    known = {
        "BASE": rules.base, "RELEASE": str(rules.release), "HOST": rules.host, "ROOT": rules.root, "FOLDER": folder,
        "OWN": OWN, "STEPS": "".join(f"  {step}\n" for step in steps), "API": API_CATALOG,
        "API_TYPE": API_CATALOG_TYPE.replace('"', '\\"'), "PROBLEM": PROBLEM,
        "TYPES": "".join(f'  AddType "{_type(kind)}" .{suffix}\n' for suffix, kind in FILE_TYPES.items()),
        "HEADERS": "".join(f"  {line}\n" for line in _headers(rules)),
    }  # fmt: skip
    text = _TEXT
    for name, value in known.items():
        text = text.replace(f"@{name}@", value)
    return text


def _type(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind == MEDIA_TYPES["atom"] else kind


def _rule(pattern: str, target: str, flags: str, *conditions: str) -> Iterator[str]:
    yield from (f"RewriteCond {condition}" for condition in conditions)
    yield f'RewriteRule "{pattern}" "{target}" [{flags}]'


def _refusals(rules: Rules) -> Iterator[str]:
    """What is never an address here: encoded slashes, dot pieces, double slashes, the copy's own folder, methods."""
    for pattern in (
        r"^\S+\s[^?\s]*(?:%2f|%5c|%00|\\)",
        r"^\S+\s[^?\s]*//",
        r"^\S+\s[^?\s]*/(?:\.|%2e){1,2}(?:/|\?|\s)",
    ):
        yield from _rule("^", "-", "R=404,L", f'%{{THE_REQUEST}} "{pattern}" [NC]')
    if rules.prefix:
        yield from _rule(f"^{rules.prefix}$", f"{rules.base}/", "R=308,L,NE")
        yield from _rule(f"^{rules.prefix}(/.*)$", "$1", "")
    yield from _rule(f"^/{OWN}(?:/|$)", "-", "R=404,L", '%{ENV:REDIRECT_STATUS} "^$"')
    yield from _rule("^", "-", "R=204,L", "%{REQUEST_METHOD} =OPTIONS")
    yield from _rule("^", "-", "R=405,L", '%{REQUEST_METHOD} "!^(?:GET|HEAD)$"')


def _lives(rules: Rules, folder: str) -> Iterator[str]:
    """Merged, gone, another release than this one; then `/id/` and `latest`."""
    things = rf"^/(id|doc|embed)/(.+?)({_SUFFIX})?$"
    yield from _rule(things, rules.base + "/$1/%1$3", "R=301,L,NE", '"${wgmerged:$2}" "^(.+)$"')
    codes = rf"^(/auth/.+?)({_SUFFIX})?$"
    yield from _rule(codes, rules.base + "%1$2", "R=301,L,NE", '"${wgmerged:$1}" "^(.+)$"')
    yield from _rule(things, "-", "R=410,L", f'"{rules.root}/{OWN}/gone/$2.fr.json" -f')
    yield from _rule(codes, "-", "R=410,L", f'"{rules.root}/{OWN}/gone$1.fr.json" -f')
    yield from _rule("^", "-", "R=404,L", rf'%{{QUERY_STRING}} "(?:^|&)release=(?!{rules.release}(?:&|$))."')
    yield from _rule("^", "-", "R=404,L", r'%{QUERY_STRING} "(?:^|&)_(?:profile|mediatype)=."')
    yield from _rule("^/id/(.+)$", rules.base + "/doc/$1", "R=303,L", f'"{rules.root}/doc/$1.nq" -f')
    yield from _rule("^/id/", "-", "R=404,L")
    yield from _rule("^/dump$", rules.base + "/dump/", "R=308,L,NE")
    if rules.latest:
        where = f"{rules.base}/dump/{rules.latest}/"
        yield from _rule("^/dump/latest/?$", where, "R=302,L,NE")
        file = f'"{rules.root}/dump/{rules.latest}/$1" -f'
        yield from _rule("^/dump/latest/([A-Za-z0-9._-]+)$", where + "$1", "R=302,L,NE", file)
        yield from _rule(f"^/dump/{rules.latest}$", where, "R=308,L,NE")


def _negotiation(rules: Rules) -> Iterator[str]:
    """The letters of all ranges, then the choice for each list of offers."""
    offered = dict.fromkeys(chain(DOCUMENT_OFFERS, *rules.offers.values()))
    types = [*(MEDIA_TYPES[key] for key in offered), PROBLEM]
    for kind in types:
        absent = r'%{HTTP:Accept} "^[^/]*$"'
        yield from _letters(_variable(kind), "Accept", list(choice.media_ranges(kind)), absent)
    for lang in LANGUAGES:
        absent = '%{HTTP:Accept-Language} "^$"'
        yield from _letters(f"WG_LANG_{lang}", "Accept-Language", list(choice.language_ranges(lang)), absent)
    yield from _choose("WG_LANG", [(lang, f"WG_LANG_{lang}") for lang in LANGUAGES], LANGUAGES[0])
    for lang in LANGUAGES:
        yield from _rule("^", "-", f"E=WG_LANG:{lang}", f'%{{QUERY_STRING}} "(?:^|&)lang={lang}(?:&|$)" [NC]')
    for name, offers in (("WG_PROBLEM", PROBLEM_OFFERS), ("WG_GONE", GONE_OFFERS)):
        kinds = [(key, _variable(PROBLEM if key == "json" else MEDIA_TYPES[key])) for key in offers]
        yield from _choose(name, kinds, "json")
    yield from _rule("^", "-", "E=WG_FORM:html")
    for offers in (DOCUMENT_OFFERS, *rules.sets):
        paths = [path.replace(".", r"\.") for path, found in rules.offers.items() if found == offers]
        also = ["/(?:doc|auth|ns)/.*"] if offers == DOCUMENT_OFFERS else []
        pattern = f"^(?:{'|'.join([*paths, *also])})$"
        kinds = [(key, _variable(MEDIA_TYPES[key])) for key in offers]
        yield from _choose("WG_FORM", kinds, "none", pattern)


def _variable(media_type: str) -> str:
    return f"WG_{choice.variable(media_type)}"


def _letters(variable: str, header: str, ranges: Sequence[tuple[str, str]], absent: str) -> Iterator[str]:
    yield from _rule("^", "-", f"E={variable}:{choice.NOTHING}")
    yield from _rule("^", "-", f"E={variable}:a", absent)
    for _, pattern in ranges:
        for found, letter in choice.weights(pattern):
            quoted = found.replace('"', '\\"')
            yield from _rule("^", "-", f"E={variable}:{letter}", f'%{{HTTP:{header}}} "{quoted}" [NC]')


def _choose(variable: str, offers: Sequence[tuple[str, str]], fallback: str, pattern: str = "^") -> Iterator[str]:
    word = "".join(f"%{{ENV:{letters}}}" for _, letters in offers)
    yield from _rule(pattern, "-", f"E={variable}:{fallback}")
    # The last rule that fits has the last word: the best comes last.
    for found, offer in reversed(list(choice.choices([offer for offer, _ in offers]))):
        yield from _rule(pattern, "-", f"E={variable}:{offer}", f'"{word}" "{found}"')


def _files(rules: Rules) -> Iterator[str]:
    """From the address to the file: as it is, with what its query adds, in the language, in the form."""
    page = "(?!0*1(?:&|$))[1-9][0-9]{0,6}"
    yield from _rule("^(/.*)$", "-", "L", f'%{{QUERY_STRING}} "!(?:^|&)page={page}(?:&|$)"', f'"{rules.root}$1" -f')
    yield from _rule(rf"^(/.+?)({_SUFFIX})?$", "-", "E=WG_STEM:$1,E=WG_SUFFIX:$2")
    yield from _rule("^(/(?:.*/)?)$", "-", "E=WG_STEM:$1index,E=WG_SUFFIX:")
    yield from _rule(rf"^/doc(/(?:ns|auth)/.+?)({_SUFFIX})?$", "-", "E=WG_STEM:$1")
    yield from _rule("^", "-", "E=WG_KEY:%{ENV:WG_STEM}")
    for path, names in QUERIES.items():
        for name in names:
            yield from _query(f"^{path}$", name, "[A-Za-z0-9._-]{1,100}")
    yield from _query("^", "page", page)
    yield from _rule("^", "-", r"E=WG_FORM:%1", r'%{ENV:WG_SUFFIX} "^\.(.+)$"')
    for tail in (".%{ENV:WG_LANG}.%{ENV:WG_FORM}", ".%{ENV:WG_FORM}"):
        where = f"%{{ENV:WG_STEM}}{tail}"
        yield from _rule("^", where, "L,E=WG_FOUND:1", f'"{rules.root}{where}" -f')
    yield from _rule("^", "-", "R=404,L", '%{ENV:WG_SUFFIX} "."')
    for tail in (".ttl", ".fr.html"):
        yield from _rule("^", "-", "R=406,L", f'"{rules.root}%{{ENV:WG_KEY}}{tail}" -f')
    yield from _rule("^", "-", "R=404,L")


def _query(path: str, name: str, value: str) -> Iterator[str]:
    condition = f'%{{QUERY_STRING}} "(?:^|&){name}=({value})(?:&|$)"'
    yield from _rule(path, "-", f"E=WG_STEM:%{{ENV:WG_STEM}}~{name}=%1", condition)


def _headers(rules: Rules) -> Iterator[str]:
    """What every answer has, then what depends on the address."""
    for name, value in headers().items():
        yield f'Header always set {name} "{value}"'
    for name, value in options_headers().items():
        yield f'Header always set {name} "{value}" "expr=%{{REQUEST_METHOD}} == \'OPTIONS\'"'
    yield f'Header always set Allow "{options_headers()["Allow"]}" "expr=%{{REQUEST_STATUS}} == 405"'
    pieces = (
        ("", SECURITY["Content-Security-Policy"], True),
        ("^/embed/", rules.policies["html"], False), (r"^/embed/.*\.svg$", rules.policies["svg"], False),
    )  # fmt: skip
    for pattern, policy, framed in pieces:
        when = f' "expr=%{{THE_REQUEST}} =~ m#^\\S+ {rules.prefix}{pattern[1:]}#"' if pattern else ""
        when = when.replace("$#", "(?:\\?| )#")
        yield f'Header always set Content-Security-Policy "{policy}"{when}'
        yield (
            f'Header always set X-Frame-Options "DENY"{when}'
            if framed
            else f"Header always unset X-Frame-Options{when}"
        )
    yield 'Header always set Vary "Accept, Accept-Language"'
    for pattern, key in (
        ("", "page"), ("/(?:id|doc|auth|ns)/", "document"), ("/(?:static|embed)/", "static"),
        ("/(?:dump/(?!latest)[^/ ]+/[^ ?]|ns/context/)", "dated"), *((f"{path}[ ?]", "dated") for path in rules.dated),
    ):  # fmt: skip
        when = f' "expr=%{{REQUEST_STATUS}} -lt 400 && %{{THE_REQUEST}} =~ m#^\\S+ {rules.prefix}{pattern}#"'
        yield f'Header always set Cache-Control "{CACHE[key]}"' + (when if pattern else "")
    yield f'Header always set Cache-Control "{CACHE["moved"]}" "expr=%{{REQUEST_STATUS}} == 301"'
    yield f'Header always set Cache-Control "{CACHE["latest"]}" "expr=%{{REQUEST_STATUS}} == 302"'
    here = f"{rules.base}%{{WG_KEY}}e"
    links = [f'<{here}.{key}>; rel=\\"alternate\\"; type=\\"{MEDIA_TYPES[key]}\\"' for key in DOCUMENT_OFFERS]
    links.append(f'<{here}>; rel=\\"canonical\\"')
    if rules.license:
        links.append(f'<{rules.license}>; rel=\\"license\\"')
    when = f"\"expr=%{{THE_REQUEST}} =~ m#^\\S+ {rules.prefix}/(?:doc|auth|ns)/# && -n reqenv('WG_KEY')\""
    yield f'Header always set Link "{", ".join(links)}" {when}'


_TEXT: Final = """# A copy of @BASE@ (release @RELEASE@) for Apache 2.4.30 or newer.
# Modules: rewrite, headers, mime, dir.
# Look over the address, ServerName, DocumentRoot and the certificates; the rest follows from the copy.
# Formats are chosen by the first decimal of their weights: q=0.95 and q=0.9 are the same here.
<VirtualHost *:80>
  ServerName @HOST@
  DocumentRoot "@ROOT@"
  AllowEncodedSlashes NoDecode
  FileETag MTime Size
  AddDefaultCharset Off
  TraceEnable Off

  <Directory "@ROOT@">
    Options -Indexes -FollowSymLinks -MultiViews +SymLinksIfOwnerMatch
    AllowOverride None
    Require all granted
    DirectoryIndex disabled
    DirectorySlash Off
  </Directory>

  TypesConfig /dev/null
@TYPES@  <LocationMatch "^/(?:dump/[^/]+/SHA256SUMS|robots\\.txt)$">
    ForceType "text/plain; charset=utf-8"
  </LocationMatch>
  <Location "@API@">
    ForceType "@API_TYPE@"
  </Location>
  <LocationMatch "^/@OWN@/.*\\.json$">
    ForceType "@PROBLEM@"
  </LocationMatch>

@HEADERS@
  ErrorDocument 403 /@OWN@/404.fr.html
  ErrorDocument 404 /@OWN@/404.fr.html
  ErrorDocument 406 /@OWN@/406.fr.json
  ErrorDocument 410 /@OWN@/410

  RewriteEngine On
  RewriteMap wgmerged "txt:@FOLDER@/apache-merged.txt"
  # An error has its page in the language and the form that are asked for.
  RewriteCond %{ENV:REDIRECT_STATUS} "^(?:403|404)$"
  RewriteRule "^/@OWN@/404\\.fr\\.html$" "/@OWN@/404.%{ENV:REDIRECT_WG_LANG}.%{ENV:REDIRECT_WG_PROBLEM}" [L]
  RewriteCond %{ENV:REDIRECT_STATUS} "=410"
  RewriteCond %{ENV:REDIRECT_URL} "^/(?:id/|doc/|embed/)?(.+?)(?:\\.[a-z]+)?$"
  RewriteRule "^/@OWN@/410$" "/@OWN@/gone/%1.fr.html" [L]
  RewriteCond %{ENV:REDIRECT_STATUS} "."
  RewriteRule "^/@OWN@/" "-" [L]
@STEPS@</VirtualHost>
"""
