//! Where something is, and how far from something else.

/// How many units of the database a degree has: 1e-7 degrees are about a centimetre.
const UNITS: f64 = 1e7;
/// The earth's mean radius in metres (IUGG).
const RADIUS_M: f64 = 6_371_008.8;

/// A point on the ground (WGS 84), in units of 1e-7 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// North.
    pub latitude: i64,
    /// East.
    pub longitude: i64,
}

/// A stretch of ground between two latitudes and two longitudes, in units of 1e-7 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// South and west.
    pub least: Point,
    /// North and east.
    pub most: Point,
}

impl Frame {
    /// Every point.
    pub const EARTH: Self = Self {
        least: Point { latitude: -900_000_000, longitude: -1_800_000_000 },
        most: Point { latitude: 900_000_000, longitude: 1_800_000_000 },
    };
}

#[expect(clippy::cast_possible_truncation, reason = "degrees within bounds are far within 64 bits")]
fn units(degrees: f64) -> i64 {
    (degrees * UNITS).round() as i64
}

/// Units of the database as degrees.
#[expect(clippy::cast_precision_loss, reason = "units of the whole earth are exact in a double")]
pub fn degrees(units: i64) -> f64 {
    units as f64 / UNITS
}

impl Point {
    /// The point at so many degrees; `None` for what is nowhere on earth.
    pub fn at(latitude: f64, longitude: f64) -> Option<Self> {
        let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        on_earth.then(|| Self { latitude: units(latitude), longitude: units(longitude) })
    }

    /// How far another point is, in metres along a great circle (haversine).
    pub fn distance_m(self, other: Self) -> f64 {
        let (north, other_north) = (degrees(self.latitude).to_radians(), degrees(other.latitude).to_radians());
        let east = degrees(other.longitude - self.longitude).to_radians();
        let half = ((other_north - north) / 2.0).sin().powi(2);
        let half = half + north.cos() * other_north.cos() * (east / 2.0).sin().powi(2);
        2.0 * RADIUS_M * half.sqrt().min(1.0).asin()
    }

    /// A frame that holds every point within so many metres; near the poles and the date line all longitudes.
    pub fn around(self, metres: u32) -> Frame {
        let reach = (f64::from(metres) / RADIUS_M).to_degrees() * 1.001;
        let north = degrees(self.latitude);
        let (south, top) = ((north - reach).max(-90.0), (north + reach).min(90.0));
        let narrowest = south.abs().max(top.abs()).to_radians().cos();
        let east = degrees(self.longitude);
        let width = if narrowest > 1e-6 { reach / narrowest } else { 360.0 };
        let (west, east) = (east - width, east + width);
        let (west, east) = if west < -180.0 || east > 180.0 { (-180.0, 180.0) } else { (west, east) };
        Frame {
            least: Self { latitude: units(south) - 1, longitude: units(west) - 1 },
            most: Self { latitude: units(top) + 1, longitude: units(east) + 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn distances_are_those_of_the_map() {
        let tower = Point::at(48.858_37, 2.294_48).unwrap();
        let arch = Point::at(48.873_79, 2.295_04).unwrap();
        assert!((tower.distance_m(arch) - 1715.0).abs() < 5.0, "{}", tower.distance_m(arch));
        assert!(Point::at(91.0, 0.0).is_none() && Point::at(0.0, f64::NAN).is_none());
    }

    proptest! {
        #[test]
        fn a_frame_holds_all_that_is_near(
            north in -89.9..89.9_f64, east in -180.0..180.0_f64, up in -0.01..0.01_f64, right in -0.01..0.01_f64, metres in 1..2000_u32,
        ) {
            let here = Point::at(north, east).unwrap();
            if let Some(there) = Point::at(north + up, east + right) {
                let Frame { least, most } = here.around(metres);
                let held = (least.latitude..=most.latitude).contains(&there.latitude)
                    && (least.longitude..=most.longitude).contains(&there.longitude);
                prop_assert!(held || here.distance_m(there) > f64::from(metres));
                prop_assert!((here.distance_m(there) - there.distance_m(here)).abs() < 1e-6);
            }
        }
    }
}
