"""Reads what is handed in to be checked: the file itself, a form with a file, or a form with a text.

In: a request and the limits. Out: an `Upload`, or a problem: 400, 408, 413, 415. The body is counted while it
arrives; one that says that it is too large is not read at all.
"""

import asyncio
import base64
import binascii
import codecs
import json
import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from wallograph.errors import InputError
from wallograph.publish.media import RDF_FORMATS
from wallograph.web.columns import corrected_mapping
from wallograph.web.errors import Problem
from wallograph.web.multipart import Part, read_multipart

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
BY_KEY: Final = {**{key: f.media_type for key, f in RDF_FORMATS.items()}, "csv": CSV, "tsv": CSV, "xlsx": XLSX}
_ALSO: Final = {
    "turtle": "ttl", "ntriples": "nt", "nquads": "nq", "json": "jsonld", "xml": "rdf", "owl": "rdf", "txt": "csv",
}  # fmt: skip
ANSWERS: Final = {
    "json": "application/json", "html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json", "csv": CSV,
    "sarif": "application/sarif+json", "github": "text/plain",
}  # fmt: skip
ACCEPTED: Final = (*dict.fromkeys(BY_KEY.values()), MULTIPART, FORM)
PASTED_BYTES: Final = 4_000_000  # of a text in a form
_FORM_BYTES: Final = 262_144  # of the other fields
_LONGEST_NAME: Final = 120
_ONCE: Final = (
    "encoding", "delimiter", "mapping", "name", "text", "format", "content", "media_type", "all", "as", "again",
)  # fmt: skip
_ENCODING: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_CLOSE: Final = {"Connection": "close"}  # what is left of the body is not read


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to be checked. `options` go to the check as they are; `repairs` are those to be made.

    `form` is the format of the answer, by its key, when it was asked for beside Accept; `fields` has all fields.
    """

    content: bytes
    media_type: str
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    sure: bool = False
    form: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)


async def read_upload(request: Request, most: int, seconds: float) -> Upload:
    """What is handed in: at most `most` bytes, within `seconds`."""
    media_type, fields = _media_type(request), _fields(request.scope["query_string"])
    if media_type == FORM:
        body = await body_of(request, 3 * min(most, PASTED_BYTES) + _FORM_BYTES, seconds)
        return _from_form([*fields, *_fields(body)], most)
    if media_type == MULTIPART:
        body = await body_of(request, most * 4 // 3 + _FORM_BYTES, seconds)
        try:
            parts = read_multipart(request.headers["content-type"], body)
        except InputError as error:
            raise Problem(400, "bad-request", str(error)) from error
        return _from_parts(fields, parts, most)
    content = await body_of(request, most, seconds)
    if not content:
        raise Problem(400, "bad-request", "The request has no body: there is nothing to check.")
    return _upload(content, media_type, "", _values(fields))


async def read_fields(request: Request, most: int, seconds: float) -> dict[str, list[str]]:
    """The fields of a form that has no file, by name."""
    if _media_type(request) != FORM:
        raise unsupported(request.headers.get("content-type", ""))
    values: dict[str, list[str]] = {}
    for name, value in _fields(await body_of(request, most, seconds)):
        values.setdefault(name, []).append(value)
    return values


def _media_type(request: Request) -> str:
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found not in ACCEPTED:
        raise unsupported(found)
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        problem = Problem(415, "unsupported-media-type", "Send the file as it is, without Content-Encoding.")
        problem.headers.update({"Accept-Encoding": "identity", **_CLOSE})
        raise problem
    return found


def unsupported(found: str) -> Problem:
    """415 with what is accepted."""
    said = f"'{found[:100]}' is not one of the accepted types." if found else "The request has no Content-Type."
    headers = {"Accept-Post": ", ".join(ACCEPTED), **_CLOSE}
    return _because("type", Problem(415, "unsupported-media-type", said, headers=headers, accepted=list(ACCEPTED)))


def too_large(most: int) -> Problem:
    """413 with the limit."""
    return _because("large", Problem(413, "too-large", f"At most {most} bytes are taken.", headers=_CLOSE, limit=most))


def _because(why: str, problem: Problem) -> Problem:
    """A problem with the reason that its page gives."""
    problem.why = why
    return problem


async def body_of(request: Request, most: int, seconds: float) -> bytes:
    """The body, of at most so many bytes (413) within so many seconds (408)."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise too_large(most)
    data = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                data += piece
                if len(data) > most:
                    raise too_large(most)
    except TimeoutError as error:
        text = f"The file did not arrive within {seconds:g} s."
        raise Problem(408, "upload-slow", text, headers=_CLOSE) from error
    except ClientDisconnect as error:
        raise Problem(400, "bad-request", "The client went away.") from error
    return bytes(data)


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=2000)
    except ValueError as error:
        raise Problem(400, "bad-request", "The parameters are not UTF-8, or too many.") from error


def _values(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    for name in _ONCE:
        if len(values.get(name, ())) > 1:
            raise Problem(400, "bad-request", f"The parameter '{name}' is given more than once.")
    return values


def _from_form(fields: list[tuple[str, str]], most: int, file: Part | None = None) -> Upload:
    """From the fields of a form: a file, the file of a former check (`content`, base64), or a text."""
    values = _values(fields)
    if file is not None and file.content:
        content, name, media_type = file.content, file.filename or "", file.media_type
        media_type = by_name(name) or (media_type if media_type in BY_KEY.values() else "")
        if not media_type:
            raise unsupported(file.media_type)
    elif values.get("content", [""])[0]:
        content = _decoded(values["content"][0])
        name, media_type = "", values.get("media_type", [""])[0]
    else:
        content, name = values.get("text", [""])[0].encode("utf-8", "surrogatepass"), ""
        media_type = values.get("format", [""])[0] or "ttl"
    if len(content) > most:
        raise too_large(most)
    if not content.strip():
        text = "Paste a text or choose a file: there is nothing to check."
        raise _because("nothing", Problem(400, "bad-request", text))
    media_type = BY_KEY.get(media_type, media_type)
    if media_type not in BY_KEY.values():
        raise unsupported(media_type)
    return _upload(content, media_type, name, values)


def _from_parts(fields: list[tuple[str, str]], parts: list[Part], most: int) -> Upload:
    files = [part for part in parts if part.filename is not None and (part.filename or part.content)]
    if len(files) > 1:
        raise _because("one-file", Problem(400, "bad-request", "One file is checked at a time."))
    try:
        given = [(part.name, part.content.decode("utf-8")) for part in parts if part.filename is None]
    except UnicodeDecodeError as error:
        raise Problem(400, "bad-request", "The fields of the form are not UTF-8.") from error
    return _from_form([*fields, *given], most, files[0] if files else None)


def by_name(name: str) -> str:
    """The media type that a file name says; empty when it says none."""
    key = name.rpartition(".")[2].lower() if "." in name else ""
    return BY_KEY.get(_ALSO.get(key, key), "")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Problem(400, "bad-request", "The parameter 'content' is not base64.") from error


def _upload(content: bytes, media_type: str, name: str, values: dict[str, list[str]]) -> Upload:
    name = _safe_name(name or values.get("name", [""])[0])
    sheets = [*values.get("sheet", ()), *values.get("sheets", ())]
    options: dict[str, Any] = {"sheets": [sheet[:200] for sheet in sheets if sheet]}
    options |= {key: value for key in ("encoding", "delimiter", "mapping") if (value := _option(key, values))}
    if "mapping" in options:
        options["mapping"] = corrected_mapping(options["mapping"], values)
    every = values.get("all", [""])[0]
    if every not in ("", "sure"):
        raise Problem(400, "bad-request", "The parameter 'all' can only be 'sure'.")
    repairs = [ident for value in values.get("repairs", ()) for ident in value.split(",") if ident]
    key = next(key for key, value in BY_KEY.items() if value == media_type)
    form = values.get("as", [""])[0]
    if form and form not in ANSWERS:
        raise Problem(400, "bad-request", f"The parameter 'as' is one of: {', '.join(ANSWERS)}.")
    return Upload(
        content, media_type, name or f"upload.{key}", options, tuple(repairs), every == "sure", form, values
    )  # fmt: skip


def _option(key: str, values: dict[str, list[str]]) -> Any:
    value = values.get(key, [""])[0]
    if not value:
        return None
    if key == "encoding":
        return _encoding(value)
    if key == "delimiter":
        value = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(value, value)
        if len(value) != 1 or value in '\r\n"':
            raise Problem(400, "bad-request", "The parameter 'delimiter' is one character, or 'tab'.")
        return value
    try:
        mapping = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise _because("mapping", Problem(400, "bad-request", "The parameter 'mapping' is not JSON.")) from error
    if not isinstance(mapping, dict):
        raise Problem(400, "bad-request", "The parameter 'mapping' is not a JSON object (CSVW metadata).")
    return mapping


def _encoding(name: str) -> str:
    try:
        if _ENCODING.fullmatch(name):
            "".encode(name)
            return codecs.lookup(name).name
    except (LookupError, ValueError):
        pass
    raise Problem(400, "bad-request", "The parameter 'encoding' names no encoding that is known here.")


def _safe_name(name: str) -> str:
    """A file name that can stand in a finding and in a header: no folders, nothing that does not print."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*').strip(". ")[:_LONGEST_NAME]
