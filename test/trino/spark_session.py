"""Spark with the lake's Glue catalog as `lake`, in this process."""
import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "../support"))
from spark import spark


def spark_session(endpoint, bucket, jars):
    lake = {
        "": "org.apache.iceberg.spark.SparkCatalog",
        ".type": "glue",
        ".warehouse": f"s3://{bucket}/",
        ".io-impl": "org.apache.iceberg.aws.s3.S3FileIO",
        ".s3.endpoint": endpoint,
        ".s3.path-style-access": "true",
        ".s3.access-key-id": "test",
        ".s3.secret-access-key": "test",
        ".client.region": "us-east-1",
        ".glue.endpoint": endpoint,
    }
    settings = {
        **{f"spark.sql.catalog.lake{name}": value for name, value in lake.items()},
        "spark.jars": jars,
        "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        "spark.sql.adaptive.enabled": "false",
    }
    return spark(1, settings)
