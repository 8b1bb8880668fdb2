"""Samples on their way from one of a site's gateways to another: taken once, then removed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from models.store.store import Store
from models.store.tables import GatewayPost


class Post(NamedTuple):
    """What one gateway hands to another; ids order them by time."""

    id: str
    receiver: str
    body: bytes


class Posts:
    """Writes, reads and removes posts; raises StoreError as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, posts: Sequence[Post]) -> None:
        """Store posts, all of them or none."""
        rows = [post._asdict() for post in posts]
        with self._store.writing() as session:
            session.execute(insert(GatewayPost), rows)

    def waiting(self, receivers: Sequence[str], most: int) -> Sequence[Post]:
        """Return the oldest posts to any of these gateways, at most `most`."""
        chosen = (
            select(GatewayPost.id, GatewayPost.receiver, GatewayPost.body)
            .where(GatewayPost.receiver.in_(receivers))
            .order_by(GatewayPost.id)
            .limit(most)
        )
        with self._store.reading() as session:
            return [Post(*row) for row in session.execute(chosen)]

    def remove(self, ids: Sequence[str]) -> None:
        """Remove posts that were taken."""
        with self._store.writing() as session:
            session.execute(delete(GatewayPost).where(GatewayPost.id.in_(ids)))
