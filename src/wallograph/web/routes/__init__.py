"""The routes: each module gives a router; handlers parse, call and answer."""
