//! How notices leave a portal: mail and text messages, each by a service the city declared or into a folder.

use std::path::Path;

use lettre::message::Mailbox;

use super::{mail::Mail, sms::Sms};
use crate::portal::{
    city::City,
    error::{Error, Result},
};

/// How notices leave. Without a way they wait.
#[derive(Debug, Clone, Default)]
pub struct Post {
    /// How mail does.
    pub mail: Option<Mail>,
    /// How text messages do; without a way nobody can choose them.
    pub sms: Option<Sms>,
}

impl Post {
    /// As the city declared; a city that declares no mail has all of it written into a folder.
    ///
    /// # Errors
    /// If what it declared cannot be used.
    pub fn declared(city: &City, folder: &Path) -> Result<Self> {
        let Some(server) = &city.mail else {
            let sms = city.sms.as_ref().map(Sms::by).transpose()?;
            let folders = Self::in_folder(city, folder)?;
            return Ok(Self { sms: sms.or(folders.sms), ..folders });
        };
        Ok(Self { mail: Some(Mail::by(server)?), sms: city.sms.as_ref().map(Sms::by).transpose()? })
    }

    /// All of it as files of a folder, which is made when it is needed.
    ///
    /// # Errors
    /// If the city's address for mail is none.
    pub fn in_folder(city: &City, folder: &Path) -> Result<Self> {
        let from = match &city.mail {
            Some(server) => server.from.clone(),
            None => Mailbox::new(Some(city.name.clone()), city.support_email.parse().map_err(Error::internal)?),
        };
        Ok(Self {
            mail: Some(Mail::Folder { path: folder.to_owned(), from }),
            sms: Some(Sms::Folder(folder.to_owned())),
        })
    }
}
