"""Registers that enrich: ROR and the federal list of public bodies (design S10).

In: their rows. Out: records marked `register`, with statements on one graph a register.
"""

from wallograph import vocab
from wallograph.ingest import values
from wallograph.ingest.cards import Card
from wallograph.ingest.documents import SourceBook, host
from wallograph.ingest.places import Gazetteer
from wallograph.ingest.statements import Harvest
from wallograph.ingest.tables import Row, read_rows
from wallograph.iris import thing
from wallograph.model import Record, Severity, Statement, Value, Where

ROR_KINDS = {"healthcare": "hospital", "company": "company", "government": "authority"}
FEDICT_KINDS = {
    "LocalAuthority": "authority", "RegionalAuthority": "authority", "NationalAuthority": "authority",
    "Company": "company", "NonProfitOrganisation": "association",
}  # fmt: skip
WIKIDATA = "http://www.wikidata.org/entity/"


class RegisterReader:
    """Adds the rows of a register to the harvest."""

    def __init__(self, harvest: Harvest, book: SourceBook, gazetteer: Gazetteer, card: Card) -> None:
        self.harvest = harvest
        self.book = book
        self.gazetteer = gazetteer
        self.card = card
        self.source = book.register(card)
        self.rows = read_rows(card.folder / card.rows)
        harvest.rows[f"{card.folder.name}/{card.rows}"] = len(self.rows)

    def read_ror(self) -> None:
        """The Research Organization Registry: names, aliases, ROR id, ISNI, Wikidata, parents, founding year."""
        known = {row["ror_id"] for row in self.rows}
        for row in self.rows:
            self._ror_row(row, known)

    def read_fedict(self) -> None:
        """The federal list: name, enterprise or establishment number."""
        for row in self.rows:
            number = row["uri"].rsplit("/", 1)[1]
            record = self._record(row, f"fedict/{number}", row["label_fr"], FEDICT_KINDS.get(row["type"], ""))
            where = self._where(row, "uri")
            self._say(record, vocab.NAME, values.text(row["label_fr"], "fr"), self._where(row, "label_fr"))
            if "CbeEstablishmentUnit" in row["uri"]:
                self._say(record, vocab.ESTABLISHMENT_NUMBER, values.text(number), where)
            else:
                value = values.enterprise_number(number)
                if isinstance(value, str):
                    self.harvest.warn(value, where, record.name, number)
                    continue
                record.identifiers["enterprise"] = number
                self._say(record, vocab.ENTERPRISE_NUMBER, value, where)
            self._say(record, vocab.SAME_AS, Value("iri", row["uri"]), where)

    def _ror_row(self, row: Row, known: set[str]) -> None:
        identifier = row["ror_id"].rsplit("/", 1)[1]
        kinds = [ROR_KINDS[kind] for kind in row["types"].split("|") if kind in ROR_KINDS]
        record = self._record(row, f"ror/{identifier}", row["name"], kinds[0] if kinds else "")
        record.identifiers["ror"] = identifier
        if "education" in row["types"] and (read := _kind_in_name(row)):
            record.kinds = (*record.kinds, read)
            source = self.book.reading(self.source, "kind-of-name")
            value = Value("iri", vocab.code("actor-kind", read))
            self.harvest.statements.append(
                Statement(record.key, vocab.CLASSIFICATION, value, source, self._where(row, "name"))
            )
        self._say(record, vocab.NAME, values.text(row["name"]), self._where(row, "name"))
        for alias in filter(None, row["aliases"].split("|")):
            record.names.add(alias)
            self._say(record, vocab.ALTERNATE_NAME, values.text(alias), self._where(row, "aliases"))
        where = self._where(row, "ror_id")
        self._say(record, vocab.ROR_ID, values.text(identifier), where)
        self._say(record, vocab.SAME_AS, Value("iri", row["ror_id"]), where)
        if row["isni"]:
            isni = row["isni"].replace(" ", "")
            self._say(record, vocab.ISNI, values.text(isni), self._where(row, "isni"))
        if row["wikidata"]:
            self._say(record, vocab.SAME_AS, Value("iri", WIKIDATA + row["wikidata"]), self._where(row, "wikidata"))
        if row["established"]:
            self._say(record, vocab.FOUNDING_DATE, values.year(row["established"]), self._where(row, "established"))
        if row["website"]:
            record.websites.add(host(row["website"]))
            self._say(record, vocab.HOMEPAGE, values.website(row["website"]), self._where(row, "website"))
        self._ror_place(record, row)
        if row["status"] == "withdrawn":  # ROR withdrew its record: that does not say that the organisation closed
            self.harvest.warn(
                "register-row-withdrawn", self._where(row, "status"), record.name, row["name"], Severity.INFO
            )
        for relation in filter(None, row["relationships"].split("|")):
            self._ror_relation(record, relation, known, self._where(row, "relationships"))

    def _ror_place(self, record: Record, row: Row) -> None:
        where = self._where(row, "city")
        reference = self.gazetteer.find(row["city"])
        if reference is None:
            self.harvest.warn("place-outside-register", where, record.name, row["city"], Severity.INFO)
            self._say(record, vocab.PLACE_NAME, values.text(row["city"]), where)
        else:
            record.places.add(reference)
            self._say(record, vocab.PLACE, Value("iri", thing("place", reference)), where)

    def _ror_relation(self, record: Record, relation: str, known: set[str], where: Where) -> None:
        kind, identifier, name = relation.split(">")
        code = {"parent": "part-of", "child": "part-of", "successor": "successor-of"}.get(kind)
        if code is None:
            self.harvest.warn("relation-not-mapped", where, record.name, f"{kind}: {name}", Severity.INFO)
            return
        end = f"https://ror.org/{identifier}"
        value = Value("record", f"ror/{identifier}") if end in known else Value("name", name)
        if kind == "parent":
            record.parents.add(name)
        self._say(record, vocab.RELATIONS[code], value, where, relation=code, inverse=kind != "parent")

    def _record(self, row: Row, key: str, name: str, kind: str) -> Record:
        where = self._where(row)
        record = Record(key, "actor", name, where, (kind,) if kind else (), names={name}, register=True)
        self.harvest.records[key] = record
        if kind:
            self._say(record, vocab.CLASSIFICATION, Value("iri", vocab.code("actor-kind", kind)), where)
        return record

    def _say(self, record: Record, predicate: str, value: Value | str, where: Where, **more: object) -> None:
        if isinstance(value, str):
            self.harvest.warn(value, where, record.name, "")
            return
        self.harvest.statements.append(
            Statement(record.key, predicate, value, self.source, where, **more)  # type: ignore[arg-type]
        )

    def _where(self, row: Row, field: str | None = None) -> Where:
        return Where(f"{self.card.folder.name}/{self.card.rows}", row.line, field)


def _kind_in_name(row: Row) -> str:
    """What ROR only calls "education": a name or an alias may say which kind of school it is."""
    names = " ".join((row["name"], row["aliases"])).casefold()
    if "haute école" in names:
        return "haute-ecole"
    return "university" if "universit" in names else ""
