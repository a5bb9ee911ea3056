-- The rows of one invoice line are numbered without holes and point at the first.
-- model: account.move.line
SELECT entry.move_line_id AS record_id, 'account.move.line ' || entry.move_line_id AS subject,
       format('%s rows, last number %s', count(*), max(entry.entry_no)) AS detail
  FROM mlm_volume_entry AS entry
 WHERE entry.move_line_id IS NOT NULL
 GROUP BY entry.move_line_id
HAVING max(entry.entry_no) <> count(*) - 1
