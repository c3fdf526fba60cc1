//! A test of a PostgreSQL that disappears silently, as when its host loses power: connections stay
//! open, but there are no answers.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use testkit::TestDatabase;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixStream};

use crate::process::assert_ledger_is_sound;
use crate::till::open;

use super::own_postgres::OwnPostgres;

/// A proxy to PostgreSQL that can drop everything from the beginning of a transaction.
struct Way {
    port: u16,
    lost: Arc<AtomicBool>,
}

impl Way {
    async fn to(socket: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let lost = Arc::new(AtomicBool::new(false));
        let (socket, is_lost) = (socket.to_owned(), Arc::clone(&lost));
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                let server = UnixStream::connect(&socket).await.unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(carry(from_client, to_server, Some(Arc::clone(&is_lost))));
                tokio::spawn(carry(from_server, to_client, None));
            }
        });
        Self { port, lost }
    }

    /// Sets whether connections that begin a transaction from now on are lost: what they send does
    /// not reach PostgreSQL, so they get no answers. A lost connection stays lost.
    fn lose(&self, on: bool) {
        self.lost.store(on, Ordering::SeqCst);
    }
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    loses: Option<Arc<AtomicBool>>,
) {
    let mut bytes = vec![0; 65_536];
    let mut is_lost = false;
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let begins = bytes[..count].windows(5).any(|word| word == b"BEGIN");
        let loses = loses.as_ref();
        is_lost |= begins && loses.is_some_and(|loses| loses.load(Ordering::SeqCst));
        if !is_lost && to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_silent_postgres_does_not_block_connections_for_ever() {
    let postgres = OwnPostgres::start();
    let way = Way::to(&postgres.socket()).await;
    let url = format!("postgres://postgres@127.0.0.1:{}/postgres", way.port);
    let (_server, till) = open(&TestDatabase::at(url)).await;
    till.client_with(0).await;
    assert_eq!(till.sell("before").await.status, 201);

    way.lose(true);
    // More sales than the server has connections.
    let selling: Vec<_> = (0..24)
        .map(|number| {
            let till = till.clone();
            tokio::spawn(async move { till.sell(&format!("lost-{number}")).await })
        })
        .collect();
    for sold in selling {
        let answer = sold.await.unwrap();
        assert_eq!(
            (answer.status, answer.code()),
            (503, "timeout"),
            "{answer:?}"
        );
        assert!(answer.retry_after.is_some());
    }

    way.lose(false);
    for number in 0..24 {
        let answer = till.sell(&format!("after-{number}")).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert_eq!(till.balance().await, 25);
    assert_ledger_is_sound(&postgres.database());
}
