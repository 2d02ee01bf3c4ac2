//! What to sign in with: `CITYTIME_TOKEN`, then `CITYTIME_TOKEN_FILE`, then the profile's `token-command`, then what
//! `citytime login` kept.

use std::{fmt, path::PathBuf, process::Stdio, time::Duration};

use super::{
    credentials::Credentials,
    environment::{self, Environment},
    profiles::Profile,
};
use crate::{
    api::{problem::Code, secret::Secret, token::Token as Spelling},
    failure::{Failure, Result},
};

/// How long a `token-command` may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A token, and where it comes from.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token.
    pub secret: Secret,
    /// Where it comes from.
    pub source: TokenSource,
}

/// Where a token comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// `CITYTIME_TOKEN`.
    Variable,
    /// The file `CITYTIME_TOKEN_FILE` names.
    File(PathBuf),
    /// The profile's `token-command`.
    Command,
    /// What `citytime login` kept, in this file.
    Stored(PathBuf),
}

impl fmt::Display for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable => f.write_str(environment::TOKEN.name),
            Self::File(path) => write!(f, "{} ({})", environment::TOKEN_FILE.name, path.display()),
            Self::Command => f.write_str("token-command"),
            Self::Stored(path) => write!(f, "citytime login ({})", path.display()),
        }
    }
}

/// The token for a portal; `None` where nobody is signed in. A malformed one is refused here (status 4), and so is one
/// that would travel in the clear.
pub async fn token_for(
    profile: &Profile,
    environment: &Environment,
    credentials: &Credentials,
) -> Result<Option<Token>> {
    let Some(token) = find(profile, environment, credentials).await? else { return Ok(None) };
    if Spelling::parse(token.secret.expose()).is_err() {
        let malformed = Failure::new(Code::Unauthenticated, format!("the token from {} is malformed", token.source));
        return Err(malformed.hint(match token.source {
            TokenSource::Stored(_) => "sign in again: citytime login".to_owned(),
            _ => "give a whole token there (it begins with ctp_ or cts_), or unset it and run `citytime login`"
                .to_owned(),
        }));
    }
    if !profile.url.may_send_token() {
        let refused = format!("the token is not sent to {}: it would travel in the clear", profile.url);
        return Err(Failure::new(Code::Unauthenticated, refused).hint("use the portal's https:// address"));
    }
    Ok(Some(token))
}

async fn find(profile: &Profile, environment: &Environment, credentials: &Credentials) -> Result<Option<Token>> {
    if let Some(text) = environment.text(environment::TOKEN)? {
        return Ok(Some(Token { secret: Secret::new(text.trim()), source: TokenSource::Variable }));
    }
    if let Some(path) = environment.path(environment::TOKEN_FILE) {
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Failure::file("read the token in", &path, error).named_by(environment::TOKEN_FILE.name))?;
        return Ok(Some(Token { secret: first_line(&text), source: TokenSource::File(path) }));
    }
    if let Some(command) = &profile.token_command {
        return Ok(Some(Token { secret: run("token-command", command).await?, source: TokenSource::Command }));
    }
    let stored = credentials.get(&profile.url)?;
    let source = TokenSource::Stored(credentials.path().to_owned());
    Ok(stored.map(|credential| Token { secret: credential.token, source }))
}

/// Runs a `token-command` or its like, without a shell; its first line is the secret. What it says on stderr reaches
/// the person.
pub(super) async fn run(name: &str, command: &[String]) -> Result<Secret> {
    let [program, arguments @ ..] = command else { return Err(Failure::bug(format!("a {name} is empty"))) };
    let failed = |why: String| {
        Failure::new(Code::Unauthenticated, format!("the {name} `{program}` {why}"))
            .hint("try it by itself; `citytime config path` says where it is set")
    };
    let mut process = tokio::process::Command::new(program);
    process.args(arguments).stdin(Stdio::inherit()).stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
    let child = process.spawn().map_err(|error| failed(format!("cannot be run: {error}")).because(error))?;
    match tokio::time::timeout(PATIENCE, child.wait_with_output()).await {
        Err(_) => Err(failed(format!("gave nothing within {} seconds", PATIENCE.as_secs()))),
        Ok(Err(error)) => Err(failed(format!("failed: {error}")).because(error)),
        Ok(Ok(output)) if !output.status.success() => Err(failed(format!("failed ({})", output.status))),
        Ok(Ok(output)) => Ok(first_line(&String::from_utf8_lossy(&output.stdout))),
    }
}

pub(super) fn first_line(text: &str) -> Secret {
    Secret::new(text.lines().next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::token::Kind,
        settings::{credentials::Credential, directories::Directories},
    };

    fn text(number: u8) -> Secret {
        Spelling::from_bytes(Kind::Personal, [number; 32])
    }

    #[tokio::test]
    async fn a_variable_before_a_file_before_a_command_before_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::at(&Directories::at(folder.path()));
        let mut profile = Profile::of_url("https://riverton.example".parse().unwrap());
        let none = Environment::default();
        assert!(token_for(&profile, &none, &credentials).await.unwrap().is_none());

        let stored = Credential { token: text(1), username: None, expires_at: None };
        credentials.put(&profile.url, &stored).unwrap();
        let found = |token: Option<Token>| token.map(|token| (token.secret, token.source)).unwrap();
        assert_eq!(
            found(token_for(&profile, &none, &credentials).await.unwrap()),
            (text(1), TokenSource::Stored(credentials.path().to_owned()))
        );

        profile.token_command = Some(vec!["echo".to_owned(), text(2).expose().to_owned()]);
        assert_eq!(found(token_for(&profile, &none, &credentials).await.unwrap()), (text(2), TokenSource::Command));

        let path = folder.path().join("token");
        std::fs::write(&path, format!("{}\nnot this\n", text(3).expose())).unwrap();
        let file = Environment::of([(environment::TOKEN_FILE, path.as_os_str())]);
        assert_eq!(found(token_for(&profile, &file, &credentials).await.unwrap()), (text(3), TokenSource::File(path)));

        let variable = Environment::of([(environment::TOKEN, text(4).expose())]);
        assert_eq!(
            found(token_for(&profile, &variable, &credentials).await.unwrap()),
            (text(4), TokenSource::Variable)
        );
    }

    #[tokio::test]
    async fn what_is_no_token_and_where_none_may_go() {
        let folder = tempfile::tempdir().unwrap();
        let credentials = Credentials::at(&Directories::at(folder.path()));
        let mut profile = Profile::of_url("http://riverton.example".parse().unwrap());
        let good = Environment::of([(environment::TOKEN, text(1).expose())]);
        let clear = token_for(&profile, &good, &credentials).await.unwrap_err();
        assert_eq!(clear.code, Code::Unauthenticated);

        profile.url = "https://riverton.example".parse().unwrap();
        let bad = Environment::of([(environment::TOKEN, "ctp_short")]);
        let malformed = token_for(&profile, &bad, &credentials).await.unwrap_err();
        assert_eq!(
            (malformed.code.exit(), malformed.message.as_str()),
            (4, "the token from CITYTIME_TOKEN is malformed")
        );
        assert!(!format!("{malformed:?}").contains("short"));

        profile.token_command = Some(vec!["false".to_owned()]);
        assert!(token_for(&profile, &Environment::default(), &credentials).await.is_err());
        profile.token_command = Some(vec!["/no/such/program".to_owned()]);
        assert!(token_for(&profile, &Environment::default(), &credentials).await.unwrap_err().hint.is_some());
    }
}
