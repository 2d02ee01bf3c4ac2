//! Where the database is: `sqlite:PATH` or `postgres://…`.

use std::{fmt, path::PathBuf, str::FromStr};

use tokio_postgres::config::{Config, Host, SslMode};

/// A database to open.
#[derive(Clone)]
pub struct DatabaseUrl(pub(super) Target);

#[derive(Clone)]
pub(super) enum Target {
    Sqlite(PathBuf),
    Postgres(Box<Server>),
}

/// A PostgreSQL server and database.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) config: Config,
    /// The PEM file of `sslrootcert`.
    pub(super) roots: Option<PathBuf>,
}

/// A text that names no database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; a database is sqlite:PATH or postgres://USER@HOST/NAME")]
pub struct InvalidDatabaseUrl {
    reason: String,
}

impl DatabaseUrl {
    /// The database in a file.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Target::Sqlite(path.into()))
    }

    /// The file beside the database in which the portal's key lies, where that is a file: `city.db.key`.
    pub fn key(&self) -> Option<PathBuf> {
        let Target::Sqlite(path) = &self.0 else { return None };
        let mut name = path.clone().into_os_string();
        name.push(".key");
        Some(name.into())
    }

    /// The folder beside the database in which documents are kept, where it is a file: `city.db.documents`.
    pub fn documents(&self) -> Option<PathBuf> {
        self.beside(".documents")
    }

    /// The folder beside the database into which mail is written that is not sent, where it is a file: `city.db.mail`.
    pub fn mail(&self) -> Option<PathBuf> {
        self.beside(".mail")
    }

    fn beside(&self, ending: &str) -> Option<PathBuf> {
        let Target::Sqlite(path) = &self.0 else { return None };
        let mut name = path.clone().into_os_string();
        name.push(ending);
        Some(name.into())
    }
}

impl Server {
    /// Whether nothing leaves this machine on the way to it.
    pub(super) fn is_local(&self) -> bool {
        let local = |host: &Host| match host {
            Host::Tcp(name) => {
                name == "localhost"
                    || name
                        .trim_matches(['[', ']'])
                        .parse::<std::net::IpAddr>()
                        .is_ok_and(|address| address.is_loopback())
            }
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        let addresses = self.config.get_hostaddrs();
        if addresses.is_empty() {
            self.config.get_hosts().iter().all(local)
        } else {
            addresses.iter().all(std::net::IpAddr::is_loopback)
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        let invalid = |reason: &str| InvalidDatabaseUrl { reason: reason.to_owned() };
        if let Some(path) = text.strip_prefix("sqlite:") {
            return match path {
                "" => Err(invalid("`sqlite:` lacks the path of a file")),
                _ if path.contains(":memory:") => Err(invalid("a database in memory is lost with its process")),
                _ => Ok(Self::sqlite(path)),
            };
        }
        if !(text.starts_with("postgres://") || text.starts_with("postgresql://")) {
            // The text is not repeated: it may hold a password.
            return Err(invalid("the database's URL begins with neither sqlite: nor postgres://"));
        }
        postgres(text).map(|server| Self(Target::Postgres(Box::new(server)))).map_err(|reason| invalid(&reason))
    }
}

/// Reads the URL of a server. `sslmode` and `sslrootcert` are read here, for the driver does not know libpq's values.
fn postgres(text: &str) -> Result<Server, String> {
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let (mut mode, mut roots, mut rest) = (None, None, Vec::new());
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter.split_once('=') {
            Some(("sslmode", value)) => mode = Some(value.to_owned()),
            Some(("sslrootcert", "system")) => roots = None,
            Some(("sslrootcert", path)) => roots = Some(PathBuf::from(decoded(path)?)),
            _ => rest.push(parameter),
        }
    }
    let plain = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
    let mut config: Config = plain.parse().map_err(|error: tokio_postgres::Error| {
        let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        format!("the URL of PostgreSQL is not understood: {cause}")
    })?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(
            "the URL of PostgreSQL names no host; a socket's folder is given as ?host=/run/postgresql".to_owned()
        );
    }
    if config.get_application_name().is_none() {
        config.application_name("citytime");
    }
    let mut server = Server { config, roots };
    let private = match (mode.as_deref(), server.is_local()) {
        (None | Some("disable" | "allow" | "prefer"), true) => false,
        (None | Some("verify-full"), _) => true,
        (Some("disable" | "allow" | "prefer" | "require" | "verify-ca"), false) => {
            return Err("beyond this machine PostgreSQL is reached with sslmode=verify-full only".to_owned());
        }
        (Some("require" | "verify-ca"), true) => true,
        (Some(_), _) => return Err("sslmode is disable (on this machine only) or verify-full".to_owned()),
    };
    server.config.ssl_mode(if private { SslMode::Require } else { SslMode::Disable });
    Ok(server)
}

/// A percent-encoded text.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(match byte {
            b'%' => match (digit(rest.next()), digit(rest.next())) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err("sslrootcert is not percent-encoded".to_owned()),
            },
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| "sslrootcert is not UTF-8".to_owned())
}

/// Without the password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Target::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Target::Postgres(server) => {
                f.write_str("postgres://")?;
                if let Some(user) = server.config.get_user() {
                    write!(f, "{user}@")?;
                }
                for (place, host) in server.config.get_hosts().iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { "," })?;
                    match host {
                        Host::Tcp(name) => f.write_str(name)?,
                        #[cfg(unix)]
                        Host::Unix(path) => write!(f, "{}", path.display())?,
                    }
                    if let Some(port) = server.config.get_ports().get(place).or(server.config.get_ports().first()) {
                        write!(f, ":{port}")?;
                    }
                }
                write!(f, "/{}", server.config.get_dbname().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        text.parse::<DatabaseUrl>().unwrap_err().to_string()
    }

    fn mode(text: &str) -> SslMode {
        match text.parse::<DatabaseUrl>().unwrap().0 {
            Target::Postgres(server) => server.config.get_ssl_mode(),
            Target::Sqlite(_) => panic!("{text}"),
        }
    }

    #[test]
    fn beyond_this_machine_there_is_verified_tls_only() {
        assert_eq!(mode("postgres://rosa@db.riverton.example/city"), SslMode::Require);
        assert_eq!(mode("postgres://rosa@db.riverton.example/city?sslmode=verify-full"), SslMode::Require);
        assert_eq!(mode("postgres://rosa@127.0.0.1/city"), SslMode::Disable);
        assert_eq!(mode("postgres://rosa@[::1]:5433/city"), SslMode::Disable);
        assert_eq!(mode("postgres:///city?host=/run/postgresql&user=rosa"), SslMode::Disable);
        assert_eq!(mode("postgresql://localhost/city?sslmode=verify-full"), SslMode::Require);
        for weak in ["disable", "allow", "prefer", "require", "verify-ca"] {
            let text = refused(&format!("postgres://rosa@db.riverton.example/city?sslmode={weak}"));
            assert!(text.contains("verify-full only"), "{text}");
        }
        let mixed = refused("postgres://rosa@localhost,db.riverton.example/city?sslmode=disable");
        assert!(mixed.contains("verify-full only"), "{mixed}");
    }

    #[test]
    fn a_password_is_never_shown() {
        let url = "postgres://rosa:quite-secret@db.riverton.example:5433/city?sslrootcert=%2Fetc%2Froots%20a.pem";
        let url: DatabaseUrl = url.parse().unwrap();
        assert_eq!(url.to_string(), "postgres://rosa@db.riverton.example:5433/city");
        assert_eq!(format!("{url:?}"), url.to_string());
        let Target::Postgres(server) = url.0 else { panic!("not PostgreSQL") };
        assert_eq!(server.roots.unwrap(), PathBuf::from("/etc/roots a.pem"));
        for broken in ["postgres://rosa:quite-secret@h/city?sslmode=none", "mysql://rosa:quite-secret@h/city"] {
            assert!(!refused(broken).contains("quite-secret"));
        }
    }

    #[test]
    fn files_have_a_path() {
        assert_eq!("sqlite:city.db".parse::<DatabaseUrl>().unwrap().to_string(), "sqlite:city.db");
        assert!(refused("sqlite:").contains("lacks the path"));
        assert!(refused("sqlite::memory:").contains("lost with its process"));
        assert!(refused("postgres:///city").contains("names no host"));
    }
}
