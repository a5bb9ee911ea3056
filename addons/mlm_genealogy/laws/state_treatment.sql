-- What becomes of the earnings follows from the state: active earns, suspended is held or compressed, deceased is held, terminated compressed.
-- model: mlm.distributor
SELECT code AS subject, id AS record_id,
       'state and treatment of the earnings contradict each other' AS detail
  FROM mlm_distributor
 WHERE NOT coalesce(
       CASE state WHEN 'active' THEN treatment = 'earn'
                  WHEN 'suspended' THEN treatment IN ('hold', 'compress')
                  WHEN 'deceased' THEN treatment = 'hold'
                  WHEN 'terminated' THEN treatment = 'compress' END, false)
