-- Deductions of a statement sum to what it says was deducted.
SELECT 'mlm.statement ' || statement.id AS subject,
       format('says %s, lines sum to %s', statement.deducted_e4,
              coalesce(sum(deduction.amount_e4), 0)) AS detail
  FROM mlm_statement AS statement
  LEFT JOIN mlm_statement_deduction AS deduction
    ON deduction.statement_id = statement.id
 GROUP BY statement.id
HAVING statement.deducted_e4 <> coalesce(sum(deduction.amount_e4), 0)
