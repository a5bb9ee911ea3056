# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import yaml

from odoo.tools import file_open

with file_open("l10n_co_mlm/tests/law_vectors.yaml") as _file:
    VECTORS = yaml.safe_load(_file)
