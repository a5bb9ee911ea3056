# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The binary, in steps: legs → matching → rates → closing; ``rules/binary/rule.py`` joins them.

Figures of positions are int64 arrays over *all* positions of the snapshot; those of
other trees and vacant ones are nobody's and zero. Pairs are ``[left, right]``.
"""
