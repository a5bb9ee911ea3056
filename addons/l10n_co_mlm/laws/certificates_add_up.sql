-- Certificates that are issued say what the ledger says: of what was posted before each of them,
-- for the people that have one.
WITH taken AS (
    SELECT statement.company_id, statement.tax_number, statement.move_id, line.code, line.basis,
           line.tax_repartition_line_id, line.amount_e4, line.recorded_at, NULL::date AS origin
      FROM mlm_statement_deduction AS line
      JOIN mlm_statement AS statement ON statement.id = line.statement_id
    UNION ALL
    SELECT adjustment.company_id, adjustment.tax_number, adjustment.move_id, line.code, line.basis,
           line.tax_repartition_line_id, line.amount_e4, line.recorded_at, origin.accounting_date
      FROM mlm_adjustment_deduction AS line
      JOIN mlm_adjustment AS adjustment ON adjustment.id = line.adjustment_id
      LEFT JOIN mlm_adjustment AS origin ON origin.id = adjustment.reverses_id
), part AS (
    SELECT taken.*, extract(year FROM move.date)::int AS year, kind.kind,
           extract(year FROM coalesce(taken.origin, move.date))::int AS certified,
           CASE kind.kind WHEN 'income' THEN 0
                ELSE ceil(extract(month FROM coalesce(taken.origin, move.date)) / 2)::int END AS period,
           CASE kind.kind WHEN 'ica' THEN coalesce(basis ->> 'municipality', '') ELSE '' END AS municipality
      FROM taken
      JOIN account_move AS move ON move.id = taken.move_id AND move.state = 'posted'
      JOIN (VALUES ('renta', 'income'), ('withholding', 'income'), ('reteiva', 'vat'), ('reteica', 'ica'))
           AS kind(code, kind) ON kind.code = taken.code
     WHERE taken.tax_number IS NOT NULL
), issued AS (
    SELECT company_id, kind, year, sum(posted_e4) AS posted_e4
      FROM mlm_co_certificate WHERE state = 'issued'
     GROUP BY company_id, kind, year
), without AS (
    -- nobody's certificate says it, it was posted after it, or it is certified with another year
    SELECT part.company_id, part.kind, part.year, sum(part.amount_e4) AS amount_e4
      FROM part
     WHERE NOT EXISTS (
           SELECT FROM mlm_co_certificate AS one
            WHERE one.state = 'issued' AND one.company_id = part.company_id
              AND one.tax_number = part.tax_number AND one.kind = part.kind
              AND one.year = part.year AND one.year = part.certified AND one.period = part.period
              AND one.municipality = part.municipality AND one.issued_at >= part.recorded_at)
     GROUP BY part.company_id, part.kind, part.year
), ledger AS (
    SELECT entry.company_id, entry.kind, entry.year, sum(-item.balance * 10000)::int8 AS amount_e4
      FROM (SELECT DISTINCT company_id, kind, year, move_id, tax_repartition_line_id FROM part) AS entry
      JOIN account_move_line AS item
        ON item.move_id = entry.move_id
       AND item.tax_repartition_line_id = entry.tax_repartition_line_id
     GROUP BY entry.company_id, entry.kind, entry.year
)
SELECT format('mlm.co.certificate %s %s of company %s', issued.kind, issued.year, issued.company_id) AS subject,
       format('certificates say %s, without one there is %s, the ledger says %s', issued.posted_e4,
              coalesce(without.amount_e4, 0), coalesce(ledger.amount_e4, 0)) AS detail
  FROM issued
  LEFT JOIN without USING (company_id, kind, year)
  LEFT JOIN ledger USING (company_id, kind, year)
 WHERE issued.posted_e4 + coalesce(without.amount_e4, 0) <> coalesce(ledger.amount_e4, 0)
