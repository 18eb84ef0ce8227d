# The card and the badge that other sites show.
embed-member = Part of the digital ecosystem of Wallonia
embed-more = See the entry and its sources
embed-title = Show it on your site
embed-text = A picture or a card, without scripts or tracking, with a link back to this page. Copy the text:
embed-badge = Badge
embed-card = Card
