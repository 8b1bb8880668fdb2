from models.store import open_store
from models.store.posts import Post, Posts


def test_that_posts_wait_in_order_for_whom_they_are_until_they_are_removed(store_url: str) -> None:
    store = open_store(store_url)
    posts = Posts(store)
    posts.put([Post("2", "west", b"b"), Post("1", "west", b"a"), Post("3", "east", b"\x00c")])
    posts.put([Post("4", "north", b"")])
    assert posts.waiting(["west"], 9) == [Post("1", "west", b"a"), Post("2", "west", b"b")]
    assert posts.waiting(["west", "east"], 2) == posts.waiting(["west"], 9)
    posts.remove(["1", "3", "never"])
    assert [post.id for post in posts.waiting(["west", "east"], 9)] == ["2"]
    assert [post.id for post in posts.waiting(["north"], 9)] == ["4"]
    store.close()
