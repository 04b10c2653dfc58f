-- doc: Whether all that a replay sent has landed: sent, landed and rejected records of each replay.
SELECT topic, run_id, sent, landed, rejected, complete, first_sent, last_received
FROM completeness
ORDER BY first_sent, run_id
