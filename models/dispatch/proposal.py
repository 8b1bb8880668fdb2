"""Who and what is proposed: teams by capability and ETA, materials from depots. Pure."""

from collections.abc import Mapping, Sequence, Set
from typing import Literal

import numpy as np

from models.basics import Phone, Value
from models.dispatch.ports import Route
from models.libraries.kinds import Depot, Team

BUSY = frozenset(("committed", "under_way", "on_site"))
Reason = Literal["committed", "unavailable", "phones_dead", "capability_missing", "no_position"]
_NEVER_S = 1e9


class TeamProposal(Value, frozen=True, kw_only=True):
    """A team that could go: what it can do of what is needed, its way, whom to call."""

    team_key: str
    covers: tuple[str, ...]
    lacks: tuple[str, ...]
    route: Route
    phones: tuple[Phone, ...]
    dead_phones: int = 0
    mutual_aid: bool = False


class ExcludedTeam(Value, frozen=True, kw_only=True):
    """A team that isn't proposed, and why."""

    team_key: str
    reason: Reason
    detail: str = ""


class TeamProposals(Value, frozen=True, kw_only=True):
    """Ranked teams, and those left out with the reason."""

    ranked: tuple[TeamProposal, ...]
    excluded: tuple[ExcludedTeam, ...]


class MaterialPick(Value, frozen=True, kw_only=True):
    """How much of a material to take from which depot."""

    depot_key: str
    material: str
    quantity: float
    unit: str
    left_over: float
    route: Route | None


class MaterialShortage(Value, frozen=True, kw_only=True):
    """What no depot has enough of."""

    material: str
    missing: float
    empty_depots: tuple[str, ...] = ()


class MaterialProposal(Value, frozen=True, kw_only=True):
    """What to take from where, and what is missing."""

    picks: tuple[MaterialPick, ...]
    short: tuple[MaterialShortage, ...]


class Need(Value, frozen=True, kw_only=True):
    """A task that needs one team."""

    key: str
    capabilities: tuple[str, ...] = ()


class Assignment(Value, frozen=True, kw_only=True):
    """Which team does what; `proposal` is None when no team is left that can."""

    need_key: str
    proposal: TeamProposal | None


def propose_teams(
    teams: Sequence[Team],
    routes: Sequence[Route],
    *,
    statuses: Mapping[str, str],
    dead_numbers: Set[str] = frozenset(),
    needs: Sequence[str] = (),
) -> TeamProposals:
    """Rank the teams that can go.

    Parameters
    ----------
    teams : sequence of Team
        All teams.
    routes : sequence of Route
        One per team with a position.
    statuses : mapping
        Team key → 'ready', 'committed', 'under_way', 'on_site', 'unavailable'; absent is ready.
    dead_numbers : set
        Numbers marked dead besides those dead in the library.
    needs : sequence of str
        Capabilities needed. A team with none of them is left out; no needs leave nobody out.

    Returns
    -------
    TeamProposals
        Most needs covered first, then reachable, then ways clear of the zones before ways that
        cross them (the shortest crossing first), then ETA, own teams before mutual aid at equal
        ETA, then key.
    """
    by_team = {route.team_key: route for route in routes}
    ranked, excluded = [], []
    for team in teams:
        refusal = _refusal(team, by_team, statuses, dead_numbers, needs)
        if refusal is not None:
            excluded.append(refusal)
            continue
        alive = _alive(team, dead_numbers)
        ranked.append(
            TeamProposal(
                team_key=team.key,
                covers=tuple(need for need in needs if need in team.capabilities),
                lacks=tuple(need for need in needs if need not in team.capabilities),
                route=by_team[team.key],
                phones=alive,
                dead_phones=len(team.phones) - len(alive),
                mutual_aid=team.mutual_aid,
            )
        )
    ranked.sort(key=_rank)
    excluded.sort(key=lambda entry: entry.team_key)
    return TeamProposals(ranked=tuple(ranked), excluded=tuple(excluded))


def assign(
    needs: Sequence[Need], proposals: Sequence[TeamProposal], teams: Sequence[Team]
) -> tuple[Assignment, ...]:
    """Give each need one team, none twice, with the least sum of ETAs.

    Parameters
    ----------
    needs : sequence of Need
        Tasks; a team must have all capabilities of the one it gets.
    proposals : sequence of TeamProposal
        Teams that can go, as `propose_teams` ranks them.
    teams : sequence of Team
        Their library rows.

    Returns
    -------
    tuple of Assignment
        In the order of the needs. As many needs are met as can be, whatever the ETAs.
    """
    able = {team.key: set(team.capabilities) for team in teams}
    if not needs or not proposals:
        return tuple(Assignment(need_key=need.key, proposal=None) for need in needs)
    cost = np.array(
        [
            [
                _eta(proposal.route)
                if set(need.capabilities) <= able.get(proposal.team_key, set())
                else _NEVER_S
                for proposal in proposals
            ]
            for need in needs
        ]
    )
    from scipy.optimize import linear_sum_assignment  # 0.2 s that a start doesn't need

    rows, columns = linear_sum_assignment(cost)
    chosen = {int(row): int(column) for row, column in zip(rows, columns, strict=True)}
    return tuple(
        Assignment(
            need_key=need.key,
            proposal=proposals[chosen[i]]
            if i in chosen and cost[i, chosen[i]] < _NEVER_S
            else None,
        )
        for i, need in enumerate(needs)
    )


def propose_materials(
    needed: Mapping[str, float],
    depots: Sequence[Depot],
    routes: Sequence[Route],
    *,
    stock_moves: Mapping[str, float],
) -> MaterialProposal:
    """Take each material from the fastest depots that hold some.

    Parameters
    ----------
    needed : mapping
        Material → quantity, above 0, in the depots' unit.
    depots : sequence of Depot
        All depots.
    routes : sequence of Route
        One per depot that has a position; `team_key` is the depot's key.
    stock_moves : mapping
        'DEPOT/MATERIAL' → sum of movements (negative is out), as in the situation.

    Raises
    ------
    ValueError
        When a quantity isn't above 0.
    """
    by_depot = {route.team_key: route for route in routes}
    order = sorted(depots, key=lambda depot: (_depot_eta(by_depot.get(depot.key)), depot.key))
    picks: list[MaterialPick] = []
    short: list[MaterialShortage] = []
    for material, quantity in needed.items():
        if not quantity > 0:
            raise ValueError(f"needed[{material!r}]: {quantity} is not above 0")
        missing, empty = quantity, []
        for depot in order:
            for stock in depot.stock:
                if stock.material != material or missing <= 0:
                    continue
                held = stock.quantity + stock_moves.get(f"{depot.key}/{material}", 0.0)
                if held <= 0:
                    empty.append(depot.key)
                    continue
                taken = min(held, missing)
                missing -= taken
                picks.append(
                    MaterialPick(
                        depot_key=depot.key,
                        material=material,
                        quantity=taken,
                        unit=stock.unit,
                        left_over=held - taken,
                        route=by_depot.get(depot.key),
                    )
                )
        if missing > 0:
            lacking = MaterialShortage(
                material=material, missing=missing, empty_depots=tuple(empty)
            )
            short.append(lacking)
    return MaterialProposal(picks=tuple(picks), short=tuple(short))


def _refusal(
    team: Team,
    routes: Mapping[str, Route],
    statuses: Mapping[str, str],
    dead_numbers: Set[str],
    needs: Sequence[str],
) -> ExcludedTeam | None:
    status = statuses.get(team.key, "ready")
    if status in BUSY:
        return ExcludedTeam(team_key=team.key, reason="committed", detail=status)
    if status != "ready":
        return ExcludedTeam(team_key=team.key, reason="unavailable", detail=status)
    if not _alive(team, dead_numbers):
        return ExcludedTeam(team_key=team.key, reason="phones_dead")
    if needs and not set(needs) & set(team.capabilities):
        return ExcludedTeam(team_key=team.key, reason="capability_missing", detail=", ".join(needs))
    if team.key not in routes:
        return ExcludedTeam(team_key=team.key, reason="no_position")
    return None


def _alive(team: Team, dead_numbers: Set[str]) -> tuple[Phone, ...]:
    return tuple(p for p in team.phones if not p.dead and p.number not in dead_numbers)


def _eta(route: Route) -> float:
    return _NEVER_S / 2 if route.eta_s is None else min(route.eta_s, _NEVER_S / 2)


def _depot_eta(route: Route | None) -> float:
    return _NEVER_S if route is None else _eta(route)


def _rank(proposal: TeamProposal) -> tuple[int, bool, float, float, bool, str]:
    return (
        -len(proposal.covers),
        not proposal.route.reachable,
        proposal.route.inside_m,
        _eta(proposal.route),
        proposal.mutual_aid,
        proposal.team_key,
    )
