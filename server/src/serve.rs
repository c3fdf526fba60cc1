//! The socket: listening, and ending without breaking off what is in flight.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

/// How long requests in flight may take to end once the server is told to stop.
const GRACE: Duration = Duration::from_secs(30);
/// How long nothing must come for it to end sooner: half a head holds no server.
const QUIET: Duration = Duration::from_secs(2);

/// Serves until `stop` ends, then takes no new connections and lets requests in flight end, for
/// at most half a minute.
///
/// # Errors
/// Where the socket fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    // An answer is one small packet; waiting to fill it only delays the till.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    let requests = Requests::default();
    let router = router.layer(from_fn_with_state(requests.clone(), count));
    let (stopping, stopped) = oneshot::channel();
    let graceful = async move {
        stop.await;
        tracing::info!("stopping");
        // Nobody waits for it where serving has ended by itself.
        let _ = stopping.send(());
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(graceful);
    tokio::select! {
        ended = async { serving.await } => ended,
        ending = after_stop(stopped, requests) => {
            match ending {
                Ending::Quiet => tracing::info!("connections without a request are closed"),
                Ending::OutOfTime => tracing::warn!("requests in flight are broken off"),
            }
            Ok(())
        }
    }
}

/// Why the server does not wait for the last connection.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    /// What is still open sends no whole request.
    Quiet,
    OutOfTime,
}

async fn after_stop(stopped: oneshot::Receiver<()>, requests: Requests) -> Ending {
    if stopped.await.is_err() {
        // Serving has ended by itself: let it say so.
        std::future::pending::<()>().await;
    }
    tokio::select! {
        () = requests.quiet() => Ending::Quiet,
        () = tokio::time::sleep(GRACE) => Ending::OutOfTime,
    }
}

/// How many requests are in flight: their heads have come, their answers have not gone.
#[derive(Clone, Default)]
struct Requests(watch::Sender<usize>);

struct InFlight(Requests);

impl Requests {
    fn begin(&self) -> InFlight {
        self.0.send_modify(|count| *count += 1);
        InFlight(self.clone())
    }

    /// Ends when there has been no request for [`QUIET`].
    async fn quiet(&self) {
        let mut count = self.0.subscribe();
        loop {
            // It fails where the sender is gone, and we hold it.
            let _ = count.wait_for(|count| *count == 0).await;
            let next = count.wait_for(|count| *count > 0);
            if tokio::time::timeout(QUIET, next).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

async fn count(State(requests): State<Requests>, request: Request, next: Next) -> Response {
    let _in_flight = requests.begin();
    next.run(request).await
}

/// Ends at the first SIGINT or SIGTERM.
pub async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn half_a_head_is_not_waited_for() {
        let requests = Requests::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/", get(async || "whole"));
        let serving = tokio::spawn(serve(listener, router, async { drop(stopped.await) }));

        let mut connection = TcpStream::connect(address).await.unwrap();
        let whole = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
        connection.write_all(whole).await.unwrap();
        let mut answer = [0; 15];
        connection.read_exact(&mut answer).await.unwrap();
        connection.write_all(b"GET / HT").await.unwrap();
        stop.send(()).unwrap();
        serving.await.unwrap().unwrap();

        let (stopping, stopped) = oneshot::channel();
        stopping.send(()).unwrap();
        assert_eq!(after_stop(stopped, requests).await, Ending::Quiet);
    }

    #[tokio::test]
    async fn what_is_in_flight_ends_before_the_server_does() {
        let (begun, finish) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let slow = {
            let (begun, finish) = (Arc::clone(&begun), Arc::clone(&finish));
            get(async move || {
                begun.notify_one();
                finish.notified().await;
                "finished"
            })
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/", slow);
        let serving = tokio::spawn(serve(listener, router, async { drop(stopped.await) }));

        let mut connection = TcpStream::connect(address).await.unwrap();
        let request = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
        connection.write_all(request).await.unwrap();
        begun.notified().await;
        stop.send(()).unwrap();
        finish.notify_one();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("finished"), "{answer}");
        serving.await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
