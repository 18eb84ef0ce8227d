# Checking a file: the page, its result, and the form.
validate-title = Check data
validate-lead = A table, an RDF file or a few lines: you learn in plain words what is wrong, in which line, and how to mend it.
validate-nothing-enters = Nothing enters the graph and nothing is kept: the file is read, then forgotten.
validate-persons = What concerns persons (names, e-mail addresses, telephone numbers) is left out.
validate-way-file = A file
validate-way-file-text = Excel (XLSX), CSV, Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML; { $mb } MB at most.
validate-drop = Drop a file here, or choose it
validate-run = Check
validate-way-text = A text
validate-way-text-text = Paste lines of a table, or RDF.
validate-text = Text to check
validate-format = Format
validate-format-ttl = Turtle
validate-format-trig = TriG
validate-format-nt = N-Triples
validate-format-nq = N-Quads
validate-format-jsonld = JSON-LD
validate-format-rdf = RDF/XML
validate-format-csv = Table: CSV, or copied from a spreadsheet
validate-more = Encoding, delimiter, meaning of the columns
validate-encoding = Character encoding
validate-encoding-guess = Recognise
validate-delimiter = Delimiter
validate-delimiter-guess = Recognise
validate-delimiter-semicolon = semicolon
validate-delimiter-comma = comma
validate-delimiter-tab = tab
validate-mapping = Meaning of the columns (CSVW metadata, JSON)
validate-way-form = A form
validate-way-form-text = One record at a time, without a file: the fields are those of the rules; you get valid RDF.
validate-templates = Table templates
validate-templates-text = Sheets to fill in, with lists to choose from and an explanation for each column.
validate-rules-link = Read all rules
validate-programs = From a program
validate-programs-text = Send the file as it is, with its type. The answer is the report, in JSON, SHACL (Turtle, JSON-LD), CSV or SARIF, by the Accept header.

validate-result = Result
validate-ok = No errors
validate-ok-text = All that was read keeps the rules.
validate-errors =
  { $n ->
    [one] { NUMBER($n) } error
   *[other] { NUMBER($n) } errors
  }
validate-warnings =
  { $n ->
    [one] { NUMBER($n) } warning
   *[other] { NUMBER($n) } warnings
  }
validate-infos =
  { $n ->
    [one] { NUMBER($n) } note
   *[other] { NUMBER($n) } notes
  }
validate-checked =
  { $things ->
    [one] { NUMBER($things) } record read
   *[other] { NUMBER($things) } records read
  }
validate-by-rule = By rule
validate-and-more =
  { $n ->
    [one] and { NUMBER($n) } more
   *[other] and { NUMBER($n) } more
  }
validate-place-line = Line { $line }
validate-place-line-column = Line { $line }, column { $column }
validate-place-cell = Cell { $cell }
validate-place-sheet = sheet “{ $sheet }”
validate-place-about = Near line { $line }: only the place of the record is known
validate-place-none = Place in the file unknown
validate-value = Value
validate-expected = Expected
validate-read-rule = The rule
validate-whole-file = The file
validate-repairs = Proposed repairs
validate-repair-sure = sure
validate-repair-unsure = to be looked at
validate-corrected = Download the corrected file
validate-corrected-text = The ticked repairs are made; the rest of the file is not touched.
validate-losses = The corrected file cannot keep:
validate-edited = Check the edited text
validate-text-title = Your text
validate-table-title = Your table
validate-back-to-finding = Finding { $n }
validate-gap =
  { $n ->
    [one] { NUMBER($n) } line without findings
   *[other] { NUMBER($n) } lines without findings
  }
validate-row = Row
validate-downloads = The report
validate-download-json = JSON
validate-download-ttl = SHACL (Turtle)
validate-download-jsonld = SHACL (JSON-LD)
validate-download-csv = CSV
validate-download-sarif = SARIF
validate-share = Share this result
validate-share-text =
  { $days ->
    [one] The text and its result are kept for one day at a secret address, in no index. Only you can delete them before.
   *[other] The text and its result are kept for { $days } days at a secret address, in no index. Only you can delete them before.
  }
validate-share-button = Make the link
validate-shared = Shared result
validate-shared-text = Whoever knows this address sees this result, until { $date }.
validate-shared-address = Address to share
validate-shared-delete-address = Address that deletes (keep it to yourself)
validate-shared-delete = Delete now
validate-read-as = How the table was read
validate-read-as-text = Correct what was recognised wrongly, then check again.
validate-sheet = Sheet “{ $sheet }”
validate-sheet-kind = Each row describes
validate-column-example = Example
validate-column-none = – do not read –
validate-column-person = persons: never read
validate-column-id = address of the record
validate-column-concept = kind of record
validate-column-postcode = postcode (place)
validate-column-year-of = year of: { $field }
validate-column-sure = recognised
validate-column-guess = supposed
validate-column-unknown = not recognised
validate-column-mine = chosen
validate-remap = Check with these columns
validate-mapping-download = Download the meaning of the columns (CSVW)
validate-see = see the record
validate-again = Check something else
validate-jump-findings = To the findings

form-title = Fill in a record
form-lead = The fields come from the rules. The result is RDF that you can download; it does not enter the graph.
form-kind = What do you want to describe?
form-of = Record: { $kind }
form-required = required
form-required-note = Fields marked “required” must be filled in.
form-another = Another value: { $field }
form-more-values = More values
form-choose = – choose –
form-yes = yes
form-no = no
form-place-help = Name of a municipality, postcode or NIS code.
form-thing-help = Name or address (http…) of an organisation, project or event.
form-identity = Name and description
form-activity = Activity
form-numbers = Identifiers
form-relations = Relations with others
form-relations-inverse = Relations seen from the other side
form-send = Check and make the RDF
form-result = Your record in RDF
form-result-ok = The record keeps the rules.
form-result-errors = The record is not right yet: see the marked fields.
form-download = Download (Turtle)
form-fault = Error:
form-doubt = To look at:
form-faults = To correct
form-other-kind = Describe something else
form-empty = Fill in at least the name.
form-language = Language of the description
form-kind-actor = Organisation
form-kind-project = Project
form-kind-event = Event
form-kind-place = Place
validate-partly = The file could not be read to its end; what was read is checked.
validate-columns-read =
  { $n ->
    [one] { NUMBER($n) } column read
   *[other] { NUMBER($n) } columns read
  }
validate-columns-unread =
  { $n ->
    [one] { NUMBER($n) } not recognised
   *[other] { NUMBER($n) } not recognised
  }
validate-columns = Columns
loss-macros = macros
loss-charts = charts
loss-pivots = pivot tables
loss-images = images and drawings
loss-controls = form controls
loss-connections = connections to other data
loss-signature = the electronic signature
loss-formula-values = computed values of formulas (computed again on opening)
validate-recheck = Check again with these repairs
validate-way-file-one = One file at a time; the command takes several.
validate-table-persons =
  { $n ->
    [one] One column or cell about persons was not read; it stays empty here (…).
   *[other] { NUMBER($n) } columns or cells about persons were not read; they stay empty here (…).
  }
validate-dialect-guessed = The character encoding was guessed. Are the accents of this extract right?
validate-dialect-sample = Extract
validate-delimiter-pipe = vertical bar
validate-no-text = The text is not shown: persons might be named in it.
