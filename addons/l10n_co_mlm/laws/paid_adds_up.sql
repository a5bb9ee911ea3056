-- What was paid to a tax number in a month is the sum of its statements and adjustments.
WITH document AS (
    SELECT statement.company_id, statement.tax_number, move.date, statement.gross_e4,
           coalesce((SELECT sum(line.amount_e4) FROM mlm_statement_deduction AS line
                      WHERE line.statement_id = statement.id AND line.code IN ('renta', 'withholding')), 0) AS taken_e4
      FROM mlm_statement AS statement
      JOIN account_move AS move ON move.id = statement.move_id
     WHERE statement.tax_number IS NOT NULL
    UNION ALL
    SELECT adjustment.company_id, adjustment.tax_number, move.date, adjustment.amount_e4,
           coalesce((SELECT sum(line.amount_e4) FROM mlm_adjustment_deduction AS line
                      WHERE line.adjustment_id = adjustment.id AND line.code IN ('renta', 'withholding')), 0)
      FROM mlm_adjustment AS adjustment
      JOIN account_move AS move ON move.id = adjustment.move_id
     WHERE adjustment.tax_number IS NOT NULL
), summed AS (
    SELECT company_id, tax_number, date_trunc('month', date)::date AS month,
           sum(gross_e4) AS base_e4, sum(taken_e4) AS income_e4
      FROM document
     GROUP BY 1, 2, 3
    HAVING sum(gross_e4) <> 0 OR sum(taken_e4) <> 0
), kept AS (
    SELECT company_id, tax_number, month, base_e4, income_e4 FROM mlm_co_paid
     WHERE base_e4 <> 0 OR income_e4 <> 0
)
SELECT format('mlm.co.paid %s %s', tax_number, month) AS subject,
       format('keeps %s and %s, documents sum to %s and %s', coalesce(kept.base_e4, 0),
              coalesce(kept.income_e4, 0), coalesce(summed.base_e4, 0),
              coalesce(summed.income_e4, 0)) AS detail
  FROM kept
  FULL JOIN summed USING (company_id, tax_number, month)
 WHERE kept.base_e4 IS DISTINCT FROM summed.base_e4
    OR kept.income_e4 IS DISTINCT FROM summed.income_e4
