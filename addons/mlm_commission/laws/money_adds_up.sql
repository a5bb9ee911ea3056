-- Earnings of a run = expense = payable + deductions, per payee, booked to whoever held the membership at the end of the cycle.
WITH earned AS (
    SELECT run.id AS run_id, store.payee_id::int AS payee_id,
           sum(store.amount_e4)::bigint AS amount_e4
      FROM mlm_run AS run
      JOIN mlm_earning_store AS store
        ON store.id >= run.number::bigint << 32
       AND store.id < (run.number::bigint + 1) << 32
     WHERE run.state IN ('posting', 'posted') AND store.payee_id <> 0
     GROUP BY run.id, store.payee_id
    HAVING sum(store.amount_e4) <> 0
), booked AS (
    SELECT chunk.run_id, holder.distributor_id AS payee_id,
           round(sum(line.balance)
                 FILTER (WHERE line.account_id = company.mlm_expense_account_id)
                 * 10000)::bigint AS expense_e4,
           round(sum(line.balance) * 10000)::bigint AS rest_e4
      FROM mlm_run_chunk AS chunk
      JOIN mlm_run AS run ON run.id = chunk.run_id
      JOIN res_company AS company ON company.id = run.company_id
      JOIN account_move_line AS line ON line.move_id = chunk.move_id
      JOIN mlm_period AS period ON period.id = run.period_id
      JOIN mlm_holder AS holder
        ON holder.partner_id = line.partner_id
       AND holder.company_id = run.company_id
       AND holder.role = 'holder' AND holder.superseded_at IS NULL
       AND tsrange(holder.valid_from, holder.valid_to) @> (
               (period.date_end + 1)::timestamp AT TIME ZONE company.mlm_tz AT TIME ZONE 'UTC'
               - interval '1 second')
     GROUP BY chunk.run_id, holder.distributor_id
), stated AS (
    SELECT run_id, distributor_id AS payee_id, gross_e4 FROM mlm_statement
)
SELECT coalesce(earned.run_id, booked.run_id) AS run_id,
       'distributor ' || coalesce(earned.payee_id, booked.payee_id) AS subject,
       format('earned %s, expense %s, statement %s, entry off by %s (ten-thousandths)',
              earned.amount_e4, booked.expense_e4, stated.gross_e4, booked.rest_e4)
           AS detail
  FROM earned
  FULL JOIN booked USING (run_id, payee_id)
  LEFT JOIN stated
    ON stated.run_id = coalesce(earned.run_id, booked.run_id)
   AND stated.payee_id = coalesce(earned.payee_id, booked.payee_id)
 WHERE (earned.amount_e4 IS DISTINCT FROM booked.expense_e4
        OR stated.gross_e4 IS DISTINCT FROM booked.expense_e4
        OR booked.rest_e4 <> 0)
   AND NOT EXISTS (
       SELECT FROM mlm_run_chunk AS waiting
        WHERE waiting.run_id = coalesce(earned.run_id, booked.run_id)
          AND waiting.move_id IS NULL)
