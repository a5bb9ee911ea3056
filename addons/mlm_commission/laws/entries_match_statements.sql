-- Entries of a run say what its statements say: per payee, account and amount, on the date of the company's part, in the name of who held the membership in the last second of the cycle.
WITH posting AS (
    SELECT chunk.run_id, chunk.move_id, chunk.date AS accounting_date,
           coalesce(seal.expense_account_id, company.mlm_expense_account_id)
               AS expense_account_id,
           coalesce(seal.payable_account_id, company.mlm_payable_account_id)
               AS payable_account_id,
           (period.date_end + 1)::timestamp AT TIME ZONE network.tz AT TIME ZONE 'UTC'
               - interval '1 second' AS moment
      FROM mlm_run_chunk AS chunk
      JOIN mlm_run AS run ON run.id = chunk.run_id
      JOIN mlm_network AS network ON network.id = run.network_id
      JOIN res_company AS company ON company.id = chunk.company_id
      JOIN mlm_period AS period ON period.id = run.period_id
      LEFT JOIN mlm_sealed_move AS seal ON seal.move_id = chunk.move_id
     WHERE chunk.move_id IS NOT NULL
), amounts AS (
    SELECT posting.run_id, posting.move_id, holder.partner_id, owed.account_id,
           owed.amount_e4 AS stated_e4, 0::numeric AS booked_e4
      FROM posting
      JOIN mlm_statement AS statement ON statement.run_id = posting.run_id
       AND statement.move_id = posting.move_id
      LEFT JOIN LATERAL (
           -- as `_holders_at` finds them: the last who began, else the first
           SELECT row.partner_id
             FROM mlm_holder AS row
            WHERE row.distributor_id = statement.distributor_id
              AND row.role = 'holder' AND row.superseded_at IS NULL
              AND row.valid_to IS DISTINCT FROM row.valid_from
            ORDER BY row.valid_from > posting.moment,
                     CASE WHEN row.valid_from <= posting.moment THEN row.valid_from END DESC,
                     row.valid_from
            LIMIT 1) AS holder ON true
     CROSS JOIN LATERAL (
           SELECT posting.expense_account_id AS account_id, statement.gross_e4 AS amount_e4
           UNION ALL
           SELECT posting.payable_account_id, -statement.net_e4
           UNION ALL
           SELECT deduction.account_id, -deduction.amount_e4
             FROM mlm_statement_deduction AS deduction
            WHERE deduction.statement_id = statement.id) AS owed
    UNION ALL
    SELECT posting.run_id, posting.move_id, line.partner_id, line.account_id, 0,
           line.balance * 10000
      FROM posting
      JOIN account_move_line AS line ON line.move_id = posting.move_id
)
SELECT run_id, 'account.move ' || move_id AS subject,
       format('contact %s, account %s: booked %s, by the statements %s (ten-thousandths)',
              coalesce(partner_id::text, 'none'), account_id, round(sum(booked_e4)),
              sum(stated_e4)) AS detail
  FROM amounts
 GROUP BY run_id, move_id, partner_id, account_id
HAVING sum(stated_e4) <> round(sum(booked_e4))
UNION ALL
SELECT posting.run_id, 'account.move ' || posting.move_id,
       CASE WHEN move.id IS NULL THEN 'the entry was deleted'
            ELSE format('state %s, dated %s; the run posted it on %s', move.state, move.date,
                        posting.accounting_date)
       END
  FROM posting
  LEFT JOIN account_move AS move ON move.id = posting.move_id
 WHERE move.id IS NULL OR move.state <> 'posted' OR move.date <> posting.accounting_date
UNION ALL
SELECT statement.run_id, 'mlm.statement ' || statement.id, 'no entry of the run has it'
  FROM mlm_statement AS statement
 WHERE NOT EXISTS (
       SELECT FROM mlm_run_chunk AS chunk
        WHERE chunk.run_id = statement.run_id AND chunk.move_id = statement.move_id
          AND chunk.company_id = statement.company_id)
