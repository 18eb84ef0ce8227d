"""The data block of a page: what the page shows, for search engines.

In: a page and its release. Out: text that `base.html` puts into `<script type="application/ld+json">` as it is:
`data_block` has escaped it.
"""

from typing import Any

from wallograph.publish.catalogue import Offer
from wallograph.publish.page_head import Head
from wallograph.publish.structured_data import crumbs_tree, data_block, dataset_tree, thing_tree
from wallograph.web.published import Published
from wallograph.web.site import Site


def of_thing(site: Site, published: Published, iri: str, page: Any, lang: str) -> str:
    """A thing, and the way to its page."""
    head = page["head"] if isinstance(page, dict) else getattr(page, "head", None)
    if not isinstance(head, Head):
        return ""
    base = published.base
    address = base + head.path.removeprefix(site.url("/").rstrip("/"))
    steps = [(site.messages(lang, "nav-home"), base + "/")]
    steps += [(site.messages(lang, key), base + path) for key, path in head.crumbs]
    steps.append((head.name.text, address))
    return data_block([thing_tree(published.store, iri, address, base, lang), crumbs_tree(steps)])


def of_catalogue(site: Site, offer: Offer, lang: str) -> str:
    """The dataset, and the way to the catalogue."""
    steps = [(site.messages(lang, "nav-home"), offer.base + "/"),
             (site.messages(lang, "catalogue-title"), offer.base + "/catalog")]  # fmt: skip
    return data_block([dataset_tree(offer, lang), crumbs_tree(steps)])
