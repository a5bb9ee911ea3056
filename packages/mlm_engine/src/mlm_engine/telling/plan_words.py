# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of the plan document, and figures as people write them."""

from ..kernel.exact import E4, E6
from ..plan.document import unscaled
from . import words as engine_words

WORDS = {
    "es": {
        "how": "Cómo se gana",
        "valid_text": "Este documento explica el plan {name}, versión {version}, vigente desde "
        "el {day}. Se genera del plan mismo: lo que dice es lo que se calcula.",
        "points_text": "Cada producto tiene dos puntajes: PV, que califica, y CV, que paga. Un "
        "punto CV vale 1 {base}. Se gana de estas maneras:",
        "not_paid": "Lo que este plan no paga",
        "only_sales": "Nadie gana por inscribir a otra persona. Cada pago nace de la venta de un "
        "producto, pagada y facturada (Ley 1700 de 2013, artículo 2). Las compras devueltas "
        "dejan de contar.",
        "periods": "Períodos y fechas de pago",
        "period_text": "Período «{code}» {number}: del {start} al {end}; se paga el {pay}.",
        "period_bonuses": "Por este período se pagan: {bonuses}.",
        "activity": "Quién está activo",
        "everybody_active": "El plan no pide volumen propio: todos están activos.",
        "active_text": "Está activo quien reúne {pv} PV propios dentro de {window} períodos "
        "«{period}» seguidos, contando el presente. Cuentan las compras propias y las de los "
        "clientes propios.",
        "active_text_one": "Está activo quien reúne {pv} PV propios en el período «{period}». "
        "Cuentan las compras propias y las de los clientes propios.",
        "packages": "Paquetes",
        "package": "Paquete",
        "pct": "Porcentaje",
        "months": "Meses",
        "repeat": "Al repetir",
        "grants": "Concede el rango",
        "no_end": "sin término",
        "bonus_text": "Clase de bono: {rule}. Se liquida por cada período «{period}».",
        "example": "Ejemplo. {text}",
        "example_other": "Ejemplo con otras cifras. {text}",
        "level": "Nivel",
        "measures": "Qué se mide",
        "ranks": "Rangos",
        "rank": "Rango",
        "requires": "Requisitos",
        "everybody": "todos",
        "caps": "Topes",
        "no_caps": "El plan no tiene topes por persona ni de la empresa.",
        "promotions": "Promociones",
        "from": "Desde",
        "to": "Hasta",
        "unqualified": "Qué pasa cuando no se califica",
        "unqualified_1": "Quien no está activo en un período no cobra los bonos que lo piden; lo "
        "que dejó de ganar queda registrado con su motivo, y se le explica.",
        "unqualified_2": "Los puntos acumulados se conservan, vencen o se congelan como dice "
        "cada bono.",
        "unqualified_3": "Quien está suspendido o retirado no cobra mientras lo esté.",
        "money": "Moneda y redondeo",
        "money_text": "Los valores están en {base} y se pagan en {company} a la tasa del último "
        "día del período. Cada renglón se redondea una sola vez, {rounding}, a {unit} {company}. "
        "De lo pagado se descuentan las retenciones de ley.",
        "money_text_one": "Los valores están y se pagan en {company}. Cada renglón se redondea una "
        "sola vez, {rounding}, a {unit} {company}. De lo pagado se descuentan las retenciones de ley.",
        "catalog": "Productos",
        "price": "Precio de distribuidor sin IVA",
        "sources_text": "Fuentes: {sources}",
    },
    "en": {
        "how": "How you earn",
        "valid_text": "This document explains the plan {name}, version {version}, valid from "
        "{day}. It is made from the plan itself: what it says is what is computed.",
        "points_text": "Every product has two kinds of points: PV, which qualifies, and CV, which "
        "pays. A CV point is worth 1 {base}. You earn in these ways:",
        "not_paid": "What this plan does not pay",
        "only_sales": "Nobody earns by enrolling somebody. Every payment comes from the sale of a "
        "product, paid and invoiced (Ley 1700 de 2013, article 2). Purchases that are returned "
        "no longer count.",
        "periods": "Periods and pay dates",
        "period_text": "Period “{code}” {number}: from {start} to {end}; paid on {pay}.",
        "period_bonuses": "Paid for this period: {bonuses}.",
        "activity": "Who is active",
        "everybody_active": "The plan asks for no volume of your own: everybody is active.",
        "active_text": "You are active with {pv} PV of your own within {window} periods “{period}” "
        "in a row, the present one included. Your own purchases count, and those of your own "
        "customers.",
        "active_text_one": "You are active with {pv} PV of your own in the period “{period}”. Your "
        "own purchases count, and those of your own customers.",
        "packages": "Packages",
        "package": "Package",
        "pct": "Percentage",
        "months": "Months",
        "repeat": "When repeated",
        "grants": "Grants the rank",
        "no_end": "no end",
        "bonus_text": "Kind of bonus: {rule}. Settled for each period “{period}”.",
        "example": "Example. {text}",
        "example_other": "Example with other figures. {text}",
        "level": "Level",
        "measures": "What is measured",
        "ranks": "Ranks",
        "rank": "Rank",
        "requires": "Requirements",
        "everybody": "everybody",
        "caps": "Caps",
        "no_caps": "The plan has no caps per person or of the company.",
        "promotions": "Promotions",
        "from": "From",
        "to": "To",
        "unqualified": "If you do not qualify",
        "unqualified_1": "Whoever is not active in a period is not paid the bonuses that ask for "
        "it; what was missed is on record with its reason, and explained.",
        "unqualified_2": "Points that were accumulated stay, expire or freeze as each bonus says.",
        "unqualified_3": "Whoever is suspended or has left is not paid meanwhile.",
        "money": "Currency and rounding",
        "money_text": "Amounts are in {base} and paid in {company} at the rate of the period's "
        "last day. Each row is rounded once, {rounding}, to {unit} {company}. Withholding tax is "
        "deducted from what is paid.",
        "money_text_one": "Amounts are in {company} and paid in it. Each row is rounded once, "
        "{rounding}, to {unit} {company}. Withholding tax is deducted from what is paid.",
        "catalog": "Products",
        "price": "Distributor price before VAT",
        "sources_text": "Sources: {sources}",
    },
}


def points(value_e4, lang="en"):
    """``15000000`` → ``1,500``, in Spanish ``1.500``."""
    return engine_words.number(unscaled(value_e4, E4), lang)


def percent(rate_e6, lang="en"):
    """``175000`` → ``17.5 %``, in Spanish ``17,5 %``."""
    if rate_e6 is None:
        return "—"
    return engine_words.number(unscaled(rate_e6, E6 // 100), lang) + " %"
