"""Proposals: by capability and ETA, with the reason for everyone left out; nobody twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from models.basics import Name, Phone
from models.dispatch.ports import Route
from models.dispatch.proposal import Need, assign, propose_materials, propose_teams
from models.libraries.kinds import Depot, Stock, Team


def _team(
    key: str, *capabilities: str, phones: tuple[str, ...] = ("1",), aid: bool = False
) -> Team:
    return Team(
        key=key, name=Name(en=key), capabilities=capabilities, mutual_aid=aid,
        phones=tuple(Phone(number=number) for number in phones),
    )  # fmt: skip


def _route(key: str, eta: float | None, reachable: bool = True) -> Route:
    return Route(team_key=key, eta_s=eta, distance_m=1.0, line=(), reachable=reachable)


def test_that_coverage_comes_before_eta_and_own_teams_before_mutual_aid() -> None:
    teams = [
        _team("near", "medical"),
        _team("both", "medical", "leak"),
        _team("aid", "leak", aid=True),
        _team("own", "leak"),
        _team("cut", "leak"),
        _team("unknown", "leak"),
    ]
    routes = [
        _route("near", 60), _route("both", 600), _route("aid", 300), _route("own", 300),
        _route("cut", 10, reachable=False), _route("unknown", None),
    ]  # fmt: skip
    ranked = propose_teams(teams, routes, statuses={}, needs=("leak", "medical")).ranked
    keys = [p.team_key for p in ranked]
    assert keys == ["both", "near", "own", "aid", "unknown", "cut"]
    assert (ranked[1].covers, ranked[1].lacks) == (("medical",), ("leak",))


def test_that_a_way_through_the_zone_comes_after_every_clear_way() -> None:
    teams = [_team("through"), _team("edge"), _team("round")]
    routes = [
        structs.replace(_route("through", 60), inside_m=2_900.0),
        structs.replace(_route("edge", 90), inside_m=180.0),
        _route("round", 600),
    ]
    ranked = propose_teams(teams, routes, statuses={}).ranked
    assert [p.team_key for p in ranked] == ["round", "edge", "through"]


def test_that_everyone_left_out_has_a_reason() -> None:
    teams = [
        _team("committed", "x"), _team("away", "x"), _team("silent", "x", phones=("9", "8")),
        _team("mute", "x", phones=()), _team("wrong", "y"), _team("lost", "x"), _team("fine", "x"),
    ]  # fmt: skip
    routes = [_route(team.key, 1.0) for team in teams if team.key != "lost"]
    proposals = propose_teams(
        teams,
        routes,
        statuses={"committed": "on_site", "away": "unavailable", "fine": "ready"},
        dead_numbers={"9", "8"},
        needs=("x",),
    )
    assert [p.team_key for p in proposals.ranked] == ["fine"]
    assert {e.team_key: e.reason for e in proposals.excluded} == {
        "committed": "committed", "away": "unavailable", "silent": "phones_dead",
        "mute": "phones_dead", "wrong": "capability_missing", "lost": "no_position",
    }  # fmt: skip


def test_that_a_dead_first_number_gives_the_next() -> None:
    team = Team(
        key="t",
        name=Name(en="t"),
        phones=(Phone(number="1", dead=True), Phone(number="2"), Phone(number="3")),
    )
    [proposal] = propose_teams([team], [_route("t", 1)], statuses={}, dead_numbers={"2"}).ranked
    assert [phone.number for phone in proposal.phones] == ["3"]
    assert proposal.dead_phones == 2


def test_that_assignment_meets_all_needs_rather_than_the_fastest_one() -> None:
    teams = [_team("all", "leak", "fire"), _team("leak", "leak")]
    proposals = propose_teams(
        teams, [_route("all", 60), _route("leak", 900)], statuses={}, needs=()
    ).ranked
    needs = (Need(key="a", capabilities=("leak",)), Need(key="b", capabilities=("fire",)))
    given_ = assign(needs, proposals, teams)
    assert [(g.need_key, g.proposal and g.proposal.team_key) for g in given_] == [
        ("a", "leak"),
        ("b", "all"),
    ]


def test_that_a_need_nobody_can_meet_stays_open() -> None:
    teams = [_team("a", "leak")]
    proposals = propose_teams(teams, [_route("a", 60)], statuses={}).ranked
    needs = (Need(key="1", capabilities=("dive",)), Need(key="2"), Need(key="3"))
    assert [bool(g.proposal) for g in assign(needs, proposals, teams)] == [False, True, False]
    assert [g.proposal for g in assign(needs, (), teams)] == [None, None, None]
    assert assign((), proposals, teams) == ()
    assert [g.proposal for g in assign(needs[:1], proposals, ())] == [None]


@given(
    st.lists(st.sets(st.sampled_from("abc")), max_size=6),
    st.lists(st.sampled_from("abc"), max_size=6),
)
@settings(max_examples=80, derandomize=True, deadline=None)
def test_that_no_team_is_assigned_twice_and_each_is_able(
    abilities: list[set[str]], wanted: list[str]
) -> None:
    teams = [_team(str(i), *sorted(has)) for i, has in enumerate(abilities)]
    routes = [_route(team.key, 100.0 * i) for i, team in enumerate(teams)]
    proposals = propose_teams(teams, routes, statuses={}).ranked
    needs = tuple(Need(key=str(i), capabilities=(need,)) for i, need in enumerate(wanted))
    used = []
    for need, given_ in zip(needs, assign(needs, proposals, teams), strict=True):
        if given_.proposal is not None:
            used.append(given_.proposal.team_key)
            assert set(need.capabilities) <= abilities[int(given_.proposal.team_key)]
    assert len(used) == len(set(used))


def _depot(key: str, quantity: float, material: str = "foam") -> Depot:
    stock = Stock(material=material, name=Name(en=material), quantity=quantity, unit="t")
    return Depot(key=key, name=Name(en=key), stock=(stock,))


def test_that_material_comes_from_the_fastest_depots_until_it_is_enough() -> None:
    depots = [_depot("far", 10), _depot("near", 3), _depot("other", 9, "sand"), _depot("lost", 50)]
    routes = [_route("far", 900), _route("near", 60), _route("other", 5)]
    proposal = propose_materials({"foam": 5.0}, depots, routes, stock_moves={})
    assert [(p.depot_key, p.quantity, p.left_over) for p in proposal.picks] == [
        ("near", 3, 0),
        ("far", 2, 8),
    ]
    assert proposal.short == ()


def test_that_an_emptied_depot_recomputes_the_proposal() -> None:
    depots = [_depot("far", 10), _depot("near", 5)]
    routes = [_route("far", 900), _route("near", 60)]
    before = propose_materials({"foam": 5.0}, depots, routes, stock_moves={})
    after = propose_materials({"foam": 5.0}, depots, routes, stock_moves={"near/foam": -5.0})
    assert [p.depot_key for p in before.picks] == ["near"]
    assert [p.depot_key for p in after.picks] == ["far"]


def test_that_a_shortage_names_what_is_missing_and_which_depots_are_empty() -> None:
    depots = [_depot("a", 2), _depot("b", 0)]
    proposal = propose_materials({"foam": 5.0, "gold": 1.0}, depots, [], stock_moves={})
    foam, gold = proposal.short
    assert (foam.missing, foam.empty_depots) == (3.0, ("b",))
    assert (gold.material, gold.missing) == ("gold", 1.0)
    assert proposal.picks[0].route is None


@pytest.mark.parametrize("quantity", [0.0, -1.0, float("nan")])
def test_that_a_senseless_quantity_is_refused(quantity: float) -> None:
    with pytest.raises(ValueError, match="foam"):
        propose_materials({"foam": quantity}, [], [], stock_moves={})
