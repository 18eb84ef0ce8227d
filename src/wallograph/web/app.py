"""The application factory: settings come in, a FastAPI application goes out. Importing it does nothing."""

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from wallograph import __version__
from wallograph.checker.client import CheckClient
from wallograph.settings import Settings
from wallograph.store.client import QueryClient
from wallograph.web import errors
from wallograph.web.gate import Rights
from wallograph.web.headers import Cors, HeadAsGet, RawPath, SecurityHeaders
from wallograph.web.rights import is_closed
from wallograph.web.routes import (
    account,
    account_own,
    api,
    catalogue,
    changes,
    changes_diff,
    completion,
    crawlers,
    documents,
    dumps,
    embed,
    history,
    identity,
    identity_api,
    operations,
    pages,
    privacy,
    profiles,
    quality,
    review,
    rules,
    sparql,
    submissions,
    validate,
    validate_columns,
    validate_form,
    validate_shared,
)
from wallograph.web.site import STATIC, Site


def create_app(
    settings: Settings, *, query_client: QueryClient | None = None, check_client: CheckClient | None = None
) -> FastAPI:
    """Make the application of one installation.

    Without a client, and without a socket in the settings, /sparql and /validate say that they are not available.
    """
    if query_client is None and settings.query_socket is not None:
        query_client = QueryClient(settings.query_socket)
    if check_client is None and settings.check_socket is not None:
        check_client = CheckClient(settings.check_socket)
    app = FastAPI(title="wallograph", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    site = Site(settings, query_client, check_client)
    app.state.site = site
    app.router.redirect_slashes = False  # its redirects are built from the Host header
    errors.install(app, site)
    app.router.routes.extend(sparql.routes())
    app.router.routes.extend(documents.routes(pages.thing_page))
    validation = validate.Validation(site)
    app.router.routes.extend([*validate.routes(validation), *validate_shared.routes(validation)])
    app.router.routes.extend([*validate_form.routes(validation), *validate_columns.routes(validation)])
    app.router.routes.extend(submissions.routes(validation))
    app.router.routes.extend(api.routes(site))
    app.router.routes.extend([*account.routes(site), *account_own.routes(site)])
    duplicates = identity.IdentityDesk(site)
    app.router.routes.extend([*identity.routes(duplicates), *identity_api.routes(duplicates)])
    app.router.routes.extend([*review.routes(site), *history.routes(site)])
    app.include_router(operations.router())
    app.include_router(catalogue.router())
    app.include_router(crawlers.router())
    app.include_router(profiles.router())
    app.include_router(changes.router())
    app.include_router(changes_diff.router())
    app.include_router(embed.router())
    app.include_router(dumps.router())
    app.include_router(completion.router())
    app.include_router(rules.router())
    app.include_router(quality.router())
    app.include_router(privacy.router())
    app.include_router(pages.router())
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    # The last one added is the outermost.
    app.add_middleware(Rights, site=site, routes=lambda: app.router.routes)
    app.add_middleware(errors.Unexpected, site=site)
    app.add_middleware(Cors, methods=lambda scope: errors.allowed_methods(app, scope), closed=is_closed)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadAsGet)
    app.add_middleware(RawPath)
    return app
