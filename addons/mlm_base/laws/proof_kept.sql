-- A file that proves something is there, and its content is the one that was kept.
-- model: ir.attachment
SELECT kept.attachment AS record_id, 'ir.attachment ' || kept.attachment AS subject,
       CASE WHEN file.id IS NULL THEN 'is gone' ELSE 'is another file now' END AS detail
  FROM mlm_proof AS kept
  LEFT JOIN ir_attachment AS file ON file.id = kept.attachment
 WHERE file.checksum IS DISTINCT FROM kept.checksum
   AND NOT EXISTS (
       SELECT FROM mlm_proof AS released
        WHERE released.attachment = kept.attachment AND released.released_in IS NOT NULL)
