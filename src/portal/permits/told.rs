//! What applicants are told of their applications.

use super::{queries::PermitRow, rules::Event};
use crate::{
    api::{notices::Topic, permits::PermitStatus},
    portal::{Portal, notices::Notice},
};

/// What is told when something has happened to an application; `said` is what was said with it.
pub(super) fn notice(portal: &Portal, row: &PermitRow, event: Event, said: Option<&str>) -> Notice {
    let (id, title) = (row.id, &row.title);
    let status = format!("citytime permit status {id}");
    let (subject, told, command) = match event {
        Event::Submit if row.status == PermitStatus::Submitted => (
            format!("Application received: {title}"),
            "We have your application. Its review begins once its fee is paid.",
            row.bill.map_or(status, |bill| format!("citytime bills pay {bill}")),
        ),
        Event::Submit => {
            (format!("Application received: {title}"), "We have your application, and its review has begun.", status)
        }
        Event::BeginReview => (format!("In review: {title}"), "The review of your application has begun.", status),
        Event::Ask => (
            format!("A question about your application: {title}"),
            "Before your application can be decided, we need something from you:",
            format!("citytime permit answer {id}"),
        ),
        Event::Answer => (format!("Answer received: {title}"), "We have your answer, and the review goes on.", status),
        Event::Approve => {
            (format!("Approved: {title}"), "Your application is approved. The permit is made out next.", status)
        }
        Event::Deny => (format!("Denied: {title}"), "Your application is denied.", status),
        Event::Issue => (
            format!("Permit issued: {title}"),
            "Your permit is issued. You can download it now.",
            format!("citytime permit download {id}"),
        ),
        Event::Withdraw => (format!("Withdrawn: {title}"), "Your application is withdrawn.", status),
        Event::Expire => (
            format!("Expired: {title}"),
            "Nothing came for your application in time, so it has ended. You can apply again.",
            format!("citytime permit types {}", row.kind),
        ),
    };
    let mut notice = Notice::new(Topic::Permits, subject).says(told).says_if(said).fact("Application", id);
    if row.status == PermitStatus::Submitted && row.fee.0 > 0 {
        notice = notice.fact("Fee", row.fee.display(portal.city().currency));
    }
    if let Some(until) = row.expected_on {
        notice = notice.fact("Decided by", until);
    }
    notice.command(command).about(id)
}
