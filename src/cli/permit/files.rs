//! `permit attach` and `permit download`: documents to the portal, and from it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use super::{PERMIT, complete};
use crate::{
    api::{
        endpoint::{Empty, Slug},
        id::PermitId,
        permits::{ATTACH, DOCUMENT, DOWNLOAD, MOST_BYTES, Permit},
        problem::Code,
    },
    cli::Context,
    client::{Download, Upload},
    failure::{Failure, Result},
    ui::{Column, Outcome, Sheet},
};

/// A file that was written.
pub(crate) static SAVED: Sheet = Sheet {
    noun: "file",
    when_empty: None,
    columns: &[Column::text("file"), Column::text("media_type"), Column::number("size")],
};

/// Attach documents to a draft, or where the city has asked for them
///
/// What a file is stands in its content, not in its name. At most 50 MB each; a file that is cut off leaves nothing behind.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  citytime permit attach PRM-7K3Q9XM2 site_plan=plan.pdf structural=sums.pdf")]
pub(super) struct AttachArgs {
    /// The application (PRM-…)
    #[arg(add = complete::permits())]
    id: PermitId,
    /// What it is and where: site_plan=plan.pdf
    #[arg(value_name = "DOC=FILE", value_parser = document, required = true)]
    documents: Vec<(Slug, PathBuf)>,
}

/// Download the issued permit, or a document of an application
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  citytime permit download PRM-7K3Q9XM2 --out permit.txt
  citytime permit download PRM-7K3Q9XM2 --document site_plan --out - > plan.pdf")]
pub(super) struct DownloadArgs {
    /// The application (PRM-…)
    #[arg(add = complete::permits())]
    id: PermitId,
    /// A document that was attached, instead of the permit
    #[arg(long, value_name = "DOC")]
    document: Option<Slug>,
    /// Where to write it; - is stdout
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Serialize)]
struct Saved {
    file: String,
    media_type: String,
    size: u64,
}

/// Reads `DOC=FILE`.
pub(super) fn document(text: &str) -> Result<(Slug, PathBuf), String> {
    let (word, path) =
        text.split_once('=').ok_or_else(|| format!("`{text}` is not DOC=FILE, as in site_plan=plan.pdf"))?;
    if path.is_empty() {
        return Err(format!("`{text}` names no file"));
    }
    Ok((word.parse()?, PathBuf::from(path)))
}

/// Whether files can be sent, before anything is.
pub(super) fn look_at(documents: &[(Slug, PathBuf)]) -> Result<()> {
    for (word, path) in documents {
        size(word, path)?;
    }
    Ok(())
}

fn size(word: &Slug, path: &Path) -> Result<u64> {
    let about = std::fs::metadata(path).map_err(|error| Failure::file("read", path, error))?;
    if !about.is_file() {
        return Err(Failure::new(Code::File, format!("{} is no file", path.display())));
    }
    if about.len() > MOST_BYTES {
        let limit = MOST_BYTES / 1_000_000;
        let message = format!("{word}: {} is larger than {limit} MB", path.display());
        return Err(Failure::new(Code::TooLarge, message).hint("send a smaller one: a scan in grey, or fewer pages"));
    }
    if about.len() == 0 {
        return Err(Failure::new(Code::Invalid, format!("{word}: {} is empty", path.display())));
    }
    Ok(about.len())
}

/// Sends one document.
pub(super) async fn send(context: &mut Context, id: PermitId, word: &Slug, path: &Path) -> Result<Permit> {
    let size = size(word, path)?;
    let portal = context.portal().await?;
    let progress = context.ui.progress_in_bytes(&format!("attaching {}", path.display()), Some(size));
    let sent = portal.upload(&ATTACH, (id, word.clone()), Upload::new(path, progress.counter())).await;
    sent.map_err(|failure| {
        let message = format!("{}: {}", path.display(), failure.message);
        Failure { message, ..failure }
    })
}

pub(super) async fn attach(context: &mut Context, args: AttachArgs) -> Result<Outcome> {
    context.ui.check_columns(&PERMIT)?;
    look_at(&args.documents)?;
    let mut permit = None;
    for (word, path) in &args.documents {
        permit = Some(send(context, args.id, word, path).await?);
    }
    match permit {
        Some(permit) => Outcome::one(&PERMIT, &permit),
        None => Ok(Outcome::Nothing),
    }
}

pub(super) async fn download(context: &mut Context, args: DownloadArgs) -> Result<Outcome> {
    context.ui.check_columns(&SAVED)?;
    let portal = context.portal().await?;
    let file = match args.document {
        Some(word) => portal.download(&DOCUMENT, (args.id, word), &Empty {}).await?,
        None => portal.download(&DOWNLOAD, args.id, &Empty {}).await?,
    };
    save(context, file, &args.out).await
}

/// Writes a file as it comes: to stdout, or under its name once it is whole.
pub(crate) async fn save(context: &mut Context, mut file: Download, out: &Path) -> Result<Outcome> {
    if out == Path::new("-") {
        while let Some(piece) = file.next().await? {
            context.ui.pass_on(&piece)?;
        }
        return Ok(Outcome::Nothing);
    }
    let failed = |error| Failure::file("write", out, error);
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut kept = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let progress = context.ui.progress_in_bytes(&format!("writing {}", out.display()), file.size());
    let media_type = file.media_type();
    let mut size = 0;
    while let Some(piece) = file.next().await? {
        kept.write_all(&piece).map_err(failed)?;
        let count = u64::try_from(piece.len()).unwrap_or(0);
        progress.advance(count);
        size += count;
    }
    kept.persist(out).map_err(|error| failed(error.error))?;
    Outcome::one(&SAVED, &Saved { file: out.display().to_string(), media_type, size })
}
