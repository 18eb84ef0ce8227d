"""The configuration of nginx for a copy: rules come in, one file for `conf.d` or `sites-enabled` goes out.

The choice among formats and languages is made by maps (`choice`), the rest by the names of the files.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from wallograph.vocab import LANGUAGES
from wallograph.web.copy import choice
from wallograph.web.copy.names import OWN, QUERIES, SUFFIXES
from wallograph.web.copy.nginx_text import CHECK, HEAD, SERVER
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

_ATOM: Final = MEDIA_TYPES["atom"]
_SUFFIX: Final = rf"\.(?:{'|'.join(SUFFIXES)})"


def nginx_conf(rules: Rules) -> str:
    """The whole file."""
    longest = max((len(key) for key in (*rules.redirects, *rules.redirects.values(), *rules.offers)), default=0)
    sizes = f"map_hash_bucket_size {1 << max(8, (longest + 64).bit_length())};\n"
    sizes += f"map_hash_max_size {max(4096, 4 * len(rules.redirects) + 4 * len(rules.offers))};\n"
    sizes += "variables_hash_max_size 4096;\n"
    blocks = [HEAD.format(base=rules.base, release=rules.release), sizes, *_addresses(rules), *_negotiation(rules)]
    return "\n".join([*blocks, *_answers(rules), _server(rules)])


def _map(source: str, variable: str, lines: Iterable[tuple[str, str]], default: str = '""') -> str:
    """A map; patterns begin with a tilde."""
    rows = "".join(f'  "{_escaped(pattern)}" {value};\n' for pattern, value in lines)
    return f'map "{source}" ${variable} {{\n  default {default};\n{rows}}}\n'


def _escaped(pattern: str) -> str:
    return pattern.replace("\\", "\\\\").replace('"', '\\"')


def _addresses(rules: Rules) -> list[str]:
    """What an address is made of: path, thing, suffix, stem of the file, what its query adds."""
    prefix = rules.prefix.replace(".", r"\.")
    shape = [
        _map("$request_uri", "wg_path", [(rf"~^{prefix}(?<wg_path_>/[^?]*)", "$wg_path_")]),
        # What a server could read as another path than the one that is written; empty is as written.
        _map("$request_uri", "wg_refused", [
            ("~*^[^?]*(?:%2f|%5c|%00|\\\\)", "1"), ("~^[^?]*//", "1"), ("~*^[^?]*/(?:\\.|%2e){1,2}(?:/|\\?|$)", "1"),
            (f"~^{prefix}/{OWN}", "1"),
        ]),
        _map("$wg_path", "wg_ref", [
            (rf"~^/(?:id|doc|embed)/(?<wg_ref_a>.+?)(?:{_SUFFIX})?$", "$wg_ref_a"),
            (rf"~^(?<wg_ref_b>/auth/.+?)(?:{_SUFFIX})?$", "$wg_ref_b"),
        ]),
        _map("$wg_path", "wg_kind", [("~^/id/", "/id/"), ("~^/doc/", "/doc/"), ("~^/embed/", "/embed/")]),
        # The same, decoded: names of files.
        _map("$uri", "wg_key", [
            (rf"~^/(?:id|doc|embed)/(?<wg_key_a>.+?)(?:{_SUFFIX})?$", "$wg_key_a"),
            (rf"~^/(?<wg_key_b>auth/.+?)(?:{_SUFFIX})?$", "$wg_key_b"),
        ]),
        _map("$uri", "wg_thing", [("~^/id/(?<wg_thing_>.+)$", "$wg_thing_")]),
        _map("$uri", "wg_suffix", [(rf"~(?<wg_suffix_>{_SUFFIX})$", "$wg_suffix_")]),
        _map("$uri", "wg_stem", [
            (rf"~^(?:/doc(?=/(?:ns|auth)/))?(?<wg_stem_a>/.+?)(?:{_SUFFIX})?$(?<!/)", "$wg_stem_a"),
            ("~^(?<wg_stem_b>/.*)$(?<=/)", '"${wg_stem_b}index"'),
        ]),
        _map("=$wg_ref", "wg_survivor", ((f"={old}", f'"{new}"') for old, new in rules.redirects.items())),
        _map("$arg_release", "wg_other_release", [(f"~^{rules.release}$", '""'), ("~.", "1")]),
        _map("$arg__profile$arg__mediatype", "wg_profile", [("~.", "1")]),
        _map("$arg_page", "wg_page", [("~^0*1$", '""'), ("~^(?<wg_page_>[1-9][0-9]{0,6})$", '"~page=$wg_page_"')]),
    ]  # fmt: skip
    shape.append(_map("$wg_page", "wg_whole", [("~.", "/nothing-is-here")], "$uri"))
    names = sorted({name for names in QUERIES.values() for name in names})
    for name in names:
        lines = [
            (rf"~^{path} (?<wg_{name}_{n}>[A-Za-z0-9._-]{{1,100}})$", f'"~{name}=$wg_{name}_{n}"')
            for n, (path, known) in enumerate(QUERIES.items()) if name in known
        ]  # fmt: skip
        shape.append(_map(f"$wg_path $arg_{name}", f"wg_arg_{name}", lines))
    return shape


def _query() -> str:
    """What the query adds to a stem: each argument has its own variable, so their order does not matter."""
    names = dict.fromkeys(chain.from_iterable(QUERIES.values()))
    return "".join(f"$wg_arg_{name}" for name in names) + "$wg_page"


def _negotiation(rules: Rules) -> list[str]:
    """One map for each range, then one for each list of offers."""
    offered = dict.fromkeys(chain(DOCUMENT_OFFERS, *rules.offers.values()))
    types = [*(MEDIA_TYPES[key] for key in offered), PROBLEM]
    blocks = _ranges("$http_accept", "accept", [list(choice.media_ranges(kind)) for kind in types], "~^[^/]*$")
    blocks += _ranges("$http_accept_language", "lang", [list(choice.language_ranges(lang)) for lang in LANGUAGES], "")
    blocks.append(_choose("wg_wanted_lang", [(lang, f"wg_lang_{lang}") for lang in LANGUAGES], LANGUAGES[0]))
    blocks.append(_map("$arg_lang", "wg_lang", ((f"~*^{lang}$", lang) for lang in LANGUAGES), "$wg_wanted_lang"))
    sets = {"documents": DOCUMENT_OFFERS, **{f"set_{n}": found for n, found in enumerate(rules.sets)}}
    for name, offers in sets.items():
        blocks.append(_choose(f"wg_form_{name}", [(key, _accepted(MEDIA_TYPES[key])) for key in offers]))
    for name, offers in (("problem", PROBLEM_OFFERS), ("gone", GONE_OFFERS)):
        kinds = {key: PROBLEM if key == "json" else MEDIA_TYPES[key] for key in offers}
        blocks.append(_choose(f"wg_form_{name}", [(key, _accepted(kind)) for key, kind in kinds.items()], "json"))
    names = {offers: name for name, offers in sets.items()}
    known = [(f"={path}", f"$wg_form_{names[offers]}") for path, offers in rules.offers.items()]
    documents = [("~^=/(?:doc|auth|ns)/", "$wg_form_documents")]
    blocks.append(_map("=$wg_path", "wg_negotiated", [*known, *documents], "html"))
    blocks.append(_map("$wg_suffix", "wg_form", [("~.", "$wg_suffix")], ".$wg_negotiated"))
    return blocks


def _accepted(media_type: str) -> str:
    return f"wg_accept_{choice.variable(media_type)}"


def _ranges(header: str, name: str, offers: Sequence[list[tuple[str, str]]], absent: str) -> list[str]:
    blocks: dict[str, str] = {}
    for ranges in offers:
        wider = choice.NOTHING
        for each, pattern in ranges:
            lines = [(f"~*{found}", letter) for found, letter in choice.weights(pattern)]
            if each == "any":
                lines[:0] = [("", "a"), *([(absent, "a")] if absent else [])]  # no pattern is tried on nothing
            variable = f"wg_{name}_{each}"
            blocks[variable] = _map(header, variable, lines, wider)
            wider = f"${variable}"
    return list(blocks.values())


def _choose(variable: str, offers: Sequence[tuple[str, str]], fallback: str = "none") -> str:
    """The best of several offers, each with the variable that holds its letter."""
    lines = ((f"~{pattern}", offer) for pattern, offer in choice.choices([offer for offer, _ in offers]))
    return _map("".join(f"${letter}" for _, letter in offers), variable, lines, fallback)


def _answers(rules: Rules) -> list[str]:
    """The headers that depend on the address or the status."""
    page = "|".join(sorted({path.replace(".", r"\.") for path in rules.offers})) or "-"
    ok = "(?:200|206|304)"
    document = "/(?:doc|auth|ns)/"
    negotiated = rf"~^{ok} (?:{document}(?!.*{_SUFFIX}$)|(?:{page})$)"
    dated = [(rf"~^{ok} {path}", f'"{CACHE["dated"]}"') for path in rules.dated]
    both = '"Accept, Accept-Language"'
    links = ", ".join(_links(rules))
    return [
        _map("$status $wg_path", "wg_vary", [
            (negotiated, both), ("~^(?:303|404|406|410) ", both),
            (rf"~^{ok} /(?:static|dump/[^/]+)/.", '""'), (rf"~^{ok} [^.]*$", both),
            (rf"~^{ok} .*\.(?:html|svg|atom)$", '"Accept-Language"'),
        ]),
        _map("$status $wg_path", "wg_cache", [
            ("~^301 ", f'"{CACHE["moved"]}"'), ("~^302 ", f'"{CACHE["latest"]}"'),
            ("~^[45]", f'"{CACHE["page"]}"'), *dated,
            (rf"~^{ok} /dump/[^/]+/.", f'"{CACHE["dated"]}"'), (rf"~^{ok} /ns/context/", f'"{CACHE["dated"]}"'),
            (rf"~^{ok} /(?:static|embed)/", f'"{CACHE["static"]}"'),
            (rf"~^(?:{ok}|303) (?:/id/|{document})", f'"{CACHE["document"]}"'),
        ], f'"{CACHE["page"]}"'),
        _map("$wg_path", "wg_policy", [
            (r"~^/embed/.*\.svg$", f'"{rules.policies["svg"]}"'), ("~^/embed/", f'"{rules.policies["html"]}"'),
        ], f'"{SECURITY["Content-Security-Policy"]}"'),
        _map("$wg_path", "wg_frame", [("~^/embed/", '""')], f'"{SECURITY["X-Frame-Options"]}"'),
        _map("$status $wg_path", "wg_location", [(negotiated, f'"{rules.base}$wg_stem$wg_form$wg_said"')]),
        _map("$wg_form", "wg_said", [("~^.html$", '"?lang=$wg_lang"')]),
        _map("$status $wg_path", "wg_link", [
            (rf"~^(?:200|206|304|406) {document}(?!context/)", f"'{links}'"),
            ("~^303 ", f"'<{rules.base}/doc/$wg_ref>; rel=\"describedby\"'"),
        ]),
        _map("$status $wg_path$wg_form", "wg_language", [
            (rf"~^{ok} /(?:static|dump/[^/]+)/[^.]", '""'),
            (rf"~^{ok} [^.]*(?:\.html|\.svg|\.atom)?\.(?:html|svg|atom)$", "$wg_lang"),
        ]),
        _map(
            "$wg_path", "wg_cite", [("~^/doc/(?!ns/|auth/)", f'"{rules.base}/id/$wg_ref"')],
            f'"{rules.base}$wg_stem"',
        ),
        _map("$request_method", "wg_method", [("~^(?:GET|HEAD)$", '""'), ("OPTIONS", "options")], "other"),
        *(
            _map("$wg_method $status", _preflight(name), [("~^options ", f'"{value}"'), *_if_405(name, value)])
            for name, value in options_headers().items()
        ),
    ]  # fmt: skip


def _links(rules: Rules) -> list[str]:
    """Where the variants of a document are."""
    here = f"{rules.base}$wg_stem"
    found = [f'<{here}.{key}>; rel="alternate"; type="{MEDIA_TYPES[key]}"' for key in DOCUMENT_OFFERS]
    found += [f'<{here}>; rel="canonical"', '<$wg_cite>; rel="cite-as"']
    found.append(f'<{rules.base}/.well-known/void>; rel="describedby"; type="text/turtle"')
    return [*found, f'<{rules.license}>; rel="license"'] if rules.license else found


def _server(rules: Rules) -> str:
    types = "".join(f"    {kind} {suffix};\n" for suffix, kind in FILE_TYPES.items())
    added = {
        **headers(), "Content-Security-Policy": "$wg_policy", "X-Frame-Options": "$wg_frame", "Vary": "$wg_vary",
        "Cache-Control": "$wg_cache", "Content-Location": "$wg_location", "Link": "$wg_link",
        "Content-Language": "$wg_language", **{name: f"${_preflight(name)}" for name in options_headers()},
    }  # fmt: skip
    lines = "".join(f'  add_header {name} "{value}" always;\n' for name, value in added.items())
    known = {
        "CHECK": CHECK, "BASE": rules.base, "HOST": rules.host, "ROOT": rules.root, "TYPES": types,
        "HEADERS": lines, "OWN": OWN, "QUERY": _query(),
        "PREFIX": _prefix(rules), "LATEST": _latest(rules), "API": API_CATALOG,
        "API_TYPE": API_CATALOG_TYPE.replace('"', '\\"'),
        "TEXT": " ".join(sorted({k for k in FILE_TYPES.values() if k.startswith("text/")} - {"text/html"} | {_ATOM})),
        "KINDS": "".join(f"    {kind} {suffix};\n" for suffix, kind in {**MEDIA_TYPES, "json": PROBLEM}.items()),
    }  # fmt: skip
    text = SERVER
    for name, value in known.items():
        text = text.replace(f"@{name}@", value)
    return text


def _preflight(name: str) -> str:
    return "wg_" + name.lower().replace("-", "_")


def _if_405(name: str, value: str) -> list[tuple[str, str]]:
    return [("~ 405$", f'"{value}"')] if name == "Allow" else []


def _prefix(rules: Rules) -> str:
    """When the base has a path of its own, the copy lies below it."""
    if not rules.prefix:
        return ""
    return (
        f"  location = {rules.prefix} {{ return 308 {rules.base}/; }}\n"
        f"  location ^~ {rules.prefix}/ {{ rewrite ^{rules.prefix}(/.*)$ $1 last; }}\n"
    )


def _latest(rules: Rules) -> str:
    """302 from `latest` to the dated address, as long as there is such a file."""
    if not rules.latest:
        return ""
    where = f"{rules.base}/dump/{rules.latest}/"
    return (
        f"  location ~ ^/dump/latest/?$ {{ return 302 {where}; }}\n"
        r"  location ~ ^/dump/latest/(?<wg_file>[A-Za-z0-9._-]+)$ {"
        "\n"
        f"    if (-f $document_root/dump/{rules.latest}/$wg_file) {{ return 302 {where}$wg_file; }}\n"
        "    return 404;\n  }\n"
        f"  location = /dump/{rules.latest} {{ return 308 {where}; }}\n"
    )
