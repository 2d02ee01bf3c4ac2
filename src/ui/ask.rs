//! Questions, asked on stderr and answered on the terminal. Where nobody can be asked, the failure names the flag
//! that answers.

use std::io::{self, BufRead, ErrorKind, Read as _};

use super::{Ui, output::Stream, sanitise};
use crate::{
    api::{problem::Code, secret::Secret},
    failure::{Failure, Result},
    settings::Consent,
};

/// What an answer is held against.
pub type Check<'a> = &'a dyn Fn(&str) -> Result<(), String>;

/// A question.
#[derive(Clone)]
pub struct Question<'a> {
    /// What is asked: `Email`.
    pub prompt: &'a str,
    /// The flag that answers it: `--email`.
    pub flag: &'a str,
    /// The answer when none is typed.
    pub default: Option<String>,
    /// Says what is wrong with an answer; it is asked again then.
    pub validate: Option<Check<'a>>,
}

impl<'a> Question<'a> {
    /// A question, and the flag that answers it.
    pub fn new(prompt: &'a str, flag: &'a str) -> Self {
        Self { prompt, flag, default: None, validate: None }
    }

    /// The question with the answer that is meant when none is typed.
    #[must_use]
    pub fn or(mut self, default: impl Into<String>) -> Self {
        self.default = Some(default.into());
        self
    }

    /// The question with what its answer is held against.
    #[must_use]
    pub fn check(mut self, check: Check<'a>) -> Self {
        self.validate = Some(check);
        self
    }
}

impl std::fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question").field("prompt", &self.prompt).field("flag", &self.flag).finish_non_exhaustive()
    }
}

/// One of the answers a person chooses from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What may be typed for it, beside its number.
    pub value: String,
    /// What it says.
    pub label: String,
}

impl Ui {
    /// Asks until an answer passes.
    pub fn ask(&mut self, question: &Question<'_>) -> Result<String> {
        self.somebody(question.prompt, question.flag)?;
        loop {
            let default = question.default.as_deref().filter(|default| !default.is_empty());
            let default = default.map(|default| format!(" [{}]", sanitise::line(default)));
            self.say(&format!("{}{}: ", question.prompt, default.unwrap_or_default()));
            let typed = self.answer()?;
            let answer = match (typed.trim(), &question.default) {
                ("", Some(default)) => default.clone(),
                ("", None) => continue,
                (typed, _) => typed.to_owned(),
            };
            match question.validate.map_or(Ok(()), |check| check(&answer)) {
                Ok(()) => return Ok(answer),
                Err(why) => self.complain(&why),
            }
        }
    }

    /// Asks for what must not be seen; what is typed is not shown.
    pub fn ask_secret(&mut self, prompt: &str, flag: &str) -> Result<Secret> {
        self.somebody(prompt, flag)?;
        if self.answers.is_some() {
            return self.answer().map(Secret::new);
        }
        let typed = self.hidden(&format!("{prompt}: "));
        match typed {
            Ok(typed) => Ok(Secret::new(typed)),
            Err(error) if matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::Interrupted) => {
                Err(unanswered())
            }
            Err(error) => Err(Failure::new(Code::InputNeeded, format!("the terminal cannot be read: {error}"))
                .because(error)
                .hint(format!("give it with {flag}"))),
        }
    }

    /// Asks for a new secret, twice, until both are the same and it passes.
    pub fn ask_new_secret(&mut self, prompt: &str, flag: &str, check: Check<'_>) -> Result<Secret> {
        loop {
            let first = self.ask_secret(prompt, flag)?;
            if let Err(why) = check(first.expose()) {
                self.complain(&why);
                continue;
            }
            if self.ask_secret(&format!("{prompt}, again"), flag)? == first {
                return Ok(first);
            }
            self.say("  they differ; once more\n");
        }
    }

    /// Lets a person choose by number or by value; returns the place in `choices`. The question's default is a value.
    pub fn choose(&mut self, question: &Question<'_>, choices: &[Choice]) -> Result<usize> {
        self.somebody(question.prompt, question.flag)?;
        let place = |answer: &str| {
            let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let named = choices.iter().position(|choice| choice.value.eq_ignore_ascii_case(answer));
            named.or(number.filter(|&number| number < choices.len()))
        };
        let mut list = String::new();
        for (number, choice) in choices.iter().enumerate() {
            list.push_str(&format!("  {}  {}\n", number + 1, sanitise::line(&choice.label)));
        }
        self.say(&list);
        let range = format!("type a number from 1 to {}", choices.len());
        let check = |answer: &str| place(answer).map(drop).ok_or_else(|| range.clone());
        let answer = self.ask(&Question { validate: Some(&check), ..question.clone() })?;
        place(&answer).ok_or_else(|| Failure::bug("a choice passed that is none"))
    }

    /// Lets a person choose any number of answers, by numbers or values with commas between them; returns their places
    /// in `choices`, in that order. The question's default is what nothing typed means.
    pub fn choose_several(&mut self, question: &Question<'_>, choices: &[Choice]) -> Result<Vec<usize>> {
        self.somebody(question.prompt, question.flag)?;
        let place = |answer: &str| {
            let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let named = choices.iter().position(|choice| choice.value.eq_ignore_ascii_case(answer));
            named.or(number.filter(|&number| number < choices.len()))
        };
        let places = |answer: &str| {
            let words = answer.split(',').map(str::trim).filter(|word| !word.is_empty());
            words.map(place).collect::<Option<Vec<_>>>()
        };
        let mut list = String::new();
        for (number, choice) in choices.iter().enumerate() {
            list.push_str(&format!("  {}  {}\n", number + 1, sanitise::line(&choice.label)));
        }
        self.say(&list);
        let range = format!("type numbers from 1 to {}, with commas between them", choices.len());
        let check = |answer: &str| places(answer).map(drop).ok_or_else(|| range.clone());
        let answer = self.ask(&Question { validate: Some(&check), ..question.clone() })?;
        places(&answer).ok_or_else(|| Failure::bug("a choice passed that is none"))
    }

    /// Asks whether to go on; `--yes` has answered already. Fails where the answer is no.
    pub fn confirm(&mut self, prompt: &str, flag: &str) -> Result<()> {
        if self.settings.consent == Consent::Given {
            return Ok(());
        }
        self.somebody(prompt, flag)?;
        loop {
            self.say(&format!("{} [y/N]: ", sanitise::lines(prompt)));
            match self.answer()?.trim().to_lowercase().as_str() {
                "y" | "yes" => return Ok(()),
                "" | "n" | "no" => return Err(Failure::new(Code::Interrupted, "not confirmed: nothing was done")),
                _ => self.say("  type y or n\n"),
            }
        }
    }

    /// Reads a secret from stdin, where a `…-stdin` flag says so: its first line.
    pub fn secret_from_stdin(&mut self, flag: &str) -> Result<Secret> {
        let line = self.line()?;
        let secret = line.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(Failure::new(Code::InputNeeded, format!("{flag} was given, but nothing came on stdin"))
                .hint(format!("its first line is read, as in: citytime … {flag} < file")));
        }
        Ok(Secret::new(secret))
    }

    /// Reads all of stdin, where a `-` says so.
    pub fn text_from_stdin(&mut self) -> Result<String> {
        let mut text = String::new();
        let read = match &mut self.answers {
            Some(answers) => answers.read_to_string(&mut text),
            None => io::stdin().lock().read_to_string(&mut text),
        };
        read.map_err(unreadable)?;
        Ok(text)
    }

    fn somebody(&self, prompt: &str, flag: &str) -> Result<()> {
        if self.is_interactive() {
            return Ok(());
        }
        let why = match self.streams.input {
            Stream::Piped => "there is no terminal to ask on",
            Stream::Terminal => "questions are turned off",
        };
        // What follows the question helps to answer it, and nobody does.
        let asked = prompt.split('?').next().unwrap_or(prompt);
        let needed = format!("an answer is needed ({}), but {why}", sanitise::line(asked));
        Err(Failure::new(Code::InputNeeded, needed).hint(format!("give it with {flag}")))
    }

    /// Says what is wrong with an answer.
    fn complain(&mut self, why: &str) {
        self.say(&format!("{}\n", self.filled(&format!("  {}", sanitise::lines(why)))));
    }

    fn answer(&mut self) -> Result<String> {
        let line = self.line()?;
        if line.is_empty() {
            self.say("\n");
            return Err(unanswered());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = match &mut self.answers {
            Some(answers) => answers.read_line(&mut line),
            None => io::stdin().lock().read_line(&mut line),
        };
        read.map_err(unreadable)?;
        Ok(line)
    }
}

fn unanswered() -> Failure {
    Failure::new(Code::Interrupted, "no answer was given: nothing was done")
}

fn unreadable(error: io::Error) -> Failure {
    Failure::new(Code::File, format!("cannot read standard input: {error}")).because(error)
}
