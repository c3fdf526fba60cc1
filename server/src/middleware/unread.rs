//! The unread rest of a request that is answered early, because it has wrong tokens or its body is
//! over the limit.
//!
//! If a connection is closed while bytes are unread, TCP resets it, and the reset can arrive before
//! the answer (RFC 9112, 9.6): the till would see a broken connection instead of the reason. So the
//! rest is read and dropped, within bounds, before the answer is sent.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

/// The most bytes that are read and dropped: more than any body sent by mistake.
const MOST: usize = 64 * 1024 * 1024;
/// The longest time to read the rest. After that the answer is sent, even if it may be lost.
const LONGEST: Duration = Duration::from_secs(5);

/// Reads the whole request before the answer is sent.
pub(crate) async fn read_to_the_end(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let waits = request.headers().contains_key(header::EXPECT);
    let (parts, body) = request.into_parts();
    let rest = Rest(Arc::new(Mutex::new(Reading { body, begun: false })));
    let request = Request::from_parts(parts, Body::new(rest.clone()));
    let response = next.run(request).await;
    // A caller that sent `Expect` sends its body only after the server begins to read it.
    if !waits || rest.lock().begun {
        // After a timeout the answer is sent anyway.
        let _ = tokio::time::timeout(LONGEST, rest.drop_all()).await;
    }
    response
}

/// A body that the handler reads first, and this middleware afterwards.
#[derive(Clone)]
struct Rest(Arc<Mutex<Reading>>);

struct Reading {
    body: Body,
    begun: bool,
}

impl Rest {
    fn lock(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn drop_all(mut self) {
        let mut dropped = 0;
        while dropped < MOST
            && let Some(Ok(frame)) = self.frame().await
        {
            dropped += frame.data_ref().map_or(0, Bytes::len);
        }
    }
}

impl HttpBody for Rest {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut reading = self.lock();
        reading.begun = true;
        Pin::new(&mut reading.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().body.size_hint()
    }
}
