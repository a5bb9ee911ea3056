"""Three orders of each distributor in one cycle, and what was bought before it.

Plain Python and numpy, no Odoo: the same seed gives the same sales. Somebody is an index of
`network.shape.Shape`, a package one of the plan's.
"""

from dataclasses import dataclass

import numpy as np
from network.shape import Shape

ORDERS = 3  # for each person of the network, in the cycle
BUYERS = 0.65  # share of the people who buy
HOLDERS = 0.55  # share of the distributors who bought a package before the cycle
HISTORY = 16  # weeks before the cycle in which they did
WINDOW = 3  # of these count for activity
WEEK = 7 * 86_400

#: PV, CV and how often, of the catalogue of Gano Colombia
_PRODUCTS = ((15, 14, 50), (17, 15.6, 22), (11, 9.5, 14), (31, 27.6, 6), (41, 34.5, 5), (49, 43, 3))
#: PV, CV, share of the orders of the cycle, share of the packages held; in the plan's order
_PACKAGES = (
    (60, 56, 0.004, 0.45),
    (100, 100, 0.003, 0.30),
    (250, 250, 0.002, 0.15),
    (500, 500, 0.001, 0.10),
)
_RETAIL_E4 = 30_000 * 10_000  # what a customer pays above the distributor's price, in pesos


@dataclass(frozen=True)
class Orders:
    """Arrays, one item for each row of the ledger, in the order of the ledger."""

    week: np.ndarray  # 0 the cycle, -1 the week before
    second: np.ndarray  # of the week
    buyer: np.ndarray  # who bought
    member: np.ndarray  # who is credited: of a customer, whoever sponsors
    pv_e4: np.ndarray
    cv_e4: np.ndarray
    retail_e4: np.ndarray
    package: np.ndarray  # -1: none


def make(shape: Shape, seed: int = 2) -> Orders:
    """The sales of a network, packages and activity before the cycle included."""
    chance = np.random.default_rng(seed)
    size = len(shape)
    buyers = np.sort(chance.permutation(size)[: round(BUYERS * size)])
    # everybody who buys does so once at least
    again = chance.choice(buyers, ORDERS * size - buyers.size)
    distributors = np.flatnonzero(np.array(shape.kind) != "customer")
    holders = distributors[chance.random(distributors.size) < HOLDERS]
    parts = (
        _sales(chance, np.append(buyers, again), 0),
        _packages(chance, holders),
        *(_sales(chance, buyers[chance.random(buyers.size) < 0.3], -ago) for ago in range(1, 4)),
    )
    week, second, buyer, pv, cv, package = map(np.concatenate, zip(*parts, strict=True))
    order = np.lexsort((buyer, second, week))
    week, second, buyer, pv, cv, package = (
        column[order] for column in (week, second, buyer, pv, cv, package)
    )
    customer = (np.array(shape.kind) == "customer")[buyer]
    return Orders(
        week,
        second,
        buyer,
        np.where(customer, np.array(shape.sponsor)[buyer], buyer),
        pv,
        cv,
        np.where(customer, _RETAIL_E4, 0),
        # a customer buys none
        np.where(customer, -1, package),
    )


def _sales(chance, buyer, week):
    """Products mostly, packages here and there."""
    pv, cv, weight = (np.array(column) for column in zip(*_PRODUCTS, strict=True))
    bought = [share for *_points, share, _held in _PACKAGES]
    weight = np.append(weight / weight.sum() * (1 - sum(bought)), bought)
    pv = np.append(pv, [one[0] for one in _PACKAGES])
    cv = np.append(cv, [one[1] for one in _PACKAGES])
    chosen = chance.choice(weight.size, buyer.size, p=weight)
    return (
        np.full(buyer.size, week),
        chance.integers(0, WEEK, buyer.size),
        buyer,
        _e4(pv)[chosen],
        _e4(cv)[chosen],
        np.maximum(chosen - len(_PRODUCTS), -1),
    )


def _packages(chance, buyer):
    """Packages of the weeks before, one for each buyer."""
    pv, cv, _bought, held = (np.array(column) for column in zip(*_PACKAGES, strict=True))
    chosen = chance.choice(held.size, buyer.size, p=held)
    week = -chance.integers(1, HISTORY + 1, buyer.size)
    second = chance.integers(0, WEEK, buyer.size)
    return week, second, buyer, _e4(pv)[chosen], _e4(cv)[chosen], chosen


def _e4(values):
    return np.round(np.asarray(values) * 10_000).astype(np.int64)
