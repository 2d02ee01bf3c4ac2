//! JPEG: segments up to the picture's data, and within it up to its end. Segments of applications and comments are left
//! out, but for those that say how the picture looks.

use super::{Flow, Format, Unclean, big_endian};

/// How much of a segment tells whose it is, in bytes from its marker on.
const WHOSE: usize = 4 + 12;

/// Where in the file.
#[derive(Default)]
enum Place {
    #[default]
    Start,
    /// Before a marker.
    Marker,
    /// In the data of a scan.
    Scan,
    /// Behind the end marker.
    Over,
}

/// A JPEG on its way.
#[derive(Default)]
pub(super) struct Jpeg(Place);

impl Format for Jpeg {
    fn step(&mut self, ahead: &[u8], out: &mut Vec<u8>) -> Result<Flow, Unclean> {
        match self.0 {
            Place::Start => {
                self.0 = Place::Marker;
                Ok(Flow::Pass(2))
            }
            Place::Marker => self.marker(ahead, out),
            Place::Scan => self.scan(ahead),
            Place::Over => Ok(Flow::End),
        }
    }

    fn may_end(&self, expected: u64) -> bool {
        expected == 0 && matches!(self.0, Place::Over)
    }
}

impl Jpeg {
    /// Data goes through up to the marker that ends it: within it, FF stands before 00 or a restart marker.
    fn scan(&mut self, ahead: &[u8]) -> Result<Flow, Unclean> {
        match ahead {
            [0xff] => Ok(Flow::Need(2)),
            [0xff, 0x00 | 0xd0..=0xd7, ..] => Ok(Flow::Pass(2)),
            [0xff, ..] => {
                self.0 = Place::Marker;
                self.marker(ahead, &mut Vec::new())
            }
            _ => {
                let next = ahead.iter().position(|&byte| byte == 0xff).unwrap_or(ahead.len());
                Ok(Flow::Pass(u64::try_from(next).unwrap_or(1)))
            }
        }
    }

    fn marker(&mut self, ahead: &[u8], out: &mut Vec<u8>) -> Result<Flow, Unclean> {
        let length = match ahead {
            [0xff] => return Ok(Flow::Need(2)),
            // Any number of FF may stand before a marker.
            [0xff, 0xff, ..] => return Ok(Flow::Skip(1)),
            [0xff, 0xd9, ..] => {
                self.0 = Place::Over;
                return Ok(Flow::Pass(2));
            }
            [0xff, 0x01 | 0xd0..=0xd7, ..] => return Ok(Flow::Pass(2)),
            [0xff, 0x00 | 0xd8, ..] => return Err(Unclean::Broken),
            [0xff, _, high, low, ..] => big_endian(&[*high, *low]),
            [0xff, ..] => return Ok(Flow::Need(4)),
            _ => return Err(Unclean::Broken),
        };
        let whole = length + 2;
        if length < 2 {
            return Err(Unclean::Broken);
        }
        match ahead[1] {
            0xda => {
                self.0 = Place::Scan;
                Ok(Flow::Pass(whole))
            }
            // Comments, and what applications keep for themselves.
            0xe0..=0xef | 0xfe => {
                let seen = usize::try_from(whole).unwrap_or(WHOSE);
                if ahead.len() < seen.min(WHOSE) {
                    return Ok(Flow::Need(seen.min(WHOSE)));
                }
                let says = &ahead[4..ahead.len().min(seen)];
                match ahead[1] {
                    0xe0 if says.starts_with(b"JFIF\0") => Ok(Flow::Pass(whole)),
                    0xe2 if says.starts_with(b"ICC_PROFILE\0") => Ok(Flow::Pass(whole)),
                    0xee if says.starts_with(b"Adobe") => Ok(Flow::Pass(whole)),
                    0xe1 if says.starts_with(b"Exif\0\0") => {
                        if ahead.len() < seen {
                            return Ok(Flow::Need(seen));
                        }
                        if let Some(orientation) = orientation(&ahead[10..seen]) {
                            out.extend_from_slice(&held(orientation));
                        }
                        Ok(Flow::Skip(whole))
                    }
                    _ => Ok(Flow::Skip(whole)),
                }
            }
            _ => Ok(Flow::Pass(whole)),
        }
    }
}

/// Which way up Exif says the picture is held, where it is not upright.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let number = |at: usize, size: usize| {
        let mut bytes = tiff.get(at..at.checked_add(size)?)?.to_vec();
        if little {
            bytes.reverse();
        }
        usize::try_from(big_endian(&bytes)).ok()
    };
    let directory = number(4, 4)?;
    let count = number(directory, 2)?;
    let entries =
        (0..count).map_while(|entry| directory.checked_add(2 + entry * 12).filter(|at| at + 12 <= tiff.len()));
    let found = entries.into_iter().find(|&at| number(at, 2) == Some(0x0112))?;
    u8::try_from(number(found + 8, 2)?).ok().filter(|orientation| (2..=8).contains(orientation))
}

/// Exif that says nothing but that.
fn held(orientation: u8) -> [u8; 36] {
    let mut segment = *b"\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00";
    segment[29] = orientation;
    segment
}
