//! What is left of a request that was answered before it was read: wrong tokens, a body over its limit.
//!
//! A connection closed on unread bytes is reset, and its reset overtakes the answer (RFC 9112, 9.6): the till would see
//! a broken connection in place of the reason. So the rest is read and dropped, within bounds, before the answer goes.

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

/// How much is read to be dropped, in bytes: over any body sent by mistake.
const MOST: usize = 64 * 1024 * 1024;
/// How long it may take: an answer is worth no more.
const LONGEST: Duration = Duration::from_secs(5);

/// Answers once the request has been read.
pub(crate) async fn read_to_the_end(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let waits = request.headers().contains_key(header::EXPECT);
    let (parts, body) = request.into_parts();
    let rest = Rest(Arc::new(Mutex::new(Reading { body, begun: false })));
    let request = Request::from_parts(parts, Body::new(rest.clone()));
    let response = next.run(request).await;
    // Who waits to be asked for the body has sent nothing yet.
    if !waits || rest.lock().begun {
        // Past its time the answer goes as it is.
        let _ = tokio::time::timeout(LONGEST, rest.drop_all()).await;
    }
    response
}

/// A body that two can read, one after the other.
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
