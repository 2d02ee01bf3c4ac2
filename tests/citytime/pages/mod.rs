//! The pages that links in mails lead to: asked for as a browser asks, and in a browser.

mod chromium;

use insta::assert_snapshot;
use reqwest::Method;

use crate::support::both::on_both_databases;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

on_both_databases! {
    async fn a_page_loads_nothing_and_tells_nobody(portal: Portal) {
        let browser = Browser::at(&portal);
        let page = browser.open("/confirm").await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.ends_with("; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"), "{policy}");
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex"),
        ] {
            assert_eq!(page.header(name), value, "{name}");
        }
        assert!(page.header("set-cookie").is_empty());
        for foreign in ["<script", "src=", "http://", "https://", "onclick"] {
            assert!(!page.html.contains(foreign), "{foreign} is in {}", page.html);
        }
        assert_snapshot!(page.words(), @r"
            Confirm an address
            Type the code of the mail or message that brought you here.
            Code
            Fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A
            Confirm
            ");
    }

    async fn what_refuses_is_a_page_too(portal: Portal) {
        let browser = Browser::at(&portal);
        let wrong = browser.open("/confirm?code=77777-77777-77777").await;
        assert_eq!(wrong.status, 422);
        assert_snapshot!(wrong.words(), @r"
        Not yet: confirm an address
        There is no such code.
        Type it as the mail has it; after 5 wrong tries it holds no more, and a new one is needed.
        Type the code of the mail or message that brought you here.
        Code
        Fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A
        Confirm
        ");
        let garbled = browser.submit("/confirm", &[("code", "<b>7</b>")]).await;
        assert_eq!(garbled.status, 422);
        assert!(!garbled.html.contains("<b>7"), "{}", garbled.html);
        assert_snapshot!(garbled.words(), @r"
        Not yet: confirm an address
        That is no code, or not a whole one.
        A code has fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A.
        Type the code of the mail or message that brought you here.
        Code
        Fifteen letters and digits, as in 7K3Q9-XM24H-WPT7A
        Confirm
        ");
        for (method, headers, status) in [
            (Method::PUT, &[][..], 405),
            (Method::POST, &[("content-type", "application/json")][..], 400),
        ] {
            let refused = browser.send(method.clone(), "/confirm", headers, None).await;
            assert_eq!((refused.status, refused.header("content-type")), (status, "text/html; charset=utf-8"), "{method}");
        }
        let whole = "x".repeat(20_000);
        assert_eq!(browser.submit("/confirm", &[("code", whole.as_str())]).await.status, 400);
    }

    async fn no_other_site_sends_a_form(portal: Portal) {
        let browser = Browser::at(&portal);
        let form = [("code", "77777-77777-77777")];
        for headers in [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
            &[("sec-fetch-site", "same-site"), ("origin", "https://blog.riverton.example")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ] {
            let refused = browser.send(Method::POST, "/confirm", headers, Some(&form)).await;
            assert_eq!((refused.status, refused.header("content-type")), (403, "text/html; charset=utf-8"), "{headers:?}");
            assert!(refused.words().contains("sent by another site"), "{}", refused.words());
        }
        // What is no browser sends neither, and a page of our own has no referrer to tell.
        for headers in [&[][..], &[("sec-fetch-site", "same-origin"), ("origin", "null")], &[("sec-fetch-site", "none")]] {
            let judged = browser.send(Method::POST, "/confirm", headers, Some(&form)).await;
            assert_eq!(judged.status, 422, "{headers:?}: {}", judged.words());
        }
    }
}
