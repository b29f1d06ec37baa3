//! Lemmas as edit scripts, `case|cut|add`: see `training/lemma.py`.

/// A script, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Script {
    case: Case,
    /// Characters to drop from the end; `None` replaces the whole form.
    cut: Option<usize>,
    add: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Keep,
    Lower,
    Title,
    Upper,
}

impl Script {
    /// Reads a script; `None` if it is none.
    pub(crate) fn read(text: &'static str) -> Option<Script> {
        let mut parts = text.splitn(3, '|');
        let case = match parts.next()? {
            "l" => Case::Lower,
            "k" => Case::Keep,
            "t" => Case::Title,
            "u" => Case::Upper,
            _ => return None,
        };
        let cut = match parts.next()? {
            "*" => None,
            number => Some(number.parse().ok()?),
        };
        Some(Script { case, cut, add: parts.next()? })
    }

    /// The lemma of `form`; `None` where the script does not fit it.
    pub(crate) fn apply(self, form: &str) -> Option<String> {
        let Some(cut) = self.cut else { return Some(self.add.to_owned()) };
        let keep = match cut {
            0 => form,
            cut => &form[..form.char_indices().rev().nth(cut - 1)?.0],
        };
        let out = [keep, self.add].concat();
        if out.is_empty() {
            return None;
        }
        Some(match self.case {
            Case::Keep => out,
            Case::Lower => out.to_lowercase(),
            Case::Upper => out.to_uppercase(),
            Case::Title => {
                let mut chars = out.chars();
                let first = chars.next().into_iter().flat_map(char::to_uppercase);
                first.chain(chars.flat_map(char::to_lowercase)).collect()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(script: &'static str, form: &str) -> Option<String> {
        Script::read(script).and_then(|s| s.apply(form))
    }

    #[test]
    fn scripts_cut_add_and_set_the_case() {
        assert_eq!(lemma("l|3|y", "Cities").as_deref(), Some("city"));
        assert_eq!(lemma("l|*|be", "were").as_deref(), Some("be"));
        assert_eq!(lemma("k|0|", "Aleppo").as_deref(), Some("Aleppo"));
        assert_eq!(lemma("t|0|", "aleppo").as_deref(), Some("Aleppo"));
        assert_eq!(lemma("l|3|", "as"), None, "too short to cut");
        assert_eq!(lemma("l|2|", "as"), None, "nothing would be left");
        assert_eq!(lemma("l|1|e", "Café").as_deref(), Some("cafe"), "characters, not bytes");
    }
}
