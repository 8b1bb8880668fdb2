"""Alembic's environment: runs on the connection that `models.store.migrating` hands over."""

from alembic import context

from models.store import tables  # noqa: F401 - fills the metadata
from models.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,  # the caller's transaction covers everything
)
context.run_migrations()
