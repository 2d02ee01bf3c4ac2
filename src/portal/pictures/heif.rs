//! HEIF, what telephones take, and AVIF: boxes, and items whose bytes lie somewhere in the file. The places of Exif and
//! XMP are read from the index, and blanked when they come by: every place is counted from the file's beginning. An index
//! that stands behind its items comes too late, and what it may hide is refused.

use super::{Flow, Format, Unclean, big_endian};

/// How large an index may be, in bytes: it is read whole.
const LARGEST_INDEX: u64 = 1 << 20;

/// A HEIF on its way.
#[derive(Default)]
pub(super) struct Heif {
    /// How much has gone by, in bytes.
    at: u64,
    /// Where the box ends whose bytes go by.
    end: u64,
    /// What is to be blanked: from, to.
    secrets: Vec<(u64, u64)>,
    /// Whether the index was read.
    indexed: bool,
    /// Whether the last box goes on to the end of the file.
    open: bool,
}

impl Format for Heif {
    fn step(&mut self, ahead: &[u8], _: &mut Vec<u8>) -> Result<Flow, Unclean> {
        if self.at < self.end {
            return Ok(self.within());
        }
        let Some(Head { kind, head, size }) = Head::read(ahead)? else {
            return Ok(Flow::Need(ahead.len().max(7) + 1));
        };
        // Without a size it goes on to the end of the file.
        self.open = size.is_none();
        let end = size.map_or(u64::MAX, |size| self.at.saturating_add(size));
        match &kind {
            b"ftyp" => {}
            b"meta" if !self.indexed => {
                let size = size.filter(|&size| size <= LARGEST_INDEX).ok_or(Unclean::Hidden)?;
                let whole = usize::try_from(size).map_err(|_| Unclean::Hidden)?;
                let Some(index) = ahead.get(..whole) else { return Ok(Flow::Need(whole)) };
                self.indexed = true;
                self.secrets.extend(secrets(&index[head..], self.at + as_place(head))?);
            }
            b"mdat" if self.indexed => {}
            // Items whose index is still to come, a second index, or a film with what it tells of itself.
            b"mdat" | b"meta" | b"moov" => return Err(Unclean::Hidden),
            // Nobody needs it to see the picture; its makers may have put anything there.
            _ => self.secrets.push((self.at + as_place(head), end)),
        }
        self.end = end;
        Ok(self.within())
    }

    fn may_end(&self, expected: u64) -> bool {
        self.indexed && (self.open || (expected == 0 && self.at >= self.end))
    }
}

impl Heif {
    /// The bytes of a box, up to where blanking begins or ends.
    fn within(&mut self) -> Flow {
        let at = self.at;
        let covered = self.secrets.iter().filter(|(from, to)| (*from..*to).contains(&at)).map(|(_, to)| *to).max();
        let to = match covered {
            Some(to) => to,
            None => self.secrets.iter().map(|(from, _)| *from).filter(|from| *from > at).min().unwrap_or(u64::MAX),
        };
        self.at = to.min(self.end);
        if covered.is_some() { Flow::Blank(self.at - at) } else { Flow::Pass(self.at - at) }
    }
}

/// The head of a box.
struct Head {
    kind: [u8; 4],
    /// How large the head is, in bytes.
    head: usize,
    /// How large the box is, in bytes; `None` where it goes on to the end.
    size: Option<u64>,
}

impl Head {
    /// Reads a head; `None` where more must be seen.
    fn read(bytes: &[u8]) -> Result<Option<Self>, Unclean> {
        let Some((size, kind)) = bytes.get(..4).zip(bytes.get(4..8)) else { return Ok(None) };
        let kind = [kind[0], kind[1], kind[2], kind[3]];
        let (head, size) = match big_endian(size) {
            0 => (8, None),
            1 => match bytes.get(8..16) {
                Some(large) => (16, Some(big_endian(large))),
                None => return Ok(None),
            },
            size => (8, Some(size)),
        };
        match size {
            Some(size) if size < as_place(head) => Err(Unclean::Broken),
            size => Ok(Some(Self { kind, head, size })),
        }
    }
}

/// A box within another.
struct Inner<'b> {
    kind: [u8; 4],
    content: &'b [u8],
    /// Where its content begins.
    at: u64,
}

/// The boxes within one, whose content begins at `at`.
fn boxes(mut bytes: &[u8], mut at: u64) -> Result<Vec<Inner<'_>>, Unclean> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let Head { kind, head, size } = Head::read(bytes)?.ok_or(Unclean::Broken)?;
        let size = size.map_or(Ok(bytes.len()), usize::try_from).map_err(|_| Unclean::Broken)?;
        let content = bytes.get(head..size).ok_or(Unclean::Broken)?;
        found.push(Inner { kind, content, at: at + as_place(head) });
        bytes = &bytes[size..];
        at += as_place(size);
    }
    Ok(found)
}

/// Numbers, read one after the other.
struct Numbers<'b>(&'b [u8]);

impl<'b> Numbers<'b> {
    fn bytes(&mut self, count: usize) -> Result<&'b [u8], Unclean> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Unclean::Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    fn next(&mut self, size: usize) -> Result<u64, Unclean> {
        self.bytes(size).map(big_endian)
    }
}

/// Where an index says that Exif, XMP and the like lie. `at` is where its content begins.
fn secrets(index: &[u8], at: u64) -> Result<Vec<(u64, u64)>, Unclean> {
    // Version and flags stand first.
    let content = index.get(4..).ok_or(Unclean::Broken)?;
    let boxes = boxes(content, at + 4)?;
    let of_kind = |kind: &[u8; 4]| boxes.iter().find(|inner| inner.kind == *kind);
    let items = of_kind(b"iinf").map_or(Ok(Vec::new()), |infos| telling(infos.content))?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let places = of_kind(b"iloc").ok_or(Unclean::Hidden)?;
    let own = of_kind(b"idat").map(|own| own.at);
    extents(places.content, &items, own)
}

/// The items that do not show anything but tell: Exif, XMP, addresses.
fn telling(infos: &[u8]) -> Result<Vec<u64>, Unclean> {
    let mut numbers = Numbers(infos);
    let version = numbers.next(4)? >> 24;
    numbers.next(if version == 0 { 2 } else { 4 })?;
    let mut items = Vec::new();
    for info in boxes(numbers.0, 0)? {
        let mut numbers = Numbers(info.content);
        let version = numbers.next(4)? >> 24;
        // Earlier versions know files only, which are none of the picture's.
        let id = numbers.next(if version >= 3 { 4 } else { 2 })?;
        numbers.next(2)?;
        let shows = version >= 2 && !matches!(numbers.bytes(4)?, b"Exif" | b"mime" | b"uri ");
        if &info.kind == b"infe" && !shows {
            items.push(id);
        }
    }
    Ok(items)
}

/// Where the bytes of items lie: ISO/IEC 14496-12, ItemLocationBox.
fn extents(places: &[u8], items: &[u64], own: Option<u64>) -> Result<Vec<(u64, u64)>, Unclean> {
    let mut numbers = Numbers(places);
    let version = numbers.next(4)? >> 24;
    let sizes = numbers.next(2)?;
    let size = |shift: u32| usize::try_from((sizes >> shift) & 0xf).unwrap_or(0);
    let (offset_size, length_size, base_size) = (size(12), size(8), size(4));
    let index_size = if version == 0 { 0 } else { size(0) };
    let wide = if version < 2 { 2 } else { 4 };
    let count = numbers.next(wide)?;
    let mut found = Vec::new();
    for _ in 0..count {
        let id = numbers.next(wide)?;
        let method = if version == 0 { 0 } else { numbers.next(2)? & 0xf };
        let elsewhere = numbers.next(2)? != 0;
        let base = numbers.next(base_size)?;
        let tells = items.contains(&id);
        for _ in 0..numbers.next(2)? {
            numbers.next(index_size)?;
            let (offset, length) = (numbers.next(offset_size)?, numbers.next(length_size)?);
            if !tells || elsewhere {
                continue;
            }
            let start = match (method, own) {
                (0, _) => Some(base),
                (1, Some(own)) => base.checked_add(own),
                _ => None,
            };
            let from = start.and_then(|start| start.checked_add(offset)).ok_or(Unclean::Hidden)?;
            // Without a length it is all that comes.
            let to = if length == 0 { None } else { from.checked_add(length) };
            found.push((from, to.ok_or(Unclean::Hidden)?));
        }
    }
    Ok(found)
}

fn as_place(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
