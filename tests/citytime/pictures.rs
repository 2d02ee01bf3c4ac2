//! Pictures that come with requests: sent by the command and by other clients' forms, shown to whoever may read the request,
//! without what the camera wrote into them.

use std::path::Path;

use reqwest::Response;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::api::Api;
use crate::support::both::on_both_databases;
use crate::support::command::Shell;
use crate::support::eventually::eventually;
use crate::support::portal::Portal;
use crate::support::served::Riverton;

const SECRET: &[u8] = b"41.5301 -88.0817 Rosa's telephone";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &length, content].concat()
}

/// A JPEG as a telephone makes one: it knows where it was taken.
pub(crate) fn jpeg(shade: u8) -> Vec<u8> {
    [
        &[0xff, 0xd8][..],
        &segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        &segment(0xe1, &[b"Exif\0\0II\x2a\0\x08\0\0\0\0\0", SECRET].concat()),
        &segment(0xfe, SECRET),
        &segment(0xda, &[1, 2, 3]),
        &[shade; 500],
        &[0xff, 0xd9],
    ]
    .concat()
}

fn png() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&length[..], kind, content, b"CRC0"].concat()
    };
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &[1; 13]),
        &chunk(b"tEXt", SECRET),
        &chunk(b"IDAT", &[3; 30]),
        &chunk(b"IEND", &[]),
    ]
    .concat()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn written(shell: &Shell, name: &str, bytes: &[u8]) -> String {
    let path = shell.home().join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn client() -> reqwest::Client {
    // A second installation is refused, and means the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// A form of several parts; those with a name in `files` come with the name of a file.
fn form(parts: &[(&str, &[u8])], files: &[&str]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in parts {
        let file = if files.contains(name) { "; filename=\"a.jpg\"\r\ncontent-type: image/jpeg" } else { "" };
        body.extend_from_slice(
            format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    body
}

/// Files a form, and returns the status and the text of the answer.
async fn post(portal: &Portal, path: &str, token: &str, body: Vec<u8>) -> (u16, String) {
    let request = client().post(format!("{}{path}", portal.url())).header("x-api-key", token);
    let response = request.header("content-type", "multipart/form-data; boundary=b").body(body).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// A request at the storm drain, with pictures in these fields.
fn drain<'f>(files: &[(&'f str, &'f [u8])]) -> Vec<(&'f str, &'f [u8])> {
    let fields: [(&str, &[u8]); 2] = [("service_code", b"storm_drain"), ("address_string", b"7 Weir Lane")];
    fields.into_iter().chain(files.iter().copied()).collect()
}

on_both_databases! {
    async fn a_picture_is_sent_and_shown_to_anybody(portal: Portal) {
        let rosa = portal.rosa().await;
        let (one, two) = (written(&rosa, "IMG_1.jpg", &jpeg(7)), written(&rosa, "IMG_2.png", &png()));
        let line = ["request", "new", "storm_drain", "--address", "7 Weir Lane", "--photo", &one, "--photo", &two, "-o", "json"];
        let filed = rosa.run(line).await.ok().json();
        let id = filed["service_request_id"].as_str().unwrap();
        assert_eq!(filed["media_url"], format!("{}/v1/requests/{id}/pictures/1", portal.url()));
        let told = client().get(format!("{}/requests/{id}.json?extensions=true", portal.url())).send().await.unwrap();
        let told: Value = told.json().await.unwrap();
        let urls = told[0]["media_urls"].as_array().unwrap().clone();
        assert_eq!(urls.len(), 2);
        for (url, kind, ending) in [(&urls[0], "image/jpeg", "1.jpg"), (&urls[1], "image/png", "2.png")] {
            let shown = client().get(url.as_str().unwrap()).send().await.unwrap();
            assert_eq!((shown.status().as_u16(), header(&shown, "content-type").as_str()), (200, kind));
            assert_eq!(header(&shown, "content-disposition"), format!("inline; filename=\"{id}-{ending}\""));
            assert_eq!((header(&shown, "x-content-type-options").as_str(), header(&shown, "cache-control").as_str()), ("nosniff", "public, max-age=86400"));
            let bytes = shown.bytes().await.unwrap();
            assert!(!holds(&bytes, SECRET) && (holds(&bytes, &[7; 500]) || holds(&bytes, &[3; 30])));
        }
        let xml = client().get(format!("{}/requests/{id}.xml", portal.url())).send().await.unwrap().text().await.unwrap();
        assert!(xml.contains(&format!("<media_url>{}/v1/requests/{id}/pictures/1</media_url>", portal.url())), "{xml}");
        for missing in [format!("/v1/requests/{id}/pictures/3"), format!("/v1/requests/{id}/pictures/x"), "/v1/requests/REQ-00000000/pictures/1".to_owned()] {
            assert_eq!(Api::anonymous(&portal).get(&missing).await.status, 404, "{missing}");
        }
        let dry = rosa.run(["request", "new", "storm_drain", "--address", "Quay", "--photo", &one, "--dry-run", "-o", "json"]).await.ok().json();
        assert_eq!(dry["photos"], json!([one]));
    }

    /// Every field that clients send pictures in, in both formats; what comes with the form goes before what is on the web.
    async fn every_clients_form_is_understood(portal: Portal) {
        let (token, picture) = (portal.token("rosa").await, jpeg(9));
        for suffix in ["json", "xml"] {
            for field in ["media", "media[]", "photo1", "file_a"] {
                let parts = drain(&[("media_url", b"https://riverton.example/a.jpg"), (field, &picture), ("media", b"")]);
                let (status, text) = post(&portal, &format!("/requests.{suffix}"), &token, form(&parts, &[field])).await;
                assert_eq!(status, 201, "{field}: {text}");
                let id = text.split(['"', '<', '>']).find(|word| word.starts_with("REQ-")).unwrap().to_owned();
                let seen = Api::anonymous(&portal).get(&format!("/requests/{id}.json?extensions=true")).await.ok();
                assert_eq!(seen[0]["media_urls"], json!([format!("{}/v1/requests/{id}/pictures/1", portal.url())]), "{field}");
            }
        }
        // The test endpoint judges a picture too, and keeps none.
        let (status, text) = post(&portal, "/open311/test/requests.json", &token, form(&drain(&[("media", &picture)]), &["media"])).await;
        assert_eq!(status, 201, "{text}");
    }

    async fn a_private_requests_picture_is_for_who_filed_it_and_clerks(portal: Portal) {
        let rosa = portal.rosa().await;
        let photo = written(&rosa, "a.jpg", &jpeg(1));
        let line = ["request", "new", "wellbeing", "--address", "3 Lock Street", "--description", "No light since Monday", "--photo", &photo, "-o", "json"];
        let id = rosa.run(line).await.ok().json()["service_request_id"].as_str().unwrap().to_owned();
        let url = format!("{}/v1/requests/{id}/pictures/1", portal.url());
        assert_eq!(client().get(&url).send().await.unwrap().status().as_u16(), 404);
        for (who, status) in [("tomas", 404), ("rosa", 200), ("nadia", 200)] {
            let shown = client().get(&url).bearer_auth(portal.token(who).await).send().await.unwrap();
            assert_eq!(shown.status().as_u16(), status, "{who}");
            if status == 200 {
                let kept = (header(&shown, "cache-control"), header(&shown, "content-disposition"));
                assert_eq!(kept, ("private, no-store".to_owned(), format!("attachment; filename=\"{id}-1.jpg\"")));
            }
        }
    }

    async fn what_is_no_picture_is_refused(portal: Portal) {
        let token = portal.token("rosa").await;
        let (one, text) = (jpeg(1), b"this is no picture");
        let large = [&jpeg(1)[..jpeg(1).len() - 2], &vec![5; 20_000_000], &[0xff, 0xd9]].concat();
        let many: Vec<(&str, Vec<u8>)> = (0..11).map(|shade| ("media", jpeg(shade))).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|(field, bytes)| (*field, bytes.as_slice())).collect();
        for (files, status, said) in [
            (vec![("photo1", &text[..])], 400, "photo1: the picture is text/plain by its content"),
            (vec![("media", &b"%PDF-1.4\n"[..])], 400, "application/pdf by its content; taken are image/jpeg"),
            (vec![("media", &one[..400])], 400, "media: the picture is broken or cut off"),
            (vec![("media", large.as_slice())], 413, "media: the picture is larger than 20 MB"),
            (many, 400, "at most 10 pictures are kept"),
        ] {
            let (answered, text) = post(&portal, "/requests.json", &token, form(&drain(&files), &["media"])).await;
            assert!(answered == status && text.contains(said), "{answered} {text}, not {said}");
        }
        let update: [(&str, &[u8]); 2] = [("service_request_id", b"REQ-00000000"), ("media", &one)];
        let (status, text) = post(&portal, "/servicerequestupdates.json", &token, form(&update, &["media"])).await;
        assert!(status == 400 && text.contains("an update takes no pictures along"), "{text}");
        let rosa = portal.rosa().await;
        let absent = rosa.run("request new storm_drain --address Quay --photo absent.jpg -o json").await;
        assert_eq!((absent.exit, absent.error()["code"].as_str()), (1, Some("file")));
        let empty = written(&rosa, "empty.jpg", b"");
        assert_eq!(rosa.run(["request", "new", "storm_drain", "--address", "Quay", "--photo", &empty]).await.exit, 1);
        let text = written(&rosa, "a.jpg", b"no picture");
        let refused = rosa.run(["request", "new", "storm_drain", "--address", "Quay", "--photo", &text, "-o", "json"]).await;
        assert!(refused.exit == 6 && refused.error()["message"].as_str().unwrap().contains("text/plain"), "{refused}");
    }

    async fn a_key_stands_for_its_pictures_too(portal: Portal) {
        let rosa = portal.rosa().await;
        let (one, other) = (written(&rosa, "1.jpg", &jpeg(1)), written(&rosa, "2.jpg", &jpeg(2)));
        let file = |photo: String| {
            let line = ["request", "new", "storm_drain", "--address", "7 Weir Lane", "--idempotency-key", "k", "-o", "json", "--photo"];
            rosa.run(line.into_iter().map(str::to_owned).chain([photo]).collect::<Vec<_>>())
        };
        let first = file(one.clone()).await.ok().json();
        assert_eq!(file(one).await.ok().json()["service_request_id"], first["service_request_id"]);
        let refused = file(other).await;
        assert!(refused.exit == 6 && refused.stderr.contains("used for another request"), "{refused}");
    }
}

/// How many files a folder holds, at any depth.
fn files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let count = |path: &Path| if path.is_dir() { files(path) } else { 1 };
    entries.filter_map(Result::ok).map(|entry| count(&entry.path())).sum()
}

on_both_databases! {
    /// Neither one that is cut off nor one whose form is refused leaves anything.
    async fn a_picture_that_is_not_filed_is_not_kept(riverton: Riverton) {
        let served = riverton.serve().await;
        let folder = riverton.documents();
        let address = served.url.strip_prefix("http://").expect("a URL");
        let large = [&jpeg(1)[..500], &vec![6; 8_000_000]].concat();
        let whole = form(&drain(&[("media", &large)]), &["media"]);
        let mut stream = TcpStream::connect(address).await.expect("the portal listens");
        let head = format!(
            "POST /requests.json HTTP/1.1\r\nHost: city\r\nX-API-Key: {}\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
            riverton.token,
            whole.len() + 9_000_000,
        );
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        stream.write_all(&whole[..6_000_000]).await.expect("it is sent");
        eventually("something of it has arrived", async || (files(&folder) > 0).then_some(())).await;
        stream.shutdown().await.expect("it is cut off");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        eventually("nothing of it is left", async || (files(&folder) == 0).then_some(())).await;
        // A picture that came whole, in a form that says nothing of where.
        let picture = jpeg(3);
        let parts: [(&str, &[u8]); 2] = [("media", &picture), ("service_code", b"storm_drain")];
        let request = client().post(format!("{}/requests.json", served.url)).bearer_auth(&riverton.token);
        let request = request.header("content-type", "multipart/form-data; boundary=b").body(form(&parts, &["media"]));
        assert_eq!(request.send().await.unwrap().status().as_u16(), 400);
        assert_eq!(files(&folder), 0);
    }
}
