-- A refund of what was withheld in excess is booked as it stands: from the account that withheld to what the person is owed, in a sealed entry; and no item gives back more than it withheld.
SELECT 'mlm.co.excess ' || one.id AS subject,
       format('booked %s and %s instead of %s (ten-thousandths)',
              booked.withholding_e4, booked.payable_e4, one.amount_e4) AS detail
  FROM mlm_co_excess AS one
  JOIN account_move_line AS origin ON origin.id = one.item_id
  LEFT JOIN mlm_sealed_move AS seal ON seal.move_id = one.move_id
 CROSS JOIN LATERAL (
       SELECT round(sum(line.balance) FILTER (WHERE line.account_id = origin.account_id)
                    * 10000) AS withholding_e4,
              round(-sum(line.balance) FILTER (WHERE line.account_id = seal.payable_account_id)
                    * 10000) AS payable_e4
         FROM account_move_line AS line
        WHERE line.move_id = one.move_id AND line.parent_state = 'posted') AS booked
 WHERE one.state = 'posted'
   AND (booked.withholding_e4 IS DISTINCT FROM one.amount_e4
        OR booked.payable_e4 IS DISTINCT FROM one.amount_e4)
UNION ALL
SELECT 'account.move.line ' || item.id,
       format('withheld %s and gave back %s (ten-thousandths)', -round(item.balance * 10000),
              sum(one.amount_e4))
  FROM mlm_co_excess AS one
  JOIN account_move_line AS item ON item.id = one.item_id
 WHERE one.state = 'posted'
 GROUP BY item.id
HAVING sum(one.amount_e4) > -round(item.balance * 10000) OR sum(one.amount_e4) < 0
