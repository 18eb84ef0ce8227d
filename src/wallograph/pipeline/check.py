"""The order of a check: read, judge, explain, order. The page, the API and the command line all come here.

In: files as they were handed in, what is known, options. Out: a `Check`: findings with places and repairs, the results
of SHACL, the corrected files when they are asked for. Nothing is stored and nothing enters the graph.
"""

import base64
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from pyoxigraph import NamedNode

from wallograph.errors import InputError
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.read import read_submission
from wallograph.intake.submission import Submission
from wallograph.model import Finding
from wallograph.pipeline import told
from wallograph.pipeline.duplicates import duplicates
from wallograph.pipeline.handed import Joined
from wallograph.pipeline.judge import judge
from wallograph.pipeline.known import Known
from wallograph.pipeline.mend import Change, Choose, changes, edits_by_file, sure
from wallograph.validate.engine import Engine, Limited, Result
from wallograph.validate.explain import safe
from wallograph.validate.outcome import FileSeen, Outcome, ordered
from wallograph.validate.outputs.json import outcome_values
from wallograph.validate.reference import PySHACL
from wallograph.validate.tidy import untidy_names
from wallograph.vocab import DEFAULT_BASE, EVENT, LOCATION, ORGANIZATION, PROJECT, TYPE

EngineName = Literal["own", "pyshacl"]
MOST_FOR_PYSHACL: Final = 200_000  # quads: some 30 s; beyond, the reference engine is no answer
_THINGS: Final = frozenset({ORGANIZATION, PROJECT, EVENT, LOCATION})
_TYPE: Final = NamedNode(TYPE)
ROUNDS: Final = 5  # of mending: two repairs in one place are made one after the other


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is handed in. Without a media type its name and content tell what it is."""

    name: str
    content: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What a check may be told. `most` caps the findings of one rule that are told one by one; 0 tells all."""

    base: str = DEFAULT_BASE
    engine: EngineName = "own"
    mapping: dict[str, Any] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] | None = None
    limits: IntakeLimits = field(default_factory=IntakeLimits)
    most: int = 0


@dataclass
class Check:
    """What a check came to. `outcome` is the same without the files themselves: the form that outputs take."""

    submissions: list[Submission]
    results: list[Result]
    findings: list[Finding]
    outcome: Outcome

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return self.outcome.conforms

    @property
    def counts(self) -> dict[str, int]:
        """All findings by severity."""
        return self.outcome.counts

    def changes(self, choose: Choose = sure) -> list[Change]:
        """The repairs that `corrected` would make."""
        return changes(self.findings, choose)

    def corrected(self, choose: Choose = sure) -> dict[str, bytes]:
        """The files that a choice of repairs changes, in the format they came in."""
        edits = edits_by_file(self.changes(choose))
        return {s.name: s.corrected(edits[s.name]) for s in self.submissions if s.name in edits}

    def values(self, fix: Literal["sure"] | Collection[str] | None = None, *, results: bool = False) -> dict[str, Any]:
        """The check as plain values for JSON; with the corrected files (base64) when repairs are asked for.

        `fix` is "sure", or the ids of repairs as the values give them.
        """
        values = outcome_values(self.outcome, results=results)
        if fix is not None:
            choose = sure if fix == "sure" else self.named(fix)
            kinds = {submission.name: submission.media_type for submission in self.submissions}
            values["corrected"] = [
                {"name": name, "media_type": kinds[name], "content": base64.b64encode(content).decode("ascii")}
                for name, content in self.corrected(choose).items()
            ]
        return values

    def named(self, ids: Collection[str]) -> Choose:
        """The choice of the repairs with these ids, as the values give them."""
        wanted = set(ids)
        chosen = {
            id(repair)
            for number, finding in enumerate(self.findings)
            for place, repair in enumerate(finding.repairs)
            if f"{number}.{place}" in wanted
        }
        return lambda _, repair: id(repair) in chosen


def check(uploads: Sequence[Upload], known: Known, options: CheckOptions) -> Check:
    """Check files together, as one source. InputError (with the file's name) when one cannot be read at all."""
    submissions = [_read(upload, known, options) for upload in _apart(uploads)]
    joined = Joined(submissions)
    judged = judge(joined, known, _engine(options, known))
    shown, more = told.capped(told.new(judged, submissions), options.most)
    explainer = known.explainer
    findings = [explainer.mended(finding, joined) for s in submissions for finding in s.findings]
    explained = (explainer.finding(j.result, joined, published=j.published) for j in shown)
    findings += [told.as_handed_in(finding, submissions) for finding in explained]
    findings += told.first(untidy_names(joined.quads, joined, known), options.most, more)
    findings += told.first(duplicates(joined, known), options.most, more)
    findings = ordered(_once(findings))
    results = [_without_persons(j.result) for j in judged]
    rules = {f.rule: known.shapes.rules[f.rule] for f in findings if f.rule in known.shapes.rules and f.rule}
    files = tuple(_seen(submission) for submission in submissions)
    outcome = Outcome(known.base, files, tuple(findings), tuple(results), dict(more), rules)
    return Check(submissions, results, findings, outcome)


def mend(
    uploads: Sequence[Upload], known: Known, options: CheckOptions
) -> tuple[Check, dict[str, bytes], list[Change]]:
    """Check, make all sure repairs, and check again until none is left: the last check, the files, what was changed."""
    options = replace(options, most=0)
    current = {upload.name: upload for upload in _apart(uploads)}
    files: dict[str, bytes] = {}
    made: list[Change] = []
    checked = check(list(current.values()), known, options)
    for _ in range(ROUNDS):
        corrected = checked.corrected(sure)
        corrected = {name: content for name, content in corrected.items() if content != current[name].content}
        if not corrected:
            break
        made += checked.changes(sure)
        files |= corrected
        current |= {name: replace(current[name], content=content) for name, content in corrected.items()}
        checked = check(list(current.values()), known, options)
    return checked, files, made


def _read(upload: Upload, known: Known, options: CheckOptions) -> Submission:
    try:
        return read_submission(
            upload.name, upload.content, upload.media_type, known.forms, known, mapping=options.mapping,
            encoding=options.encoding, delimiter=options.delimiter, sheets=options.sheets, limits=options.limits,
            base=known.base,
        )  # fmt: skip
    except InputError as error:
        if upload.name not in str(error):
            error.args = (f"{upload.name}: {error}", *error.args[1:])
        raise


def _engine(options: CheckOptions, known: Known) -> Engine:
    return known.engine if options.engine == "own" else Limited(PySHACL(), "pyshacl", MOST_FOR_PYSHACL)


def _apart(uploads: Sequence[Upload]) -> list[Upload]:
    """Uploads whose names are all different, since a name is how a place tells its file."""
    seen: Counter[str] = Counter()
    apart = []
    for upload in uploads:
        seen[upload.name] += 1
        times = seen[upload.name]
        apart.append(upload if times == 1 else replace(upload, name=f"{times}/{upload.name}"))
    return apart


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: a constraint can fail in several ways at one place and say the same."""
    distinct: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.subject, finding.path, finding.value, finding.where, finding.severity)
        kept = distinct.get(key)
        if kept is None or _rank(finding) > _rank(kept):
            distinct[key] = finding
    return list(distinct.values())


def _rank(finding: Finding) -> int:
    """Of two findings that say the same, the one whose expectation comes from the constraint itself."""
    return len(finding.repairs)


def _without_persons(result: Result) -> Result:
    """An e-mail address is of a person, and is not repeated in a report."""
    if result.value is not None and "@" in result.value and "…@…" in safe(result.value):
        return replace(result, value=None)
    return result


def _seen(submission: Submission) -> FileSeen:
    typed = (quad for quad in submission.quads if quad.predicate == _TYPE)
    things = len({quad.subject for quad in typed if quad.object.value in _THINGS})
    losses = tuple(submission.losses())
    return FileSeen(submission.name, submission.media_type, len(submission.quads), things, losses)
