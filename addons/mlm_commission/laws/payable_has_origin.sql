-- Each item on the commissions payable account belongs to a statement, an opening, a payment or a settlement with what the person owes; whatever else was booked there is reversed.
WITH payable AS (
    SELECT id AS company_id, mlm_payable_account_id AS account_id
      FROM res_company
     WHERE mlm_payable_account_id IS NOT NULL
     UNION
    SELECT company_id, payable_account_id
      FROM mlm_sealed_move
     WHERE payable_account_id IS NOT NULL
), booked AS MATERIALIZED (
    SELECT line.id, line.company_id, line.account_id, line.partner_id, line.balance,
           line.move_id, move.name, move.journal_id,
           coalesce(move.reversed_entry_id, move.id) AS root_id,
           line.amount_currency = 0 AND line.currency_id <> line.company_currency_id AS is_rounding
      FROM payable
      JOIN account_move_line AS line
        ON line.account_id = payable.account_id AND line.company_id = payable.company_id
      JOIN account_move AS move ON move.id = line.move_id
     WHERE move.state = 'posted' AND line.balance <> 0
       -- posted by the suite, and compared by other laws
       AND NOT EXISTS (SELECT FROM mlm_sealed_move AS seal WHERE seal.move_id = move.id)
       -- the opening entry of the company's books
       AND NOT EXISTS (
           SELECT FROM res_company AS company WHERE company.account_opening_move_id = move.id)
), sides AS MATERIALIZED (
    SELECT side.id, side.move_id, side.partner_id, side.balance,
           account.account_type = 'asset_receivable' AS on_receivable,
           (side.company_id, side.account_id)
               IN (SELECT company_id, account_id FROM payable) AS on_payable,
           account.account_type IN ('asset_cash', 'asset_current', 'liability_credit_card')
               AS is_money
      FROM account_move_line AS side
      JOIN account_account AS account ON account.id = side.account_id
     WHERE side.move_id IN (SELECT move_id FROM booked)
), paid AS (
    -- Payments and bank lines, as far as money moves: nobody is owed more than came in, and
    -- nobody's claim falls by more than went out. The link to a payment alone proves nothing.
    SELECT side.move_id
      FROM sides AS side
     WHERE EXISTS (
           SELECT FROM account_payment AS payment
             JOIN account_move AS move ON move.id = payment.move_id
            WHERE payment.move_id = side.move_id AND payment.journal_id = move.journal_id)
        OR EXISTS (
           SELECT FROM account_bank_statement_line AS bank WHERE bank.move_id = side.move_id)
     GROUP BY side.move_id
    HAVING CASE WHEN sum(side.balance) FILTER (WHERE side.is_money) > 0
                THEN max(side.balance) FILTER (WHERE side.on_payable) < 0
                ELSE min(side.balance) FILTER (WHERE side.on_payable) > 0 END
       AND abs(sum(side.balance) FILTER (WHERE side.on_payable))
           <= abs(sum(side.balance) FILTER (WHERE side.is_money))
), other AS MATERIALIZED (
    SELECT booked.*
      FROM booked
     WHERE move_id NOT IN (SELECT move_id FROM paid)
       -- differences of exchange that matching makes: no amount in their currency, so that
       -- nothing can be paid against them, and for somebody who was matched
       AND NOT (is_rounding AND EXISTS (
           SELECT FROM account_partial_reconcile AS partial
             JOIN account_move_line AS matched
               ON matched.id IN (partial.debit_move_id, partial.credit_move_id)
            WHERE partial.exchange_move_id = booked.move_id
              AND matched.account_id = booked.account_id
              AND matched.partner_id IS NOT DISTINCT FROM booked.partner_id))
), settlement AS (
    -- What is owed to somebody pays what he owes, or an invoice that he sold, and no more.
    SELECT side.move_id
      FROM sides AS side
     GROUP BY side.move_id
    HAVING bool_or(side.on_receivable) AND bool_and(
           CASE WHEN side.on_payable THEN side.balance > 0
                WHEN side.on_receivable THEN EXISTS (
                     SELECT FROM sides AS payer
                      WHERE payer.move_id = side.move_id AND payer.on_payable
                        AND (payer.partner_id = side.partner_id OR payer.partner_id IN (
                             SELECT holder.partner_id
                               FROM account_partial_reconcile AS partial
                               JOIN account_move_line AS due ON due.id = partial.debit_move_id
                               JOIN account_move AS invoice ON invoice.id = due.move_id
                               JOIN mlm_holder AS holder
                                 ON holder.distributor_id
                                    IN (invoice.mlm_buyer_id, invoice.mlm_distributor_id)
                                AND holder.superseded_at IS NULL
                              WHERE partial.credit_move_id = side.id)))
                ELSE false END)
), netted AS (
    -- an entry and its reversal are nothing together
    SELECT other.*, sum(balance) OVER (PARTITION BY root_id, account_id, partner_id) AS rest
      FROM other
     WHERE move_id NOT IN (SELECT move_id FROM settlement)
)
SELECT netted.company_id, netted.partner_id, 'account.move.line ' || netted.id AS subject,
       format('%s: %s for contact %s belongs to no statement', netted.name, netted.balance,
              coalesce(netted.partner_id::text, 'none')) AS detail
  FROM netted
 WHERE netted.rest <> 0
