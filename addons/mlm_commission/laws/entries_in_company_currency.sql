-- Entries of a run are in the currency of its company, so that what was earned is what is owed.
SELECT chunk.run_id, 'account.move.line ' || line.id AS subject,
       format('%s in currency %s, %s in the company''s', line.amount_currency,
              line.currency_id, line.balance) AS detail
  FROM mlm_run_chunk AS chunk
  JOIN mlm_run AS run ON run.id = chunk.run_id
  JOIN res_company AS company ON company.id = run.company_id
  JOIN account_move_line AS line ON line.move_id = chunk.move_id
 WHERE line.company_id <> run.company_id
    OR line.currency_id <> company.currency_id
    OR line.amount_currency <> line.balance
