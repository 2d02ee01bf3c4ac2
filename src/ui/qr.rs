//! QR codes on a terminal: two rows of modules to a line, by half blocks.

use anstyle::{AnsiColor, Style};
use qrcode::{EcLevel, QrCode, render::unicode::Dense1x2};

use super::{Ui, output::Paint};

impl Ui {
    /// Shows a text as a QR code on stderr, for a phone to scan; not where the terminal has no room for it.
    pub fn show_qr(&mut self, text: &str) {
        let Some(lines) = lines(text) else { return };
        let width = lines.first().map_or(0, |line| line.chars().count());
        let room = self.streams.size.map_or(80, |(columns, _)| usize::from(columns));
        if !self.streams.errors.is_terminal() || width > room {
            return;
        }
        // Light on dark, whatever the terminal's own colours are: what is drawn are the light modules.
        let style = Style::new().fg_color(Some(AnsiColor::BrightWhite.into())).bg_color(Some(AnsiColor::Black.into()));
        let paint = self.paint_on(self.streams.errors);
        let drawn: String = lines
            .iter()
            .map(|line| match paint {
                Paint::Colour => format!("{style}{line}{style:#}\n"),
                Paint::Plain => format!("{line}\n"),
            })
            .collect();
        self.say(&drawn);
    }
}

/// The lines of a code, quiet zone and all; `None` for a text no code holds.
fn lines(text: &str) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
    Some(drawn.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_as_wide_as_its_modules_and_half_as_high() {
        let drawn = lines("otpauth://totp/City%20of%20Riverton:rosa?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").unwrap();
        let width = drawn[0].chars().count();
        assert!(drawn.iter().all(|line| line.chars().count() == width && line.chars().all(|c| " ▀▄█".contains(c))));
        assert_eq!(drawn.len(), width.div_ceil(2));
        // The quiet zone is light, which is what is drawn.
        assert!(drawn[0].chars().all(|c| c == '█') && drawn[4].starts_with("████"));
        assert!(lines(&"x".repeat(4000)).is_none());
    }
}
