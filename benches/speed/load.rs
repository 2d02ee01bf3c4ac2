//! The load generator, the same for every peer: HTTP/1.1 on kept-alive connections, one thread, one request at a time on
//! each connection. It shares the cores with what it loads.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::programs::now;

/// How long connections warm up, uncounted.
const WARM_UP: Duration = Duration::from_millis(200);

/// Loads an address through so many connections; `request` writes a connection's next request. Answers a second.
pub(crate) fn drive(
    address: SocketAddr,
    connections: u64,
    span: Duration,
    request: impl Fn(u64, u64, &mut Vec<u8>),
) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let mut clients = try_join_all((0..connections).map(|number| Client::connect(address, number)))
            .await
            .expect("the portal takes connections");
        work(&mut clients, WARM_UP, &request).await;
        let (counted, took) = work(&mut clients, span, &request).await;
        counted / took.as_secs_f64()
    })
}

async fn work(clients: &mut [Client], span: Duration, request: &impl Fn(u64, u64, &mut Vec<u8>)) -> (f64, Duration) {
    let begun = now();
    let end = begun + span;
    let counts = try_join_all(clients.iter_mut().map(|client| client.work(end, request))).await;
    let counts: Vec<u32> = counts.unwrap_or_else(|error| panic!("the portal does not answer as it should: {error}"));
    (counts.into_iter().map(f64::from).sum(), begun.elapsed())
}

/// A `GET` of a path, with a token where one is asked for.
pub(crate) fn get(path: &str, token: Option<&str>) -> Vec<u8> {
    let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n{authorization}\r\n").into_bytes()
}

/// A `POST` of a JSON body, with more header lines.
pub(crate) fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

struct Client {
    stream: TcpStream,
    number: u64,
    asked: u64,
    sent: Vec<u8>,
    read: Vec<u8>,
}

impl Client {
    async fn connect(address: SocketAddr, number: u64) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, number, asked: 0, sent: Vec::new(), read: vec![0; 64 * 1024] })
    }

    async fn work(&mut self, end: Instant, request: &impl Fn(u64, u64, &mut Vec<u8>)) -> std::io::Result<u32> {
        let mut answered = 0;
        while now() < end {
            self.sent.clear();
            request(self.number, self.asked, &mut self.sent);
            self.asked += 1;
            self.stream.write_all(&self.sent).await?;
            self.answer().await?;
            answered += 1;
        }
        Ok(answered)
    }

    /// Reads one answer whole; any but 200 ends the bench.
    async fn answer(&mut self) -> std::io::Result<()> {
        let mut filled = 0;
        let mut wanted = None;
        while wanted.is_none_or(|wanted| filled < wanted) {
            let length = self.stream.read(&mut self.read[filled..]).await?;
            if length == 0 {
                return Err(std::io::Error::other("it closed the connection"));
            }
            filled += length;
            if wanted.is_none() {
                wanted = whole(&self.read[..filled]);
            }
        }
        let answer = &self.read[..filled];
        if !answer.starts_with(b"HTTP/1.1 200") {
            return Err(std::io::Error::other(String::from_utf8_lossy(answer).into_owned()));
        }
        Ok(())
    }
}

/// How long an answer is in all, once its head is there.
fn whole(read: &[u8]) -> Option<usize> {
    let head = read.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let length = read[..head].split(|&byte| byte == b'\n').find_map(|line| {
        let (name, value) = line.split_at_checked(15)?;
        let value = name.eq_ignore_ascii_case(b"content-length:").then_some(value)?;
        str::from_utf8(value).ok()?.trim().parse::<usize>().ok()
    });
    Some(head + length.expect("answers tell their length"))
}
