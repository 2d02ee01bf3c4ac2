//! Headers a portal answers with, beside those of HTTP itself.

/// The id of a request, under which the portal's log tells of it.
pub const REQUEST_ID: &str = "x-request-id";
/// The IANA name of the zone the city lives by, in every answer: `America/Chicago`.
pub const ZONE: &str = "citytime-zone";
/// The code of a problem, where the body is in another standard's form.
pub const PROBLEM_CODE: &str = "citytime-problem";
/// What to do next about that problem, in UTF-8.
pub const PROBLEM_HINT: &str = "citytime-hint";
