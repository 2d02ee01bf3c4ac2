//! Where a sign-in is kept on a resident's machine: for its owner alone, whole whatever happens at once, one for a person
//! however they write their name.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

use citytime::portal::sandbox;
use futures_util::future::join_all;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::portal::Portal;

on_both_databases! {
    async fn many_processes_sign_in_at_once(portal: Portal) {
        let shell = portal.shell();
        let cities = [portal.twin().await, portal.twin().await, portal.twin().await, portal.twin().await];
        let token = portal.token("rosa").await;
        let logins = (0..20_usize).map(|number| {
            let url = cities[number % cities.len()].url();
            shell.command(["login", "--token-stdin", "-c", url]).stdin(format!("{token}\n")).run()
        });
        for login in join_all(logins).await {
            login.ok();
        }
        // None is lost, the file is whole and its owner's alone, and nothing is left beside it.
        for city in &cities {
            let who = shell.run(["whoami", "-c", city.url(), "-o", "json"]).await.ok().json();
            let file = shell.home().join("config/credentials.toml");
            assert_eq!(json!([who["username"], who["token_source"]]), json!(["rosa", format!("citytime login ({})", file.display())]));
        }
        let folder = shell.home().join("config");
        let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["credentials.toml", "credentials.toml.lock"]);
        assert_eq!(std::fs::metadata(folder.join("credentials.toml")).unwrap().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
    }

    async fn a_file_others_can_read_is_refused(portal: Portal) {
        let shell = portal.shell();
        let login = || shell.command("login --username rosa --password-stdin -o json").stdin(format!("{}\n", sandbox::PASSWORD));
        login().run().await.ok();
        let file = shell.home().join("config/credentials.toml");
        let before = std::fs::read_to_string(&file).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_snapshot!(shell.run("bills list -o json").await.told(), @r"
        config_invalid, exit 1
        others can read [DIR]/config/credentials.toml
        hint: run `chmod 600 [DIR]/config/credentials.toml`
        ");
        // Signing in again would put the new secret where others read it.
        assert_eq!(login().run().await.error()["code"], "config_invalid");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::set_permissions(file.parent().unwrap(), std::fs::Permissions::from_mode(0o777)).unwrap();
        assert_snapshot!(shell.run("bills list -o json").await.told(), @r"
        config_invalid, exit 1
        others can replace the files in [DIR]/config
        hint: run `chmod 700 [DIR]/config`
        ");
        std::fs::set_permissions(file.parent().unwrap(), std::fs::Permissions::from_mode(0o700)).unwrap();
        shell.run("bills list").await.ok();
    }

    async fn a_name_is_one_whatever_its_case(portal: Portal) {
        let shell = portal.shell();
        for name in ["ROSA", "Rosa", "rosa"] {
            let login = ["login", "--username", name, "--password-stdin", "--jq", ".username"];
            let who = shell.command(login).stdin(format!("{}\n", sandbox::PASSWORD)).run().await.ok();
            assert_eq!(who.stdout.trim(), "rosa");
        }
        let kept = std::fs::read_to_string(shell.home().join("config/credentials.toml")).unwrap();
        assert_eq!((kept.matches("[\"http").count(), kept.matches("username = \"rosa\"").count()), (1, 1), "{kept}");
        let another = json!({"username": "RoSa", "password": "nineteen herons at dusk", "name": "Rosa", "email": "r@mail.example",
            "terms_version": "2026-01"});
        let taken = Api::anonymous(&portal).ask("post", "/v1/accounts", Some(another), None).await;
        assert_eq!((taken.status, taken.body["code"].as_str()), (409, Some("taken")));
        // A record is linked to the person, not to a spelling of the name.
        let nadia = portal.nadia().await;
        let links = nadia.run("staff records show UT-204177 --jq '[.links[].username] | sort | join(\" \")'").await.ok().stdout;
        assert_eq!(links.trim(), "rosa tomas");
        // Nor does a clerk's have several.
        let ticket = shell.run("support list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        let given = nadia.run(["staff", "support", "assign", &ticket, "--to", "NADIA", "--jq", ".assignee"]).await.ok();
        assert_eq!(given.stdout.trim(), "nadia");
        let permit = nadia.run("staff permits list --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        nadia.run(["staff", "permits", "assign", &permit, "--to", "Nadia"]).await.ok();
        let request = nadia.run("staff requests list --status open --limit 1 -o ids").await.ok().stdout.trim().to_owned();
        nadia.run(["staff", "requests", "assign", &request, "--to", "Nadia"]).await.ok();
    }
}
