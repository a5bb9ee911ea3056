-- A ledger row, its cycle and its distributor belong to one company.
SELECT 'mlm.volume.entry ' || entry.id AS subject,
       format('company %s, cycle of %s, distributor of %s', entry.company_id,
              period.company_id, distributor.company_id) AS detail
  FROM mlm_volume_entry AS entry
  JOIN mlm_period AS period ON period.id = entry.period_id
  JOIN mlm_distributor AS distributor ON distributor.id = entry.distributor_id
 WHERE entry.company_id <> period.company_id
    OR entry.company_id <> distributor.company_id
