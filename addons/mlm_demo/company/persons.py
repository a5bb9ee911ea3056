# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Invented names, addresses and telephones."""

WOMEN = (
    "Adriana", "Alejandra", "Ana María", "Andrea", "Ángela", "Camila", "Carolina",
    "Catalina", "Claudia", "Consuelo", "Daniela", "Deisy", "Diana", "Elizabeth",
    "Esperanza", "Gloria", "Ingrid", "Jenny", "Johana", "Juliana", "Laura", "Leidy",
    "Liliana", "Lina", "Luz Marina", "Marcela", "Margarita", "Martha", "Mónica",
    "Natalia", "Nubia", "Olga Lucía", "Paola", "Patricia", "Rocío", "Sandra", "Sofía",
    "Tatiana", "Valentina", "Viviana", "Yaneth", "Yuliana",
)  # fmt: skip
MEN = (
    "Alberto", "Alexander", "Álvaro", "Andrés", "Camilo", "Carlos", "César", "Cristian",
    "Daniel", "David", "Diego", "Édgar", "Eduardo", "Fabio", "Felipe", "Fernando",
    "Francisco", "Germán", "Gustavo", "Hernando", "Iván", "Jaime", "Javier", "Jhon Jairo",
    "Jorge", "José Luis", "Juan Carlos", "Juan Pablo", "Julián", "Leonardo", "Mauricio",
    "Miguel", "Nelson", "Óscar", "Pedro", "Rafael", "Ricardo", "Rodrigo", "Sebastián",
    "Sergio", "Wilson", "Yeison",
)  # fmt: skip
SURNAMES = (
    "Acosta", "Agudelo", "Álvarez", "Arango", "Arias", "Barrera", "Bedoya", "Benavides",
    "Bernal", "Buitrago", "Caicedo", "Cano", "Cárdenas", "Castaño", "Castro", "Correa",
    "Cortés", "Díaz", "Duarte", "Echeverri", "Escobar", "Forero", "Franco", "Gallego",
    "Garzón", "Giraldo", "Gómez", "Guerrero", "Gutiérrez", "Henao", "Herrera", "Hoyos",
    "Jaramillo", "Jiménez", "León", "Londoño", "López", "Lozano", "Marín", "Martínez",
    "Mejía", "Mendoza", "Montoya", "Mora", "Moreno", "Muñoz", "Murillo", "Niño", "Ocampo",
    "Ortiz", "Osorio", "Ospina", "Palacio", "Parra", "Patiño", "Peña", "Pineda", "Quintero",
    "Ramírez", "Restrepo", "Rincón", "Rojas", "Romero", "Ruiz", "Salazar", "Sánchez",
    "Serna", "Sierra", "Suárez", "Tabares", "Torres", "Trujillo", "Uribe", "Valencia",
    "Vargas", "Vásquez", "Vélez", "Villa", "Zapata", "Zuluaga",
)  # fmt: skip
#: (city, external id of the department, how often)
CITIES = (
    ("Bogotá D.C.", "base.state_co_03", 10),
    ("Medellín", "base.state_co_01", 9),
    ("Cali", "base.state_co_24", 6),
    ("Barranquilla", "base.state_co_02", 4),
    ("Bucaramanga", "base.state_co_21", 4),
    ("Pereira", "base.state_co_20", 3),
    ("Manizales", "base.state_co_06", 3),
    ("Armenia", "base.state_co_19", 2),
    ("Cartagena", "base.state_co_04", 3),
    ("Ibagué", "base.state_co_23", 3),
    ("Cúcuta", "base.state_co_18", 2),
    ("Villavicencio", "base.state_co_16", 2),
    ("Neiva", "base.state_co_13", 2),
    ("Pasto", "base.state_co_17", 2),
    ("Montería", "base.state_co_10", 2),
    ("Santa Marta", "base.state_co_15", 2),
    ("Tunja", "base.state_co_05", 1),
    ("Popayán", "base.state_co_08", 1),
)
STREETS = ("Calle", "Carrera", "Avenida", "Diagonal", "Transversal")


def full_name(rng, taken):
    """A name that nobody has yet; ``taken`` grows."""
    while True:
        first = rng.choice(rng.choice((WOMEN, MEN)))
        name = f"{first} {' '.join(rng.sample(SURNAMES, 2))}"
        if name not in taken:
            taken.add(name)
            return name


def details(rng, number):
    """Address and telephone; numbers of a kind that nobody is given."""
    city, state, _often = rng.choices(CITIES, [often for *_, often in CITIES])[0]
    street = (
        f"{rng.choice(STREETS)} {rng.randint(1, 140)} "
        f"# {rng.randint(1, 99)}-{rng.randint(1, 99):02d}"
    )
    return {
        "city": city,
        "state": state,
        "street": street,
        "phone": f"+57 300 000 {number:04d}",
        "email": f"distribuidor{number:04d}@example.com",
        "document": f"99000{number:05d}",
    }
