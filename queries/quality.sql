-- doc: Per symbol how many daily bars there are, and how many look wrong in which way.
SELECT *
FROM bars_quality
ORDER BY symbol
