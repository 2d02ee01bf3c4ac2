//! What a command works with: the ui, and a portal that is made when it is first asked for. Nothing is read or
//! connected to before.

use std::{cell::OnceCell, process::ExitCode, rc::Rc};

use jiff::tz::TimeZone;

use super::again;
use crate::{
    api::{
        card::withheld,
        city::{City, WELL_KNOWN},
        endpoint::Empty,
        money::{Currency, Decimal, Minor},
        problem::Code,
        requests::EndpointType,
        secret::Secret,
    },
    client::{Connection, Interrupts, Portal, Trace, open311},
    failure::{Failure, Result},
    settings::{
        Config, Consent, Credentials, Directories, Environment, GlobalFlags, Kind, Open311, PortalUrl, Profile,
        Profiles, Settings, Token, Verbosity, environment, token_for,
    },
    ui::{self, Clock, Ui},
};

/// What a command works with.
#[derive(Debug)]
pub(crate) struct Context {
    /// What prints and asks.
    pub(crate) ui: Ui,
    /// What was settled.
    pub(crate) settings: Settings,
    /// The status to end with where nothing failed: a command that was run has its own.
    pub(crate) status: ExitCode,
    /// The words that were typed, without the program's name.
    pub(super) typed: Vec<String>,
    environment: Environment,
    interrupts: Interrupts,
    token: OnceCell<Option<Token>>,
    signed_in: OnceCell<Rc<Portal>>,
    visiting: OnceCell<Rc<Portal>>,
    open311: OnceCell<Rc<open311::Endpoint>>,
    city: OnceCell<City>,
}

/// As whom requests are read at a Citytime portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SeenAs {
    /// Whoever is signed in: their own.
    Resident,
    /// Anyone: what everybody may see.
    Anyone,
}

impl Context {
    pub(crate) fn new(ui: Ui, settings: Settings, environment: Environment) -> Self {
        let interrupts = Interrupts::default();
        // Where nobody can be asked nothing waits at a prompt, which only the system's own handling of Ctrl-C ends.
        if !ui.is_interactive() {
            interrupts.arm();
        }
        Self {
            ui,
            settings,
            status: ExitCode::SUCCESS,
            typed: Vec::new(),
            environment,
            interrupts,
            token: OnceCell::new(),
            signed_in: OnceCell::new(),
            visiting: OnceCell::new(),
            open311: OnceCell::new(),
            city: OnceCell::new(),
        }
    }

    /// The city to talk to.
    pub(crate) fn profile(&self) -> Result<Profile> {
        self.settings.profile()
    }

    /// The token there is for that city, and where it comes from.
    pub(crate) async fn token(&self) -> Result<Option<&Token>> {
        if let Some(token) = self.token.get() {
            return Ok(token.as_ref());
        }
        let profile = self.profile()?;
        if profile.kind != Kind::Citytime {
            return Ok(None);
        }
        let token = token_for(&profile, &self.environment, &self.credentials()?).await?;
        Ok(self.token.get_or_init(|| token).as_ref())
    }

    /// Its portal, signed in where there is a token.
    pub(crate) async fn portal(&self) -> Result<Rc<Portal>> {
        if let Some(portal) = self.signed_in.get() {
            return Ok(Rc::clone(portal));
        }
        self.profile()?.check_portal()?;
        let token = self.token().await?.cloned();
        let portal = Rc::new(self.portal_with(&self.profile()?, token.map(|token| token.secret))?);
        Ok(Rc::clone(self.signed_in.get_or_init(|| portal)))
    }

    /// Its portal, as anyone sees it: no token is looked for.
    pub(crate) fn public_portal(&self) -> Result<Rc<Portal>> {
        if let Some(portal) = self.visiting.get() {
            return Ok(Rc::clone(portal));
        }
        let portal = Rc::new(self.portal_with(&self.profile()?, None)?);
        Ok(Rc::clone(self.visiting.get_or_init(|| portal)))
    }

    /// A profile's portal with a token. Fails where no portal answers: a token goes nowhere else.
    pub(crate) fn portal_with(&self, profile: &Profile, token: Option<Secret>) -> Result<Portal> {
        profile.check_portal()?;
        Ok(Portal::new(Connection {
            url: profile.url.clone(),
            token,
            cacert: self.settings.cacert_for(profile).cloned(),
            timeout: self.settings.timeout.value,
            retries: self.settings.retries.value,
            idempotency_key: self.settings.idempotency_key.clone(),
            zone: self.ui.city_zone(),
            trace: (self.ui.verbosity() >= Verbosity::Trace).then(|| Trace::new(ui::trace)),
            interrupts: self.interrupts.clone(),
        }))
    }

    /// How to reach an Open311 endpoint.
    pub(crate) fn open311_at(
        &self,
        profile: &Profile,
        url: PortalUrl,
        counterpart: open311::Counterpart,
    ) -> open311::Connection {
        open311::Connection {
            url,
            jurisdiction_id: profile.open311.jurisdiction_id.clone(),
            format: profile.open311.format.unwrap_or(open311::Format::Json),
            counterpart,
            cacert: self.settings.cacert_for(profile).cloned(),
            timeout: self.settings.timeout.value,
            retries: self.settings.retries.value,
            zone: self.ui.city_zone(),
            trace: (self.ui.verbosity() >= Verbosity::Trace).then(|| Trace::new(ui::trace)),
            interrupts: self.interrupts.clone(),
        }
    }

    /// Where the city takes service requests: its Open311 endpoint, or that of its Citytime portal. An address without
    /// a profile is asked what it is first, so that no token goes to a stranger.
    pub(crate) async fn endpoint(&self, seen_as: SeenAs) -> Result<Rc<open311::Endpoint>> {
        if let Some(endpoint) = self.open311.get() {
            return Ok(Rc::clone(endpoint));
        }
        let mut profile = self.profile()?;
        if profile.name.is_none() && profile.kind == Kind::Citytime {
            profile = self.recognised(profile).await?;
        }
        let connection = match profile.kind {
            Kind::Open311 => self.open311_at(&profile, profile.url.clone(), open311::Counterpart::Foreign),
            Kind::Citytime => {
                let token = match seen_as {
                    SeenAs::Anyone => None,
                    SeenAs::Resident => self.token().await?.map(|token| token.secret.clone()),
                };
                let idempotency_key = self.settings.idempotency_key.clone();
                let url =
                    format!("{}/open311/v2", profile.url).parse().map_err(|error| Failure::bug(format!("{error}")))?;
                self.open311_at(&profile, url, open311::Counterpart::Portal { token, idempotency_key })
            }
        };
        let endpoint = Rc::new(open311::Endpoint::new(connection));
        Ok(Rc::clone(self.open311.get_or_init(|| endpoint)))
    }

    /// What answers at an address nobody gave a name.
    async fn recognised(&self, profile: Profile) -> Result<Profile> {
        let asked = self.portal_with(&profile, None)?.call(&WELL_KNOWN, (), &Empty {}).await;
        let failure = match asked {
            Ok(_) => return Ok(profile),
            Err(failure) => failure,
        };
        if matches!(failure.code, Code::Network | Code::TimedOut | Code::File | Code::Usage) {
            return Err(failure);
        }
        let connection = self.open311_at(&profile, profile.url.clone(), open311::Counterpart::Foreign);
        let found = open311::discover(&connection, EndpointType::Production).await?;
        let open311 = Open311 { format: Some(found.format), ..profile.open311 };
        Ok(Profile { kind: Kind::Open311, url: found.url, open311, ..profile })
    }

    /// The key to file requests with at an Open311 city; none where the profile names none.
    pub(crate) async fn api_key(&mut self) -> Result<Option<Secret>> {
        let profile = self.profile()?;
        let Some(source) = profile.open311.api_key.as_ref().filter(|_| profile.kind == Kind::Open311) else {
            return Ok(None);
        };
        let key = match source.read().await? {
            Some(key) => key,
            None => {
                self.ui.ask_secret(&format!("API key for {}", profile.label()), "`city add --api-key-file FILE`")?
            }
        };
        if !profile.url.may_send_token() {
            self.ui.warn(format!("the API key travels in the clear: {} is not encrypted", profile.url));
        }
        Ok(Some(key).filter(|key| !key.expose().is_empty()))
    }

    /// What the city's portal says about itself; asked once.
    pub(crate) async fn city(&self) -> Result<&City> {
        if let Some(city) = self.city.get() {
            return Ok(city);
        }
        let city = self.public_portal()?.call(&WELL_KNOWN, (), &Empty {}).await?;
        Ok(self.city.get_or_init(|| city))
    }

    /// The clock that days are meant on at a Citytime portal: that of its city.
    pub(crate) async fn city_clock(&self) -> Result<Clock> {
        let zone = &self.city().await?.zone;
        let zone = TimeZone::get(zone)
            .map_err(|_| Failure::new(Code::NotAPortal, format!("the city's time zone `{zone}` is not known here")))?;
        Ok(Clock { zone, ..self.ui.clock() })
    }

    /// Reads amounts as typed, in the city's currency, each with the flag it was given with; the portal is asked for
    /// its currency only where there is one.
    pub(crate) async fn amount(&self, flag: &str, typed: Option<&Decimal>) -> Result<Option<Minor>> {
        let Some(typed) = typed else { return Ok(None) };
        // What is no amount in any currency need not be asked about.
        let read = |currency: Currency| {
            let refused =
                |why: &str| Failure::usage(format!("{flag}: {why}")).hint(format!("write it as in {flag} 12.50"));
            match Minor::parse(&typed.0, currency) {
                Ok(Minor::ZERO) => Err(refused("an amount is above zero")),
                read => read.map_err(|error| refused(&error.to_string())),
            }
        };
        if let Ok(finest) = "KWD".parse() {
            read(finest)?;
        }
        read(self.city().await?.currency).map(Some)
    }

    /// The editor longer texts are typed in.
    pub(crate) fn editor(&self) -> Result<String> {
        let named = match self.environment.text(environment::VISUAL)? {
            Some(editor) => Some(editor),
            None => self.environment.text(environment::EDITOR)?,
        };
        Ok(named.unwrap_or(if cfg!(windows) { "notepad" } else { "vi" }).to_owned())
    }

    /// The cities this machine knows.
    pub(crate) fn profiles(&self) -> Result<Profiles> {
        Ok(Profiles::at(&Directories::locate(&self.environment)?))
    }

    /// What holds for the commands to come, with this file: variables go before it.
    pub(crate) fn settled_by(&self, config: Config) -> Result<Settings> {
        Settings::resolve(&GlobalFlags::default(), &self.environment, || Ok(config))
    }

    /// Where citytime's files are.
    pub(crate) fn directories(&self) -> Result<Directories> {
        Directories::locate(&self.environment)
    }

    /// The sign-ins this machine keeps.
    pub(crate) fn credentials(&self) -> Result<Credentials> {
        Ok(Credentials::at(&Directories::locate(&self.environment)?))
    }

    /// Whether what would be asked is agreed to.
    pub(crate) fn consents(&self) -> bool {
        self.settings.consent == Consent::Given
    }

    /// Asks before what cannot be taken back; `--yes` has answered already. Where nobody can be asked, the failure tells the
    /// command that agrees.
    pub(crate) fn agree(&mut self, question: &str) -> Result<()> {
        // An address with a password in it is refused before it could be repeated, and a card number is not repeated at all.
        self.profile()?;
        let agreed = again::agreed(&self.typed);
        self.ui.confirm(question, &format!("--yes: {}", withheld(&agreed)))
    }

    /// Whether a browser can be opened before whoever types: on a terminal of a machine with a display.
    pub(crate) fn has_display(&self) -> bool {
        let displays = [environment::DISPLAY, environment::WAYLAND_DISPLAY];
        let has_display =
            cfg!(any(windows, target_os = "macos")) || displays.iter().any(|variable| self.environment.has(variable));
        self.ui.is_interactive() && has_display
    }

    /// The user's Ctrl-C.
    pub(crate) fn interrupts(&self) -> Interrupts {
        self.interrupts.clone()
    }

    /// The failure of a command that was interrupted now.
    pub(crate) fn interrupted(&self) -> Failure {
        if let Some(failure) = self.open311.get().and_then(|endpoint| endpoint.interrupted()) {
            return failure;
        }
        let made = [self.signed_in.get(), self.visiting.get()];
        let told = made.into_iter().flatten().map(|portal| portal.interrupted());
        let plain = Failure::new(Code::Interrupted, "interrupted");
        told.reduce(|one, other| if one.hint.is_some() { one } else { other }).unwrap_or(plain)
    }
}
