//! `--jq`: a filter, compiled before anything is sent and run over the document. Loaded only when it is used.

use jaq_core::{
    Compiler, Ctx, Filter, Vars, data,
    load::{Arena, Error, File, Loader},
    unwrap_valr,
};
use jaq_json::{Val, read};

use crate::{
    api::problem::Code,
    failure::{Failure, Result},
};

/// A compiled filter.
pub(super) struct Jq {
    filter: Filter<data::JustLut<Val>>,
}

impl Jq {
    /// Compiles an expression; one that is wrong is a usage error that tells where.
    pub(super) fn compile(expression: &str) -> Result<Self> {
        let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
        let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
        let arena = Arena::default();
        let modules = Loader::new(definitions)
            .load(&arena, File { code: expression, path: () })
            .map_err(|errors| wrong(expression, errors.into_iter().next().and_then(|(_, error)| syntax(error))))?;
        let filter = Compiler::default().with_funs(functions).compile(modules).map_err(|errors| {
            let first = errors.into_iter().flat_map(|(_, errors)| errors).next();
            wrong(expression, first.map(|(name, kind)| format!("there is no {} `{name}`", kind.as_str())))
        })?;
        Ok(Self { filter })
    }

    /// Runs the filter over one document and hands on each result.
    pub(super) fn run(&self, document: &[u8], mut each: impl FnMut(Found<'_>)) -> Result<()> {
        let value = read::parse_single(document).map_err(|error| Failure::bug(format!("--jq got no JSON: {error}")))?;
        let context = Ctx::<data::JustLut<Val>>::new(&self.filter.lut, Vars::new([]));
        for result in self.filter.id.run((context, value)).map(unwrap_valr) {
            match result {
                Ok(Val::TStr(text) | Val::BStr(text)) => each(Found::Text(&text)),
                Ok(value) => each(Found::Json(&value.to_string())),
                Err(error) => {
                    let failed = Failure::new(Code::Usage, format!("the --jq expression failed: {error}"));
                    return Err(failed.hint("what was asked for was done; only its printing failed"));
                }
            }
        }
        Ok(())
    }
}

/// A result of a filter.
pub(super) enum Found<'a> {
    /// A text, without its quotes.
    Text(&'a [u8]),
    /// Anything else, as JSON.
    Json(&'a str),
}

impl std::fmt::Debug for Jq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Jq(…)")
    }
}

fn wrong(expression: &str, detail: Option<String>) -> Failure {
    let detail = detail.unwrap_or_else(|| "it cannot be read".to_owned());
    Failure::usage(format!("the --jq expression `{expression}` is wrong: {detail}"))
        .hint("quote it for the shell, as in --jq '.[] | .id'")
}

fn syntax(error: Error<&str>) -> Option<String> {
    let near = |found: &str| match found.trim() {
        "" => "its end".to_owned(),
        rest => format!("`{}`", rest.chars().take(20).collect::<String>()),
    };
    match error {
        Error::Io(files) => files.into_iter().next().map(|(path, why)| format!("module `{path}`: {why}")),
        Error::Lex(errors) => {
            errors.into_iter().next().map(|(wanted, found)| format!("expected {} at {}", wanted.as_str(), near(found)))
        }
        Error::Parse(errors) => {
            errors.into_iter().next().map(|(wanted, found)| format!("expected {} at {}", wanted.as_str(), near(found)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(expression: &str, document: &str) -> Result<String> {
        let mut out = String::new();
        Jq::compile(expression)?.run(document.as_bytes(), |found| {
            out.push_str(match found {
                Found::Text(text) => std::str::from_utf8(text).unwrap(),
                Found::Json(text) => text,
            });
            out.push('\n');
        })?;
        Ok(out)
    }

    #[test]
    fn each_result_is_handed_on_and_texts_are_bare() {
        let document = r#"[{"id":"BIL-1","due":[1,2]},{"id":"a \"b\"","due":null}]"#;
        assert_eq!(run(".[].id", document).unwrap(), "BIL-1\na \"b\"\n");
        assert_eq!(run(".[0] | {due, n: (.due | length)}", document).unwrap(), "{\"due\":[1,2],\"n\":2}\n");
        assert_eq!(run("map(.id) | length", document).unwrap(), "2\n");
        assert_eq!(run("empty", document).unwrap(), "");
    }

    #[test]
    fn mistakes_are_usage_errors() {
        for (expression, told) in [(".[", "expected"), ("nosuch", "nosuch"), ("'", "expected"), ("$x", "$x")] {
            let failure = run(expression, "1").unwrap_err();
            assert_eq!(failure.code, Code::Usage);
            assert!(failure.message.contains(told), "{}", failure.message);
        }
        assert!(run(".a.b", "[1]").unwrap_err().message.starts_with("the --jq expression failed"));
    }
}
