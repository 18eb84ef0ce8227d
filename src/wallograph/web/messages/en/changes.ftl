# Texts of the changes: what each release changed, what was withdrawn or merged.

# the life of a thing
life-not-stated = No source states it any more.
life-merged = It is the same thing as another one, which has taken it over.
life-since = Since { $date } (release { $number }).
life-since-only = Since { $date }.
life-was = Known name: { $name }
life-replaces = Has taken over:

# the list of releases
changes-title = What changes
changes-lead = Each release says what it adds, changes and withdraws. A page for each release, an Atom feed for people, an event stream (LDES) for programs.
changes-release = Release { $number } of { $date }
changes-first = First release: everything is new
changes-nothing = Nothing changed in what is published
changes-line = { $what }: { $how }
changes-what = What changed
changes-of = Release
changes-date = Date
changes-table = The releases
changes-feeds = Follow the changes
changes-atom = Atom feed
changes-ldes = Event stream (LDES, Turtle)

# kinds of things, and what happens to them
changes-group-actor = Organisations
changes-group-project = Projects and good practices
changes-group-event = Events
changes-group-place = Places
changes-group-link = Links
changes-group-value = Dated values
changes-group-figure = Figures
changes-group-concept = List entries
changes-group-other = Others
changes-n-created = { NUMBER($n) } new
changes-n-renamed = { NUMBER($n) } renamed
changes-n-merged = { NUMBER($n) } merged
changes-n-withdrawn = { NUMBER($n) } withdrawn
changes-n-changed = { NUMBER($n) } changed
changes-kind-created = New
changes-kind-renamed = Renamed
changes-kind-merged = Merged
changes-kind-withdrawn = Withdrawn
changes-kind-changed = Changed

# one difference
changes-span = From release { $old } to release { $new }
changes-one = What release { $number } changes
changes-since = Compared with release { $old }.
changes-patch = All differences (RDF Patch)
changes-json = Summary (JSON)
changes-members = Things of this release (LDES)
changes-before = before
changes-after = after
changes-former = formerly
changes-into = taken over by
changes-partial = The difference is too large to be shown whole: only the first things were compared. The files to download say it all.
changes-same = Nothing differs between these two releases in what is published.
changes-dumps = Files to download
changes-more =
  { $n ->
    [one] { NUMBER($n) } more.
   *[other] { NUMBER($n) } more.
  }

# what moved
changes-moved = Withdrawn, merged, renamed
changes-moved-lead = Everything that is no longer under its address or its name, with the date and what replaces it. The old addresses go on answering.
changes-thing = Thing
changes-became = Became
changes-how = What happened
changes-unknown = date not known
changes-moved-empty = Nothing was withdrawn, merged or renamed.
changes-moved-withdrawn = withdrawn
changes-moved-merged = merged
changes-moved-renamed = renamed

# names of operations in the description of the interface
api-op-changes = What changes: event stream (LDES)
api-op-changesAtom = What changes, as Atom
api-op-difference = What a release changes, or what differs between two
api-op-changesPage = A page of the event stream
api-op-changesPart = A hundred releases of the event stream
api-op-moved = What is withdrawn, merged or renamed
