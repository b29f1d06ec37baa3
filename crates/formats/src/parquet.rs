//! The tidy tables as Apache Parquet: typed, compressed with Snappy, one file a table.
//!
//! Text is UTF-8 `STRING`, counts are 64-bit integers, days are `DATE`, several texts are a `LIST` of `STRING`. What
//! is not known is null. Words stay as they are: nothing here is run by a spreadsheet.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::Compression;
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::parser::parse_message_type;
use ::record::Date;
use jiff::civil::date;

use crate::pieces::Pieces;
use crate::tables::{Cell, Column, Kind, Table};

/// Rows that are kept in memory before they are written as one group.
const GROUP: usize = 10_000;

/// Writes one table of a record.
///
/// # Errors
/// If writing fails.
pub fn write(table: &Table, record: &dyn Pieces, out: impl Write + Send) -> io::Result<()> {
    let properties = WriterProperties::builder()
        .set_created_by(concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let schema = Arc::new(parse_message_type(&schema(table)).map_err(io::Error::other)?);
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(io::Error::other)?;
    let mut held: Vec<Vec<Cell>> = Vec::new();
    table.all(record, &mut |cells| {
        held.push(cells);
        if held.len() == GROUP {
            group(&mut file, table.columns, &std::mem::take(&mut held)).map_err(io::Error::other)?;
        }
        Ok(())
    })?;
    group(&mut file, table.columns, &held).map_err(io::Error::other)?;
    file.into_inner().map_err(io::Error::other)?.flush()
}

fn schema(table: &Table) -> String {
    let columns = table.columns.iter().map(|c| match c.kind {
        Kind::Text => format!("optional binary {} (STRING);", c.name),
        Kind::Count => format!("optional int64 {};", c.name),
        Kind::Float => format!("optional double {};", c.name),
        Kind::Day => format!("optional int32 {} (DATE);", c.name),
        Kind::Texts => format!(
            "required group {} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}",
            c.name
        ),
    });
    format!("message {} {{ {} }}", table.name, columns.collect::<Vec<_>>().join(" "))
}

fn group(
    file: &mut SerializedFileWriter<impl Write + Send>,
    columns: &[Column],
    rows: &[Vec<Cell>],
) -> Result<(), ParquetError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut group = file.next_row_group()?;
    for (n, column) in columns.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else { break };
        write_column(&mut writer, column.kind, rows.iter().map(|r| &r[n]))?;
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

fn write_column<'c>(
    writer: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = &'c Cell> + Clone,
) -> Result<(), ParquetError> {
    // Definition levels: 1 where there is a value. Repetition levels: 0 where a row begins.
    let there: Vec<i16> = cells.clone().map(|c| i16::from(*c != Cell::Empty)).collect();
    match kind {
        Kind::Text => {
            let values: Vec<ByteArray> = cells.filter_map(text).collect();
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Count => {
            let values: Vec<i64> = cells.filter_map(count).collect();
            writer.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Float => {
            let values: Vec<f64> =
                cells.filter_map(|c| if let Cell::Float(v) = c { Some(*v) } else { None }).collect();
            writer.typed::<DoubleType>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Day => {
            let values: Vec<i32> = cells
                .filter_map(|c| if let Cell::Day(d) = c { Some(since_1970(*d)) } else { None })
                .collect();
            writer.typed::<Int32Type>().write_batch(&values, Some(&there), None)?;
        }
        Kind::Texts => {
            let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
            for cell in cells {
                let all: &[String] = if let Cell::Texts(all) = cell { all } else { &[] };
                if all.is_empty() {
                    defined.push(0);
                    repeated.push(0);
                }
                for (n, one) in all.iter().enumerate() {
                    values.push(ByteArray::from(one.as_str()));
                    defined.push(1);
                    repeated.push(i16::from(n > 0));
                }
            }
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&defined), Some(&repeated))?;
        }
    }
    Ok(())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    if let Cell::Text(t) = cell { Some(ByteArray::from(t.as_str())) } else { None }
}

fn count(cell: &Cell) -> Option<i64> {
    if let Cell::Count(n) = cell { Some(i64::try_from(*n).unwrap_or(i64::MAX)) } else { None }
}

fn since_1970(day: Date) -> i32 {
    date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::{Field, ListAccessor, RowAccessor};

    use super::*;
    use crate::tables::{TABLES, table};
    use crate::testing::harbour;

    fn read(name: &str) -> SerializedFileReader<bytes::Bytes> {
        let mut out = Vec::new();
        write(table(name).expect("a table"), &harbour(), &mut out).expect("writes");
        let again = {
            let mut again = Vec::new();
            write(table(name).expect("a table"), &harbour(), &mut again).expect("writes");
            again
        };
        assert_eq!(out, again, "the same record gives the same bytes");
        SerializedFileReader::new(out.into()).expect("a Parquet file")
    }

    #[test]
    fn every_table_reads_back_with_all_its_rows() {
        for t in TABLES {
            let mut rows = 0;
            t.all(&harbour(), &mut |_| {
                rows += 1;
                Ok(())
            })
            .expect("rows");
            let file = read(t.name);
            assert_eq!(file.metadata().file_metadata().num_rows(), rows, "{}", t.name);
            assert_eq!(file.get_row_iter(None).expect("rows").count() as i64, rows);
            assert_eq!(file.metadata().file_metadata().schema().get_fields().len(), t.columns.len());
        }
    }

    #[test]
    fn values_keep_their_types_and_nothing_is_null_not_zero() {
        let rows: Vec<_> =
            read("incidents").get_row_iter(None).expect("rows").map(|r| r.expect("a row")).collect();
        let columns = table("incidents").expect("a table").columns;
        let at = |name: &str| columns.iter().position(|c| c.name == name).expect("a column");
        let raid = &rows[2];
        assert_eq!(raid.get_string(at("id")).expect("text"), "assault-raid");
        assert_eq!(raid.get_long(at("killed_low")).expect("a number"), 6);
        assert_eq!(raid.get_double(at("lat")).expect("a number"), 14.7979);
        let day = raid.get_column_iter().nth(at("earliest")).map(|(_, field)| field.clone());
        assert_eq!(day, Some(Field::Date(19_612)), "days from 1970-01-01 to 2023-09-12");
        let reports = raid.get_list(at("reports")).expect("a list");
        assert_eq!((reports.len(), reports.get_string(1).expect("text").as_str()), (2, "wire"));
        assert!(rows[4].get_double(at("lat")).is_err(), "null");
        assert!(rows[4].get_long(at("killed_low")).is_err(), "null");
        assert_eq!(rows[4].get_list(at("responds_to")).expect("a list").len(), 1);
        // Hostile words are data here, unchanged.
        assert_eq!(rows[5].get_string(at("title")).expect("text"), "-2 raids planned; @another");
    }
}
