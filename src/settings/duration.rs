//! Spans of time as people type them: `30s`, `5m`, `1h30m`, `500ms`.

use std::time::Duration;

/// Reads a span; a number without a unit is seconds.
pub fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no span of time; try 30s, 5m or 1h30m");
    let trimmed = text.trim();
    if let Ok(seconds) = trimmed.parse::<u64>() {
        return within(Duration::from_secs(seconds)).ok_or_else(wrong);
    }
    let mut total = Duration::ZERO;
    let mut rest = trimmed;
    while !rest.is_empty() {
        let digits = rest.find(|character: char| !character.is_ascii_digit()).ok_or_else(wrong)?;
        let (number, after) = rest.split_at(digits);
        let unit = after.find(|character: char| character.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(unit);
        let number = number.parse::<u64>().map_err(|_| wrong())?;
        let milliseconds = match unit.trim() {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return Err(wrong()),
        };
        let part = Duration::from_millis(number.checked_mul(milliseconds).ok_or_else(wrong)?);
        total = total.checked_add(part).ok_or_else(wrong)?;
        rest = after;
    }
    within(total).ok_or_else(wrong)
}

/// More than nothing, and no more than a year: what a timer can be set to.
fn within(span: Duration) -> Option<Duration> {
    (!span.is_zero() && span <= Duration::from_secs(366 * 86_400)).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_people_type() {
        let parsed = |text| parse(text).map(|span| span.as_millis());
        assert_eq!(parsed("30s"), Ok(30_000));
        assert_eq!(parsed("45"), Ok(45_000));
        assert_eq!(parsed("1h30m"), Ok(5_400_000));
        assert_eq!(parsed("500ms"), Ok(500));
        for wrong in ["", "0", "s", "-3s", "3 weeks", "1.5h", "99999999999999999999d", "9999d"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
