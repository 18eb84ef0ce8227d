"""The account of a build: where every input row ended, and every finding of the way (design S4).

In: what the stages found. Out: an `Account` that says published, merged, outside or held for each row.
"""

from wallograph.ingest.messages import messages
from wallograph.ingest.read import Ingested
from wallograph.link.ends import rank
from wallograph.link.identity import Identity
from wallograph.model import Finding, Severity
from wallograph.pipeline.assemble import Linked
from wallograph.release.account import Account
from wallograph.validate.engine import Result
from wallograph.validate.hold import Held


def render_account(ingested: Ingested, linked: Linked, held: list[Held]) -> Account:
    """Where every input row ended, and every finding of the way."""
    harvest, identity, emitted = ingested.harvest, linked.identity, linked.emitted
    account = Account(harvest.rows, findings=list(harvest.findings))
    for statement, _ in emitted.of:
        account.note(statement.where.file, statement.where.line, "published")
    for file, line in harvest.used:
        account.note(file, line, "published")
    for statement in emitted.outside:
        account.note(statement.where.file, statement.where.line, "outside")
    for statement, code, name in emitted.unresolved:
        account.note(statement.where.file, statement.where.line, "held")
        account.findings.append(
            Finding(code, Severity.VIOLATION, statement.where, name, statement.value.text, messages(code, name))
        )
    for item in held:
        account.note(item.statement.where.file, item.statement.where.line, "held")
        account.findings.append(_held_finding(item))
    _note_whole_tables(ingested, account, linked.matched)
    _note_records(ingested, identity, account)
    return account


def _note_records(ingested: Ingested, identity: Identity, account: Account) -> None:
    """A row of a main table ends as its record does: leading its thing, merged into another's, or outside."""
    for record in ingested.harvest.records.values():
        root = identity.clusters.of[record.key]
        lead = min(identity.clusters.members[root], key=rank)
        outcome = "published" if lead == record.key else "merged"
        if root not in identity.iri:
            outcome = "held" if root in identity.inside else "outside"
        account.outcome[record.where.file][record.where.line or 0] = outcome


def _held_finding(item: Held) -> Finding:
    result, statement = item.result, item.statement
    return Finding(
        result.source_shape.rsplit("#", 1)[-1], Severity.VIOLATION, statement.where, result.focus,
        statement.value.text, result.messages, graph=result.graph, path=result.path,
    )  # fmt: skip


def _note_whole_tables(ingested: Ingested, account: Account, matched: set[tuple[str, int]]) -> None:
    """Tables that are carried whole: places, localities, and the registers that themes are matched to."""
    for figure in ingested.figures.figures:
        account.note(figure.where.file, figure.where.line, "published")
    for finding in ingested.harvest.findings:
        if finding.where and finding.where.line and finding.where.file in account.rows_in:
            account.note(finding.where.file, finding.where.line, "merged" if finding.code == "figure-twice" else "held")
    for file in ("refnis/rows.csv", "refnis/centroids.csv", "localities/rows.csv"):
        for line in range(2, account.rows_in[file] + 2):
            account.outcome[file].setdefault(line, "published")
    for file, line in matched:
        account.note(file, line, "published")
    for key in ("nace", "digitalwallonia"):
        for line in range(account.rows_in[f"{key}/rows.csv"]):
            account.note(f"{key}/rows.csv", line + 2, "outside")


def identity_report(identity: Identity) -> dict[str, object]:
    """What linking decided, with the evidence of the merges that a person may want to look at."""
    return {
        "things": len(identity.inside),
        "merged_records": sum(len(identity.clusters.members[root]) - 1 for root in identity.inside),
        "weak_merges": [
            {"left": pair.left, "right": pair.right, "score": pair.score, "features": list(pair.features)}
            for pair in identity.clusters.weak
        ],
        "refused_merges": [
            {"left": pair.left, "right": pair.right, "score": pair.score} for pair in identity.clusters.refused
        ],
    }


def result_dict(result: Result) -> dict[str, object]:
    """A result without its messages, for the report."""
    return {
        "focus": result.focus, "path": result.path, "value": result.value, "severity": result.severity.value,
        "shape": result.source_shape, "graph": result.graph,
    }  # fmt: skip
