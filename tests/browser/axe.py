"""axe-core on an open page. In: a page of Chromium. Out: what it finds serious or critical, with its place."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
# what a page does right is counted, not described: on long pages that takes most of the time
RUN = "axe.run({resultTypes: ['violations']})"


def problems(page: Page) -> list[str]:
    """Each element in which something is seriously wrong: the rule, where it is, what to do."""
    page.evaluate(AXE)
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in page.evaluate(RUN)["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]
