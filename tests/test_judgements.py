"""The shipped judgements, mentions and pairs are in order, and a file that is not is named with its line."""

import csv
from pathlib import Path

import pytest

from wallograph import vocab
from wallograph.errors import DataError
from wallograph.iris import slug
from wallograph.link.judgements import Judgements, format_judgements, lint, read_judgements
from wallograph.resources import data_dir, ontology_dir

HEAD = "left,right,verdict,reason\n"
PAIRS = Path(__file__).parent / "pairs"
CONCEPTS = {"actor", "project", "event", "place", "none"}
ACTOR_KINDS = {
    "startup", "scaleup", "spin-off", "company", "public-agency", "authority", "incubator", "accelerator",
    "fund", "hub", "coworking", "living-lab", "fablab", "science-park", "network", "cluster",
    "competitiveness-pole", "federation", "association", "university", "haute-ecole", "faculty",
    "institute", "research-unit", "research-centre", "school", "training-centre", "hospital",
    "knowledge-transfer-office", "game-studio", "business-centre", "media",
}  # fmt: skip
PROJECT_KINDS = {"research-project", "programme", "initiative", "good-practice"}
PLACE_KINDS = {"municipality", "locality", "site", "province", "region", "arrondissement"}
KINDS = {"actor": ACTOR_KINDS, "project": PROJECT_KINDS, "place": PLACE_KINDS}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path, *lines: str) -> Path:
    path = folder / "judgements.csv"
    path.write_text(HEAD + "".join(line + "\n" for line in lines), encoding="utf-8")
    return path


# -- the shipped files


def test_shipped_judgements_are_in_order() -> None:
    assert lint(data_dir() / "judgements.csv") == [], "repair with link.judgements.format_judgements"


def test_shipped_judgements_are_as_they_are_written() -> None:
    path = data_dir() / "judgements.csv"
    assert format_judgements(read_judgements(path)) == path.read_text(encoding="utf-8")


def test_shipped_judgements_hold_the_named_traps() -> None:
    judged = read_judgements(data_dir() / "judgements.csv")
    assert judged.verdict("mention/nivelinvest", "actors/invest-bw") == "same"
    assert judged.verdict("actors/wallonie-entreprendre", "press/sriw") == "different"
    assert judged.verdict("research-units/helha", "research-units/haute-ecole-en-hainaut") == "different"
    assert judged.verdict("mention/thales-alenia-space", "startups/thales-alenia-space-belgium") == "unsure"


def test_shipped_mentions_use_known_codes() -> None:
    rows = rows_of(data_dir() / "mentions.csv")
    for row in rows:
        assert row["concept"] in CONCEPTS, row
        assert not row["kind"] or row["kind"] in KINDS.get(row["concept"], set()), row
        assert row["inside"] in {"wallonia", "outside", "unknown"}, row
        assert row["reason"], row
    assert [row["name"] for row in rows] == sorted(
        {row["name"] for row in rows}, key=lambda name: (slug(name), name)
    )


def test_shipped_mentions_name_what_they_are() -> None:
    judged = read_judgements(data_dir() / "judgements.csv")
    for row in rows_of(data_dir() / "mentions.csv"):
        target = row["same_as"]
        if row["concept"] == "place":
            assert target.isdigit() and len(target) == 5, row
        elif target:
            assert judged.verdict(f"mention/{slug(row['name'])}", target) == "same", row


def test_mentions_of_one_key_agree() -> None:
    by_key: dict[str, set[tuple[str, ...]]] = {}
    for row in rows_of(data_dir() / "mentions.csv"):
        said = (row["concept"], row["kind"], row["same_as"], row["inside"])
        by_key.setdefault(slug(row["name"]), set()).add(said)
    assert [key for key, said in by_key.items() if len(said) > 1] == []


@pytest.mark.parametrize("scheme", ["actor-kind", "project-kind"])
def test_kinds_of_the_test_are_those_of_the_code_list(scheme: str) -> None:
    path = ontology_dir() / "codes" / f"{scheme}.ttl"
    text = path.read_text(encoding="utf-8")
    kinds = ACTOR_KINDS if scheme == "actor-kind" else PROJECT_KINDS
    assert [kind for kind in kinds if f'"{kind}"' not in text and vocab.code(scheme, kind) not in text] == []


@pytest.mark.parametrize(("name", "least"), [("same", 70), ("different", 50)])
def test_pairs_are_sorted_unique_and_agree_with_the_judgements(name: str, least: int) -> None:
    judged = read_judgements(data_dir() / "judgements.csv")
    pairs = [(row["left"], row["right"]) for row in rows_of(PAIRS / f"{name}.csv")]
    assert pairs == sorted(set(pairs)) and len(pairs) >= least
    assert all(left < right for left, right in pairs)
    assert {judged.verdict(*pair) for pair in pairs} <= {"", name}


def test_many_same_pairs_are_left_to_names_and_identifiers() -> None:
    judged = read_judgements(data_dir() / "judgements.csv")
    rows = rows_of(PAIRS / "same.csv")
    alone = [
        row
        for row in rows
        if row["why"].startswith("same name") and not judged.verdict(row["left"], row["right"])
    ]
    assert len(alone) >= 35


# -- files that are not in order


@pytest.mark.parametrize(
    ("lines", "line", "word"),
    [
        (["a/b,a/c,perhaps,why"], 2, "unknown verdict"),
        (["a/b,a/c,same,why", "a/b,a/c,same,why"], 3, "duplicate of line 2"),
        (["a/b,a/c,same,why", "a/b,a/c,different,why"], 3, "contradictory"),
        (["a/b,a/c,same,why", "a/c,a/b,different,why"], 3, "contradictory"),
        (["a/c,a/d,same,why", "a/b,a/c,same,why"], 3, "unsorted"),
        (["a/c,a/b,same,why"], 2, "smaller key"),
        (["a/b,a/b,same,why"], 2, "against itself"),
        (["a/b,a/c,same,"], 2, "reason"),
        (["a/b,a/c,same"], 2, "4 cells"),
        (["b,a/c,same,why"], 2, "table/reference"),
        (["a/b,a/c,same,why", "a/b,a/d,different,why", "a/c,a/d,same,why"], 3, "chain"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    tmp_path: Path, lines: list[str], line: int, word: str
) -> None:
    path = written(tmp_path, *lines)
    with pytest.raises(DataError, match=rf"{path.name}:{line}: "):
        read_judgements(path)
    assert any(said.startswith(f"{line}: ") and word in said for said in lint(path))


def test_lint_tells_all_at_once(tmp_path: Path) -> None:
    assert len(lint(written(tmp_path, "a/c,a/d,maybe,why", "a/b,a/c,same,"))) == 3


def test_a_wrong_first_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text("one,two\n", encoding="utf-8")
    with pytest.raises(DataError, match=":1: "):
        read_judgements(path)


def test_a_missing_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        read_judgements(tmp_path / "none.csv")


# -- what is read


def test_judgements_are_found_in_any_order(tmp_path: Path) -> None:
    judged = read_judgements(
        written(tmp_path, "a/b,a/c,same,one", "a/b,a/d,different,two", "a/c,a/e,unsure,three")
    )
    assert judged.same == {("a/b", "a/c")}
    assert judged.different == {("a/b", "a/d")}
    assert judged.unsure == {("a/c", "a/e")}
    assert judged.reason("a/d", "a/b") == "two"
    assert judged.reason("a/d", "a/x") == ""
    assert judged.verdict("a/e", "a/c") == "unsure"


def test_judgements_are_written_sorted() -> None:
    judged = Judgements(
        same=frozenset({("b/b", "b/c")}),
        different=frozenset({("a/a", "b/b")}),
        reasons={("b/b", "b/c"): "why, then"},
    )
    assert format_judgements(judged) == HEAD + 'a/a,b/b,different,\nb/b,b/c,same,"why, then"\n'
