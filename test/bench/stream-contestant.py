"""Spark Structured Streaming from Kafka to Parquet, as its guide shows: everything that is in the topic, or what comes for some seconds.

usage: stream-contestant.py JARS BROKERS TOPIC FOLDER [SECONDS]

Prints JSON: seconds and CPU seconds of the JVM until the session stood and while it streamed, its peak memory, rows.
"""

import json
import os
import sys
import time

from pyspark.sql.functions import col, from_json

sys.path.append(os.path.join(os.path.dirname(__file__), "../support"))
from spark import spark as spark_of

JARS, BROKERS, TOPIC, FOLDER = sys.argv[1:5]
SECONDS = float(sys.argv[5]) if len(sys.argv) > 5 else None
BAR = (
    "schema_version INT, symbol STRING, `interval` STRING, ts_event TIMESTAMP, open DOUBLE, high DOUBLE, low DOUBLE, "
    "close DOUBLE, adj_close DOUBLE, volume BIGINT, source STRING, run_id STRING, ts_sent TIMESTAMP"
)

began = time.time()
spark = spark_of(2, {"spark.jars": JARS})


def jvm():
    process = spark._jvm.java.lang.ProcessHandle.current()
    return process.pid(), process.info().totalCpuDuration().get().toMillis() / 1000


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


pid, start_cpu = jvm()
started = time.time()
records = (
    spark.readStream.format("kafka")
    .option("kafka.bootstrap.servers", BROKERS)
    .option("subscribe", TOPIC)
    .option("startingOffsets", "earliest")
    .load()
)
bars = records.select(
    from_json(col("value").cast("string"), BAR).alias("bar"), "topic", "partition", "offset", "timestamp"
).select("bar.*", "topic", "partition", "offset", "timestamp")
writer = (
    bars.writeStream.format("parquet")
    .option("path", f"{FOLDER}/landing")
    .option("checkpointLocation", f"{FOLDER}/checkpoint")
)
query = (writer if SECONDS is not None else writer.trigger(availableNow=True)).start()
if SECONDS is None:
    query.awaitTermination()
else:
    # What it needs to begin is no latency: the records are sent when it has.
    while not query.recentProgress:
        time.sleep(0.1)
    print("streaming", flush=True)
    query.awaitTermination(SECONDS)
    query.stop()
_, end_cpu = jvm()
print(
    json.dumps(
        {
            "startSeconds": started - began,
            "startCpuSeconds": start_cpu,
            "seconds": time.time() - started,
            "cpuSeconds": end_cpu - start_cpu,
            "peakMb": peak_mb(pid),
            "rows": sum(progress["numInputRows"] for progress in query.recentProgress),
        }
    ),
    flush=True,
)
spark.stop()
