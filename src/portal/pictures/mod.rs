//! Pictures from residents, as they stream through: what they say of who took them, where and with what is left out, and
//! what they show stays as it is, to the byte.
//!
//! A picture that anybody may look at must not tell where its reporter lives. So Exif, XMP, IPTC, comments and whatever
//! stands behind the picture's own end (the film of a moving photo, a second picture) do not get into the portal at all;
//! which way up it is held stays. Where a format hides these so that they cannot be told from the picture, it is refused.
//!
//! - [`Cleaner`]: a picture in pieces in, the same without those out; [`Flow`]: what a format decides on
//! - `jpeg`, `png`, `webp`, `heif`: the formats

mod heif;
mod jpeg;
mod png;
mod webp;

#[cfg(test)]
mod tests;

/// How much of a picture tells its format, in bytes.
const HEAD: usize = 256;
/// How far a step sees, in bytes, where so much is there.
const SIGHT: usize = 4 << 10;

/// The media types of pictures that are taken.
pub const MEDIA_TYPES: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "image/heif", "image/avif"];

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclean {
    /// It ends in the middle, or is no such picture after all.
    #[error("the picture is broken or cut off")]
    Broken,
    /// What is to be left out cannot be told from what is to stay.
    #[error("the picture holds data that cannot be told from where it was taken")]
    Hidden,
}

/// What happens to the next bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// So many bytes must be seen to decide; where there are no more, the picture is broken.
    Need(usize),
    /// So many bytes go through.
    Pass(u64),
    /// So many bytes are left out.
    Skip(u64),
    /// So many bytes go through as zeros: places in the file are counted from its beginning.
    Blank(u64),
    /// The picture is over; what comes behind it is left out.
    End,
}

/// How a format is read: step by step, from what is there.
trait Format: Send {
    /// Decides what happens to the bytes that come now, of which `ahead` are there. It may write something of its own
    /// into `out` in their place.
    fn step(&mut self, ahead: &[u8], out: &mut Vec<u8>) -> Result<Flow, Unclean>;

    /// Whether the file may end where it has come to, with so many bytes still expected.
    fn may_end(&self, expected: u64) -> bool;
}

/// A picture on its way.
pub struct Cleaner {
    format: Option<Box<dyn Format>>,
    ahead: Vec<u8>,
    flow: Flow,
}

impl Default for Cleaner {
    fn default() -> Self {
        Self { format: None, ahead: Vec::new(), flow: Flow::Need(HEAD) }
    }
}

impl Cleaner {
    /// More of the picture; what of it may be kept. Something that is no picture of [`MEDIA_TYPES`] goes through as it
    /// is: what it is, is judged by whoever keeps it.
    pub fn feed(&mut self, piece: &[u8]) -> Result<Vec<u8>, Unclean> {
        let mut out = Vec::with_capacity(piece.len() + HEAD);
        let mut rest = piece;
        loop {
            let (left, way) = match self.flow {
                Flow::End => return Ok(out),
                Flow::Need(least) => {
                    // A little more than is needed: steps see far, and are few.
                    let more = rest.len().min(least.max(SIGHT).saturating_sub(self.ahead.len()));
                    self.ahead.extend_from_slice(&rest[..more]);
                    rest = &rest[more..];
                    if self.ahead.len() < least {
                        return Ok(out);
                    }
                    self.decide(&mut out)?;
                    continue;
                }
                Flow::Pass(left) => (left, Way::Through),
                Flow::Skip(left) => (left, Way::Out),
                Flow::Blank(left) => (left, Way::Blank),
            };
            if left == 0 {
                self.flow = Flow::Need(1);
                continue;
            }
            // What was looked at comes first.
            let seen = !self.ahead.is_empty();
            let from = if seen { self.ahead.as_slice() } else { rest };
            let count = from.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if count == 0 {
                return Ok(out);
            }
            match way {
                Way::Through => out.extend_from_slice(&from[..count]),
                Way::Blank => out.resize(out.len() + count, 0),
                Way::Out => {}
            }
            if seen {
                self.ahead.drain(..count);
            } else {
                rest = &rest[count..];
            }
            let left = left - u64::try_from(count).unwrap_or(left);
            self.flow = match way {
                Way::Through => Flow::Pass(left),
                Way::Blank => Flow::Blank(left),
                Way::Out => Flow::Skip(left),
            };
        }
    }

    /// The picture has come whole; what is left of it.
    pub fn finish(mut self) -> Result<Vec<u8>, Unclean> {
        let mut out = Vec::new();
        if self.format.is_none() && matches!(self.flow, Flow::Need(_)) {
            // Shorter than any head: it may still be a picture, or something else altogether.
            self.decide(&mut out)?;
            out.extend(self.feed(&[])?);
        }
        let whole = match (&self.format, self.flow) {
            (None, _) | (_, Flow::End) => true,
            (Some(format), Flow::Need(_)) => self.ahead.is_empty() && format.may_end(0),
            (Some(format), Flow::Pass(left) | Flow::Skip(left) | Flow::Blank(left)) => format.may_end(left),
        };
        if whole { Ok(out) } else { Err(Unclean::Broken) }
    }

    fn decide(&mut self, out: &mut Vec<u8>) -> Result<(), Unclean> {
        let Some(format) = &mut self.format else {
            self.format = format_of(&self.ahead[..self.ahead.len().min(HEAD)]);
            self.flow = if self.format.is_some() { Flow::Need(1) } else { Flow::Pass(u64::MAX) };
            return Ok(());
        };
        let flow = format.step(&self.ahead, out)?;
        // A step that wants no more than there is would be asked the same for ever.
        if matches!(flow, Flow::Need(least) if least <= self.ahead.len()) {
            return Err(Unclean::Broken);
        }
        self.flow = flow;
        Ok(())
    }
}

/// Where bytes go.
#[derive(Clone, Copy)]
enum Way {
    Through,
    Blank,
    Out,
}

fn format_of(head: &[u8]) -> Option<Box<dyn Format>> {
    match infer::get(head)?.mime_type() {
        "image/jpeg" => Some(Box::new(jpeg::Jpeg::default())),
        "image/png" => Some(Box::new(png::Png::default())),
        "image/webp" => Some(Box::new(webp::WebP::default())),
        "image/heif" | "image/avif" => Some(Box::new(heif::Heif::default())),
        _ => None,
    }
}

/// A big-endian number of up to eight bytes.
fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, &byte| (number << 8) | u64::from(byte))
}
