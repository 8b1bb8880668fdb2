"""Opens a site's stores: migrations, the demonstration park on the first run, the operation."""

from dataclasses import dataclass

from app.clock import Clock, SystemClock
from app.demo import DEMO_SEED
from app.desk import Reference
from app.gateway.operation import Wanted, ensure_operation, find_open
from app.journal import Journal
from app.journal_errors import JournalError
from app.queries.situations import SituationReader
from app.settings import Settings
from app.site import Site
from models.ids import IdSource, OperationId, RandomIds
from models.operation.situation import Situation
from models.store import Store, StoreError, open_store
from models.store.reference import ReferenceStore


class SiteOpeningError(Exception):
    """The site's stores can't be opened; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class OpenedSite:
    """A site ready to be worked on."""

    store: Store
    journal: Journal
    reader: SituationReader
    reference_store: ReferenceStore
    reference: Reference
    operation_id: OperationId
    situation: Situation


def open_site(site: Site, settings: Settings, clock: Clock) -> OpenedSite:
    """Open everything; a demonstration site without a park gets one.

    Raises
    ------
    SiteOpeningError
        When a store is newer, damaged, full, read-only or out of reach.
    """
    try:
        store = open_store(site.store_url(settings.store_url), backups=site.backups)
    except StoreError as error:
        raise SiteOpeningError(str(error)) from error
    try:
        return _opened(site, settings, clock, store)
    except (StoreError, JournalError) as error:
        store.close()
        raise SiteOpeningError(str(error)) from error


def _lay_out_park(site: Site, store: Store, journal: Journal, clock: Clock, ids: IdSource) -> None:
    """Put the park there for an operation that starts now; only then the generator is needed."""
    from app.demo.install import install_park, renew_times
    from app.reference import ReferenceService, Register

    register = Register(mode="demonstration", site=site.path.name)
    service = ReferenceService(store, journal, clock, ids, register)
    if not install_park(service, clock.now_us(), seed=DEMO_SEED).fresh:
        renew_times(service, clock.now_us(), seed=DEMO_SEED)


def _opened(site: Site, settings: Settings, clock: Clock, store: Store) -> OpenedSite:
    ids = RandomIds()
    journal = Journal(store, clock, ids)
    reference_store = ReferenceStore(store)
    if settings.mode == "demonstration" and find_open(journal, "demonstration") is None:
        _lay_out_park(site, store, journal, clock, ids)
    wanted = Wanted(
        mode=settings.mode,
        site=site.path.name,
        revision=reference_store.head(),
        seed=DEMO_SEED if settings.mode == "demonstration" else "",
    )
    operation_id = ensure_operation(journal, clock, ids, wanted)
    if isinstance(clock, SystemClock):
        clock.not_before(journal.head(operation_id).recorded_us)
    reader = SituationReader(journal)
    reference = reference_store.view().preload()
    return OpenedSite(
        store=store,
        journal=journal,
        reader=reader,
        reference_store=reference_store,
        reference=reference,
        operation_id=operation_id,
        situation=reader.latest(operation_id),
    )
