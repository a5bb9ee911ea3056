-- Each journal entry of an opening is sealed.
SELECT NULL::int AS run_id, 'account.move ' || entry.account_move_id AS subject,
       'an entry of an opening has no seal' AS detail
  FROM account_move_mlm_opening_import_rel AS entry
 WHERE NOT EXISTS (SELECT FROM mlm_sealed_move AS seal WHERE seal.move_id = entry.account_move_id)
