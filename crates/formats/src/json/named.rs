//! A vocabulary's name as a JSON string that the schema enumerates, and the few strings that live as long as the
//! program.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{LazyLock, Mutex};

use ::record::Vocabulary;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A variant of a closed vocabulary, written by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<T>(pub T);

impl<T: Vocabulary> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0.name())
    }
}

impl<'de, T: Vocabulary> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(d)?;
        T::from_name(&name).map(Named).map_err(de::Error::custom)
    }
}

impl<T: Vocabulary> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        T::VOCABULARY.replace(' ', "_").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = T::VARIANTS.iter().map(|v| v.name()).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}

/// The same string, alive as long as the program: for rule ids and tags, of which there are a few hundred. At most
/// 64 Ki different ones of at most 256 bytes are kept, so that a hostile file cannot fill the memory.
pub(super) fn keep(name: &str) -> &'static str {
    static KEPT: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let Ok(mut kept) = KEPT.lock() else { return "" };
    if let Some(known) = kept.get(name) {
        return known;
    }
    if name.len() > 256 || kept.len() >= 1 << 16 {
        return "";
    }
    let new: &'static str = Box::leak(name.to_owned().into_boxed_str());
    kept.insert(new);
    new
}
