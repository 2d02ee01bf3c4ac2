//! Bills: what is owed, as tables, lines and JSON.

use insta::assert_snapshot;

use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn bills_are_listed_the_next_due_first(portal: Portal) {
        let rosa = portal.rosa().await;
        assert_snapshot!(rosa.run("bills list").await, @r"
        exit: 0
        ----- stdout
        id	title	due_on	balance	status	overdue	category	amount	paid	pending	period	number	issued_on	record
        BIL-00000001	Water, sewer and refuse, 2026-10	2026-10-23	73.76	open	true	utility	73.76	0.00	0.00	2026-10	2026-000016	2026-10-02	REC-00000002
        BIL-00000003	Water, sewer and refuse, 2026-11	2026-11-23	86.22	open	false	utility	86.22	0.00	0.00	2026-11	2026-000017	2026-11-02	REC-00000002
        BIL-00000004	Parking citation, Bridge Street	2026-12-01	45.00	open	false	fine	45.00	0.00	0.00		2026-000024	2026-11-17	REC-00000005
        BIL-00000006	Sidewalk display permit fee	2026-12-07	75.00	open	false	permit	75.00	0.00	0.00		2026-000023	2026-11-14	REC-00000007
        BIL-00000008	Property tax, second half of 2026	2026-12-09	1182.50	open	false	tax	1182.50	0.00	0.00		2026-000020	2026-10-10	REC-00000005
        BIL-00000009	Pottery workshop, winter term	2026-12-11	96.00	open	false	program	96.00	0.00	0.00		2026-000025	2026-11-20	REC-00000005
        BIL-00000010	Business license renewal, Marín Lantern Repair	2026-12-14	185.00	open	false	license	185.00	0.00	0.00		2026-000022	2026-11-14	REC-00000007
        ----- stderr
        ");
        assert_snapshot!(rosa.run("bills list --status overdue --columns id,title,due_on,balance").await, @"");
    }
}
