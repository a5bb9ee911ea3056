"""Documents that people read outside of the screens: PDF and XLSX, in one look."""

#: of heads, titles and bars
DARK = "#1F4E5F"
#: behind figures and totals
SOFT = "#EEF3F5"
#: kinds of columns whose values stand at the right
NUMERIC = ("money", "points", "percent", "number")


def column(name, label, kind, width, choices=None):
    """Return a column of a table, as a page and a workbook draw it.

    :param name: key of the value in each row
    :param kind: text, number, points, money, percent, date or choice
    :param width: characters; on a page relative to the other columns
    :param dict choices: of a choice, the labels by value
    """
    return {"name": name, "label": label, "kind": kind, "width": width, "choices": choices}
