-- Each item on the commissions payable account belongs to a statement, an opening, a payment or a settlement with what the person owes; whatever else was booked there is reversed.
WITH payable AS (
    SELECT id AS company_id, mlm_payable_account_id AS account_id
      FROM res_company
     WHERE mlm_payable_account_id IS NOT NULL
     UNION
    SELECT company_id, payable_account_id
      FROM mlm_sealed_move
     WHERE payable_account_id IS NOT NULL
), other AS (
    SELECT line.id, line.company_id, line.account_id, line.partner_id, line.balance,
           move.name, coalesce(move.reversed_entry_id, move.id) AS root_id
      FROM payable
      JOIN account_move_line AS line
        ON line.account_id = payable.account_id AND line.company_id = payable.company_id
      JOIN account_move AS move ON move.id = line.move_id
     WHERE move.state = 'posted' AND line.balance <> 0
       -- posted by the suite, and compared by other laws
       AND NOT EXISTS (SELECT FROM mlm_sealed_move AS seal WHERE seal.move_id = move.id)
       -- payments, bank lines, and the differences of exchange that matching them makes
       AND NOT EXISTS (
           SELECT FROM account_payment AS payment
            WHERE payment.move_id = move.id AND payment.journal_id = move.journal_id)
       AND NOT EXISTS (
           SELECT FROM account_bank_statement_line AS bank WHERE bank.move_id = move.id)
       AND NOT EXISTS (
           SELECT FROM account_partial_reconcile AS partial
            WHERE partial.exchange_move_id = move.id)
       -- the opening entry of the company's books
       AND NOT EXISTS (
           SELECT FROM res_company AS company WHERE company.account_opening_move_id = move.id)
       -- settlement: per person, what is owed to somebody is set off with what he owes
       AND (EXISTS (
               SELECT FROM account_move_line AS side
                 JOIN account_account AS account ON account.id = side.account_id
                WHERE side.move_id = move.id AND side.account_id <> payable.account_id
                  AND account.account_type <> 'asset_receivable')
            OR EXISTS (
               SELECT FROM account_move_line AS side
                WHERE side.move_id = move.id
                GROUP BY side.partner_id
               HAVING sum(side.balance) <> 0 OR side.partner_id IS NULL)
            OR NOT EXISTS (
               SELECT FROM account_move_line AS side
                 JOIN account_account AS account ON account.id = side.account_id
                WHERE side.move_id = move.id AND account.account_type = 'asset_receivable'))
), netted AS (
    -- an entry and its reversal are nothing together
    SELECT other.*, sum(balance) OVER (PARTITION BY root_id, account_id, partner_id) AS rest
      FROM other
)
SELECT netted.company_id, netted.partner_id, 'account.move.line ' || netted.id AS subject,
       format('%s: %s for contact %s belongs to no statement', netted.name, netted.balance,
              coalesce(netted.partner_id::text, 'none')) AS detail
  FROM netted
 WHERE netted.rest <> 0
