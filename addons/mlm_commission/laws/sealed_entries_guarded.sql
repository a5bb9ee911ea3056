-- The database guards sealed entries: its triggers stand, each entry of a run is sealed, and contacts were replaced in them by merges only.
SELECT NULL::int AS run_id, 'trigger ' || guard.name AS subject,
       format('is missing or off on %s', guard.on_table) AS detail
  FROM (VALUES ('mlm_sealed_account_move', 'account_move'),
               ('mlm_sealed_account_move_all', 'account_move'),
               ('mlm_sealed_account_move_line', 'account_move_line'),
               ('mlm_sealed_account_move_line_all', 'account_move_line'),
               ('mlm_sealed_account_move_line_tax', 'account_move_line_account_tax_rel'),
               ('mlm_append_only_row', 'mlm_sealed_move'),
               ('mlm_append_only_truncate', 'mlm_sealed_move'),
               ('mlm_append_only_row', 'mlm_contact_merge'),
               ('mlm_append_only_truncate', 'mlm_contact_merge')) AS guard (name, on_table)
 WHERE NOT EXISTS (
       SELECT FROM pg_trigger AS found
        WHERE found.tgname = guard.name AND found.tgrelid = to_regclass(guard.on_table)
          AND found.tgenabled = 'A')
UNION ALL
SELECT chunk.run_id, 'account.move ' || chunk.move_id, 'an entry of a run has no seal'
  FROM mlm_run_chunk AS chunk
 WHERE chunk.move_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM mlm_sealed_move AS seal WHERE seal.move_id = chunk.move_id)
UNION ALL
SELECT NULL, 'res.partner ' || merge.source_id,
       format('was merged into %s on record, and is still there', merge.target_id)
  FROM mlm_contact_merge AS merge
 WHERE EXISTS (SELECT FROM res_partner AS person WHERE person.id = merge.source_id)
