# /privacy: what is kept of whom, and what was erased.

privacy-title = Privacy and erasure
privacy-lead = This graph is about organisations, not about people. Here is what is kept, for how long, and how to have something erased.
privacy-graph-title = The graph
privacy-graph = Nothing about natural persons is published: no founders, no contact persons, no personal addresses. Columns and fields that hold them are recognised on arrival and left out.
privacy-visitors-title = Visitors
privacy-visitors = Public pages set no cookie and load nothing from other sites. The address a request comes from is used in memory to limit abuse; it is not stored.
privacy-authors-title = Who proposes a change
privacy-authors = No account is needed. A proposal has a secret address of which we keep only a fingerprint; in your browser a cookie for proposals alone takes its place. How many proposals come from an address is counted under a fingerprint whose key changes every day. An e-mail address, if you give one, and the file you handed in are deleted {$days} days after the decision.
privacy-curators-title = Curators
privacy-curators = An account has an opaque identifier, a name to log in with, a role and a fingerprint of the password. A session lasts at most {$hours} hours and uses one cookie. What is published of a decision shows the opaque identifier only.
privacy-checks-title = Files that are checked
privacy-checks = A file that you have checked is not kept. A result that you share stays {$share} days under a secret address; you can delete it earlier.
privacy-journal-title = The journal of decisions
privacy-journal = Every decision is written down for ever, in a chain of fingerprints. What an entry holds is kept apart: it can be destroyed without breaking the chain.
privacy-erase-title = Having something erased
privacy-erase = If something is about you personally, write to the contact below. The operator erases it from all kept releases, the downloads, the change feed, the search, the proposals and the journal. The releases keep their numbers and get new fingerprints, which are announced below. Copies that others made are out of our reach.
privacy-no-contact = The operator of this installation has not named a contact yet.
privacy-notices-title = Erasures
privacy-notices = What was erased is not said; why, when, and which fingerprints changed, is.
privacy-notice = Erasure {$number} of {$date}
privacy-release = Release {$number}
privacy-none = Nothing has been erased so far.
privacy-statements =
    { $n ->
        [one] { $n } statement erased
       *[other] { $n } statements erased
    }
privacy-hashes =
    { $n ->
        [one] { $n } release made again: fingerprints before and after
       *[other] { $n } releases made again: fingerprints before and after
    }
