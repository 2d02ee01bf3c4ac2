//! A PostgreSQL server that ends sessions, whose schema changes under prepared statements, or that is not who it says.

#![expect(clippy::disallowed_methods, reason = "a server beside the test is what is tested")]

use std::{path::Path, sync::Arc};

use citytime::{
    params,
    portal::store::{Options, Store, StoreError},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream, UnixStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::Bank;
use crate::support::{
    both::{Database, Fixture},
    eventually::eventually,
    leash, postgres,
};

citytime::queries! {
    /// Ends every other session.
    END_SESSIONS = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    /// Whatever columns there are.
    ANY_ACCOUNT = "SELECT * FROM purses WHERE id = $1";
    /// One more of them.
    ADD_COLUMN = "ALTER TABLE purses ADD COLUMN note TEXT";
    /// Whether answers mean durable.
    DURABLE = "SELECT current_setting('synchronous_commit')";
}

async fn open(url: &str) -> Result<Store, StoreError> {
    Store::open(&url.parse().unwrap(), Options::default()).await
}

#[tokio::test]
async fn ended_sessions_are_replaced() {
    let Some(url) = postgres::database().await else { return };
    let bank = Bank::start(Database::Postgres(url.clone())).await;
    let other = open(&url).await.unwrap();
    let owners = ["anselm", "bettina", "carla", "dario", "emil", "frida", "greta", "hugo"];
    let adding = (0..).zip(owners).map(|(id, owner)| bank.add(id, owner, 0));
    futures_util::future::try_join_all(adding).await.unwrap();
    let ended = other.write((), |tx, ()| Box::pin(async move { tx.one::<(i64,)>(&END_SESSIONS, &[]).await }));
    assert!(ended.await.unwrap_or_else(|error: StoreError| panic!("{error}")).0 >= 1);
    // That a session ended is known when the server's word of it has arrived; until then its unit is refused whole.
    eventually("a session that lives", async || bank.add(100, "rosa", 0).await.ok()).await;
    assert_eq!(bank.purses().await, 9);
}

#[tokio::test]
async fn a_migration_beside_a_running_portal_stops_no_query() {
    let Some(url) = postgres::database().await else { return };
    let bank = Bank::start(Database::Postgres(url.clone())).await;
    bank.add(1, "rosa", 10).await.unwrap();
    let read = || {
        bank.store
            .read((), |tx, ()| Box::pin(async move { tx.one::<(i64, String, i64)>(&ANY_ACCOUNT, &params![1]).await }))
    };
    let before: Result<_, StoreError> = read().await;
    let other = open(&url).await.unwrap();
    let altered = other.write((), |tx, ()| Box::pin(async move { tx.execute(&ADD_COLUMN, &[]).await }));
    altered.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert_eq!(read().await, before);
    assert_eq!(before.unwrap().1, "rosa");
}

/// The tests' cluster is set up to answer before it is durable; a store does not take that.
#[tokio::test]
async fn an_answer_means_durable() {
    let Some(url) = postgres::database().await else { return };
    let store = open(&url).await.unwrap();
    let setting = store.read((), |tx, ()| Box::pin(async move { tx.one::<(String,)>(&DURABLE, &[]).await }));
    assert_eq!(setting.await, Ok::<_, StoreError>(("on".to_owned(),)));
}

/// A server on loopback that speaks TLS with a certificate for `name`, before the tests' cluster. Returns its port.
async fn tls_server(database: &str, certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> u16 {
    let (_, folder) = database.split_once("host=").unwrap();
    let socket = Path::new(folder).join(".s.PGSQL.5432");
    let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = |mut plain: TcpStream, acceptor: TlsAcceptor, mut server: UnixStream| async move {
        // PostgreSQL's SSLRequest, and the answer that it may.
        plain.read_exact(&mut [0; 8]).await?;
        plain.write_all(b"S").await?;
        let mut private = acceptor.accept(plain).await?;
        copy_bidirectional(&mut private, &mut server).await
    };
    tokio::spawn(async move {
        while let Ok((plain, _)) = listener.accept().await {
            let server = UnixStream::connect(&socket).await.unwrap();
            tokio::spawn(serve(plain, acceptor.clone(), server));
        }
    });
    port
}

#[tokio::test]
async fn a_server_is_believed_by_its_certificate_only() {
    let Some(database) = postgres::database().await else { return };
    let name = database.split(['/', '?']).nth(3).unwrap();
    let folder = leash::folder();
    let certificate = |names: &str| rcgen::generate_simple_self_signed([names.to_owned()]).unwrap();
    let (good, misnamed, unknown) =
        (certificate("localhost"), certificate("db.riverton.example"), certificate("localhost"));
    let roots = folder.path().join("roots.pem");
    std::fs::write(&roots, good.cert.pem() + &misnamed.cert.pem()).unwrap();
    let url = |port: u16| {
        let roots = roots.display();
        format!(
            "postgres://postgres@localhost:{port}/{name}?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={roots}"
        )
    };
    let store = open(&url(tls_server(&database, &good).await)).await.unwrap();
    store.ping().await.unwrap();
    let strangers =
        [(&misnamed, "not valid for name \"localhost\""), (&unknown, "invalid peer certificate: BadSignature")];
    for (stranger, why) in strangers {
        let refused = open(&url(tls_server(&database, stranger).await)).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
}
