import base64

from odoo import models
from odoo.tools import SQL

from .mlm_event_seal import _LEAF, _LEAF_HASH


class MlmEventSeal(models.Model):
    """Verification of the seals: reads everything, changes nothing."""

    _inherit = "mlm.event.seal"

    def _verify(self, limit=100):
        """Return what does not match the seals any more, at most ``limit`` rows.

        :return: see `mlm.law._run_check`
        """
        self.env.flush_all()
        found = []
        for subject, __ in self._fields["subject"].selection:
            seals = self._read_chain(subject)
            found += self._verify_chain(seals)
            found += self._verify_content(subject, seals, limit - len(found))
            if len(found) >= limit:
                break
        return found[:limit]

    def _read_chain(self, subject):
        """Return the seals of a subject as dicts in their order, with the hash of the
        leaves in place of the leaves."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """SELECT id, subject, number, from_id, to_id, count, column_names, root,
                          encode(sha256(convert_to(leaves, 'UTF8')), 'hex') AS leaves,
                          previous, fingerprint, author_id, recorded_at
                     FROM mlm_event_seal WHERE subject = %s ORDER BY number""",
                subject,
            )
        )
        return cr.dictfetchall()

    def _verify_chain(self, seals):
        before = {"number": 0, "to_id": 0, "fingerprint": None}
        for seal in seals:
            detail = None
            if seal["number"] != before["number"] + 1:
                detail = "an earlier seal is missing"
            elif seal["from_id"] != before["to_id"] + 1:
                detail = "does not begin where the previous seal ends"
            elif (seal["previous"] or None) != before["fingerprint"]:
                detail = "does not contain the fingerprint of the previous seal"
            elif seal["fingerprint"] != self._get_fingerprint(seal):
                detail = "the seal itself was changed"
            if detail:
                yield self._get_violation(self.browse(seal["id"]).display_name, detail, seal)
            before = seal

    def _verify_content(self, subject, seals, limit):
        """Compare the rows with their seals, those of the same columns in one query."""
        known = set(self._get_columns(subject))
        found, by_columns = [], {}
        for seal in seals:
            by_columns.setdefault(seal["column_names"], []).append(seal)
        for names, group in by_columns.items():
            columns = names.split(",")
            gone = sorted(set(columns) - known)
            if gone:
                seal = group[0]
                title = f"{self.browse(seal['id']).display_name}: {', '.join(gone)}"
                found.append(self._get_violation(title, "sealed columns are missing", seal))
                continue
            broken = self._find_broken(subject, columns, [seal["id"] for seal in group])
            for seal_id in broken:
                found += self._find_rows(subject, columns, self.browse(seal_id))
                if len(found) >= limit:
                    return found
        return found

    def _find_broken(self, subject, columns, ids):
        rows = self.env.execute_query(
            SQL(
                """SELECT seal.id
                     FROM mlm_event_seal seal
                    CROSS JOIN LATERAL (
                          SELECT count(*) AS count,
                                 encode(sha256(string_agg(%(digest)s, ''::bytea ORDER BY id)),
                                        'hex') AS root
                            FROM %(table)s
                           WHERE id BETWEEN seal.from_id AND seal.to_id) now
                    WHERE seal.id = ANY(%(ids)s)
                      AND (now.count != seal.count OR now.root IS DISTINCT FROM seal.root)
                 ORDER BY seal.number""",
                digest=self._get_digest_sql(columns),
                table=SQL.identifier(self.env[subject]._table),
                ids=ids,
            )
        )
        return [row[0] for row in rows]

    def _find_rows(self, subject, columns, seal):
        """Name the rows of a broken seal that changed, are gone or came in later."""
        sealed = dict(_LEAF.iter_unpack(base64.b64decode(seal.leaves)))
        present = {
            id_: bytes(leaf)
            for id_, leaf in self.env.execute_query(
                SQL(
                    """SELECT id, substr(%s, 1, %s) FROM %s
                        WHERE id BETWEEN %s AND %s ORDER BY id""",
                    self._get_digest_sql(columns),
                    _LEAF_HASH,
                    SQL.identifier(self.env[subject]._table),
                    seal.from_id,
                    seal.to_id,
                )
            )
        }
        found = []
        for id_ in sorted(sealed.keys() | present.keys()):
            if sealed.get(id_) == present.get(id_):
                continue
            if id_ not in present:
                detail = "deleted after it was sealed"
            elif id_ not in sealed:
                detail = "added after its range was sealed"
            else:
                detail = "changed after it was sealed"
            violation = self._get_violation(f"{subject} {id_}", detail, {"id": seal.id})
            if id_ in present:
                violation.update(res_model=subject, res_id=id_)
            found.append(violation)
        if not found:
            title = seal.display_name
            detail = "the root hash does not match the rows"
            found.append(self._get_violation(title, detail, {"id": seal.id}))
        return found

    def _get_violation(self, subject, detail, seal):
        return {
            "subject": subject,
            "detail": detail,
            "res_model": self._name,
            "res_id": seal["id"],
        }
