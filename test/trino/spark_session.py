"""Spark with the lake's Glue catalog as `lake`, in this process."""
from pyspark.sql import SparkSession


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
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
    }
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
