-- A sealed entry is as it was posted: it is there, posted under its number and date in its journal, and no item of it was changed, added or taken out.
SELECT CASE WHEN seal.res_model = 'mlm.run' THEN seal.res_id END AS run_id,
       'account.move ' || seal.move_id AS subject,
       CASE WHEN move.id IS NULL THEN format('%s was deleted', seal.name)
            ELSE format('%s of %s was posted; now it is %s of %s, state %s', seal.name, seal.date,
                        move.name, move.date, move.state)
       END AS detail
  FROM mlm_sealed_move AS seal
  LEFT JOIN account_move AS move ON move.id = seal.move_id
 WHERE move.id IS NULL OR move.state <> 'posted'
    OR (move.name, move.date, move.journal_id, move.company_id)
       IS DISTINCT FROM (seal.name, seal.date, seal.journal_id, seal.company_id)
UNION ALL
SELECT CASE WHEN seal.res_model = 'mlm.run' THEN seal.res_id END,
       'account.move.line ' || item.key,
       format('of %s was %s', seal.name,
              CASE WHEN line.id IS NULL THEN 'taken out' ELSE 'changed' END)
  FROM mlm_sealed_move AS seal
 CROSS JOIN LATERAL jsonb_each_text(seal.line_digests) AS item
  LEFT JOIN account_move_line AS line ON line.id = item.key::int AND line.move_id = seal.move_id
 WHERE line.id IS NULL OR mlm_sealed_line_digest(line) <> item.value
UNION ALL
SELECT CASE WHEN seal.res_model = 'mlm.run' THEN seal.res_id END,
       'account.move.line ' || line.id, format('was added to %s', seal.name)
  FROM mlm_sealed_move AS seal
  JOIN account_move_line AS line ON line.move_id = seal.move_id
 WHERE NOT coalesce(seal.line_digests, '{}') ? line.id::text
