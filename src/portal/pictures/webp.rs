//! WebP: RIFF, whose header tells the size of all of it. So Exif and XMP are not left out but blanked, under a name no
//! reader knows.

use super::{Flow, Format, Unclean};

/// What the extended header says there is: Exif, XMP.
const TELLS: u8 = 0b0000_1100;
/// How large the extended header is, in bytes, and with the chunk's own.
const EXTENDED: u64 = 10;
const EXTENDED_WHOLE: usize = 18;

/// Where in the file.
#[derive(Default)]
enum Place {
    #[default]
    Start,
    /// Before a chunk; so many bytes are left.
    Chunk(u64),
    /// In a chunk that is to be blanked: so large, and so many bytes are left behind it.
    Secret(u64, u64),
}

/// A WebP on its way.
#[derive(Default)]
pub(super) struct WebP(Place);

impl Format for WebP {
    fn step(&mut self, ahead: &[u8], out: &mut Vec<u8>) -> Result<Flow, Unclean> {
        match self.0 {
            Place::Start => {
                let Some(size) = ahead.get(4..12).map(|head| little_endian(&head[..4])) else {
                    return Ok(Flow::Need(12));
                };
                // The size counts from the form's name on.
                self.0 = Place::Chunk(size.checked_sub(4).ok_or(Unclean::Broken)?);
                Ok(Flow::Pass(12))
            }
            Place::Chunk(0) => Ok(Flow::End),
            Place::Chunk(left) => {
                let Some((kind, length)) = ahead.get(..4).zip(ahead.get(4..8)) else { return Ok(Flow::Need(8)) };
                let length = little_endian(length);
                // A chunk of an odd size has a byte behind it.
                let padded = length + length % 2;
                let behind = left.checked_sub(padded + 8).ok_or(Unclean::Broken)?;
                match kind {
                    b"VP8 " | b"VP8L" | b"ICCP" | b"ANIM" | b"ANMF" | b"ALPH" => {
                        self.0 = Place::Chunk(behind);
                        Ok(Flow::Pass(padded + 8))
                    }
                    b"VP8X" if length != EXTENDED => Err(Unclean::Broken),
                    b"VP8X" => match ahead.get(..EXTENDED_WHOLE) {
                        None => Ok(Flow::Need(EXTENDED_WHOLE)),
                        Some(header) => {
                            self.0 = Place::Chunk(behind);
                            out.extend_from_slice(&header[..8]);
                            out.push(header[8] & !TELLS);
                            out.extend_from_slice(&header[9..]);
                            Ok(Flow::Skip(padded + 8))
                        }
                    },
                    _ => {
                        self.0 = Place::Secret(padded, behind);
                        out.extend_from_slice(b"JUNK");
                        out.extend_from_slice(&ahead[4..8]);
                        Ok(Flow::Skip(8))
                    }
                }
            }
            Place::Secret(size, behind) => {
                self.0 = Place::Chunk(behind);
                Ok(Flow::Blank(size))
            }
        }
    }

    fn may_end(&self, expected: u64) -> bool {
        expected == 0 && matches!(self.0, Place::Chunk(0))
    }
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte))
}
