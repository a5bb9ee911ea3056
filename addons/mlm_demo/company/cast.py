# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People with a story: each one shows a rule of the plan. `purchases.py` says what
they buy, `build.py` what happens to them."""

from datetime import date

from .member import Member


def leaders():
    """The head of both trees and the first lines; María is who logs in."""
    day = date(2025, 2, 3)
    return [
        Member(day, "root", "Hernán Restrepo Vélez", package="ESP-3"),
        Member(day, "maria", "María Fernanda Gómez", sponsor_key="root", wanted="left",
               package="ESP-2"),
        Member(day, "luis", "Luis Eduardo Cárdenas", sponsor_key="root", wanted="right",
               package="ESP-1"),
        Member(day, "andres", "Andrés Felipe Ospina", sponsor_key="maria",
               wanted="left", package="ESP-2"),
        Member(day, "diana", "Diana Marcela Rincón", sponsor_key="maria",
               wanted="right", package="ESP-3"),
        Member(day, "jorge", "Jorge Iván Salazar", sponsor_key="luis", wanted="left",
               package="ESP-2"),
        Member(day, "sandra", "Sandra Milena Duarte", sponsor_key="luis",
               wanted="right", package="ESP-3"),
    ]  # fmt: skip


def _pair(key, sponsor, day, package="KIT"):
    """Two directs of ``sponsor``, one on each leg, named key.l and key.r."""
    return [
        Member(day, f"{key}.{leg[0]}", sponsor_key=sponsor, wanted=(sponsor, leg),
               package=package, free=False)
        for leg in ("left", "right")
    ]  # fmt: skip


def stories():
    """Everybody else with a part to play, in no order."""
    day = date(2026, 2, 2)
    later = date(2026, 4, 6)
    cast = []

    def act(key, name, sponsor, wanted, package="KIT", joined=day, **more):
        cast.append(
            Member(joined, key, name, sponsor_key=sponsor, wanted=wanted,
                   package=package, free=False, **more)
        )  # fmt: skip

    # Active, with volume on both legs, but nobody of her own on the right one.
    act("gloria", "Gloria Inés Patiño", "andres", "left", "ESP-2")
    act("gloria.l", "", "gloria", ("gloria", "left"), joined=later)
    act("gloria.m", "", "gloria", "left", joined=date(2026, 4, 13))
    act("gloria.r", "", "andres", ("gloria", "right"), joined=later)
    # Bought nothing for four cycles: what he carried expires.
    act("rodrigo", "Rodrigo Alberto Mejía", "andres", "right", "ESP-1")
    cast += _pair("rodrigo", "rodrigo", later)
    # Own package ESP-1 while a direct buys ESP-3.
    act("natalia", "Natalia Giraldo Henao", "diana", "left", "ESP-1", date(2026, 7, 6))
    act("natalia.new", "", "natalia", "left", "", date(2026, 8, 18))
    # Five generations of ESP-3 and what the fifth gets by own PV.
    above = "diana"
    for number in range(5):
        act(f"linea{number}", "", above, "right", "ESP-3", date(2026, 3, 2 + number))
        above = f"linea{number}"
    for number in (5, 6, 7):
        act(f"linea{number}", "", above, "right", "", date(2026, 8, 17 + number - 5))
        above = f"linea{number}"
    # Buys an upgrade in the second cycle.
    act("camila", "Camila Torres Uribe", "sandra", "left", "ESP-1", date(2026, 7, 13))
    # ESP-3 ran out on 2026-08-02 and is bought again: 15 instead of 17 per cent.
    act("german", "Germán Darío Londoño", "jorge", "left", "ESP-3", date(2026, 2, 2))
    cast += _pair("german", "german", later)
    # ESP-2 ran out in July: the rank's percentage is left.
    act("olga", "Olga Lucía Benavides", "jorge", "right", "ESP-2", date(2026, 3, 10))
    cast += _pair("olga", "olga", later)
    # Wait in the holding tank; Tatiana is placed in the second cycle.
    act("tatiana", "Tatiana Murillo Serna", "maria", "hold", joined=date(2026, 8, 10))
    act("wilson", "Wilson Zapata Cano", "luis", "hold", joined=date(2026, 8, 12))
    # Suspended in mid-cycle: what he would have earned is nobody's.
    act("fabio", "Fabio Andrés Quintero", "sandra", "right", "ESP-2")
    cast += _pair("fabio", "fabio", later)
    # Leaves at the close of the first cycle.
    act("yaneth", "Yaneth Rocío Palacio", "luis", "left", "ESP-1")
    cast += _pair("yaneth", "yaneth", later)
    # Buys far above 120 PV for himself: the excess feeds his lesser leg.
    act("ricardo", "Ricardo Trujillo Arias", "diana", "left", "ESP-1")
    cast += _pair("ricardo", "ricardo", later)
    # Enrolled under the wrong sponsor; corrected in the second cycle.
    act("sofia", "Sofía Valencia Marín", "andres", "left", joined=date(2026, 8, 4))
    # Nobody above minimum: active, both sides active, less than a hundred points.
    act("pedro", "Pedro Nel Buitrago", "jorge", "right", "ESP-1", later)
    cast += _pair("pedro", "pedro", date(2026, 5, 4))
    # A preferred customer is the active one of the right side.
    act("laura", "Laura Zuluaga Mora", "maria", "right", "ESP-2", later)
    act("laura.l", "", "laura", ("laura", "left"), joined=date(2026, 5, 4))
    act("laura.r", "", "laura", ("laura", "right"), "", date(2026, 5, 4),
        kind="preferred")  # fmt: skip
    return cast
