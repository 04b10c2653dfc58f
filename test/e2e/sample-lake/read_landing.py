"""Reads Parquet files with DuckDB and with PyArrow and prints what each of them sees, as JSON."""

import json
import sys

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

PRICES = ["open", "high", "low", "close", "adj_close", "volume"]


def duckdb_sees(files):
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    landed = con.from_parquet(files)
    sums = ", ".join(f"sum({name})" for name in PRICES)
    rows = con.sql(
        f"SELECT symbol, count(*), epoch_ms(min(ts_event)), epoch_ms(max(ts_event)), {sums} "
        "FROM landed WHERE symbol IS NOT NULL GROUP BY symbol ORDER BY symbol"
    ).fetchall()
    return {
        "types": dict(zip(landed.columns, map(str, landed.types))),
        "symbols": {row[0]: numbers(row[1:]) for row in rows},
    }


def pyarrow_sees(files):
    table = pq.read_table(files)
    symbols = {}
    for symbol in sorted(set(table["symbol"].drop_null().to_pylist())):
        of = table.filter(pc.equal(table["symbol"], symbol))
        times = pc.cast(of["ts_event"], "int64")
        sums = [pc.sum(of[name]).as_py() for name in PRICES]
        symbols[symbol] = numbers([of.num_rows, pc.min(times).as_py(), pc.max(times).as_py(), *sums])
    return {"types": {field.name: str(field.type) for field in table.schema}, "symbols": symbols}


def statistics(file):
    """Of every column that has them: whether a file's statistics are what its values say."""
    parquet = pq.ParquetFile(file)
    table = parquet.read()
    wrong, seen = [], 0
    for index, field in enumerate(table.schema):
        stats = parquet.metadata.row_group(0).column(index).statistics
        if stats is None:
            continue
        seen += 1
        if not agree(stats, table[field.name]):
            wrong.append([field.name, str(stats)])
    return {"columns": seen, "wrong": wrong}


def agree(stats, values):
    if stats.null_count != values.null_count:
        return False
    if not stats.has_min_max:
        return values.null_count == len(values)
    least, most = pc.min(values).as_py(), pc.max(values).as_py()
    # Long texts are cut to bounds that enclose them (Parquet's is_min_value_exact, is_max_value_exact).
    if isinstance(least, str):
        return stats.min <= least and stats.max >= most
    return stats.min == least and stats.max == most


def numbers(values):
    return [float(value) for value in values]


files = sys.argv[1:]
answer = {
    "duckdb": duckdb_sees(files),
    "pyarrow": pyarrow_sees(files),
    "statistics": [statistics(file) for file in files],
}
print(json.dumps(answer))
