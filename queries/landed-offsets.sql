-- doc: Whether each topic partition is landed whole and once: offsets missing, offsets that stand twice, rejects, newest arrival.
SELECT topic, kafka_partition, first_offset, last_offset, landed, gaps, duplicates, rejected, newest_arrival
FROM landed_offsets
ORDER BY topic, kafka_partition
