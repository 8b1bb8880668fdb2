"""Opens the site's store for a headless command; what is wrong is said as bad input."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.cli import BadInputError
from app.clock import SystemClock
from app.journal import Journal
from app.journal_errors import JournalError
from app.settings import Settings, SettingsError, load_settings
from app.site import Site, SiteError, site_path
from models.ids import RandomIds
from models.store import Store, StoreError, open_store


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site with its settings, store and journal."""

    site: Site
    settings: Settings
    store: Store
    journal: Journal


def site_of(args: argparse.Namespace) -> tuple[Site, Settings]:
    """Return the site that `--site` names and its settings.

    Raises
    ------
    BadInputError
        When a settings file makes no sense.
    """
    site = Site(site_path(getattr(args, "site", None)))
    try:
        return site, load_settings(site.site_file).settings
    except SettingsError as error:
        raise BadInputError(str(error)) from error


@contextmanager
def open_site(args: argparse.Namespace, *, create: bool = False) -> Iterator[OpenSite]:
    """Yield the opened site; it is made first only where `create` says so.

    Raises
    ------
    BadInputError
        When there is none, or the store or the journal refuses.
    """
    site, settings = site_of(args)
    if create:
        try:
            site.create()
        except SiteError as error:
            raise BadInputError(str(error)) from error
    elif not settings.store_url and not site.operations_db.exists():
        raise BadInputError(f"{site.path}: no operations store here; give the site by --site DIR")
    try:
        store = open_store(site.store_url(settings.store_url), backups=site.backups)
        try:
            yield OpenSite(site, settings, store, Journal(store, SystemClock(), RandomIds()))
        finally:
            store.close()
    except (StoreError, JournalError) as error:
        raise BadInputError(str(error)) from error
