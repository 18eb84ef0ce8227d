# Texts of the pages for people.

# frame
site-tagline = Wallonia’s digital ecosystem as linked data
skip-to-content = Skip to content
main-navigation = Main navigation
language-choice = Page language
breadcrumb = Breadcrumb
nav-home = Home
nav-actors = Organisations
nav-themes = Themes
nav-places = Places
nav-projects-short = Projects
nav-figures-short = Figures
nav-projects = Projects and good practices
nav-events = Events
nav-figures = Published figures
nav-sources = Sources
nav-data = Download
nav-sparql = SPARQL
nav-about = About
nav-code-lists = Code lists
nav-vocabulary = Vocabulary
not-for-reuse = Trial installation, local addresses. Not for reuse.
footer-what = A knowledge graph that links the digital players of Wallonia, and says for each statement who makes it.
footer-licence = Licence
footer-licence-text = for our own statements and their compilation; each source keeps its terms.
footer-sources = Attributions
footer-attribution = Places and NACE-BEL: Statbel. Research organisations: ROR (CC0). Public bodies: Fedict.
footer-all-attributions = All attributions
footer-reuse = Reuse
release-line = Release { $number } of the graph, { $date }
number = { NUMBER($n) }
yes = Yes
no = No
year = Year
value = Value
all = All
filter = Filter the list
refine = Filter by kind, theme or place
note = Note
version = version
in-language = Text in language “{ $language }”: there is no translation here
language-fr = In French
language-nl = In Dutch
language-de = In German
language-en = In English

# lists
empty-list = There is nothing to show here for now.
pages = Pages of the list
page-range = { $first } to { $last } of { $total }
page-previous = Previous page
page-next = Next page
page-of = Page { $number } of { $pages }
show-others =
  { $n ->
    [one] Show the other one
   *[other] Show the other { $n }
  }
group-other = Not attached to one on record

# types
type-actor = Organisation
type-project = Project
type-event = Event
type-place = Place
type-theme = Theme
type-concept = Code-list entry
type-scheme = Code list
type-vocabulary = Vocabulary
type-source = Source
type-figure = Published figure
type-link = Link
type-value = Dated value
type-other = Resource

# who says so
role-stated = stated by the page
role-read = read by wallograph
role-derived = derived by wallograph
role-register = register
role-proposal = accepted proposal
role-code-list = code list
role-vocabulary = vocabulary
role-text-stated = The page says so itself.
role-text-read = We read it into a page: the page does not say it in these words, it is our interpretation.
role-text-derived = We derived it from other statements, by a written rule.
role-text-register = A public register published it.
role-text-proposal = A proposal brought it, with a page or by the organisation itself, and a curator accepted it.
role-text-code-list = Code list published by wallograph.
role-text-vocabulary = Vocabulary published by wallograph.
filter-stated = Pages
filter-read = Readings by wallograph
filter-derived = Derivations
filter-register = Registers
filter-proposal = Proposals
filter-code-list = Code lists
filter-vocabulary = Vocabulary
who-stated = According to
who-read = Read by wallograph
who-derived = Derived by wallograph
who-register = Register:
who-proposal = Proposed and accepted:
who-one-of-stated = According to one of { $n } pages:
who-one-of-read = Read by wallograph on one of { $n } pages:
who-unknown = source without a known publisher
who-more =
  { $n ->
    [one] and 1 other source
   *[other] and { $n } other sources
  }
who-says-so = Who says so
undated = undated
date-month =
  { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
  } { $year }
date-day =
  { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
  } { $year }
is-copy = copy
is-copy-text = This address is a copy or a mirror, not the publisher’s site.
one-of-pages = Stands on one of these pages; which one was not noted.
rule = Rule
source-record = All that this source says
why-linked = Why this link?
why-title = { $subject } – { $object }
why-text = Each source below says so; open the page to check.
stated-for = year given: { $years }
rights-facts-only = We take facts only; the page remains under its publisher’s terms.

# thing
kinds-title = What it is, according to whom
kind-not-recorded = Kind not recorded
not-recorded = not recorded
not-recorded-list = Not recorded:
place-not-recorded = place not recorded
facts-title = In brief
field-place = Place as stated
field-municipality = Municipality
field-province = Province
field-founded = Founded
field-market = Market
field-clients-abroad = Clients abroad
field-homepage = Website
field-start = Start
field-end = End
field-employees = Staff
field-researchers = Researchers
field-status = Status
field-budget = Budget
field-nis = NIS code
field-postcode = Postcode
field-coordinates = Latitude, longitude
field-name = Name
themes-title = Themes
keywords-title = Topics, in the page’s own words
on-this-page = On this page
cite-check = Check the edition
names-title = Other names and spellings
names-empty = No other name recorded
identifiers-title = Identifiers elsewhere
id-ror = ROR
id-isni = ISNI
id-enterprise-number = Enterprise number (CBE)
id-establishment-number = Establishment number
id-vat = VAT number
conflict-title = The sources do not agree
conflict-text = We show each value with its source; we do not decide.
links-title = Links
links-text = Read each heading from this record. Open a source to see the page, its date and what else it says.
links-empty = No link recorded. That does not mean that there is none.
related-shared = Shared themes:
links-jump = Go to a kind of link
thing-figures-title = Published figures about it
figure-wording = As the page words it:
figure-wording-column = As the page words it
related-title = Same themes, other universities
related-text = Units of other universities that share a theme, by our reading of the pages.
page-sources-title = Sources of this page
page-sources-show = Show all sources
formats-title = Reuse these data
formats-text = The same page, for machines:
cite-title = Cite this page
cite-release = release { $number } of { $date }

# places
lies-in = In:
place-actors-title = Organisations here
place-actors-text = By the place that a source gives; localities and sites count in their municipality and province.
place-kinds = View by kind
place-empty = No organisation recorded here.
place-inside-title = Places inside
places-text = Walloon provinces and municipalities, with the number of organisations that a source puts there.
places-without =
  { $n ->
    [one] 1 municipality without a recorded organisation
   *[other] { $n } municipalities without a recorded organisation
  }

# concepts
theme-by-university = Research units by university
theme-by-kind = Organisations and projects by kind
theme-summary = Attached to this theme or to a more specific one, by our reading of the pages: { $organisations } and { $projects }.
count-projects =
  { $n ->
    [0] no project
    [one] 1 project
   *[other] { $n } projects
  }
count-actors =
  { $n ->
    [0] no organisation
    [one] 1 organisation
   *[other] { $n } organisations
  }
theme-no-units = No research unit recorded for this theme.
theme-no-actors = No organisation recorded for this theme.
themes-text = The themes that we attach organisations and projects to: our reading of the pages, marked as such. A number includes the more specific themes.
used-by = Used by
used-empty = No page uses this entry.
notation = Code
code-list = List
code-list-entry = The code-list entry
broader = Broader
narrower = Narrower
related = See also
matches-title = Matches
match-exactMatch = Exact match
match-closeMatch = Close match
match-broadMatch = Broader elsewhere
match-narrowMatch = Narrower elsewhere
match-relatedMatch = Related elsewhere
entries = Entries
entries-count =
  { $n ->
    [one] 1 entry
   *[other] { $n } entries
  }
code-lists-text = The controlled lists that the graph uses, in four languages.
type-shapes = Rules
type-shapes-text = What each record must satisfy before it is published.
type-vocabulary-text = The terms of wallograph’s own; everywhere else the graph uses known vocabularies.
classes = Classes
properties = Properties
term-domain = Applies to
term-range = Values
term-near = Near known terms

# sources
sources-text = Each page, register or rule that information in the graph comes from.
sources-publishers = Most cited publishers
source-states = What this source says
source-empty = No statement to show for this source.
source-pages = Page
source-publisher = Publisher
source-date = Date
source-role = Role
source-rights = Rights
source-read-from = Read in

# figures
figures-text = Figures as pages publish them. They sometimes contradict each other: each keeps its year and its page.
figures-count =
  { $n ->
    [one] 1 figure
   *[other] { $n } figures
  }
figures-empty = No published figure is recorded.
figure-others = Other figures of the same indicator
figure-no-others = No other figure of this indicator is recorded.
published-title = Published figures
indicator = Indicator
scope = Scope
held-title = What this graph holds
held-text = Number of records, by what pages state: neither a census nor an estimate.
held-actors = Organisations
held-startup = Called “start-up” by a page
held-scaleup = Called “scale-up” by a page
held-spin-off = Called “spin-off” by a page
held-research-unit = Research units
held-projects = Projects, programmes, good practices
held-links = Stated links between two records
held-figures = Published figures taken over
unit-municipality =
  { $n ->
    [one] municipality
   *[other] municipalities
  }
unit-startup =
  { $n ->
    [one] start-up
   *[other] start-ups
  }
unit-profile =
  { $n ->
    [one] profile
   *[other] profiles
  }
unit-job =
  { $n ->
    [one] job
   *[other] jobs
  }
unit-project =
  { $n ->
    [one] project
   *[other] projects
  }
unit-laboratory =
  { $n ->
    [one] laboratory
   *[other] laboratories
  }
unit-application =
  { $n ->
    [one] application
   *[other] applications
  }
unit-partnership =
  { $n ->
    [one] partnership
   *[other] partnerships
  }
unit-company =
  { $n ->
    [one] company
   *[other] companies
  }
unit-sme =
  { $n ->
    [one] SME
   *[other] SMEs
  }
unit-employee =
  { $n ->
    [one] employee
   *[other] employees
  }
unit-eur =
  { $n ->
    [one] euro
   *[other] euros
  }
unit-researcher =
  { $n ->
    [one] researcher
   *[other] researchers
  }
unit-studio =
  { $n ->
    [one] studio
   *[other] studios
  }
unit-exhibitor =
  { $n ->
    [one] exhibitor
   *[other] exhibitors
  }
unit-request =
  { $n ->
    [one] request
   *[other] requests
  }
unit-laureate =
  { $n ->
    [one] laureate
   *[other] laureates
  }
unit-organisation =
  { $n ->
    [one] organisation
   *[other] organisations
  }
unit-percent = %
unit-actor =
  { $n ->
    [one] player
   *[other] players
  }
unit-person =
  { $n ->
    [one] person
   *[other] people
  }
unit-game =
  { $n ->
    [one] game
   *[other] games
  }
unit-fte =
  { $n ->
    [one] full-time equivalent
   *[other] full-time equivalents
  }
unit-spin-off =
  { $n ->
    [one] spin-off
   *[other] spin-offs
  }
unit-member =
  { $n ->
    [one] member
   *[other] members
  }

# home
home-title = Who does what in digital Wallonia, and who says so
home-lead = wallograph brings together what { NUMBER($pages) } pages and registers say about the start-ups, research units, clusters, projects and places of digital Wallonia. The sources stay distinct: each piece of information keeps its author and its date, so you can compare, check and cite.
questions-title = Three questions to start with
question-theme = { $name }: who works on it?
question-spin-offs = { $name }: which spin-offs?
question-place = { $name }: which organisations?
answer-theme =
  { $n ->
    [one] 1 organisation or project
   *[other] { $n } organisations and projects
  }
answer-spin-offs =
  { $n ->
    [one] 1 spin-off
   *[other] { $n } spin-offs
  }
answer-place =
  { $n ->
    [one] 1 organisation
   *[other] { $n } organisations
  }
home-kinds = Organisations by kind
home-all-kinds = All kinds
home-all-figures = All published figures
home-all-themes = All themes
home-all-places = All municipalities
home-new = This release
kinds-not-exclusive = Kinds as the pages name them. An organisation may have several: do not add these numbers together.
beside-title = Published figures, content of the graph
beside-text = Two different things: what pages say of the whole ecosystem, and the records this graph holds. A number of records is not a census.
beside-published = Digital start-ups in Wallonia, according to press and websites
projects-text = Research projects, programmes, initiatives and good practices.
projects-empty = No project recorded.

# search
search-label = Search for an organisation, project, place or theme
search-short = Name, acronym, theme…
search-button = Search
search-hint = Names, other names and acronyms; accents and capitals do not matter.
search-title = Search: { $q }
search-heading = Results for
search-count =
  { $n ->
    [0] No results
    [one] 1 result
   *[other] { $n } results
  }
search-empty = Nothing like that in the graph. That does not mean it does not exist. Try another name or an acronym, or browse the lists:
facet-more = More
search-nothing-asked = Enter a name to begin.
search-matched = Also known as
did-you-mean = Did you mean this? Results shown for:
facet-concept = What
facet-kind = Kind
facet-theme = Theme
facet-place = Place
facet-remove = remove this filter

# dumps
dumps-title = Download the graph
dumps-text = The whole graph. Our statements and their compilation are under CC BY 4.0; each source keeps its terms. Each edition stays available, with its checksums.
dumps-earlier = Earlier editions
dumps-what = Content
dumps-with-sources = with the source of each statement
dumps-without-sources = statements alone, without their sources
dumps-empty = No file to download for now.
dumps-latest = The latest
dumps-file = File
dumps-size = Size
dumps-edition = Edition { $number } of { $date }

# about
about-lead = wallograph links the players of Wallonia’s digital ecosystem without blurring them: each source keeps its names and statements.
about-how-title = How to read the graph
about-how-1 = Each statement is kept under the page that makes it. When pages contradict each other, all values are shown.
about-how-2 = “Not recorded” means that no page we read says so, not that there is no such thing.
about-attributions-title = Attributions
about-statbel = Municipalities, provinces, NIS codes, centroids computed from its boundaries, and the NACE-BEL nomenclature. Source: Statbel, Statbel open data licence.
about-ror = Identifiers of research organisations, CC0.
about-fedict = Public bodies and enterprise numbers, dcattools, two-clause BSD licence.
about-adn = Regional taxonomy: names and identifiers only, as matches of our themes.
about-press-title = Press and websites
about-press = Facts only, each with the address of its page; the texts stay with their authors.
about-weak-title = Known weaknesses
about-weak-1 = Many statements are from 2002 to 2023: whether a company still exists was mostly not checked. Look at the date.
about-weak-2 = The collection is not complete: an organisation that is missing or has no link may simply not have been read.
about-weak-3 = Themes and markets are our reading of the pages, marked “read by wallograph”.
about-weak-4 = Some pages are copies or mirrors; they carry the mark “copy”.
about-weak-5 = When a row has several pages and no evidence per field, we know that one of them says so, not which.
about-contact = Contact
problems-title = Error messages
problems-text = What each kind of error that this site answers with means.
as-it-was = This page shows the state of { $date } (release { $number }), as it was.
as-it-is = See the present state
dumps-table = table, one row a thing
