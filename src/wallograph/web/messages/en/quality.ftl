# Data quality.
nav-quality = Data quality
quality-lead = What the graph holds and what it lacks, measured on the edition of { $date }.
quality-not-recorded = “Not recorded” means that none of our sources says it, not that it does not exist.
quality-completeness = What is recorded
quality-actor = Organisations
quality-project = Projects and programmes
quality-event = Events
quality-of = { NUMBER($n) } of { NUMBER($of) }
quality-percent = { $n } %
quality-by-kind = By kind
quality-kinds-text = An organisation may have several kinds and then counts in each. A percentage leads to the list of what is missing.
quality-kind = kind
quality-things = number
quality-field-kind = kind
quality-field-place = place
quality-field-founded = founded
quality-field-start = start
quality-field-end = end
quality-field-theme = theme
quality-field-description = description
quality-field-homepage = website
quality-field-identifier = identifier elsewhere
quality-field-employees = staff
quality-field-budget = budget
quality-missing-kind = Kind not recorded
quality-missing-place = Place not recorded
quality-missing-founded = Founding year not recorded
quality-missing-start = Start year not recorded
quality-missing-end = End year not recorded
quality-missing-theme = Theme not recorded
quality-missing-description = Description not recorded
quality-missing-homepage = Website not recorded
quality-missing-identifier = No identifier elsewhere recorded
quality-missing-employees = Staff not recorded
quality-missing-budget = Budget not recorded
quality-missing-n = Not recorded for { NUMBER($n) }
quality-all-recorded = Recorded for all

# Freshness
quality-freshness = Age of the pages
quality-freshness-text =
  Age of the pages and registers on the day of the edition. Half of the dated pages are older than { NUMBER($years, maximumFractionDigits: 1) } { $years ->
    [one] year
   *[other] years
  }.
quality-undated-all = No page is dated.
quality-age-under-1 = under a year
quality-age-under-3 = 1 to 3 years
quality-age-under-5 = 3 to 5 years
quality-age-under-10 = 5 to 10 years
quality-age-over-10 = over 10 years
quality-age-undated = date not known
quality-age = age
quality-years =
  { $years ->
    [one] { NUMBER($years, maximumFractionDigits: 1) } year
   *[other] { NUMBER($years, maximumFractionDigits: 1) } years
  }
quality-by-source = What each source says
quality-sources-text = For each page or register: how many things it speaks of, and for how many of them it gives each piece of information. A page need not say everything.
quality-source = source
quality-says = what it records
quality-says-nothing = nothing of what is measured here

# What is doubtful
quality-warnings = What does not agree
quality-warnings-text = Sources contradict each other, or a statement surprises. All of it stays published, each value with its source; we do not decide.
quality-warnings-none = No contradiction was found.
quality-rules = Findings by rule
quality-rule = rule
quality-count = count
quality-severity = severity
quality-list = list
quality-severity-violation = held back
quality-severity-warning = to be looked at
quality-severity-info = good to know
quality-rules-none = No rule found anything.
quality-held = Held back or not tied to a thing
quality-held-text = Statements received that are not in the graph: they cannot be right as they stand, or we did not find what they speak of. They return once the source is mended.
quality-held-none = No statement was held back.
quality-show-more =
  { $n ->
    [one] Show { $n } finding
   *[other] Show all { $n } findings
  }

# Worklists
quality-worklists = Worklists
quality-worklists-text = What somebody can complete or mend. Each list has a stable address and can be downloaded as CSV, to be sent to the person who knows.
quality-worklists-go = All worklists
quality-family-field = What is missing
quality-family-rule = What the rules report
quality-family-reading = What reading the sources reports
quality-units = What is missing for its units
quality-selected-kind = Kind: { $name }
quality-selected-source = According to { $name }
quality-selected-part-of = Units of: { $name }
quality-selected-none = Clear all
quality-selection = Selection
quality-field-text = For these things no source that we read says it: that does not prove that it does not exist. Below each name, the sources that speak of it.
quality-reading-text = Findings made while reading the tables; each says in which row.
quality-list-empty = The list is empty: in this release there is nothing to mend here.
quality-download = Download the list
quality-formats = Other formats
quality-formats-text = The same measurements as RDF (W3C Data Quality Vocabulary).
quality-rule-go = The rule in words
quality-column-name = name
quality-column-iri = address
quality-column-kind = kind
quality-column-what = what is missing or wrong
quality-column-values = values and their sources
quality-column-sources = sources
quality-column-pages = pages
quality-column-where = file and row
quality-column-message = message

# Codes of what reading the sources finds
quality-code-unknown-code = Value unknown to a list
quality-code-place-outside-register = Place outside the Walloon register
quality-code-not-a-number = Value that is not a number
quality-code-not-a-year = Value that is not a year
quality-code-wrong-enterprise-number = Wrong enterprise number
quality-code-website-completed = Completed web address
quality-code-not-an-address = Value that is not a web address
quality-code-no-row-of-that-name = Name without a row
quality-code-cell-without-evidence = Cell that no page confirms
quality-code-unresolved-end = Relation with an end that was not recognised
quality-code-relation-to-itself = Relation of a thing to itself
quality-code-register-row-withdrawn = Record withdrawn by the register
quality-code-relation-not-mapped = Relation of the register without a counterpart
quality-code-figure-twice = Figure given twice
quality-code-figure-without-number = Figure without a number
