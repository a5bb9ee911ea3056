-- Earnings of a run = gross of its statements = net + deductions, per payee and home company; another law compares statements and entries.
WITH paid AS NOT MATERIALIZED (
    SELECT run.id AS run_id, store.payee_id::int AS payee_id,
           sum(store.amount_e4)::bigint AS amount_e4
      FROM mlm_run AS run
      JOIN mlm_earning_store AS store
        ON store.id >= run.number::bigint << 32
       AND store.id < (run.number::bigint + 1) << 32
     WHERE run.state IN ('posting', 'posted') AND store.payee_id IS NOT NULL
     GROUP BY run.id, store.payee_id
    HAVING sum(store.amount_e4) <> 0
), sides AS NOT MATERIALIZED (
    SELECT paid.run_id, paid.payee_id, person.company_id, paid.amount_e4,
           NULL::bigint AS gross_e4, NULL::bigint AS parts_e4
      FROM paid
      LEFT JOIN mlm_distributor AS person ON person.id = paid.payee_id
     UNION ALL
    SELECT run_id, distributor_id, company_id, NULL, gross_e4, net_e4 + deducted_e4
      FROM mlm_statement
), compared AS NOT MATERIALIZED (
    SELECT run_id, payee_id, company_id, sum(amount_e4) AS amount_e4, sum(gross_e4) AS gross_e4,
           sum(parts_e4) AS parts_e4
      FROM sides
     GROUP BY run_id, payee_id, company_id
)
SELECT run_id, 'distributor ' || payee_id AS subject,
       format('earned %s, statement %s, net and deductions %s (ten-thousandths)',
              amount_e4, gross_e4, parts_e4) AS detail
  FROM compared
 WHERE (amount_e4 IS DISTINCT FROM gross_e4 OR parts_e4 IS DISTINCT FROM gross_e4)
   AND NOT EXISTS (
       SELECT FROM mlm_run_chunk AS waiting
        WHERE waiting.run_id = compared.run_id AND waiting.move_id IS NULL)
