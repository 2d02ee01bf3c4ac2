//! What a city must say of its account at Stripe.

use super::{EXAMPLE, read, told};

#[test]
fn mistakes_of_payments_are_told() {
    let paid_by = |lines: &str| {
        let whole = EXAMPLE.replacen("processor = \"sandbox\"\n", lines, 1);
        let told = told(&whole);
        told.lines()
            .map(|line| {
                line.split_once(": ").filter(|(at, _)| at.starts_with("city.toml")).map_or(line, |(_, told)| told)
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    insta::assert_snapshot!(paid_by("processor = \"stripe\"\n"), @r"
    secret_key_file: it is missing from [payments]
      hint: add `secret_key_file = …` to [payments]
    webhook_secret_file: it is missing from [payments]
      hint: add `webhook_secret_file = …` to [payments]
    ");
    insta::assert_snapshot!(paid_by("processor = \"sandbox\"\nsecret_key_file = \"/x\"\n"), @r#"
    secret_key_file: the sandbox moves no money, and has no such key
      hint: take processor = "stripe", or leave it out
    "#);
    let (publishable, empty) = (file("key", "pk_live_1\n"), file("empty", ""));
    let told = paid_by(&format!(
        "processor = \"stripe\"\nsecret_key_file = \"{publishable}\"\nwebhook_secret_file = \"{empty}\"\n\
         base_url = \"http://api.stripe.example\"\nversion = \"latest\"\ntimeout_seconds = 0\n"
    ));
    let told = told.replace(&folder.path().display().to_string(), "[DIR]");
    assert!(!told.contains("pk_live_1"), "{told}");
    insta::assert_snapshot!(told, @r"
    secret_key_file: the first line of the file is no such secret: one begins with sk_… or rk_…
      hint: Stripe's dashboard shows it under Developers, API keys
    webhook_secret_file: [DIR]/empty is empty
      hint: its first line is the secret
    base_url: the token would travel in the clear
      hint: take https://
    version: `latest` is no version of Stripe's API; one looks like 2024-06-20
    timeout_seconds: `0` is not one of 1 to 120
    ");
    let (key, secret) = (file("sk", "sk_live_1\n"), file("whsec", "whsec_1\n"));
    let sound = format!("processor = \"stripe\"\nsecret_key_file = \"{key}\"\nwebhook_secret_file = \"{secret}\"\n");
    assert!(read(&EXAMPLE.replacen("processor = \"sandbox\"\n", &sound, 1)).is_ok());
    let (other, money) = ("currency = \"SEK\"", "currency = \"USD\"");
    let whole = EXAMPLE.replacen("processor = \"sandbox\"\n", &sound, 1).replacen(money, other, 1);
    assert!(read(&whole).unwrap_err().iter().any(|mistake| mistake.message.contains("carries no bank_account in SEK")));
}
