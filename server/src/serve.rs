//! The socket: serving requests, and a stop that lets requests in flight finish.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

/// The longest time that requests in flight may take to finish after the server is asked to stop.
const GRACE: Duration = Duration::from_secs(30);
/// The time without any request after which the server stops earlier. Idle connections, and those
/// that have sent only a part of a request's head, do not delay the stop any longer.
const QUIET: Duration = Duration::from_secs(2);

/// Serves until `stop` completes. Then accepts no new connections and lets requests in flight
/// finish, for at most half a minute.
///
/// # Errors
/// If the socket fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    // An answer is one small packet. Nagle's algorithm would only delay it.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "cannot set TCP_NODELAY");
        }
    });
    let requests = Requests::default();
    let router = router.layer(from_fn_with_state(requests.clone(), count));
    let (stopping, stopped) = oneshot::channel();
    let graceful = async move {
        stop.await;
        tracing::info!("stopping");
        // The receiver is gone if serving has already ended; then there is nothing to do.
        let _ = stopping.send(());
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(graceful);
    tokio::select! {
        ended = async { serving.await } => ended,
        ending = after_stop(stopped, requests) => {
            match ending {
                Ending::Quiet => tracing::info!("connections without a request are closed"),
                Ending::OutOfTime => tracing::warn!("requests in flight are aborted"),
            }
            Ok(())
        }
    }
}

/// The reason why the server does not wait for the last connections.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    /// No open connection has sent a complete head of a request for [`QUIET`].
    Quiet,
    /// Requests were still in flight after [`GRACE`].
    OutOfTime,
}

async fn after_stop(stopped: oneshot::Receiver<()>, requests: Requests) -> Ending {
    if stopped.await.is_err() {
        // Serving ended without a stop: `serve` returns its result.
        std::future::pending::<()>().await;
    }
    tokio::select! {
        () = requests.quiet() => Ending::Quiet,
        () = tokio::time::sleep(GRACE) => Ending::OutOfTime,
    }
}

/// The number of requests in flight: the head is received and the answer is not ready.
#[derive(Clone, Default)]
struct Requests(watch::Sender<usize>);

struct InFlight(Requests);

impl Requests {
    fn begin(&self) -> InFlight {
        self.0.send_modify(|count| *count += 1);
        InFlight(self.clone())
    }

    /// Completes when there has been no request for [`QUIET`].
    async fn quiet(&self) {
        let mut count = self.0.subscribe();
        loop {
            // Fails only if the sender is dropped, and `self` owns it.
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

/// Completes at the first SIGINT or SIGTERM.
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
    async fn the_stop_does_not_wait_for_a_partial_request_head() {
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
    async fn a_request_in_flight_finishes_before_the_server_stops() {
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
