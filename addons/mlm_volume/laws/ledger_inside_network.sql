-- A ledger row, its cycle, its distributor and the company that sold are of one network, and that company is the invoice's.
SELECT 'mlm.volume.entry ' || entry.id AS subject,
       format('network %s, cycle of %s, distributor of %s; sold by company %s of network %s, invoice of company %s',
              entry.network_id, period.network_id, distributor.network_id, entry.company_id,
              company.mlm_network_id, line.company_id) AS detail
  FROM mlm_volume_entry AS entry
  JOIN mlm_period AS period ON period.id = entry.period_id
  JOIN mlm_distributor AS distributor ON distributor.id = entry.distributor_id
  JOIN res_company AS company ON company.id = entry.company_id
  LEFT JOIN account_move_line AS line ON line.id = entry.move_line_id
 WHERE entry.network_id <> period.network_id
    OR entry.network_id <> distributor.network_id
    OR entry.network_id <> company.mlm_network_id
    OR entry.company_id <> line.company_id
