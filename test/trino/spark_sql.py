"""Runs SQL statements with Spark, one after the other, with the lake's Glue catalog as `lake`.

usage: spark_sql.py ENDPOINT BUCKET JAR,JAR STATEMENT...

Prints the rows of the last one as JSON.
"""
import json
import sys

from spark_session import spark_session

endpoint, bucket, jars, *statements = sys.argv[1:]
session = spark_session(endpoint, bucket, jars)
rows = []
for statement in statements:
    rows = [list(row) for row in session.sql(statement).collect()]
print(json.dumps(rows, default=str))
