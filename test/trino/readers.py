"""Reads `bars` by the Glue catalog with an engine of Python: PyIceberg, Polars or DuckDB beside it, or Spark.

usage: readers.py pyiceberg|polars|duckdb|spark ENDPOINT BUCKET SNAPSHOT [JAR,JAR]

Prints one JSON object: rows of the table, rows and closes of March 2012 by symbol, rows as of the snapshot, and how many
data files each predicate came to.
"""
import json
import sys

ENGINE, ENDPOINT, BUCKET, SNAPSHOT = sys.argv[1:5]
MONTH = "month = '2012-03'"
TIME = "ts_event >= '2012-03-01T00:00:00' and ts_event < '2012-04-01T00:00:00'"
KEYS = {"access-key-id": "test", "secret-access-key": "test"}


def table():
    from pyiceberg.catalog.glue import GlueCatalog

    glue = {f"glue.{name}": value for name, value in KEYS.items()}
    s3 = {f"s3.{name}": value for name, value in KEYS.items()}
    where = {"glue.endpoint": ENDPOINT, "glue.region": "us-east-1", "s3.endpoint": ENDPOINT, "s3.region": "us-east-1"}
    return GlueCatalog("glue", **glue, **s3, **where).load_table("tickerlake.bars")


def pyiceberg():
    bars = table()
    month = bars.scan(row_filter=MONTH, selected_fields=("symbol", "close")).to_arrow().group_by("symbol")
    sums = month.aggregate([("close", "count"), ("close", "sum")]).to_pylist()
    files = {name: len(list(bars.scan(row_filter=one).plan_files())) for name, one in (("month", MONTH), ("time", TIME))}
    return {
        "rows": bars.scan().to_arrow().num_rows,
        "asOf": bars.scan(snapshot_id=int(SNAPSHOT)).to_arrow().num_rows,
        "month": sorted([one["symbol"], one["close_count"], one["close_sum"]] for one in sums),
        "files": {**files, "all": len(list(bars.scan().plan_files()))},
    }


def polars():
    import polars as pl

    s3 = {"s3.endpoint": ENDPOINT, "s3.region": "us-east-1", **{f"s3.{name}": value for name, value in KEYS.items()}}
    read = lambda **options: pl.scan_iceberg(table(), storage_options=s3, **options)
    month = read().filter(pl.col("month") == "2012-03").group_by("symbol").agg(pl.len(), pl.col("close").sum()).collect()
    count = lambda frame: frame.select(pl.len()).collect().item()
    return {
        "rows": count(read()),
        "asOf": count(read(snapshot_id=int(SNAPSHOT))),
        "month": sorted([list(row) for row in month.rows()]),
    }


def duckdb():
    import duckdb as db
    from duckdb_extensions import import_extension

    con = db.connect()
    for extension in ("httpfs", "avro", "iceberg"):
        import_extension(extension)
    where = f"ENDPOINT '{ENDPOINT.split('//')[1]}', URL_STYLE 'path', USE_SSL false, REGION 'us-east-1'"
    con.execute(f"CREATE SECRET (TYPE s3, KEY_ID 'test', SECRET 'test', {where})")
    bars = f"iceberg_scan('{table().metadata_location}'"
    month = f"SELECT symbol, count(*), sum(close) FROM {bars}) WHERE {MONTH} GROUP BY symbol ORDER BY symbol"
    return {
        "rows": con.execute(f"SELECT count(*) FROM {bars})").fetchone()[0],
        "asOf": con.execute(f"SELECT count(*) FROM {bars}, snapshot_from_id = {SNAPSHOT})").fetchone()[0],
        "month": [list(row) for row in con.execute(month).fetchall()],
    }


def spark():
    from spark_session import spark_session

    session = spark_session(ENDPOINT, BUCKET, sys.argv[5])

    def ask(sql):
        frame = session.sql(sql)
        rows = [list(row) for row in frame.collect()]
        leaf = frame._jdf.queryExecution().executedPlan().collectLeaves().head()
        return rows, leaf.metrics().apply("resultDataFiles").value()

    bars = "lake.tickerlake.bars"
    month, files = ask(f"SELECT symbol, count(*), sum(close) FROM {bars} WHERE {MONTH} GROUP BY symbol ORDER BY symbol")
    # A count alone is answered from the metadata, without a file.
    count = "SELECT count(*), sum(close) FROM"
    rows, all_files = ask(f"{count} {bars}")
    time = TIME.replace("'2012", "timestamp_ntz '2012")
    return {
        "rows": rows[0][0],
        "asOf": ask(f"{count} {bars} VERSION AS OF {SNAPSHOT}")[0][0][0],
        "month": month,
        "files": {"month": files, "time": ask(f"{count} {bars} WHERE {time}")[1], "all": all_files},
    }


print(json.dumps({"pyiceberg": pyiceberg, "polars": polars, "duckdb": duckdb, "spark": spark}[ENGINE]()))
