"""The edge towards the web: requests come in, pages, documents and files go out. Only here is HTTP known."""
