# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Spanish of what the readers of scenarios say, and of the words that sentences name.

Patterns as in ``problem_words.py``, which reads both.
"""

#: English, with `*` for what stands inside → Spanish, with {0}, {1}, … for it
SENTENCES = {
    # formats, cycles, moments
    "unknown format *": "formato desconocido {0}",
    "Write `scenario: *`": "Escriba `scenario: {0}`",
    "no plan *": "no hay un plan {0}",
    "unknown time zone *": "zona horaria desconocida {0}",
    "Write e.g. America/Bogota": "Escriba, por ejemplo, America/Bogota",
    "* is neither a date nor a date and time": "{0} no es una fecha ni una fecha con hora",
    "Write YYYY-MM-DD or YYYY-MM-DD HH:MM": "Escriba AAAA-MM-DD o AAAA-MM-DD HH:MM",
    "no cycle to play": "no hay ciclos para calcular",
    "Write e.g. `cycles: [924, 925]`": "Escriba, por ejemplo, `cycles: [924, 925]`",
    "cycles must follow each other without a gap": "los ciclos van uno tras otro, sin saltos",
    "no rate from * to *": "falta la tasa de cambio de {0} a {1}",
    "no rate from *": "falta la tasa de cambio de {0}",
    "no rate is valid on the first cycle's last day": "ninguna tasa de cambio está vigente el último "
    "día del primer ciclo",
    "Add an earlier rate": "Añada una tasa anterior",
    "Add `rates: [{from: 2026-01-01, rate: 4500}]`": "Añada `rates: [{{from: 2026-01-01, rate: "
    "4500}}]`",
    "Add `{from: …, rate: …, currency: *}`": "Añada `{{from: …, rate: …, currency: {0}}}`",
    "cycle * begins before the plan: it is valid from *": "el ciclo {0} empieza antes que el plan, "
    "vigente desde {1}",
    "cycles * to * begin before the plan: it is valid from *": "los ciclos {0} a {1} empiezan antes "
    "que el plan, vigente desde {2}",
    "Play later cycles, or write `valid_from: *`": "Use ciclos posteriores, o escriba `valid_from: "
    "{0}`",
    "`rate` says * %, less than one percent: was * % meant?": "`rate` dice {0} %, menos del uno por "
    "ciento: ¿serían {1} %?",
    "Write *, or leave it if * % is right": "Escriba {0}, o déjelo si {1} % está bien",
    "* lies outside the cycles": "{0} está fuera de los ciclos",
    "They run from * to *; extend `cycles`, or use `opening` for what came before": "Van del {0} al "
    "{1}; amplíe `cycles`, o use `opening` para lo anterior",
    # people
    "nobody to pay": "no hay a quién pagarle",
    "customer * has no sponsor": "el cliente {0} no tiene patrocinador",
    "Add `sponsor: CODE`": "Añada `sponsor: CÓDIGO`",
    "a retail customer holds no position": "un cliente final no ocupa posiciones",
    "Drop `place`, or make it `kind: preferred`": "Quite `place`, o escriba `kind: preferred`",
    "Add `leg: left` or `leg: right`": "Añada `leg: left` o `leg: right`",
    "spot * of *: the tree is * wide": "puesto {0} de {1}: el árbol tiene {2} de ancho",
    "Choose another parent": "Elija otra persona de arriba",
    "Choose another parent or leg": "Elija otra persona de arriba u otra pierna",
    "* has no meaning for *": "{0} no sirve para {1}",
    "* is in a circle of sponsors": "{0} está en un círculo de patrocinadores",
    "* is a * and cannot sponsor": "{0} es {1} y no puede patrocinar",
    "* joined after *": "{0} ingresó después de {1}",
    "Correct `joined`": "Corrija `joined`",
    "* would be below itself in the sponsor tree": "{0} quedaría debajo de su propia línea en el "
    "árbol de patrocinio",
    "* would be below itself in the placement tree": "{0} quedaría debajo de su propia línea en el "
    "árbol de colocación",
    "* is placed before joining": "{0} tiene posición antes de ingresar",
    "* holds no position then": "{0} no tiene posición en ese momento",
    "Place * first, or put * elsewhere": "Coloque primero a {0}, o ponga a {1} en otra parte",
    "* and * are both on the * leg of *": "{0} y {1} están en la misma pierna {2} de {3}",
    "* and * are both on spot * of *": "{0} y {1} están en el mismo puesto {2} de {3}",
    # sales, refunds and what came before
    "sale * stands twice": "la venta {0} está dos veces",
    "a sale needs at least one line": "una venta necesita al menos un renglón",
    "quantity * is not positive": "la cantidad {0} no es positiva",
    "Take goods back by `refunds`": "Lo devuelto va en `refunds`",
    "* comes from the product": "{0} viene del producto",
    "Drop `*`": "Quite `{0}`",
    "product * has no retail price": "el producto {0} no tiene precio al detal",
    "Add `price: …` (without tax) to the line": "Añada `price: …` (sin impuesto) al renglón",
    "a line without product needs *": "un renglón sin producto necesita {0}",
    "Write `product: CODE`, or both `pv` and `cv`": "Escriba `product: CÓDIGO`, o `pv` y `cv`",
    "* has not joined yet on *": "{0} todavía no ha ingresado el {1}",
    "Correct `joined` or `paid`": "Corrija `joined` o `paid`",
    "* is *: no volume (RULES 6)": "{0} está {1}: no genera volumen",
    "Drop the sale, or reinstate first": "Quite la venta, o reintegre antes a la persona",
    "* is a customer and gets no volume": "{0} es cliente y no recibe volumen",
    "refund before sale * was paid": "la devolución es anterior al pago de la venta {0}",
    "nothing is left of sale * to refund": "de la venta {0} ya no queda nada por devolver",
    "only * left to refund on this line": "por devolver en este renglón quedan: {0}",
    "sale * has no line *": "la venta {0} no tiene el renglón {1}",
    "Its last line is *": "El último es el {0}",
    "not before the first cycle": "no es anterior al primer ciclo",
    "cycle * is not before the first": "el ciclo {0} no es anterior al primero",
    "Write it as a sale": "Escríbalo como una venta",
    "Write it as a sale, or an earlier date": "Escríbalo como una venta, o con una fecha anterior",
    "unknown state *": "estado desconocido {0}",
    # what is expected, and codes of every kind
    "cycle * is not played": "el ciclo {0} no se calcula",
    "* is not played": "{0} no se calcula",
    "Played: *": "Se calculan: {0}",
    "unknown distributor *": "distribuidor desconocido {0}",
    "unknown sale *": "venta desconocida {0}",
    "unknown tree *": "árbol desconocido {0}",
    "unknown position *": "posición desconocida {0}",
    "unknown promotion *": "promoción desconocida {0}",
    "Add it under `*`": "Añádalo en `{0}`",
    "* is not the company currency of the plan": "{0} no es la moneda de la empresa en el plan",
    "Write `currency: *`, or change the plan's": "Escriba `currency: {0}`, o cambie la del plan",
    "an amount does not fit into 64 bits": "un valor no cabe en 64 bits",
    "too many members and positions for one run": "demasiadas personas y posiciones",
}
#: what sentences name by a word of ours → the same in Spanish
INSIDE = {
    "nothing": "nada",
    "a mapping": "claves con valores",
    "a list": "una lista",
    "a number of more than 60 digits": "un número de más de 60 dígitos",
    "distributor": "distribuidor",
    "preferred": "cliente preferente",
    "customer": "cliente",
    "suspended": "suspendido",
    "terminated": "retirado",
    "left": "izquierda",
    "right": "derecha",
    # what the reader of YAML finds
    "mapping values are not allowed in this context": "aquí no pueden ir dos puntos",
    "could not find expected ':'": "faltan los dos puntos",
    "did not find expected key": "falta una clave",
    "did not find expected '-' indicator": "falta el guion del elemento",
    "did not find expected ',' or ']'": "falta una coma o «]»",
    "did not find expected ',' or '}'": "falta una coma o «}»",
    "did not find expected node content": "falta un valor",
    "did not find expected <document start>": "el texto sigue donde debía terminar",
    "found character that cannot start any token": "aquí no puede ir este signo",
    "found unexpected end of stream": "el texto termina antes de tiempo",
    "found a tab character that violates indentation": "la sangría tiene un tabulador",
    "found unknown escape character": "después de «\\\\» va otro signo",
}
