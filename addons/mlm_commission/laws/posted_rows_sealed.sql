-- The rows of a posted run are sealed: the database refuses to change, delete or empty them.
SELECT run.id AS run_id, 'mlm.run ' || run.id AS subject,
       format('%s has lost its seal', store.name || '_' || run.number) AS detail
  FROM mlm_run AS run
 CROSS JOIN (
       VALUES ('mlm_earning_store'), ('mlm_measure_store'), ('mlm_run_sum_store')) AS store (name)
 WHERE run.state = 'posted'
   AND 2 > (
       SELECT count(*)
         FROM pg_trigger AS seal
         JOIN pg_class AS partition ON partition.oid = seal.tgrelid
        WHERE partition.relname = store.name || '_' || run.number
          AND partition.relnamespace = current_schema::regnamespace
          AND seal.tgname IN ('mlm_append_only_row', 'mlm_append_only_truncate')
          AND seal.tgenabled = 'A')
