//! SQL of what an account's owner is given and no list shows. Each part is read by the account (`$1`), behind the two
//! numbers by which it is ordered (`$2`, `$3`), so many rows (`$4`).

use serde::Serialize;

use crate::{
    api::{
        audit::{Actor, Outcome},
        autopay::AutopayReason,
        city::PaymentKind,
        id::{
            BankEntryId, BillId, MethodId, NoticeId, PaymentId, PermitId, RecordId, RequestId, SetupId, TokenId,
            TransferId,
        },
        money::Minor,
        notices::{Channel, DeliveryStatus, Topic},
        reconciliation::BankEntryOutcome,
        recovery::AssistedStatus,
        time::{Date, Timestamp},
        wallet::SetupStatus,
    },
    portal::{
        autopay::queries::Kept,
        codes::{End, Purpose},
        store::{queries, row},
    },
};

queries! {
    /// The second factor, without its secret.
    pub FACTORS = "SELECT f.created_at, f.enabled_at, (SELECT COUNT(*) FROM recovery_codes c \
                   WHERE c.account = f.account AND c.used_at IS NULL) FROM second_factors f \
                   WHERE f.account = $1 AND (f.account, f.created_at) > ($2, $3) ORDER BY f.account, f.created_at LIMIT $4";
    /// The codes that were sent lately, without what was in them.
    pub CODES = "SELECT made_at, expires_at, purpose, address, ended_at, ended_by FROM codes \
                 WHERE account = $1 AND (made_at, expires_at) > ($2, $3) ORDER BY made_at, expires_at LIMIT $4";
    /// The ways back that clerks began.
    pub RECOVERIES = "SELECT begun_at, opens_at, ends_at, address, reason, identity, ended_at, ended_by FROM assisted_recoveries \
                      WHERE account = $1 AND (begun_at, opens_at) > ($2, $3) ORDER BY begun_at, opens_at LIMIT $4";
    /// The records that were linked and are not any more.
    pub PAST_LINKS = "SELECT p.record, r.number, r.kind, p.linked_at, p.unlinked_at FROM past_links p \
                      JOIN records r ON r.id = p.record WHERE p.account = $1 AND (p.record, p.unlinked_at) > ($2, $3) \
                      ORDER BY p.record, p.unlinked_at LIMIT $4";
    /// Every way to pay there is or was, without its reference at the processor.
    pub METHODS = "SELECT id, created_at, kind, label, brand, last4, expires, preferred, removed_at FROM methods \
                   WHERE account = $1 AND (id, created_at) > ($2, $3) ORDER BY id, created_at LIMIT $4";
    /// The ways to pay that were begun on the processor's page, without its reference and address there.
    pub SETUPS = "SELECT id, created_at, kind, label, status, method, expires_at, ended_at FROM setups \
                  WHERE account = $1 AND (id, created_at) > ($2, $3) ORDER BY id, created_at LIMIT $4";
    /// The transfers that were asked for, a row for each bill.
    pub TRANSFERS = "SELECT t.id, b.place, b.bill, t.amount, t.received, t.created_at FROM transfers t \
                     JOIN transfer_bills b ON b.transfer = t.id WHERE t.account = $1 AND (t.id, b.place) > ($2, $3) \
                     ORDER BY t.id, b.place LIMIT $4";
    /// Every token there is or was, without the token.
    pub TOKENS = "SELECT id, created_at, label, scopes, expires_at, max_per_day, used_on, revoked_at FROM tokens \
                  WHERE account = $1 AND (id, created_at) > ($2, $3) ORDER BY id, created_at LIMIT $4";
    /// The bills that were announced to be paid by themselves, and what became of that.
    pub AUTOPAY = "SELECT bill, announced_at, due_on, state, why, total, pay_on, payment, changed_at FROM autopay_runs \
                   WHERE account = $1 AND (announced_at, bill) > ($2, $3) ORDER BY announced_at, bill LIMIT $4";
    /// The payments, as history has them: the newest first.
    pub PAYMENTS = "SELECT at, number FROM history WHERE account = $1 AND kind = 'payment' AND (at, number) < ($2, $3) \
                    ORDER BY at DESC, number DESC LIMIT $4";
    /// What a payment posted in the ledger, by the span of its entries' ids.
    pub POSTINGS = "SELECT q.ledger_account, q.bill, q.amount, e.at FROM journal_entries e JOIN postings q ON q.entry = e.id \
                    WHERE e.id BETWEEN $1 AND $2 AND e.payment IS NOT NULL ORDER BY e.at, e.id, q.place";
    /// What the city's bank told of the account's money.
    pub BANK_ENTRIES = "SELECT id, created_at, booked_on, amount, reference, name, outcome, detail, transfer, payment, parked, applied, \
                        given_back FROM bank_entries WHERE account = $1 AND (id, created_at) > ($2, $3) ORDER BY id, created_at LIMIT $4";
    /// The requests that are followed.
    pub FOLLOWED = "SELECT request, since FROM request_followers \
                    WHERE account = $1 AND (request, since) > ($2, $3) ORDER BY request, since LIMIT $4";
    /// What was said to requests, one's own and others'.
    pub COMMENTS = "SELECT request, place, at, note, media FROM request_events \
                    WHERE author = $1 AND (request, place) > ($2, $3) ORDER BY request, place LIMIT $4";
    /// What is attached to applications: behind an application and document.
    pub DOCUMENTS = "SELECT d.permit, d.document, d.media_type, d.digest FROM permit_documents d JOIN permits p ON p.id = d.permit \
                     WHERE p.account = $1 AND (d.permit, d.document) > ($2, $3) ORDER BY d.permit, d.document LIMIT $4";
    /// The pictures that came with requests: behind a request and place.
    pub PICTURES = "SELECT p.request, p.place, p.media_type, p.digest FROM request_pictures p JOIN requests r ON r.id = p.request \
                    WHERE r.reporter = $1 AND (p.request, p.place) > ($2, $3) ORDER BY p.request, p.place LIMIT $4";
    /// Who filed a request, as it was written there.
    pub REPORTER = "SELECT name, email, phone FROM requests WHERE id = $1";
    /// The letters and messages that were sent, and what became of them: of each its channel as a number.
    pub LETTERS = "SELECT d.notice, CAST(CASE WHEN d.channel = 'email' THEN 0 ELSE 1 END AS BIGINT), d.channel, d.address, n.created_at, \
                   n.topic, n.subject, d.status, d.changed_at FROM notices n JOIN deliveries d ON d.notice = n.id \
                   WHERE n.account = $1 AND (d.notice, CAST(CASE WHEN d.channel = 'email' THEN 0 ELSE 1 END AS BIGINT)) > ($2, $3) \
                   ORDER BY 1, 2 LIMIT $4";
    /// What others did with the account or with things of its history: behind a row and thing, the newest first.
    pub OTHERS = "SELECT a.id, a.at, a.actor, a.operation, a.outcome, t.thing, a.seal FROM \
                  (SELECT id AS thing FROM history WHERE account = $1 UNION SELECT $5) mine \
                  JOIN audit_things t ON t.thing = mine.thing JOIN audit a ON a.id = t.audit \
                  WHERE (a.account IS NULL OR a.account <> $1) AND a.actor <> 'resident' \
                  AND (a.id, t.thing) < ($2, $3) ORDER BY a.id DESC, t.thing DESC LIMIT $4";
}

row! {
    /// The second factor.
    #[derive(Serialize)]
    pub struct FactorRow {
        pub created_at: Timestamp,
        pub enabled_at: Option<Timestamp>,
        pub recovery_codes_left: i64,
    }
}

row! {
    /// A code that was sent.
    #[derive(Serialize)]
    pub struct CodeRow {
        pub sent_at: Timestamp,
        pub expires_at: Timestamp,
        pub purpose: Purpose,
        pub address: String,
        pub ended_at: Option<Timestamp>,
        pub ended_by: Option<End>,
    }
}

row! {
    /// A way back that a clerk began.
    #[derive(Serialize)]
    pub struct RecoveryRow {
        pub begun_at: Timestamp,
        pub opens_at: Timestamp,
        pub ends_at: Timestamp,
        pub address: String,
        pub reason: String,
        pub identity: String,
        pub ended_at: Option<Timestamp>,
        pub ended_by: Option<AssistedStatus>,
    }
}

row! {
    /// A record that was linked.
    #[derive(Serialize)]
    pub struct PastLinkRow {
        pub record: RecordId,
        pub number: String,
        pub kind: String,
        pub linked_at: Timestamp,
        pub unlinked_at: Timestamp,
    }
}

row! {
    /// A way to pay.
    #[derive(Serialize)]
    pub struct MethodRow {
        pub id: MethodId,
        pub created_at: Timestamp,
        pub kind: PaymentKind,
        pub label: String,
        pub brand: String,
        pub last4: String,
        pub expires: Option<String>,
        pub default: bool,
        pub removed_at: Option<Timestamp>,
    }
}

row! {
    /// A way to pay that was begun.
    #[derive(Serialize)]
    pub struct SetupRow {
        pub id: SetupId,
        pub created_at: Timestamp,
        pub kind: PaymentKind,
        pub label: Option<String>,
        pub status: SetupStatus,
        pub method: Option<MethodId>,
        pub expires_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

row! {
    /// A bill of a transfer that was asked for; amounts are the transfer's.
    #[derive(Serialize)]
    pub struct TransferRow {
        pub id: TransferId,
        #[serde(skip)]
        pub place: i64,
        pub bill: BillId,
        pub amount: Minor,
        pub received: Minor,
        pub created_at: Timestamp,
    }
}

row! {
    /// What the bank told.
    #[derive(Serialize)]
    pub struct BankEntryRow {
        pub id: BankEntryId,
        pub created_at: Timestamp,
        pub booked_on: Date,
        pub amount: Minor,
        pub reference: Option<String>,
        pub name: Option<String>,
        pub outcome: BankEntryOutcome,
        pub detail: Option<String>,
        pub transfer: Option<TransferId>,
        pub payment: Option<PaymentId>,
        pub parked: Minor,
        pub applied: Minor,
        pub given_back: Minor,
    }
}

row! {
    /// A token.
    #[derive(Serialize)]
    pub struct TokenRow {
        pub id: TokenId,
        pub created_at: Timestamp,
        pub label: String,
        pub scopes: String,
        pub expires_at: Timestamp,
        pub max_per_day: Option<Minor>,
        pub last_used_on: Option<Date>,
        pub revoked_at: Option<Timestamp>,
    }
}

row! {
    /// A bill that was announced to be paid by itself.
    #[derive(Serialize)]
    pub struct AutopayRow {
        pub bill: BillId,
        pub announced_at: Timestamp,
        pub due_on: Date,
        pub state: Kept,
        pub why: Option<AutopayReason>,
        pub total: Minor,
        pub pay_on: Date,
        pub payment: Option<PaymentId>,
        pub changed_at: Timestamp,
    }
}

row! {
    /// A posting of a payment.
    #[derive(Serialize)]
    pub struct PostingRow {
        pub ledger_account: String,
        pub bill: Option<BillId>,
        pub amount: Minor,
        pub at: Timestamp,
    }
}

row! {
    /// A request that is followed.
    #[derive(Serialize)]
    pub struct FollowedRow {
        pub request: RequestId,
        pub since: Timestamp,
    }
}

row! {
    /// What was said to a request.
    #[derive(Serialize)]
    pub struct CommentRow {
        pub request: RequestId,
        pub place: i64,
        pub at: Timestamp,
        pub text: Option<String>,
        pub media: Option<String>,
    }
}

row! {
    /// A document that is attached to an application.
    pub struct DocumentRow {
        pub permit: PermitId,
        pub document: String,
        pub media_type: String,
        pub digest: [u8; 32],
    }
}

row! {
    /// A picture that came with a request.
    pub struct PictureRow {
        pub request: RequestId,
        pub place: i64,
        pub media_type: String,
        pub digest: [u8; 32],
    }
}

row! {
    /// Who filed a request.
    #[derive(Serialize)]
    pub struct ReporterRow {
        pub reporter_name: Option<String>,
        pub reporter_email: Option<String>,
        pub reporter_phone: Option<String>,
    }
}

row! {
    /// A letter or message, and what became of it.
    #[derive(Serialize)]
    pub struct LetterRow {
        pub notice: NoticeId,
        #[serde(skip)]
        pub place: i64,
        pub channel: Channel,
        pub address: String,
        pub created_at: Timestamp,
        pub topic: Topic,
        pub subject: String,
        pub status: DeliveryStatus,
        pub changed_at: Timestamp,
    }
}

row! {
    /// What somebody else did. Of who did it only the kind is told, and of what it was about only what is one's own.
    #[derive(Serialize)]
    pub struct OtherRow {
        pub number: i64,
        pub at: Timestamp,
        pub actor: Actor,
        pub operation: String,
        pub outcome: Outcome,
        pub thing: String,
        pub seal: Option<i64>,
    }
}
