-- What is left of a debt of a buyer or of commissions owed is what is booked less what is matched with it, and nothing is matched by more than it is: residuals are computed, not written.
WITH payable AS (
    SELECT id AS company_id, mlm_payable_account_id AS account_id
      FROM res_company
     WHERE mlm_payable_account_id IS NOT NULL
     UNION
    SELECT company_id, payable_account_id
      FROM mlm_sealed_move
     WHERE payable_account_id IS NOT NULL
), matched AS MATERIALIZED (
    SELECT part.line_id, sum(part.amount) AS amount
      FROM (SELECT debit_move_id AS line_id, -amount AS amount FROM account_partial_reconcile
             UNION ALL
            SELECT credit_move_id, amount FROM account_partial_reconcile) AS part
     GROUP BY part.line_id
), item AS (
    SELECT line.id, line.company_id, line.partner_id, line.move_name, line.balance,
           line.amount_residual, coalesce(matched.amount, 0) AS matched
      FROM account_move_line AS line
      JOIN account_account AS account ON account.id = line.account_id
      LEFT JOIN matched ON matched.line_id = line.id
     WHERE line.parent_state = 'posted'
       AND (account.account_type = 'asset_receivable'
            OR (line.company_id, line.account_id) IN (SELECT company_id, account_id FROM payable))
)
SELECT item.company_id, item.partner_id, 'account.move.line ' || item.id AS subject,
       format('%s: %s booked, %s matched, %s said to be left', item.move_name, item.balance,
              -item.matched, item.amount_residual) AS detail
  FROM item
 WHERE round(item.balance + item.matched - item.amount_residual, 4) <> 0
    OR item.balance * (item.balance + item.matched) < 0
