//! PNG: a signature and chunks. Those that say how the picture looks stay; texts, times, Exif and unknown ones go.

use super::{Flow, Format, Unclean, big_endian};

/// The chunks beside the critical ones that say how a picture looks, also where it moves.
const LOOKS: [&[u8; 4]; 13] = [
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD", b"cICP", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// Where in the file.
#[derive(Default)]
enum Place {
    #[default]
    Start,
    Chunk,
    Over,
}

/// A PNG on its way.
#[derive(Default)]
pub(super) struct Png(Place);

impl Format for Png {
    fn step(&mut self, ahead: &[u8], _: &mut Vec<u8>) -> Result<Flow, Unclean> {
        match self.0 {
            Place::Start => {
                self.0 = Place::Chunk;
                Ok(Flow::Pass(8))
            }
            Place::Over => Ok(Flow::End),
            Place::Chunk => {
                let Some((length, kind)) = ahead.get(..4).zip(ahead.get(4..8)) else { return Ok(Flow::Need(8)) };
                let length = big_endian(length);
                if length > i32::MAX.unsigned_abs().into() || !kind.iter().all(u8::is_ascii_alphabetic) {
                    return Err(Unclean::Broken);
                }
                // Its length, its kind and its check sum.
                let whole = length + 12;
                if kind == b"IEND" {
                    self.0 = Place::Over;
                }
                let critical = kind[0].is_ascii_uppercase();
                let stays = critical || LOOKS.iter().any(|known| kind == known.as_slice());
                Ok(if stays { Flow::Pass(whole) } else { Flow::Skip(whole) })
            }
        }
    }

    fn may_end(&self, expected: u64) -> bool {
        expected == 0 && matches!(self.0, Place::Over)
    }
}
