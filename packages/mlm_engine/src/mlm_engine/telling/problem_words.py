# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Spanish of what readers say about a document.

Readers collect problems in English, with the wrong value inside. Each sentence has
its Spanish here or in ``scenario_words.py``; one that has none is shown as it is. A test reads the sources of
the readers and fails for a sentence without Spanish.
"""

import re

from ..plan.finding import joined
from . import scenario_words

#: English, with `*` for what stands inside → Spanish, with {0}, {1}, … for it
SENTENCES = {
    "character *: a formula is needed": "carácter {0}: falta la fórmula",
    "character *: cannot read *": "carácter {0}: no se entiende {1}",
    "character *: the formula ends too early": "carácter {0}: la fórmula termina antes de tiempo",
    "character *: unexpected *": "carácter {0}: aquí no va {1}",
    "character *: * has to stand here": "carácter {0}: aquí va {1}",
    "character *: a measure times a measure": "carácter {0}: una medida por otra medida",
    "character *: division by a measure": "carácter {0}: división por una medida",
    "a formula is a text": "una fórmula es un texto",
    "character *: more than * characters": "carácter {0}: más de {1} caracteres",
    "character *: more than * numbers, measures and signs": "carácter {0}: más de {1} números, "
    "medidas y signos",
    "Put a part of it into another measure": "Pase una parte a otra medida",
    "character *: its numbers come to more than * digits": "carácter {0}: sus números llegan a "
    "más de {1} dígitos",
    "Write their result, rounded": "Escriba el resultado, redondeado",
    "character *: division by zero": "carácter {0}: división por cero",
    "character *: too many parentheses": "carácter {0}: demasiados paréntesis",
    "character *: a number of more than 15 characters": "carácter {0}: un número de más de 15 caracteres",
    "character *: unknown measure *": "carácter {0}: medida desconocida {1}",
    "character *: measure * stands below this one": "carácter {0}: la medida {1} está más abajo",
    "Write e.g. `pv + 0.5 * gv`": "Escriba, por ejemplo, `pv + 0.5 * gv`",
    "Use numbers, measures, + - * / ( ) min max": "Use números, medidas, + - * / ( ) min max",
    "One side of * has to be a number": "Un lado de {0} debe ser un número",
    "Divide by a number": "Divida por un número",
    "Use another measure": "Use otra medida",
    "'boundary_rank' is missing: whose groups are left out?": "falta el rango que separa su grupo",
    "'rank' is missing: which rank?": "falta el rango",
    "'of' is missing: which measure?": "falta la medida",
    "measure * stands below this one, or is this one": "la medida {0} está más abajo o es esta misma",
    "the fixed percentage is missing": "falta el porcentaje fijo",
    "not valid YAML: *": "no es YAML válido: {0}",
    "Check brackets, quotes and how far the lines are indented": "Revise corchetes, comillas y "
    "la sangría de las líneas",
    "the text has more than * characters": "el texto tiene más de {0} caracteres",
    "the text has more than * values": "el texto tiene más de {0} valores",
    "Take out what does not belong to it, or split it": "Quite lo que no le corresponde, "
    "o divida el texto",
    "character * cannot stand in a text": "el carácter {0} no puede estar en un texto",
    "the file is written in UTF-16": "el archivo está en UTF-16",
    "the file is not text": "el archivo no es un texto",
    "Choose a YAML file": "Elija un archivo YAML",
    "Save it as UTF-8": "Guárdelo como UTF-8",
    "not UTF-8": "no es UTF-8",
    "not UTF-8: it looks like Windows-1252 (*)": "no es UTF-8: parece Windows-1252 ({0})",
    "more values, or more deeply nested, than a plan may have": "más valores, o más niveles "
    "anidados, de los que admite un plan",
    "The plan declares no *": "El plan no declara ninguno en {0}",
    "The plan declares none": "El plan no declara ninguno",
    "'kind' is missing": "falta la clase",
    "no kind of period": "no hay ninguna clase de período",
    "Add e.g. `week: {…}`": "Añada, por ejemplo, `week: {{…}}`",
    "Declare one first": "Declare una antes",
    "cycle * lies outside the years * to *": "el ciclo {0} está fuera de los años {1} a {2}",
    "Cycle * begins on *": "El ciclo {0} empieza el {1}",
    "Write the number of a cycle, e.g. 924": "Escriba el número de un ciclo, por ejemplo 924",
    "which plan? Here stands *": "¿cuál plan? Aquí dice {0}",
    "Write a name, `{extends: name, …}` or a whole plan": "Escriba un nombre, `{{extends: nombre, "
    "…}}` o un plan completo",
    "plan * cannot be read: *": "no se puede leer el plan {0}: {1}",
    "more than * places in one tree": "más de {0} lugares en un árbol",
    "One person holds * at most": "Una persona tiene {0} como máximo",
    "its position * would have the code of another person, *": "su posición {0} tendría el código "
    "de otra persona, {1}",
    "Give that person another code": "Dele otro código a esa persona",
    "* and * are both the head of one tree": "{0} y {1} son cabeza del mismo árbol",
    "Place one of them below somebody": "Coloque a una debajo de alguien",
    "a part of a bonus from whom, or of which level?": "¿parte de un bono de quién, o de qué "
    "nivel?",
    "Add `source: CODE`, `level: 1` or both": "Añada `source: CÓDIGO`, `level: 1` o ambos",
    "this part stands twice": "esta parte está dos veces",
    "* is no position in the tree of *": "{0} no es una posición del árbol de {1}",
    "Choose a position of that tree": "Elija una posición de ese árbol",
    "Remove it": "Quítelo",
    "the text is empty": "el texto está vacío",
    "Write the first line, e.g. `title: …`": "Escriba la primera línea, por ejemplo `title: …`",
    "a second document begins": "empieza un segundo documento",
    "Remove the line `---`": "Quite la línea `---`",
    "* refers to another place of the text": "{0} remite a otro lugar del texto",
    "Write the values out; to build on another plan use `extends`": "Escriba los valores; para "
    "partir de otro plan use `extends`",
    "* names a type": "{0} nombra un tipo",
    "Remove it; quotes make a text": "Quítelo; las comillas hacen un texto",
    "more than * brackets or indents inside each other": "más de {0} corchetes o sangrías uno "
    "dentro de otro",
    "Take out what does not belong here": "Quite lo que no va aquí",
    "more than * entries": "más de {0} elementos",
    "Take some out": "Quite algunos",
    "more than * problems": "más de {0} problemas",
    "Mend these first": "Corrija primero estos",
    "* is more than *": "{0} es más de {1}",
    "* lies outside the years * to *": "{0} está fuera de los años {1} a {2}",
    "a word that means yes or no in YAML": "una palabra que en YAML significa sí o no",
    "Put it in quotes: yes, no, on and off mean true and false in YAML": "Escríbala entre "
    "comillas: yes, no, on y off significan verdadero y falso en YAML",
    "a text is needed, not *": "aquí va un texto, no {0}",
    "a code of more than * characters": "un código de más de {0} caracteres",
    "a name is needed": "falta el nombre",
    "Write a text, or {es: …, en: …}": "Escriba un texto, o {{es: …, en: …}}",
    "a key must be a plain word": "una clave debe ser una palabra sola",
    "key * stands twice": "la clave {0} está dos veces",
    "a mapping (key: value) is needed": "aquí van claves con su valor (clave: valor)",
    "unknown key *: no parameters here": "clave desconocida {0}: aquí no hay parámetros",
    "unknown key *": "clave desconocida {0}",
    "* is missing": "falta {0}",
    "Add `*: …` here": "Añada aquí `{0}: …`",
    "a list is needed": "aquí va una lista",
    "Begin each item with '- '": "Empiece cada elemento con «- »",
    "a number is needed": "falta el número",
    "* is not a number": "{0} no es un número",
    "* has more than * decimals": "{0} tiene más de {1} decimales",
    "* is too large": "{0} es demasiado grande",
    "Round it": "Redondéelo",
    "Write a smaller number": "Escriba un número menor",
    "Write a plain decimal number": "Escriba un número decimal",
    "* is less than *": "{0} es menor que {1}",
    "* is neither true nor false": "{0} no es sí ni no",
    "a code is needed": "falta el código",
    "unknown value *": "valor desconocido {0}",
    "Did you mean *?": "¿Quiso decir {0}?",
    "Known: *": "Conocidos: {0}",
    "* is not a date": "{0} no es una fecha",
    "Write it as YYYY-MM-DD": "Escríbala como AAAA-MM-DD",
    "the rounding unit must be positive": "la unidad de redondeo debe ser positiva",
    "unknown product *": "producto desconocido {0}",
    "an upgrade must go to a higher package": "un ascenso va a un paquete más alto",
    "a bonus cannot pay on *: only sales pay, never enrolment alone (Ley 1700 de 2013, "
    "art. 2)": "un bono no puede pagar por {0}: solo las ventas pagan, nunca la inscripción "
    "por sí sola (Ley 1700 de 2013, art. 2)",
    "Remove the key or write `pays_on: sale`": "Quite la clave o escriba `pays_on: sale`",
    "unknown rule *": "regla desconocida {0}",
    "rule * reads the tree *": "la regla {0} lee el árbol {1}",
    "unknown bonus *": "bono desconocido {0}",
    "unknown measure *": "medida desconocida {0}",
    "unknown package *": "paquete desconocido {0}",
    "the first rank is everybody's: min is 0": "el primer rango es de todos: su mínimo es 0",
    "the promotion ends before it begins": "la promoción termina antes de empezar",
    "code * stands twice": "el código {0} está dos veces",
    "the step must be positive": "el paso debe ser positivo",
    "no source of the percentage": "el porcentaje no sale de ninguna parte",
    "the binary needs `activity`: who is active": "el binario necesita la actividad: quién "
    "está activo",
    "no amounts": "faltan los valores",
    "Give `amounts: {PACKAGE: [generation 1, …]}`": "Dé un valor por paquete y generación",
    "package * pays without commissionable volume: that is a bonus for enrolment alone (Ley "
    "1700 de 2013, art. 2)": "el paquete {0} paga sin volumen comisionable: sería un bono "
    "por la sola inscripción (Ley 1700 de 2013, art. 2)",
    "Give its product a CV or take its amounts out": "Dé CV a su producto o quite sus valores",
    "* is no generation": "{0} no es una generación",
    "two rates for one level: `rates` and `rates_by_rank`": "dos porcentajes para un nivel: "
    "por nivel y por rango",
    "Keep one of them": "Deje uno de los dos",
    "no level pays anything": "ningún nivel paga",
    "Give `rates: [level 1, …]`": "Dé un porcentaje por nivel",
    "a rank reaches level *, rates end at level *": "un rango alcanza el nivel {0} y los "
    "porcentajes terminan en el {1}",
    "Give a rate to each level or lower `levels_by_rank`": "Dé un porcentaje a cada nivel o "
    "baje los niveles por rango",
    "*: a higher rank has less at level * than a lower one": "{0}: un rango más alto tiene "
    "menos en el nivel {1} que uno más bajo",
    "Check the order of the ranks": "Revise el orden de los rangos",
    "base_pct × rate has more than four decimals of a percent: it is rounded": "la parte del "
    "volumen por el porcentaje tiene más de cuatro decimales: se redondea",
    "Choose figures whose product is exact": "Elija valores cuyo producto sea exacto",
    "skip_below_rank has no threshold: it only skips who is inactive": "la compresión por "
    "umbral no tiene umbral: solo salta a los inactivos",
    "Give `threshold_rank` or `threshold_levels`": "Dé el rango o los niveles del umbral",
    "nobody is passed up": "no se cede a nadie",
    "Give `pass_up: 2`": "Diga cuántas personas se ceden",
    "people are passed up in the sponsor tree alone": "solo se cede en el árbol de patrocinio",
    "Use `tree: sponsor` or another compression": "Use el árbol de patrocinio u otra compresión",
    "rates reach level *, the matrix is * high": "los porcentajes llegan al nivel {0} y la "
    "matriz tiene {1} de alto",
    "Give no more rates than levels": "No dé más porcentajes que niveles",
    "the bonus is * wide, its tree *": "el bono tiene {0} de ancho y su árbol {1}",
    "Take the width out or correct the tree": "Quite el ancho o corrija el árbol",
    "the window needs days or months, one of both": "la ventana va en días o en meses, una "
    "de las dos",
    "Give `window_days` or `window_months`": "Dé los días o los meses de la ventana",
    "who is a leader?": "¿quién es líder?",
    "Give `rank`": "Dé el rango",
    "no rank earns anything": "ningún rango gana",
    "Give `rates: {RANK: percent}`": "Dé un porcentaje por rango",
    "`reduced` pays more than what stands before it": "un porcentaje reducido paga más que el "
    "anterior",
    "Lower it": "Bájelo",
    "two percentages for one person: `steps` and `rates`": "dos porcentajes para una persona: "
    "por escala y por rango",
    "nobody has a percentage": "nadie tiene porcentaje",
    "Give `steps` or `rates`": "Dé la escala o los porcentajes por rango",
    "two percentages for one step": "dos porcentajes para un escalón",
    "a higher step has a lower percentage": "un escalón más alto tiene menor porcentaje",
    "Check the steps": "Revise la escala",
    "no bonus is matched": "no se iguala ningún bono",
    "Give `bonuses: [CODE, …]`": "Diga qué bonos iguala",
    "matching is paid on *, which is a match itself": "se iguala {0}, que ya es una igualación",
    "Take it out": "Quítelo",
    "no step has a percentage": "ningún escalón tiene porcentaje",
    "Give `steps: [{min, pct}]`": "Dé la escala",
    "* is no kind of days above": "{0} no es una clase de días de las de arriba",
    "Add `bonuses: […]`": "Elija los bonos",
    "Add `measure: …`": "Elija la medida",
    "Declare the tree under `trees`": "Declare el árbol entre los árboles de colocación",
    "Remove the key": "Quítelo",
    "Write `{measure: …, min: …}`": "Diga la medida y su mínimo",
    "`min` of which measure?": "¿mínimo de qué medida?",
    "a cap needs `amount` or `by_rank`": "un tope necesita un valor, único o por rango",
    "a cap of which bonuses?": "¿tope de cuáles bonos?",
    "a condition is a mapping": "una condición dice qué y cuánto",
    "rule * cannot read the tree *": "la regla {0} no puede leer el árbol {1}",
    "the first rank is everybody's: it requires nothing": "el primer rango es de todos: no pide "
    "nada",
    "this rule reads no tree": "esta regla no lee ningún árbol",
    "unknown code *": "código desconocido {0}",
    "unknown kind *": "clase desconocida {0}",
    "unknown rank *": "rango desconocido {0}",
    "'requires' is missing: which conditions?": "faltan los requisitos: ¿cuáles condiciones?",
    "* is missing: *": "falta {0}: {1}",
    "Add `requires: […]`": "Añada los requisitos",
    "Add e.g. `formula: pv + 0.5 * gv`": "Escriba, por ejemplo, `pv + 0.5 * gv`",
    "Declare it further up": "Declárela más arriba",
    "Give `pct: …`": "Dé el porcentaje",
    "Give `rank: …`": "Elija el rango",
    "Give `rates: [generation 1, …]`": "Dé el porcentaje de cada generación",
    "Give `rates_of_rank: {rank: %}`": "Dé el porcentaje de cada rango",
    "Give `shares: {rank: number}` or `points: measure`, not both": "Dé participaciones por "
    "rango o una medida de puntos, no ambas",
    "Give both or neither": "Dé los dos o ninguno",
    "`keep_heads` and `keep_group` work together only": "las dos condiciones para conservar lo "
    "propio van juntas",
    "a pool needs one source of shares": "un fondo necesita una sola fuente de participaciones",
    "no rates": "faltan los porcentajes",
    "no rates of ranks": "faltan los porcentajes de los rangos",
    "the pool is empty": "el fondo está vacío",
    "which rank breaks away?": "¿cuál rango se independiza?",
    "Add `*: …`": "Añada `{0}: …`",
    "Change one of the days": "Cambie uno de los días",
    "Give `amount: …`, also of goods and trips": "Dé el valor, también de bienes y viajes",
    "Give `awards: [{code, name, requires, amount}]`": "Añada un premio con requisitos y valor",
    "Give `measure: …`": "Elija la medida",
    "Give `min: …`": "Dé la meta",
    "Give `prizes: [{place, amount}]`, also of goods and trips": "Añada un premio con puesto y "
    "valor, también de bienes y viajes",
    "Give `requires: […]`": "Añada los requisitos",
    "Give `start` and `end`": "Dé el primer y el último día",
    "Give each prize its `place`": "Dé a cada premio su puesto",
    "Give it another code": "Dele otro código",
    "Keep one prize, or write `mode: top`": "Deje un premio o use los primeros lugares",
    "Put the rest into another bonus": "Pase los demás a otro bono",
    "a contest needs its first and last day": "un concurso necesita su primer y su último día",
    "a contest of which measure?": "¿concurso de qué medida?",
    "a cycle needs *": "un ciclo necesita {0}",
    "award * asks for nothing": "el premio {0} no pide nada",
    "award * has no value": "el premio {0} no tiene valor",
    "award * stands twice": "el premio {0} está dos veces",
    "everybody entitled gets the prize": "todos los que pueden cobrar reciben el premio",
    "from which rank on?": "¿desde qué rango?",
    "more than * awards": "más de {0} premios",
    "no awards": "faltan los premios",
    "no prizes": "faltan los premios",
    "points expire after 1 period at least": "los puntos vencen después de un período por lo menos",
    "the contest ends before it begins": "el concurso termina antes de empezar",
    "two prizes for one place": "dos premios para un puesto",
    "with `mode: threshold` there is one prize, of place 1": "con meta hay un solo premio, el "
    "del puesto 1",
}


def _compiled():
    for english, translated in {**SENTENCES, **scenario_words.SENTENCES}.items():
        parts = [re.escape(part) for part in english.split("*")]
        yield re.compile("(.+?)".join(parts)), translated


_PATTERNS = list(_compiled())


def spanish(text):
    """Return the Spanish of a sentence of a reader, or the sentence itself."""
    for pattern, translated in _PATTERNS:
        found = pattern.fullmatch(text or "")
        if found:
            return translated.format(
                *(scenario_words.INSIDE.get(part, part) for part in found.groups())
            )
    return text


def of_error(error, lang):
    """Return the problems of a ``DocumentError`` for people, one per line."""
    return "\n".join(told(item, error.document, lang) for item in error.problems)


def located(error, lang):
    """Return the problems of a ``DocumentError`` as a command line shows them: a list of
    ``file:line: what. remedy``, in the order of the file."""
    document = error.document
    if lang == "en":
        return document.located(error.problems) if document else list(map(str, error.problems))
    if not document:
        return [whole(item, lang) for item in error.problems]
    result = []
    for item in sorted(error.problems, key=document.line_of):
        column = f"columna {item.at[1]}: " if item.column else ""
        result.append(f"{document.name}:{document.line_of(item)}: {column}{whole(item, lang)}")
    return result


def told(problem, document, lang):
    """Return one problem for people: where, what and what to do.

    :param document: the ``Document`` that knows the lines, or ``None``
    """
    found = whole(problem, lang)
    if (document and document.lines) or problem.at:
        found = f"{at(problem, lang, document)}: {found}"
    return found


def whole(problem, lang):
    """Return the keys that lead to a problem, what is wrong and what to do."""
    where = ".".join(str(part) for part in problem.path)
    found = text(problem, lang)
    return joined(f"{where}: {found}" if where else found, remedy(problem, lang))


def text(problem, lang):
    """Return what is wrong."""
    return problem.text if lang == "en" else problem.es or spanish(problem.text)


def remedy(problem, lang):
    """Return what to do, or nothing."""
    return problem.remedy if lang == "en" else problem.remedy_es or spanish(problem.remedy)


def at(problem, lang, document=None):
    """Return ``line 3, column 7`` of a problem, the line alone of one inside the data."""
    line, column = problem.at or (document.line(problem.path), None)
    if not column:
        return f"línea {line}" if lang == "es" else f"line {line}"
    return f"línea {line}, columna {column}" if lang == "es" else f"line {line}, column {column}"
