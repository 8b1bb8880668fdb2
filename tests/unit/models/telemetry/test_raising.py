from models.telemetry.raising import Raising, Turn

NOTHING = Turn((), ())


def test_that_a_condition_has_to_last_before_it_is_raised():
    raising = Raising(30, 100, 0)
    assert raising.look({"a"}, 0) == NOTHING
    assert raising.look({"a"}, 29) == NOTHING
    assert raising.look({"a"}, 30) == Turn(("a",), ())
    assert raising.look({"a"}, 31) == NOTHING
    assert list(raising.raised) == ["a"]


def test_that_a_look_without_it_begins_the_count_anew():
    raising = Raising(30, 100, 0)
    raising.look({"a"}, 0)
    raising.look(set(), 20)
    assert raising.look({"a"}, 30) == NOTHING
    assert raising.look({"a"}, 60) == Turn(("a",), ())


def test_that_it_is_cleared_when_it_was_away_for_long_enough():
    raising = Raising(0, 100, 0)
    assert raising.look({"a", "b"}, 0).raised == ("a", "b")
    raising.look({"a"}, 50)
    assert raising.look({"b"}, 99) == NOTHING
    assert raising.look({"b"}, 150) == Turn((), ("a",))
    assert raising.look({"b"}, 260) == NOTHING


def test_that_a_flapping_condition_is_raised_once_in_a_pause():
    raising = Raising(0, 10, 300)
    turns = [raising.look({"a"} if k % 40 < 20 else set(), k) for k in range(600)]
    assert sum(len(turn.raised) for turn in turns) == 2
    assert sum(len(turn.cleared) for turn in turns) == 2


def test_that_what_the_record_says_is_cleared_when_it_is_gone():
    raising = Raising(30, 100, 0)
    raising.adopt(["a"], 1000)
    assert raising.look(set(), 1050) == NOTHING
    assert raising.look(set(), 1100) == Turn((), ("a",))


def test_that_what_nobody_can_tell_of_is_not_over():
    raising = Raising(0, 100, 0)
    raising.look({"a"}, 0)
    assert raising.look(set(), 500, {"a", "b"}) == NOTHING
    assert raising.look(set(), 599) == NOTHING
    assert raising.look(set(), 600) == Turn((), ("a",))
    assert list(raising.raised) == []
