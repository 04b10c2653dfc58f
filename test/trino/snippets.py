"""Runs the Python of docs/using-the-data.md as it stands there, against an emulator.

usage: snippets.py ENDPOINT SNAPSHOT

What differs from AWS is around it: catalog and Polars are told where the emulator is, DuckDB's extensions are imported
instead of installed, and its secret names the emulator too. Prints one JSON object: the bars of AAPL that pandas and Polars have, rows
as of the snapshot, and DuckDB's average.
"""
import json
import re
import sys
from pathlib import Path

import duckdb
import polars
import pyiceberg.catalog.glue as glue
from duckdb_extensions import import_extension

ENDPOINT, SNAPSHOT = sys.argv[1:3]
DOCS = Path(__file__).parent / "../../docs/using-the-data.md"
HERE = {"endpoint": ENDPOINT, "region": "us-east-1", "access-key-id": "test", "secret-access-key": "test"}
SECRET = f"ENDPOINT '{ENDPOINT.split('//')[1]}', URL_STYLE 'path', USE_SSL false, REGION 'us-east-1'"

catalog = glue.GlueCatalog
glue.GlueCatalog = lambda name: catalog(name, **{f"{of}.{key}": value for of in ("glue", "s3") for key, value in HERE.items()})
scan_iceberg = polars.scan_iceberg
polars.scan_iceberg = lambda table: scan_iceberg(table, storage_options={f"s3.{key}": value for key, value in HERE.items()})
connect = duckdb.connect


def connected():
    con = connect()
    for extension in ("httpfs", "avro", "iceberg"):
        import_extension(extension, con=con)
    return con


duckdb.connect = connected
names, answers = {}, []
for block in re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL):
    code = block.replace("4503599627370495", SNAPSHOT).replace("INSTALL iceberg; INSTALL httpfs; ", "")
    code = code.replace("PROVIDER credential_chain", f"KEY_ID 'test', SECRET 'test', {SECRET}")
    *lines, last = code.strip().split("\n")
    exec("\n".join(lines), names)
    # The last line of a block is a statement, or the expression that it is about.
    answers.append(eval(last, names) if not re.match(r"\w+ = ", last) else exec(last, names) or len(names["aapl"]))
print(json.dumps({"aapl": answers[:2], "then": names["then"].num_rows, "average": answers[2][0][0]}))
