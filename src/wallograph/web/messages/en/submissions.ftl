# Proposals: what it is, the forms, the page of a proposal.
problem-no-if-match = The version that was read is missing
problem-no-if-match-help = Read the proposal first, then send its ETag along in the If-Match header.

submissions-title = Propose a change
submissions-lead = Is an organisation missing, is something wrong or out of date? Propose the correction. You need no account: a curator reads it, decides and says why.
submissions-mine = Your proposals in this browser
submissions-ways = What do you want to do?
submissions-way-create = Add an organisation, a project or an event
submissions-way-create-text = What has no page yet.
submissions-way-change = Correct or complete a page
submissions-way-change-text = Its values and its links.
submissions-way-withdraw = Have a page or a link removed
submissions-way-withdraw-text = What does not exist, or does not belong here.
submissions-way-file = Send a table or an RDF file
submissions-way-file-text = Many records at once.
submissions-error-text = For a single wrong value: on the page where it stands, open “who says so”, then “Report an error”.
submissions-then = What happens then
submissions-step-send = You send it.
submissions-step-send-text = You get a secret address to follow, change or take back your proposal.
submissions-step-check = The rules are checked.
submissions-step-check-text = What is not right is told in plain words. A proposal with errors is kept: you mend it when you like.
submissions-step-review = A curator decides.
submissions-step-review-text = All of it or a part is accepted, a correction is asked for, or it is refused, always with a reason.
submissions-step-publish = It is published.
submissions-step-publish-text = The page changes at once, and says where the information comes from.
submissions-rules = Good to know
submissions-rule-evidence = Every statement has its evidence: a web page, or “the organisation says so itself”. We do not open the page for you.
submissions-rule-persons = Nothing about persons: no names, e-mail addresses or telephone numbers.
submissions-rule-public = Once decided, the proposal becomes public with the decision and its reason, but without anything about you. Your message is read by curators only.
submissions-rule-no-email = We ask for no e-mail address and send you no message: follow your proposal at its secret address.
submissions-rule-limits = At most { $client } proposals a day from one address. Files that were sent are deleted { $days } days after the decision.
submissions-api = From a program

submission-wrong = Something is missing
submission-nothing = Nothing is proposed: fill in at least one line or tick a value.
submission-nothing-new = This file says nothing that is not published already.
submission-evidence = Who says so?
submission-evidence-help = For the whole form. A line can have evidence of its own.
submission-evidence-help-short = A page that everybody can read, or the organisation itself.
submission-evidence-by-page = A web page says so
submission-evidence-by-organisation = The organisation says so itself
submission-evidence-address = Address of the page
submission-evidence-missing = Say who says so: a web page, or the organisation itself.
submission-evidence-page = The address of the page begins with http:// or https://.
submission-evidence-line = The evidence of a line is no http or https address.
submission-note-legend = Message to the curators
submission-note = Anything else?
submission-note-help = Optional, read by curators only. Write nothing about persons.
submission-note-missing = Say why.
submission-what-missing = Choose: another value is right, or this one should go.
submission-right-missing = Give the right value.
submission-graph-missing = Choose at least one source.
submission-choose-among = “{ $text }”: choose…
submission-none-of-these = None of these
submission-search-name = Look for this name
submission-line-year-evidence = Year, other evidence
submission-line-evidence = Other evidence
submission-line-by = Who says this value?
submission-line-usual = as for the whole form
submission-year = Year for which it holds
submission-said-now = What the sources say now:
submission-no-longer = wrong or out of date
submission-others = Other statements

submission-new-lead = First: what is it?
submission-new-actor = Company, research centre, university, network…
submission-new-project = Project, programme, good practice.
submission-new-event = Meeting, contest, fair.
submission-new-first = Is it there already?
submission-find-lead = Which page is it about?
submission-find-label = Name, former name or acronym
submission-find-found =
  { $n ->
    [0] No result
    [one] { NUMBER($n) } result
   *[other] { NUMBER($n) } results
  }
submission-find-none = Nothing has this name here.
submission-form-create = Add: { $kind }
submission-form-change = Propose a change: { $name }
submission-form-links = Add a link: { $name }
submission-form-lead-create = Fill in what you know; the name is enough to begin.
submission-form-lead-change = Tick what is wrong or out of date, write what is right. What you do not touch stays.
submission-to-page = See the page
submission-check = Check
submission-send = Send the proposal
submission-amend-send = Send the corrected version
submission-send-text = You then get a secret address to follow the proposal.
submission-checked-right =
  { $n ->
    [one] No error: { NUMBER($n) } statement, ready to be sent
   *[other] No error: { NUMBER($n) } statements, ready to be sent
  }
submission-checked-wrong = Something does not follow the rules
submission-checked-wrong-text = You can mend it now, or send it all the same and mend it later. As long as the error stays, nothing can be accepted.
submission-checked-unread = A line is not understood: correct it or empty it

submission-error = Report an error
submission-error-what = What is not right?
submission-error-right = Another value is right
submission-error-instead = The right value
submission-error-gone = This value should go
submission-error-sources = Source that is mistaken
submission-not-stated = No source says this directly
submission-not-stated-text = This value follows from others, or has changed since you opened the page. Correct what it follows from.
submission-report = Report an error
submission-other-note = This kind of page is not corrected with a form: describe the error, a curator will read it.

submission-withdraw-link = Have this link removed
submission-withdraw-thing = Have removed: { $name }
submission-withdraw-lead =
  { $n ->
    [one] { NUMBER($n) } statement would go, { NUMBER($links) } of them with another page or a list.
   *[other] { NUMBER($n) } statements would go, { NUMBER($links) } of them with another page or a list.
  }
submission-withdraw-sources =
  { $n ->
    [one] { NUMBER($n) } source speaks of it
   *[other] { NUMBER($n) } sources speak of it
  }
submission-withdraw-why = Why?
submission-withdraw-reason = The reason

submission-file-lead = A table (one record a row) or RDF. What is published already is not proposed again.
submission-file-text = The file is kept with the proposal.
submission-file-again = Send a corrected file
submission-file-validate = Check first, without sending anything

submission-one = Proposal { $id }
submission-kind-create = Addition
submission-kind-change = Change
submission-kind-withdraw = Removal
submission-kind-error = Reported error
submission-kind-file = File
submission-state-received = To be mended
submission-state-received-text = It is kept, but still breaks rules: mend it so that it can be accepted.
submission-state-checked = Waiting
submission-state-checked-text = It follows the rules and waits for a curator.
submission-state-changes-asked = Correction asked for
submission-state-changes-asked-text = A curator asks for a correction: see the history.
submission-state-accepted = Accepted
submission-state-accepted-text = All of it was accepted.
submission-state-partly-accepted = Accepted in part
submission-state-partly-accepted-text = A part was accepted.
submission-state-refused = Refused
submission-state-refused-text = Nothing was changed.
submission-state-withdrawn = Taken back
submission-state-withdrawn-text = You took it back; nobody will review it.
submission-sent = Received
submission-amended = The corrected version is saved.
submission-keep-address = Keep this address. Only with it can you follow, mend and take back your proposal.
submission-secret-address = Secret address
submission-secret-show = Show my secret address again
submission-keep-why = Who has this address can change the proposal: do not publish it. We keep only a fingerprint of it and cannot give it to you again.
submission-decision = Decision
submission-entry = Entry { $n } of the journal.
submission-published-in = Published in release { $n }
submission-published-soon = Published in a moment.
submission-findings = Check
submission-findings-wrong =
  { $n ->
    [one] { NUMBER($n) } error to be mended before the proposal can be accepted.
   *[other] { NUMBER($n) } errors to be mended before the proposal can be accepted.
  }
submission-findings-right = No rule is broken.
submission-mend = Mend
submission-difference = What would change
submission-no-statement = No statement: a message only.
submission-more =
  { $n ->
    [one] And { NUMBER($n) } more.
   *[other] And { NUMBER($n) } more.
  }
submission-op-add = Adds
submission-op-retract = Removes
submission-stated-by = Said now by:
submission-says-page = Evidence:
submission-says-organisation = Evidence: the organisation says so itself.
submission-accepted-yes = accepted
submission-accepted-no = not accepted
submission-history = History
submission-yours = Your proposal
submission-amend = Change the proposal
submission-take-back = Take the proposal back
submission-take-back-text = Nobody will review it any more. The file that was sent is deleted.
submission-take-back-why = Reason (optional)
submission-public-later = After the decision this page is public, without anything about you: neither your message nor your corrections.
submission-event-received = Received
submission-event-amended = Changed by its author
submission-event-checked = Checked: no error
submission-event-assigned = Given to a curator
submission-event-unassigned = Back in the queue
submission-event-changes-asked = Correction asked for
submission-event-accepted = Accepted
submission-event-partly-accepted = Accepted in part
submission-event-refused = Refused
submission-event-withdrawn = Taken back by its author
submission-event-published = Published
submission-event-reverted = Undone by a new decision
submission-event-restored = Restored by a new decision
submission-event-seconding = A first curator accepts it; a second one has to confirm
submission-event-not-published = Could not be published
submission-do-title = Correct this page
submission-do-change = Propose a change
submission-do-link = Add a link
submission-do-withdraw = Have removed

submission-links-effect =
  { $creates ->
    [0] No new link
    [one] { NUMBER($creates) } new link
   *[other] { NUMBER($creates) } new links
  }, { $breaks ->
    [0] no link removed.
    [one] { NUMBER($breaks) } link removed.
   *[other] { NUMBER($breaks) } links removed.
  }
submission-links-alone = Would have no link left:
submission-duplicates = Perhaps there already
submission-duplicates-text = If it is the same one, take this proposal back and propose a change of its page instead.
submission-alike = { NUMBER($n) } % alike
submission-others-open =
  { $n ->
    [one] { NUMBER($n) } other waiting proposal is about the same page.
   *[other] { NUMBER($n) } other waiting proposals are about the same page.
  }
submission-new-thing = new page
submission-stays = Stays:
submission-op-confirm = Confirms
submission-conflict-gone = This statement is not published any more: it has changed since.
submission-conflict-value-changed = This value has changed since.
submission-conflict-thing-gone = This page was removed since.
submission-conflict-other-value = Another value was accepted since.
submission-conflict-retracted = This statement was removed by a decision.
submission-conflict-confirmed = This value was confirmed by a decision since.
submission-conflict-merged = This page was merged with another one since.
submission-conflict-same-published = The same statement is published already.
