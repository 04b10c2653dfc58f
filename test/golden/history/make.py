"""Makes the files beside it: exports as pandas, PyArrow and DuckDB write them. pip install pandas pyarrow duckdb"""
import base64
import datetime as dt
import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

DAYS = ["2013-03-28", "2013-04-01", "2013-04-02"]
PRICES = {"Open": [10.0, 11.0, 12.0], "High": [12.0, 13.0, 14.0], "Low": [9.0, 10.0, 11.0],
          "Close": [11.0, 12.0, 13.0], "Adj Close": [5.5, 6.0, 6.5], "Volume": [3_000_000_000, 200, 300]}

def frame(index):
    return pd.DataFrame(PRICES, index=pd.DatetimeIndex(index, name="Date"))

# yfinance's Ticker.history(): midnight in the exchange's zone, across a change to summer time
frame(pd.DatetimeIndex(DAYS).tz_localize("America/New_York")).to_parquet("AAPL-pandas-zone.parquet")
frame(pd.DatetimeIndex(DAYS).tz_localize("Australia/Sydney")).to_parquet("BHP.AX.parquet")
# yfinance's download(): no zone; an index without a name
frame(pd.DatetimeIndex(DAYS)).rename_axis(None).to_parquet("pandas-no-name.parquet", compression="gzip")
# Spark's and Impala's old timestamps
pq.write_table(pa.Table.from_pandas(frame(pd.DatetimeIndex(DAYS)).reset_index()), "int96.parquet",
               use_deprecated_int96_timestamps=True, compression="zstd")
# several symbols, newest first, a row group a row, text where numbers should be, a hole
table = pa.table({"Ticker": ["MSFT", "AAPL", "AAPL"], "Date": [dt.date(2013, 4, 2), dt.date(2013, 4, 1), None],
                  "Open": ["12.0", "n/a", None], "Volume": pa.array([1, 2, None], pa.uint64())})
pq.write_table(table, "unsorted.parquet", row_group_size=1, compression="brotli")
duckdb.sql("""COPY (SELECT 'MSFT' AS symbol, '1h' AS interval, TIMESTAMPTZ '2013-04-01 14:30:00+00' AS datetime,
  CAST(12.25 AS DECIMAL(10,2)) AS open, 13::FLOAT AS high, 170141183460469231731687303715884105727::HUGEINT AS low,
  12.5 AS close, NULL AS adj_close, 9223372036854775807 AS volume) TO 'duckdb.parquet' (FORMAT parquet)""")
# a footer that anybody reads, and one column that only who has the key does
class Keys(pe.KmsClient):
    def __init__(self, config):
        super().__init__()

    def wrap_key(self, key, _name):
        return base64.b64encode(key)

    def unwrap_key(self, key, _name):
        return base64.b64decode(key)

secret = pe.CryptoFactory(Keys).file_encryption_properties(
    pe.KmsConnectionConfig(), pe.EncryptionConfiguration(footer_key="a", column_keys={"b": ["Close"]}, plaintext_footer=True))
pq.write_table(pa.table({"Date": [dt.date(2013, 3, 1), dt.date(2013, 3, 4)], "Close": [10.5, 11.0]}),
               "encrypted-column.parquet", encryption_properties=secret)
# not a history, and hardly a file
pq.write_table(pa.table({"Name": ["Apple"], "Price": [1.0]}), "no-dates.parquet")
with open("AAPL-pandas-zone.parquet", "rb") as whole, open("torn.parquet", "wb") as torn:
    data = whole.read()
    torn.write(data[:4] + bytes(len(data) - 4 - 2000) + data[-2000:])
