//! `citytime account notifications`: how the account wants to be told of what.

use clap::{Args, Subcommand};

use crate::{
    api::{
        endpoint::Empty,
        notices::{CHOICES, CHOOSE, Channel, Choice, NewChoices, Topic},
        word::Word,
    },
    cli::Context,
    failure::Result,
    nearest::nearest,
    ui::{Column, Outcome, Sheet},
};

/// How a topic is told.
pub(crate) static CHOICE: Sheet = Sheet {
    noun: "topic",
    columns: &[Column::status("topic"), Column::list("channels"), Column::list("always")],
    when_empty: None,
};

/// How you are told of what: by e-mail, by SMS, or not at all
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account notifications show
  citytime account notifications set billing=email,sms requests=email permits=none")]
pub(super) struct NotificationsArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Show(ShowArgs),
    Set(SetArgs),
}

/// Show how you are told of each topic
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime account notifications show")]
struct ShowArgs {}

/// Change how you are told of topics; what is not named stays
///
/// Topics: billing, permits, requests, programs, account. Channels: email, sms, none. What concerns the account itself
/// always comes by e-mail. `citytime notifications` lists all of it, whatever is chosen here.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime account notifications set billing=email,sms
  citytime account notifications set requests=email permits=none")]
struct SetArgs {
    /// A topic and its channels, with commas between, or none
    #[arg(value_name = "TOPIC=CHANNELS", required = true, value_parser = choice)]
    choices: Vec<(Topic, Vec<Channel>)>,
}

pub(super) async fn run(context: &mut Context, args: NotificationsArgs) -> Result<Outcome> {
    context.ui.check_columns(&CHOICE)?;
    let portal = context.portal().await?;
    let page = match args.verb {
        Verb::Show(ShowArgs {}) => portal.call(&CHOICES, (), &Empty {}).await?,
        Verb::Set(args) => {
            let choices =
                args.choices.into_iter().map(|(topic, channels)| Choice { topic, channels, always: Vec::new() });
            portal.call(&CHOOSE, (), &NewChoices { choices: choices.collect() }).await?
        }
    };
    Outcome::many(&CHOICE, &page.items)
}

/// `billing=email,sms`, `permits=none`.
fn choice(text: &str) -> Result<(Topic, Vec<Channel>), String> {
    let (topic, channels) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` names no channels; one looks like billing=email,sms or permits=none"))?;
    let topic = word::<Topic>(topic)?;
    if channels == "none" {
        return Ok((topic, Vec::new()));
    }
    let channels = channels.split(',').map(|channel| match channel {
        "none" => Err("`none` stands alone".to_owned()),
        channel => word::<Channel>(channel),
    });
    Ok((topic, channels.collect::<Result<_, _>>()?))
}

fn word<W: Word + std::str::FromStr<Err = crate::api::word::UnknownWord>>(text: &str) -> Result<W, String> {
    text.trim().parse::<W>().map_err(|error| match nearest(text, W::ALL.iter().map(|word| word.as_str())) {
        Some(near) => format!("{error}; did you mean {near}?"),
        None => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_people_type_them() {
        assert_eq!(choice("billing=email,sms").unwrap(), (Topic::Billing, vec![Channel::Email, Channel::Sms]));
        assert_eq!(choice("permits=none").unwrap(), (Topic::Permits, Vec::new()));
        for (wrong, told) in [
            ("billing", "names no channels"),
            ("biling=email", "did you mean billing?"),
            ("billing=mail", "no channel of notices"),
            ("billing=email,none", "stands alone"),
            ("billing=", "no channel of notices"),
        ] {
            let error = choice(wrong).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }
}
