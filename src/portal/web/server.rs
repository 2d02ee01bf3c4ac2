//! Listening: TLS or not, health on a listener of its own, and a drain that loses no request.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{Response, StatusCode},
    routing::{MethodFilter, on},
};
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::exposure::{self, Network};
use crate::portal::{Portal, worker};

/// How long a drain waits for requests that are being answered: less than the 30 s after which an orchestrator kills.
const DRAIN: Duration = Duration::from_secs(20);
/// How long a connection may take to send the head of its first request.
const HEAD_TIME: Duration = Duration::from_secs(20);
/// How long it may rest before the head of the next is there: longer than proxies keep theirs (nginx: 60 s), so that
/// none sends a request into a connection that is being closed.
const NEXT_HEAD_TIME: Duration = Duration::from_secs(75);

/// A certificate chain and its key, PEM.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The chain, the server's own certificate first.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What a portal shows to the network.
#[derive(Debug, Clone)]
pub enum Face {
    /// Plain HTTP: on loopback only.
    Plain,
    /// HTTPS.
    Tls(Tls),
    /// Plain HTTP, to the proxies of these networks only.
    BehindProxy(Vec<Network>),
}

/// A portal that is being served.
pub struct Server {
    portal: Portal,
    address: SocketAddr,
    handle: Handle<SocketAddr>,
    serving: JoinHandle<io::Result<()>>,
    health: Option<(Handle<SocketAddr>, JoinHandle<io::Result<()>>)>,
    stop: CancellationToken,
    worker: JoinHandle<()>,
}

impl Server {
    /// Serves a portal on a listener, with its worker beside it.
    ///
    /// # Errors
    /// If the listener or the certificate cannot be used.
    pub async fn start(portal: Portal, listener: TcpListener, face: Face) -> io::Result<Self> {
        let address = listener.local_addr()?;
        portal.listens_at(format!("{}://{address}", if matches!(face, Face::Tls(_)) { "https" } else { "http" }));
        let (tls, router) = match face {
            Face::Plain => (None, portal.router()),
            Face::Tls(tls) => (Some(tls), portal.router()),
            Face::BehindProxy(proxies) => (None, exposure::only_from(portal.router(), portal.clone(), proxies)),
        };
        let (handle, serving) = serve(router, listener, tls).await?;
        let stop = portal.stopping().clone();
        let worker = background(worker::run(portal.clone(), stop.clone()));
        Ok(Self { portal, address, handle, serving, health: None, stop, worker })
    }

    /// Also tells health, `/livez` and `/readyz`, on another listener.
    ///
    /// # Errors
    /// If the listener cannot be used.
    pub async fn with_health(mut self, listener: TcpListener) -> io::Result<Self> {
        self.health = Some(serve(health(self.portal.clone(), self.stop.clone()), listener, None).await?);
        Ok(self)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new connection, answers every request it has, finishes what they began, and ends.
    ///
    /// # Errors
    /// If the listener had failed.
    pub async fn drain(self) -> io::Result<()> {
        self.stop.cancel();
        self.handle.graceful_shutdown(Some(DRAIN));
        let served = self.serving.await.map_err(io::Error::other)?;
        let tracker = self.portal.tracker();
        tracker.close();
        tracker.wait().await;
        self.worker.await.map_err(io::Error::other)?;
        if let Some((handle, serving)) = self.health {
            handle.shutdown();
            serving.await.map_err(io::Error::other)??;
        }
        self.portal.store().clone().close().await.map_err(io::Error::other)?;
        served
    }
}

async fn serve(
    router: Router,
    listener: TcpListener,
    tls: Option<Tls>,
) -> io::Result<(Handle<SocketAddr>, JoinHandle<io::Result<()>>)> {
    listener.set_nonblocking(true)?;
    let handle = Handle::new();
    let mut server = axum_server::from_tcp(listener)?.handle(handle.clone()).first_request_timeout(HEAD_TIME);
    server.http_builder().http1().header_read_timeout(NEXT_HEAD_TIME);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = match tls {
        Some(tls) => {
            // A second installation is refused, and means the same.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let config = RustlsConfig::from_pem_chain_file(&tls.certificate, &tls.key).await?;
            let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
            background(server.acceptor(acceptor).serve(service))
        }
        None => background(server.acceptor(NoDelayAcceptor::new()).serve(service)),
    };
    Ok((handle, serving))
}

#[expect(
    clippy::disallowed_methods,
    reason = "listeners and the worker change nothing when they end: drain waits for them"
)]
fn background<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::task::spawn(work)
}

/// `/livez`: the process runs. `/readyz`: it can answer, and is not draining.
#[expect(clippy::disallowed_methods, reason = "health is for the operator's own probes, on a listener of its own")]
fn health(portal: Portal, stop: CancellationToken) -> Router {
    let live = on(MethodFilter::GET, async || text(StatusCode::OK, "alive\n"));
    let ready = on(MethodFilter::GET, move || {
        let (portal, stop) = (portal.clone(), stop.clone());
        async move {
            match portal.store().ping().await {
                _ if stop.is_cancelled() => text(StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
                Ok(()) => text(StatusCode::OK, "ready\n"),
                Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be used\n"),
            }
        }
    });
    Router::new().route("/livez", live).route("/readyz", ready)
}

fn text(status: StatusCode, body: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
}
