//! One macro for the closed vocabularies: an enum whose variants have exactly one written name.

use std::fmt;

/// A name that belongs to no variant of the vocabulary it was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The vocabulary, for instance `event type`.
    pub vocabulary: &'static str,
    /// The name as given.
    pub name: String,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "«{}» is no {}", self.name, self.vocabulary)
    }
}

impl std::error::Error for UnknownName {}

/// A closed vocabulary: every variant has exactly one written name.
pub trait Vocabulary: Copy + 'static {
    /// What the vocabulary is called, for messages.
    const VOCABULARY: &'static str;
    /// Every variant.
    const VARIANTS: &'static [Self];
    /// The written name.
    fn name(self) -> &'static str;
    /// The variant with this name.
    ///
    /// # Errors
    /// If no variant has it.
    fn from_name(name: &str) -> Result<Self, UnknownName>;
}

macro_rules! names {
    ($(#[$meta:meta])* $type:ident ($vocabulary:literal) { $($(#[$vmeta:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$vmeta])* #[doc = concat!("`", $name, "`")] $variant,)+ }

        impl $type {
            /// Every variant, in the order of the definition.
            pub const ALL: &'static [$type] = &[$($type::$variant,)+];

            /// The written name, as in data files and JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($type::$variant => $name,)+ }
            }
        }

        impl $crate::Vocabulary for $type {
            const VOCABULARY: &'static str = $vocabulary;
            const VARIANTS: &'static [Self] = Self::ALL;
            fn name(self) -> &'static str { self.as_str() }
            fn from_name(name: &str) -> Result<Self, $crate::UnknownName> { name.parse() }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::UnknownName;
            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $($name => Ok($type::$variant),)+
                    _ => Err($crate::UnknownName { vocabulary: $vocabulary, name: name.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use names;
