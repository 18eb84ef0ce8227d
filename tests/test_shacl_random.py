"""Random small graphs and shapes: this engine finds what pySHACL finds.

300 cases here, 6,000 in `make soak`. A case is its seed; one that fails is made small and printed as Turtle.
"""

import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaign import LONGER
from shacl_compare import rows, smallest, told
from shacl_oracle import Report, pyshacl_report
from shacl_random import Case, random_case
from shacl_random_shapes import ShapeMaker
from wallograph.validate import MemoryView, compile_shapes, validate
from wallograph.vocab import SH

CASES = 300 * min(LONGER, 20)
SEEDS = st.integers(0, 2**48)
SETTINGS = settings(
    max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)


PARAMETERS = """
    class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength
    pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone node property
    qualifiedValueShape qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint closed ignoredProperties
    hasValue in sparql severity deactivated targetClass targetNode targetSubjectsOf targetObjectsOf inversePath
    alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath parameter nodeValidator propertyValidator validator
"""


def ours(case: Case) -> Report:
    return rows(validate(MemoryView(case.data), compile_shapes(case.shapes)))


def differs(case: Case) -> bool:
    return ours(case) != pyshacl_report(case.data, case.shapes)


# pySHACL deprecates and warns about itself
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@SETTINGS
@given(seed=SEEDS)
def test_random_graphs_and_shapes_are_judged_as_by_pyshacl(seed: int) -> None:
    case = random_case(seed)
    if differs(case):
        small = smallest(case, differs)
        pytest.fail(told(small, ours(small), pyshacl_report(small.data, small.shapes)))


def test_random_shapes_have_every_component_and_form() -> None:
    """What is generated: over some hundred shapes each parameter and form stands somewhere."""
    maker = ShapeMaker(random.Random(1))
    for _ in range(600):
        maker.targeted()
    said = {triple.predicate.value.removeprefix(SH) for triple in maker.triples}
    assert said >= set(PARAMETERS.split())


def test_random_cases_have_results_of_every_component() -> None:
    """The cases are not empty words: each component finds something among those of the short form."""
    found: set[str] = set()
    for seed in range(250):
        found |= {component for _, _, component, _, _ in ours(random_case(seed))}
    core = (
        "Class Datatype NodeKind MinCount MaxCount MinExclusive MinInclusive MaxExclusive MaxInclusive MinLength "
        "MaxLength Pattern LanguageIn UniqueLang Equals Disjoint LessThan LessThanOrEquals Not And Or Xone Node "
        "QualifiedMinCount QualifiedMaxCount Closed HasValue In SPARQL"
    )
    assert found >= {f"{name}ConstraintComponent" for name in core.split()} | {"urn:x/AtMost", "urn:x/Linked"}
