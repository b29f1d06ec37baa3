//! The JSON Schemas of the two outputs, made from the types that write them.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{AnalysisJson, RecordJson};

/// JSON Schema (2020-12) of `rapporteur/analysis/1`.
#[must_use]
pub fn analysis_schema() -> Value {
    schema::<AnalysisJson>(super::ANALYSIS)
}

/// JSON Schema (2020-12) of `rapporteur/record/1`.
#[must_use]
pub fn record_schema() -> Value {
    schema::<RecordJson>(super::RECORD)
}

fn schema<T: schemars::JsonSchema>(name: &str) -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let mut value = schema.to_value();
    if let Some(object) = value.as_object_mut() {
        object.insert("$id".to_owned(), Value::String(format!("urn:{}", name.replace('/', ":"))));
        object["title"] = Value::String(name.to_owned());
        if let Some(field) = object.get_mut("properties").and_then(|p| p.get_mut("schema")) {
            field["const"] = Value::String(name.to_owned());
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every property of every object, with its path.
    fn undocumented(value: &Value, path: &str, found: &mut Vec<String>) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                if property.get("description").is_none() {
                    found.push(format!("{path}.{name}"));
                }
            }
        }
        if let Some(defs) = value.get("$defs").and_then(Value::as_object) {
            for (name, def) in defs {
                undocumented(def, name, found);
            }
        }
    }

    #[test]
    fn every_field_is_documented() {
        for schema in [analysis_schema(), record_schema()] {
            let mut found = Vec::new();
            undocumented(&schema, "", &mut found);
            assert!(found.is_empty(), "without a description: {found:?}");
        }
    }
}
