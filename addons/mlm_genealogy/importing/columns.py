"""The columns of a file of distributors, and the headings by which they are known."""

from odoo.addons.mlm_base.importing import headings

#: key: (Spanish, English, more names); the order is that of the template
HEADINGS = {
    "code": ("código", "code", "distributor code", "código del distribuidor", "id"),
    "name": ("nombre", "name", "full name", "nombre completo"),
    "document_type": ("tipo de documento", "document type"),
    "document_number": (
        "número de documento",
        "document number",
        "documento",
        "nit",
        "cédula",
        "vat",
    ),
    "email": ("correo electrónico", "e-mail", "email", "correo"),
    "phone": ("teléfono", "phone", "celular", "móvil", "mobile"),
    "street": ("dirección", "address", "street"),
    "city": ("ciudad", "city", "municipio"),
    "state": ("departamento", "department", "state"),
    "country": ("país", "country"),
    "kind": ("tipo", "kind"),
    "sponsor_code": ("código del patrocinador", "sponsor code", "patrocinador", "sponsor"),
    "joined_on": ("fecha de ingreso", "joined on", "fecha de inscripción", "join date"),
    "placement_code": (
        "posición superior",
        "placement below",
        "colocado debajo de",
        "placement parent",
    ),
    "leg": ("pierna", "leg", "slot", "lado"),
    "language": ("idioma", "language"),
}
KEYS = tuple(HEADINGS)
#: without these a file is no file of distributors
REQUIRED = ("name", "sponsor_code")

KINDS = {
    "distributor": ("distribuidor", "distributor"),
    "preferred": ("cliente preferente", "preferred customer", "preferred", "preferente"),
    "customer": ("cliente", "customer"),
}
LEGS = {
    "left": ("izquierda", "left", "i", "l", "1"),
    "right": ("derecha", "right", "d", "r", "2"),
    "auto": ("automática", "automatic", "auto"),
    "head": ("cabeza", "head"),
}
#: what a document is (`document.TYPES`), and what people call it
DOCUMENT_TYPES = {
    "CC": ("cc", "cédula", "cédula de ciudadanía", "citizen id", "national citizen id"),
    "CE": ("ce", "cédula de extranjería", "foreign id card"),
    "NIT": ("nit", "rut", "tax number"),
    "PA": ("pa", "pasaporte", "passport"),
    "TI": ("ti", "tarjeta de identidad", "identity card"),
    "PEP": ("pep", "permiso especial de permanencia", "special stay permit"),
    "PPT": ("ppt", "permiso por protección temporal", "temporary protection permit"),
    "DIE": ("die", "documento de otro país", "cédula extranjera", "foreign document"),
    "NITE": ("nite", "nit de otro país", "foreign tax number"),
    "OTRO": ("otro", "otro documento", "other", "other document"),
}

plain, word = headings.plain, headings.word
TABLE = headings.Headings(HEADINGS, REQUIRED)
KIND_KEYS = headings.reverse(KINDS) | {key: key for key in KINDS}
LEG_KEYS = headings.reverse(LEGS)
DOCUMENT_TYPE_KEYS = headings.reverse(DOCUMENT_TYPES)


def heading(key, lang):
    """Return the heading of a column in Spanish or English, as people write it."""
    return TABLE.heading(key, lang)
