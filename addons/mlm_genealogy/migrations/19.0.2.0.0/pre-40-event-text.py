"""The reasons of events move to a table of their own, from which they can be erased.

The events keep a salted hash. Their guard is lifted for this one change, by which a
column disappears, and set again in the same transaction.
"""


def migrate(cr, version):
    cr.execute(
        """SELECT 1 FROM information_schema.columns
            WHERE table_schema = current_schema
              AND table_name = 'mlm_genealogy_event' AND column_name = 'reason'"""
    )
    if not cr.fetchone():
        return
    cr.execute(
        """CREATE TABLE IF NOT EXISTS mlm_event_text (
               id SERIAL PRIMARY KEY, event_id integer, salt varchar, text text);
           INSERT INTO mlm_event_text (event_id, salt, text)
                SELECT id, replace(gen_random_uuid()::text, '-', ''), reason
                  FROM mlm_genealogy_event
                 WHERE reason IS NOT NULL AND reason != ''
              ORDER BY id;
           ALTER TABLE mlm_genealogy_event ADD COLUMN IF NOT EXISTS reason_hash varchar;
           ALTER TABLE mlm_genealogy_event DISABLE TRIGGER mlm_append_only_row;
           UPDATE mlm_genealogy_event event
              SET reason_hash =
                  encode(sha256(convert_to(found.salt || found.text, 'UTF8')), 'hex')
             FROM mlm_event_text found
            WHERE found.event_id = event.id;
           ALTER TABLE mlm_genealogy_event ENABLE ALWAYS TRIGGER mlm_append_only_row;
           ALTER TABLE mlm_genealogy_event DROP COLUMN reason"""
    )
