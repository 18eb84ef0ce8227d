# The account of a build.
account-table = table
account-in = rows
account-published = published
account-merged = merged
account-outside = outside
account-held = held back
account-violation = Held back
account-warning = To be looked at
account-info = Good to know
account-none = This release has no account of rows.
