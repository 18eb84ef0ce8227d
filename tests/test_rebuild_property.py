"""Sources change under two hundred accepted entries: the rebuild is what a simple computation on lines gives.

In: the shipped data, a seed. The computation below knows no record, no cluster and no label rule of the build: it
takes the graph that the changed sources give by themselves (with the decisions on identity as judgements), takes
lines away, puts lines in, and derives what stands in the `derived-…` graphs from the lines that are left.
"""

import csv
import hashlib
import json
import os
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from curating import SELF, WHO, Curating, iri, page
from wallograph import vocab
from wallograph.curation.model import Change
from wallograph.ingest.read import Ingested
from wallograph.pipeline.assemble import Linked
from wallograph.release.chain import lines
from wallograph.release.state import Release
from wallograph.resources import data_dir

SEED = int(os.environ.get("WALLOGRAPH_SEED", "20261123"))
ENTRIES = 200
SHARE = 0.05
DECISIONS = 7  # of the entries: six on identity, and the revert of one
SOURCE = f"{vocab.DEFAULT_BASE}/id/source/"
YEAR = f"^^<{vocab.XSD}gYear>"
GONE = "kept by nobody"
TABLES = (
    "startups/rows.csv", "startups/evidence.csv", "actors/rows.csv", "actors/evidence.csv", "research-units/rows.csv",
    "research-units/evidence.csv", "projects/rows.csv", "projects/evidence.csv", "links/rows.csv",
    "press/relations.csv",
)  # fmt: skip
MERGED = (
    ("research-units/cetic", "research-units/sirris"), ("startups/lasea", "startups/trasis"),
    ("actors/agoria", "actors/infopole-cluster-tic"), ("research-units/cenaero", "research-units/multitel"),
)  # fmt: skip


# -- the sources change


def change_sources(data: Path, rng: random.Random, aimed: set[str]) -> Counter[str]:
    """Change 5 % of the rows of each table: cells exchanged within a column, rows deleted, rows added.

    A third of them are rows of things that entries speak of (`aimed`, by name); some of these go altogether.
    """
    done: Counter[str] = Counter()
    gone = set(rng.sample(sorted(aimed), len(aimed) // 6))
    for table in TABLES:
        path = data / "sources" / table
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            header, rows = list(reader.fieldnames or ()), list(reader)
        wanted, named = max(3, round(len(rows) * SHARE)), {p for p, row in enumerate(rows) if row.get("name") in aimed}
        changed = [p for p in sorted(named) if rows[p]["name"] in gone]
        changed += rng.sample(sorted(named - {*changed}), min(wanted // 3, len(named - {*changed})))
        changed += rng.sample(sorted({*range(len(rows))} - {*changed}), max(0, wanted - len(changed)))
        for place in changed:
            how = rng.choice(("cell", "cell", "cell", "delete", "add"))
            how = "delete" if rows[place].get("name") in gone else how
            done[how] += 1
            row = rows[place]
            if how == "cell":
                column = rng.choice([c for c in header if c not in ("name", "field", "source_url")] or header)
                row[column] = rng.choice(rows)[column] if row.get(column) != GONE else row[column]
            elif how == "delete":
                row[header[0]] = GONE
            else:
                other = dict(row)
                if table.endswith("/rows.csv") and "name" in header:
                    other["name"] = f"{row['name']} bis {place}"
                rows.append(other)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row[header[0]] != GONE)
    return done


# -- two hundred entries


@dataclass
class Plan:
    """What was accepted, in the test's own words."""

    rng: random.Random
    desk: Curating
    subjects: list[str] = field(default_factory=list)
    said: dict[int, tuple[str, list[Change], int]] = field(default_factory=dict)  # entry: proposal, changes, release
    undone: set[int] = field(default_factory=set)
    judged: list[tuple[int, str, str, str]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    news: list[str] = field(default_factory=list)
    retracted: set[Quad] = field(default_factory=set)

    def make(self) -> None:
        present = self.desk.present(None, NamedNode(vocab.TYPE), NamedNode(vocab.ORGANIZATION), None)
        self.subjects = sorted({quad.subject.value for quad in present})
        makers = (self.create, self.create, self.change, self.change, self.change, self.retract, self.retract,
                  self.link, self.link, self.undo)  # fmt: skip
        while sum(self.kinds.values()) < ENTRIES - DECISIONS:
            before = sum(self.kinds.values())
            maker = self.rename if before % 25 == 0 else self.withdraw if before % 40 == 7 else self.rng.choice(makers)
            maker()
            if sum(self.kinds.values()) > before and sum(self.kinds.values()) % 40 == 0:
                self.desk.publish()
        self.desk.publish()

    def decide(self) -> None:
        """The decisions on identity, which the tests do not publish patch by patch; one is taken back."""
        for left, right in MERGED:
            self.judge(left, right, "same")
        self.judge("actors/a6k-e6k", "press/a6k", "different")
        self.judge("actors/aviq", "research-units/cetic", "unsure")
        self.desk.revert(self.judged[1][0])
        self.undone.add(self.judged[1][0])
        self.kinds["identity"] = DECISIONS
        self.desk.publish()

    def names(self) -> set[str]:
        """What the things are called that entries speak of."""
        subjects = {change.subject for _, changes, _ in self.said.values() for change in changes}
        return {
            str(quad.object.value) for quad in self.desk.present(None, NamedNode(vocab.NAME), None, None)
            if quad.subject.value in subjects and "/proposal-" not in quad.graph_name.value
        }  # fmt: skip

    def judge(self, left: str, right: str, verdict: str) -> None:
        entry = self.desk.decide(left, right, verdict)
        self.judged.append((entry.number, left, right, verdict))

    def accept(self, kind: str, changes: list[Change], things: dict[str, str] | None = None) -> None:
        number = sum(self.kinds.values())
        proposal = f"p{number:09d}"
        release = self.desk.current().number
        things = {name: key.replace("?", proposal) for name, key in (things or {}).items()}
        entry = self.desk.accept(proposal, changes, things)
        self.said[entry.number] = (proposal, changes, release)
        self.retracted |= {quad_of(change) for change in changes if change.op == "retract"}
        self.kinds[kind] += 1

    def stated(self, subject: str | None = None, target: str | None = None) -> list[Quad]:
        """What sources say now, that no entry took away yet."""
        one, other = (NamedNode(name) if name else None for name in (subject, target))
        found = self.desk.present(one, None, other, None)
        return sorted(
            (q for q in found if is_stated(q) and "/proposal-" not in q.graph_name.value and q not in self.retracted),
            key=str,
        )  # fmt: skip

    def values(self) -> list[Quad]:
        """The values of a thing that a person would report as wrong."""
        found: list[Quad] = []
        while not found:
            said = self.stated(self.rng.choice(self.subjects))
            found = [q for q in said if q.predicate.value not in (vocab.TYPE, vocab.NAME)]
        return found

    def create(self) -> None:
        number = sum(self.kinds.values())
        evidence = page(f"https://new-{number}.example/")
        subject = iri(f"actor/proposed-{number}")
        said = [
            (vocab.TYPE, f"<{vocab.ORGANIZATION}>"), (vocab.NAME, f'"Proposed {number}"'),
            (vocab.CLASSIFICATION, f"<{vocab.code('actor-kind', 'university' if number % 3 else 'startup')}>"),
            (vocab.PLACE, f"<{iri('place/62063')}>"),
            (vocab.RELATIONS["part-of"], f"<{self.rng.choice(self.subjects + self.news)}>"),
        ]  # fmt: skip
        changes = [Change(n, "add", subject, p, o, "", evidence) for n, (p, o) in enumerate(said, 1)]
        self.accept("create", changes, {subject: "proposal/?/1"})
        self.news.append(subject)

    def change(self) -> None:
        old = self.rng.choice(self.values())
        new = f'"{self.rng.randint(1990, 2025)}"{YEAR}'
        if not str(old.object).endswith(YEAR):
            new = f'"Autre {self.rng.random()}"' if isinstance(old.object, Literal) else str(old.object)
        added = Change(2, "add", old.subject.value, old.predicate.value, new, "", self.rng.choice((SELF, page(
            "https://elsewhere.example/"))), year=self.rng.choice(("", "2024")))  # fmt: skip
        self.accept("change", [retraction(1, old), added])

    def retract(self) -> None:
        self.accept("retract", [retraction(1, self.rng.choice(self.values()))])

    def link(self) -> None:
        one, other = self.rng.sample(self.subjects + self.news, 2)
        kind = self.rng.choice(("partner-of", "member-of", "supported-by"))
        evidence, year = page("https://links.example/"), self.rng.choice(("", "2023"))
        change = Change(1, "add", one, vocab.RELATIONS[kind], f"<{other}>", "", evidence, year)
        self.accept("link", [change])

    def rename(self) -> None:
        subject = self.rng.choice(self.subjects)
        names = [q for q in self.stated(subject) if q.predicate.value == vocab.NAME]
        changes = [retraction(n, quad) for n, quad in enumerate(names, 2)]
        new = f'"Renamed {sum(self.kinds.values())}"'
        self.accept("change", [Change(1, "add", subject, vocab.NAME, new, "", SELF), *changes])
        self.subjects.remove(subject)

    def withdraw(self) -> None:
        subject = self.rng.choice(self.subjects)
        every = [q for q in (*self.stated(subject), *self.stated(target=subject)) if q.predicate.value not in NODE]
        self.accept("retract", [retraction(n, quad) for n, quad in enumerate(every, 1)])
        self.subjects.remove(subject)

    def undo(self) -> None:
        """Take back an entry that nothing builds on."""
        free = [n for n, (_, changes, _) in self.said.items() if n not in self.undone and len(changes) <= 2]
        if not free or self.kinds["undo"] > 14:
            return
        number = self.rng.choice(free)
        self.desk.revert(number)
        self.undone.add(number)
        self.kinds["undo"] += 1


CLASSES = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT}
NODE = (vocab.ST_SUBJECT, vocab.ST_PREDICATE, vocab.ST_OBJECT, vocab.ORG + "member", vocab.ORG + "organization")


def retraction(number: int, quad: Quad) -> Change:
    return Change(
        number, "retract", quad.subject.value, quad.predicate.value, str(quad.object), quad.graph_name.value
    )


def quad_of(change: Change, graph: str = "") -> Quad:
    text = change.object if change.object.startswith(('"', "<")) else f"<{change.object}>"
    line = f"<{change.subject}> <{change.predicate}> {text} <{graph or change.graph}> ."
    return next(iter(parse(line, RdfFormat.N_QUADS)))


# -- the simple computation


def is_stated(quad: Quad) -> bool:
    graph = quad.graph_name.value
    return not graph.startswith(f"{SOURCE}derived-") and not graph.endswith("/provenance")


def sha(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def described(quad: Quad, year: str) -> Iterator[Quad]:
    """A relation or dated value as a thing, as design S5 has it."""
    kinds = {predicate: kind for kind, predicate in vocab.RELATIONS.items()}
    one, predicate, other, where = quad.subject.value, quad.predicate.value, quad.object, quad.graph_name
    kind = kinds.get(predicate)
    if kind:
        node = iri(f"link/{kind}-{sha(kind, one, other.value, year)}")
    elif predicate in (vocab.EMPLOYEES, vocab.RESEARCHERS, vocab.STATUS, vocab.BUDGET):
        node = iri(f"value/{sha(one, predicate, str(other), year)}")
    else:
        return
    said = [(vocab.TYPE, NamedNode(vocab.RELATION if kind else vocab.DATED_VALUE)), (vocab.ST_SUBJECT, quad.subject),
            (vocab.ST_PREDICATE, quad.predicate), (vocab.ST_OBJECT, other)]  # fmt: skip
    if year:
        said.append((vocab.STATED_FOR, Literal(year, datatype=NamedNode(vocab.XSD + "gYear"))))
    if kind:
        said.append((vocab.RELATION_KIND, NamedNode(vocab.code("relation-kind", kind))))
    if kind == "member-of":
        said += [(vocab.TYPE, NamedNode(vocab.ORG + "Membership")), (vocab.ORG + "member", quad.subject),
                 (vocab.ORG + "organization", other)]  # fmt: skip
    yield from (Quad(NamedNode(node), NamedNode(p), o, where) for p, o in said)


def concept(thing: str) -> str:
    return thing.removeprefix(f"{vocab.DEFAULT_BASE}/id/").partition("/")[0] if "/id/" in thing else ""


def moved(quad: Quad, redirects: dict[str, str]) -> Quad:
    ends = [NamedNode(redirects.get(t.value, t.value)) if isinstance(t, NamedNode) else t
            for t in (quad.subject, quad.object)]  # fmt: skip
    return Quad(ends[0], quad.predicate, ends[1], quad.graph_name)


def expected(plan: Plan, sources: set[Quad], redirects: dict[str, str]) -> tuple[set[Quad], set[Quad], set[Quad]]:
    """The stated quads, those of them that proposals say, and the retractions that found nothing."""
    holding = {n: said for n, said in plan.said.items() if n not in plan.undone}
    there = {q.subject.value for q in sources if q.predicate.value == vocab.TYPE}
    there |= {change.subject for _, changes, _ in holding.values() for change in changes
              if change.op == "add" and change.predicate == vocab.TYPE}  # fmt: skip
    proposed: set[Quad] = set()
    for proposal, changes, _ in holding.values():
        graphs: dict[object, str] = {}
        for change in changes:
            if change.op == "add":
                graph = graphs.setdefault(change.evidence, f"{SOURCE}proposal-{proposal}-{len(graphs) + 1}")
                quad = moved(quad_of(change, graph), redirects)
                ends = [t.value for t in (quad.subject, quad.object)
                        if isinstance(t, NamedNode) and concept(t.value) in CLASSES]  # fmt: skip
                if all(end in there for end in ends) and quad.subject != quad.object:
                    proposed |= {quad, *described(quad, change.year)}
                if change.predicate not in vocab.RELATIONS.values() and quad.subject.value in there:
                    kind = NamedNode(CLASSES[concept(quad.subject.value)])
                    proposed.add(Quad(quad.subject, NamedNode(vocab.TYPE), kind, quad.graph_name))
    stated = sources | proposed
    wanted = {moved(quad_of(c), redirects) for _, changes, _ in holding.values() for c in changes if c.op == "retract"}
    nodes: dict[object, dict[str, object]] = defaultdict(dict)
    for quad in stated:
        if quad.predicate.value in NODE[:3]:
            nodes[quad.subject, quad.graph_name][quad.predicate.value] = quad.object
    gone = {node for node, said in nodes.items()
            if Quad(*(said[name] for name in NODE[:3]), node[1]) in wanted}  # type: ignore[index]  # fmt: skip
    left = {q for q in stated if q not in wanted and (q.subject, q.graph_name) not in gone}
    return left, proposed, wanted - stated


def derived(stated: set[Quad], labels: dict[str, str], lost: set[str]) -> Iterator[Quad]:
    """The `derived-…` graphs, from the lines alone; `lost` are the names that were retracted."""
    within = {q.subject.value: q.object.value for q in stated if q.predicate.value == vocab.CONTAINED_IN}
    level = {q.subject.value: q.object.value.rpartition("/")[2] for q in stated
             if q.predicate.value == vocab.PROJECT_KIND and "/place-kind/" in q.object.value}  # fmt: skip
    higher = {vocab.code("actor-kind", kind): name for kind, name in {
        "university": "CollegeOrUniversity", "haute-ecole": "CollegeOrUniversity", "research-unit":
        "ResearchOrganization", "research-centre": "ResearchOrganization", "institute": "ResearchOrganization",
    }.items()}  # fmt: skip
    for quad in stated:
        predicate, target = quad.predicate.value, getattr(quad.object, "value", "")
        if predicate == vocab.RELATIONS["partner-of"]:
            yield Quad(quad.object, quad.predicate, quad.subject, NamedNode(f"{SOURCE}derived-inverse"))
        elif predicate == vocab.CLASSIFICATION and target in higher:
            yield Quad(quad.subject, NamedNode(vocab.TYPE), NamedNode(vocab.SCHEMA + higher[target]),
                       NamedNode(f"{SOURCE}derived-type"))  # fmt: skip
        elif predicate == vocab.CLASSIFICATION and target.endswith("/faculty"):
            yield Quad(quad.subject, NamedNode(vocab.TYPE), NamedNode(vocab.ORG + "OrganizationalUnit"),
                       NamedNode(f"{SOURCE}derived-type"))  # fmt: skip
        elif predicate in (vocab.PLACE, vocab.RELATIONS["located-in"]):
            at = target
            while at:
                if level.get(at) in ("municipality", "province"):
                    name = {"municipality": vocab.MUNICIPALITY, "province": vocab.PROVINCE}[level[at]]
                    yield Quad(quad.subject, NamedNode(name), NamedNode(at),
                               NamedNode(f"{SOURCE}derived-{level[at]}"))  # fmt: skip
                at = within.get(at, "")
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for quad in stated:
        if quad.predicate.value == vocab.NAME and "/id/figure/" not in quad.subject.value:
            names[quad.subject.value][quad.object.value] += 1
    for thing in {*labels, *names} & ends_of(stated):
        label = labels.get(thing, "")
        # its name was retracted, or it is new; a thing that no name is left of keeps its label
        if names[thing] and label not in names[thing] and (label in lost or not label):
            said = names[thing]  # what a curator accepted, then what most sources say, then by its letters
            label = min(said, key=lambda name: (not name.startswith(("Renamed", "Proposed")), -said[name], f'"{name}"'))
        yield Quad(NamedNode(thing), NamedNode(vocab.LABEL), Literal(label), NamedNode(f"{SOURCE}derived-label"))


def ends_of(quads: Iterable[Quad]) -> set[str]:
    """All that something is said of, or that is named by what is said."""
    said = (quad for quad in quads if quad.predicate.value != vocab.TYPE)
    return {value for q in said for value in (q.subject.value, getattr(q.object, "value", ""))}


def quads_of(release: Release) -> set[Quad]:
    return set(parse(b"".join(lines(release)), RdfFormat.N_QUADS))


def named(quads: Iterable[Quad], graph: str) -> set[Quad]:
    return {quad for quad in quads if quad.graph_name.value == f"{SOURCE}{graph}"}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, linked: tuple[Ingested, Linked]) -> Plan:
    """The entries but those on identity, published patch by patch."""
    print(f"seed {SEED}")
    desk = Curating(tmp_path_factory.mktemp("rebuild"), linked[0].gazetteer.above)
    desk.build()
    plan = Plan(random.Random(SEED), desk)
    plan.make()
    return plan


def test_patch_by_patch_is_the_rebuild(played: Plan) -> None:
    published = played.desk.current()
    assert not published.is_edition
    rebuilt = played.desk.build()
    found, wanted = quads_of(rebuilt), quads_of(published)
    assert sorted(map(str, found - wanted)) == []
    assert sorted(map(str, wanted - found)) == []
    assert rebuilt.manifest["counts"] == published.manifest["counts"]


def sources_alone(plan: Plan, data: Path, folder: Path, linked: tuple[Ingested, Linked]) -> Release:
    """The graph of the changed sources by themselves, with the decisions on identity as judgements."""
    own = Path(shutil.copytree(data, folder / "data"))
    with (own / "judgements.csv").open(encoding="utf-8", newline="") as file:
        judged = {(row["left"], row["right"]): row for row in csv.DictReader(file)}
    for number, left, right, verdict in plan.judged:
        if number not in plan.undone:
            judged[left, right] = {"left": left, "right": right, "verdict": verdict, "reason": WHO}
    with (own / "judgements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("left", "right", "verdict", "reason"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for _, row in sorted(judged.items()))
    alone = Curating(folder / "state", linked[0].gazetteer.above)
    shutil.copy(plan.desk.state.root / "registry.csv", folder / "state" / "registry.csv")
    return alone.build(own)


def test_sources_changed_under_two_hundred_entries(
    played: Plan, tmp_path: Path, linked: tuple[Ingested, Linked]
) -> None:
    plan, before = played, played.desk.current()
    plan.decide()
    assert sum(plan.kinds.values()) == ENTRIES
    data = Path(shutil.copytree(data_dir(), tmp_path / "sources"))
    done = change_sources(data, plan.rng, plan.names())
    print(done, plan.kinds)
    alone = sources_alone(plan, data, tmp_path, linked)
    release = plan.desk.build(data)
    assert quads_of(before) != quads_of(release)

    found, given = quads_of(release), quads_of(alone)
    told = json.loads((alone.folder / "redirects.json").read_text(encoding="utf-8"))
    redirects = {iri(old): iri(new) for old, new in told.items()}
    assert len(redirects) >= len(MERGED) - 1
    stated, proposed, moot = expected(plan, {q for q in given if is_stated(q)}, redirects)
    labels = {q.subject.value: q.object.value for q in named(given, "derived-label")}
    nothing = labels.keys() - ends_of(stated)
    stated = {q for q in stated if q.subject.value not in nothing}
    assert {q for q in found if is_stated(q)} == stated
    assert len(proposed) > ENTRIES

    lost = {quad.object.value for quad in plan.retracted if quad.predicate.value == vocab.NAME}
    wanted = {*derived(stated, labels, lost)}
    for rule in ("label", "type", "municipality", "province", "inverse"):
        assert named(found, f"derived-{rule}") == named(wanted, f"derived-{rule}"), rule
    graphs = {q.graph_name.value for q in stated | wanted}
    about = {q.subject.value for q in named(found, "provenance")}
    assert graphs - about <= {f"{SOURCE}shapes", f"{SOURCE}judgements"}
    empty = {name for name in about - graphs if f"{name}-read" not in graphs}
    assert empty <= {q.subject.value for q in named(given, "provenance")} - graphs

    reported = json.loads((release.folder / "retractions.json").read_text(encoding="utf-8"))
    assert {moved(one, redirects) for entry in reported["moot"] for one in parse(entry["statement"], RdfFormat.N_QUADS)
            } == moot  # fmt: skip
    listed = {(one["entry"], one["statement"]) for one in reported["changed"]}
    assert listed == set(changed(plan, given, redirects, proposed))
    assert min(len(reported[name]) for name in ("moot", "changed", "held")) > 0, reported
    assert plan.desk.build(data).graph_path.read_bytes() == release.graph_path.read_bytes()


def changed(
    plan: Plan, given: set[Quad], redirects: dict[str, str], proposed: set[Quad]
) -> Iterator[tuple[int, str]]:
    """Retractions that hold and whose row was another one in the release that they were decided against."""
    ever = {moved(quad, redirects) for quad in plan.retracted}
    rows: dict[int, dict[tuple[str, str], set[Quad]]] = {}
    now: dict[tuple[str, str], set[Quad]] = defaultdict(set)
    for quad in given | proposed:
        now[quad.subject.value, quad.graph_name.value].add(quad)
    for number, (_, changes, release) in plan.said.items():
        if release not in rows:
            rows[release] = defaultdict(set)
            for quad in quads_of(plan.desk.state.get(release)):
                rows[release][quad.subject.value, quad.graph_name.value].add(moved(quad, redirects))
        for change in changes:
            quad = quad_of(change) if change.op == "retract" else None
            here = moved(quad, redirects) if quad else None
            if quad is None or here is None or number in plan.undone or here not in given | proposed:
                continue
            was = {
                Quad(here.subject, q.predicate, q.object, q.graph_name)
                for q in rows[release][quad.subject.value, quad.graph_name.value]
            }
            if was - ever != now[here.subject.value, here.graph_name.value] - ever:
                yield number, f"{quad} ."
