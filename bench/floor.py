"""The floor of HTTP: a bare Starlette application that sends a body it has in memory, by the server we use.

In: a port, a folder of files whose names are routes. Out: a server that runs until it is ended.
"""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def application(folder: Path) -> Starlette:
    """An application with one route for each file."""

    def route(path: Path) -> Route:
        body = path.read_bytes()

        async def send(_: Request) -> Response:
            return Response(body, media_type="application/octet-stream")

        return Route(f"/{path.name}", send)

    return Starlette(routes=[route(path) for path in sorted(folder.iterdir())])


if __name__ == "__main__":
    app, port = application(Path(sys.argv[2])), int(sys.argv[1])
    config = uvicorn.Config(app, port=port, loop="uvloop", http="httptools", log_level="warning", server_header=False)
    uvicorn.Server(config).run()
