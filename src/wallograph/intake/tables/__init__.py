"""Tables that somebody hands in (CSV, XLSX): bytes come in; quads with their cells, findings, the way back go out."""

from wallograph.intake.tables.mapping import Mapping
from wallograph.intake.tables.propose import propose_mapping
from wallograph.intake.tables.read import read_table
from wallograph.intake.tables.submission import TableSubmission
from wallograph.intake.tables.templates import template

__all__ = ["Mapping", "TableSubmission", "propose_mapping", "read_table", "template"]
