-- Entries of a run are in the company of the people they pay and in its currency, so that what was earned is what is owed.
SELECT chunk.run_id, 'account.move.line ' || line.id AS subject,
       format('%s in currency %s, %s in the company''s', line.amount_currency,
              line.currency_id, line.balance) AS detail
  FROM mlm_run_chunk AS chunk
  JOIN res_company AS company ON company.id = chunk.company_id
  JOIN account_move_line AS line ON line.move_id = chunk.move_id
 WHERE line.company_id <> chunk.company_id
    OR line.currency_id <> company.currency_id
    OR line.amount_currency <> line.balance
