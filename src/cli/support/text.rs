//! What is to be said: from a flag, a file or stdin, or typed in an editor. What was typed is not lost when it cannot be
//! sent.

use std::path::PathBuf;

use clap::Args;

use crate::{
    api::{card, problem::Code},
    cli::Context,
    failure::{Failure, Result},
    ui::Draft,
};

/// Where the text comes from.
#[derive(Args, Debug)]
pub(crate) struct TextArgs {
    /// What to say; typed in $VISUAL or $EDITOR unless given
    #[arg(long, value_name = "TEXT", conflicts_with = "body_file", allow_hyphen_values = true)]
    body: Option<String>,
    /// What to say, from a file; - is stdin
    #[arg(long, value_name = "FILE|-")]
    body_file: Option<PathBuf>,
}

/// A text, and the file it was typed in.
#[derive(Debug)]
pub(crate) struct Text {
    said: String,
    draft: Option<Draft>,
}

impl TextArgs {
    /// Whether a flag gives it.
    pub(crate) fn is_given(&self) -> bool {
        self.body.is_some() || self.body_file.is_some()
    }

    /// The text; `about` tells the person at the editor what it is for.
    pub(crate) fn read(self, context: &mut Context, about: &str) -> Result<Text> {
        let Self { body, body_file } = self;
        if let Some(said) = body {
            return Ok(Text { said, draft: None });
        }
        if let Some(path) = body_file {
            let said = match path.to_str() {
                Some("-") => context.ui.text_from_stdin()?,
                _ => std::fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, error))?,
            };
            return Ok(Text { said, draft: None });
        }
        let editor = context.editor()?;
        let (said, draft) = context.ui.edit(&editor, about, "--body or --body-file")?;
        if said.trim().is_empty() {
            let failure = Failure::new(Code::InputNeeded, "nothing was typed, so nothing was sent");
            return Err(failure.hint("save the text before you leave the editor, or give it with --body"));
        }
        Ok(Text { said, draft: Some(draft) })
    }
}

impl Text {
    /// What was said.
    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    /// What came of sending it: where that failed, what was typed is kept, and the person told where; but never with a
    /// card number in it.
    pub(crate) fn sent<T>(self, context: &mut Context, outcome: Result<T>) -> Result<T> {
        if outcome.is_err()
            && let Some(draft) = self.draft
        {
            if card::looks_like_card_number(&self.said) {
                // It was refused for that, and no copy of it is to lie about.
                context.ui.warn("what you typed is not kept: a number in it looks like a card number");
                return outcome;
            }
            match draft.keep() {
                Ok(path) => context.ui.warn(format!("what you typed is kept: --body-file {}", path.display())),
                Err(failure) => context.ui.warn(failure.to_string()),
            }
        }
        outcome
    }
}
