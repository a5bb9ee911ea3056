-- A posted adjustment is booked as it stands: gross to expense, its deductions to their accounts, the rest to the payable, in the name of who was paid, in a sealed entry of its company and day.
WITH amounts AS (
    SELECT one.move_id, one.partner_id, owed.account_id, owed.amount_e4 AS stated_e4,
           0::numeric AS booked_e4
      FROM mlm_adjustment AS one
      JOIN res_company AS company ON company.id = one.company_id
      LEFT JOIN mlm_sealed_move AS seal ON seal.move_id = one.move_id
     CROSS JOIN LATERAL (
           SELECT coalesce(seal.expense_account_id, company.mlm_expense_account_id) AS account_id,
                  one.amount_e4
           UNION ALL
           SELECT coalesce(seal.payable_account_id, company.mlm_payable_account_id), -one.net_e4
           UNION ALL
           SELECT deduction.account_id, -deduction.amount_e4
             FROM mlm_adjustment_deduction AS deduction
            WHERE deduction.adjustment_id = one.id) AS owed
     WHERE one.state = 'posted'
    UNION ALL
    SELECT line.move_id, line.partner_id, line.account_id, 0, line.balance * 10000
      FROM account_move_line AS line
     WHERE line.move_id IN (SELECT move_id FROM mlm_adjustment WHERE state = 'posted')
)
SELECT 'account.move ' || move_id AS subject,
       format('contact %s, account %s: booked %s, by the adjustments %s (ten-thousandths)',
              coalesce(partner_id::text, 'none'), account_id, round(sum(booked_e4)),
              sum(stated_e4)) AS detail
  FROM amounts
 GROUP BY move_id, partner_id, account_id
HAVING sum(stated_e4) <> round(sum(booked_e4))
UNION ALL
SELECT 'mlm.adjustment ' || one.id,
       CASE WHEN move.id IS NULL THEN 'its entry is missing'
            WHEN seal.id IS NULL THEN 'its entry has no seal'
            ELSE format('state %s, dated %s, company %s; it was posted on %s in %s', move.state,
                        move.date, move.company_id, one.accounting_date, one.company_id)
       END
  FROM mlm_adjustment AS one
  LEFT JOIN account_move AS move ON move.id = one.move_id
  LEFT JOIN mlm_sealed_move AS seal ON seal.move_id = one.move_id
 WHERE one.state = 'posted'
   AND (move.id IS NULL OR seal.id IS NULL OR move.state <> 'posted'
        OR move.date <> one.accounting_date OR move.company_id <> one.company_id)
UNION ALL
SELECT 'mlm.adjustment ' || one.id,
       format('says %s was deducted, lines sum to %s', one.deducted_e4,
              coalesce(sum(deduction.amount_e4), 0))
  FROM mlm_adjustment AS one
  LEFT JOIN mlm_adjustment_deduction AS deduction ON deduction.adjustment_id = one.id
 GROUP BY one.id
HAVING coalesce(one.deducted_e4, 0) <> coalesce(sum(deduction.amount_e4), 0)
