//! Pictures made by hand, in pieces of any size.

use proptest::prelude::*;

use super::*;

const SECRET: &[u8] = b"41.5301 -88.0817 Rosa's telephone";

fn cleaned(picture: &[u8], piece: usize) -> Result<Vec<u8>, Unclean> {
    let mut cleaner = Cleaner::default();
    let mut out = Vec::new();
    for piece in picture.chunks(piece.max(1)) {
        out.extend(cleaner.feed(piece)?);
    }
    out.extend(cleaner.finish()?);
    Ok(out)
}

fn holds(picture: &[u8], text: &[u8]) -> bool {
    picture.windows(text.len()).any(|window| window == text)
}

fn number(count: usize, size: usize) -> Vec<u8> {
    count.to_be_bytes()[8 - size..].to_vec()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &number(content.len() + 2, 2), content].concat()
}

/// Exif with a place in it, held as a number from 1 to 8 says.
fn exif(held: u8) -> Vec<u8> {
    let entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, held, 0, 0, 0];
    [&b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0"[..], &entry, &[0; 4], SECRET].concat()
}

fn jpeg(held: u8) -> Vec<u8> {
    let xmp = [&b"http://ns.adobe.com/xap/1.0/\0"[..], SECRET].concat();
    let data = b"\x11\xff\x00\x22\xff\xd0\x33";
    [
        &[0xff, 0xd8][..],
        &segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        &segment(0xe1, &exif(held)),
        &segment(0xe1, &xmp),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01profile"),
        &segment(0xe2, &[b"MPF\0", SECRET].concat()),
        &segment(0xfe, SECRET),
        &segment(0xdb, &[1; 65]),
        &segment(0xda, &[1, 2, 3]),
        data,
        &segment(0xc4, &[7; 20]),
        &segment(0xda, &[4]),
        data,
        &[0xff, 0xd9],
        SECRET,
    ]
    .concat()
}

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&number(content.len(), 4)[..], kind, content, b"CRC0"].concat()
}

fn png() -> Vec<u8> {
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &[1; 13]),
        &chunk(b"tEXt", SECRET),
        &chunk(b"eXIf", SECRET),
        &chunk(b"gAMA", &[2; 4]),
        &chunk(b"IDAT", &[3; 300]),
        &chunk(b"tIME", &[4; 7]),
        &chunk(b"IEND", &[]),
        SECRET,
    ]
    .concat()
}

fn part(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).unwrap().to_le_bytes();
    let padding = &[0][..content.len() % 2];
    [&kind[..], &size, content, padding].concat()
}

fn webp() -> Vec<u8> {
    let content = [
        &b"WEBP"[..],
        &part(b"VP8X", &[0b0010_1100, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
        &part(b"ICCP", b"profile"),
        &part(b"VP8 ", &[5; 99]),
        &part(b"EXIF", SECRET),
        &part(b"XMP ", SECRET),
    ]
    .concat();
    [&part(b"RIFF", &content)[..], SECRET].concat()
}

fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&number(content.len() + 8, 4)[..], kind, content].concat()
}

/// An index of a picture, of Exif in the data behind it, and of XMP in itself.
fn heif() -> Vec<u8> {
    let info = |id: u8, kind: &[u8; 4]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0][..], kind, b"\0"].concat());
    let infos = [&[0, 0, 0, 0, 0, 3][..], &info(1, b"hvc1"), &info(2, b"Exif"), &info(3, b"mime")].concat();
    let brand = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let own = boxed(b"idat", SECRET);
    let index = |data: usize| {
        let place = |id: u8, method: u8, offset: usize, length: usize| {
            [&[0, id, 0, method, 0, 0, 0, 1][..], &number(offset, 4), &number(length, 4)].concat()
        };
        let places = [
            &[1, 0, 0, 0, 0x44, 0, 0, 3][..],
            &place(1, 0, data, 40),
            &place(2, 0, data + 40, SECRET.len()),
            &place(3, 1, 0, SECRET.len()),
        ]
        .concat();
        boxed(b"meta", &[&[0; 4][..], &boxed(b"iinf", &infos), &boxed(b"iloc", &places), &own].concat())
    };
    let data = brand.len() + index(0).len() + 8;
    let picture = [&[6; 40][..], SECRET].concat();
    [brand, index(data), boxed(b"free", SECRET), boxed(b"mdat", &picture)].concat()
}

/// The data of [`heif`] lies behind a box of makers: its places are counted past that.
fn heif_placed() -> Vec<u8> {
    let picture = heif();
    // Without that box places are right.
    let free = boxed(b"free", SECRET);
    let at = picture.windows(free.len()).position(|window| window == free).unwrap();
    [&picture[..at], &picture[at + free.len()..], &free].concat()
}

#[test]
fn what_tells_is_left_out_and_what_shows_stays() {
    for piece in [1, 2, 3, 7, 64, 100_000] {
        let clean = cleaned(&jpeg(6), piece).unwrap();
        assert!(!holds(&clean, SECRET) && clean.ends_with(b"\x33\xff\xd9"), "{piece}");
        assert!(holds(&clean, b"JFIF") && holds(&clean, b"ICC_PROFILE") && holds(&clean, &segment(0xc4, &[7; 20])));
        // Which way up it is held is all that is left of Exif.
        assert!(holds(&clean, b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"), "{piece}");
        assert!(!holds(&cleaned(&jpeg(1), piece).unwrap(), b"Exif"));
        // What was cleaned once stays as it is.
        assert_eq!(cleaned(&clean, piece).unwrap(), clean);

        let clean = cleaned(&png(), piece).unwrap();
        let expected = [
            &png()[..8],
            &chunk(b"IHDR", &[1; 13]),
            &chunk(b"gAMA", &[2; 4]),
            &chunk(b"IDAT", &[3; 300]),
            &chunk(b"IEND", &[]),
        ];
        assert_eq!(clean, expected.concat());

        let clean = cleaned(&webp(), piece).unwrap();
        assert_eq!(clean.len(), webp().len() - SECRET.len());
        assert!(!holds(&clean, SECRET) && holds(&clean, &part(b"VP8 ", &[5; 99])) && holds(&clean, b"profile"));
        assert!(!holds(&clean, b"EXIF") && clean[20] == 0b0010_0000);

        let clean = cleaned(&heif_placed(), piece).unwrap();
        assert_eq!(clean.len(), heif_placed().len());
        assert!(!holds(&clean, SECRET) && holds(&clean, &[6; 40]), "{piece}");
    }
}

/// Most pictures end where they end.
#[test]
fn nothing_need_stand_behind_a_picture() {
    for picture in [jpeg(6), png(), webp()] {
        let whole = &picture[..picture.len() - SECRET.len()];
        for piece in [1, 100, 100_000] {
            assert_eq!(cleaned(whole, piece).unwrap(), cleaned(&picture, piece).unwrap());
        }
    }
}

#[test]
fn what_is_broken_or_hides_is_refused() {
    for picture in [jpeg(6), png(), webp()] {
        let cut = picture.len() - SECRET.len() - 4;
        assert_eq!(cleaned(&picture[..cut], 50), Err(Unclean::Broken));
    }
    let heif = heif_placed();
    assert_eq!(cleaned(&heif[..heif.len() - 4], 50), Err(Unclean::Broken));
    // An index behind what it tells of comes too late.
    let brand = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    assert_eq!(cleaned(&[brand, boxed(b"mdat", SECRET)].concat(), 50), Err(Unclean::Hidden));
    // What is none of these is not touched.
    assert_eq!(cleaned(b"%PDF-1.4 of some kind", 5).unwrap(), b"%PDF-1.4 of some kind");
    assert_eq!(cleaned(b"", 1).unwrap(), b"");
}

proptest! {
    /// Whatever is sent: no panic, no end without an end, and the same in pieces of any size.
    #[test]
    fn pieces_do_not_matter(kind in 0..4_usize, wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), piece in 1..200_usize) {
        let mut picture = [jpeg(6), png(), webp(), heif_placed()][kind].clone();
        for (place, byte) in wrong {
            let place = place.index(picture.len());
            picture[place] = byte;
        }
        prop_assert_eq!(cleaned(&picture, piece), cleaned(&picture, picture.len()));
    }
}
