-- Rows of a cancelled or draft invoice net to nothing in the ledger.
-- model: account.move
SELECT move.id AS record_id, move.name AS subject,
       format('PV %s, CV %s left in the ledger', sum(entry.pv), sum(entry.cv)) AS detail
  FROM mlm_volume_entry AS entry
  JOIN account_move_line AS line ON line.id = entry.move_line_id
  JOIN account_move AS move ON move.id = line.move_id
 WHERE move.state <> 'posted'
   AND NOT EXISTS (SELECT FROM mlm_capture_queue AS queue WHERE queue.move_id = move.id)
 GROUP BY move.id, move.name
HAVING sum(entry.pv_e4) <> 0 OR sum(entry.cv_e4) <> 0 OR sum(entry.retail_e4) <> 0
