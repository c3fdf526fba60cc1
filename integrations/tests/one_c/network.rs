//! Real requests, and the faults that a test chooses.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::rc::Rc;

use bsl::run::{Faulty, Request, Response};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nobody listens: it does not leave.
    Down,
    /// The name is not found.
    Dns,
    /// The certificate is not trusted.
    Certificate,
    /// It arrives, the answer does not.
    Lost,
    /// A proxy's page instead of the server.
    Page,
    /// It arrives, half of the answer comes.
    Cut,
    /// It arrives, an empty answer comes.
    Empty,
    /// The answer begins with a byte order mark.
    Bom,
    /// A limit refuses it.
    Slow,
    /// The server asks for the client's code.
    Presence,
}

/// The faults of the next requests, and what has arrived at the server.
#[derive(Default)]
pub(crate) struct Network {
    pub(crate) faults: RefCell<VecDeque<Fault>>,
    pub(crate) arrived: RefCell<Vec<String>>,
    /// The seconds for which a till has waited in vain.
    pub(crate) waited: Cell<i64>,
    /// The request that was made last.
    pub(crate) last: RefCell<Option<Request>>,
    /// A fault of every request, until it is taken out.
    pub(crate) always: RefCell<Option<Fault>>,
}

impl Network {
    pub(crate) fn send(self: &Rc<Self>, request: &Request) -> Result<Response, Faulty> {
        assert!(request.timeout > 0, "a request without a timeout");
        *self.last.borrow_mut() = Some(request.clone());
        let fault = self
            .faults
            .borrow_mut()
            .pop_front()
            .or(*self.always.borrow());
        let html = |status: u16, body: &str| Response {
            status,
            body: body.as_bytes().to_vec(),
            ..Response::default()
        };
        match fault {
            Some(Fault::Down) => return Err("Couldn't connect to server".to_owned()),
            Some(Fault::Dns) => return Err("Couldn't resolve host name".to_owned()),
            Some(Fault::Certificate) => {
                return Err("Ошибка проверки сертификата сервера".to_owned());
            }
            Some(Fault::Page) => return Ok(html(502, "<html>Bad Gateway</html>")),
            Some(Fault::Slow) => {
                let mut answer = html(
                    429,
                    r#"{"success":false,"error":"x","code":"too_many_requests"}"#,
                );
                answer
                    .headers
                    .push(("Retry-After".to_owned(), "3".to_owned()));
                return Ok(answer);
            }
            Some(Fault::Presence) => {
                return Ok(html(
                    422,
                    r#"{"success":false,"error":"x","code":"presence_code_required","data":{"ask":"Спросите код"}}"#,
                ));
            }
            _ => {}
        }
        let mut answer = exchange(request);
        self.arrived
            .borrow_mut()
            .push(format!("{} {}", request.method, request.path));
        match fault {
            Some(Fault::Lost) => {
                self.waited.set(self.waited.get() + request.timeout);
                return Err("Превышено время ожидания (timeout)".to_owned());
            }
            Some(Fault::Cut) => answer.body.truncate(answer.body.len() / 2),
            Some(Fault::Empty) => answer.body.clear(),
            Some(Fault::Bom) => {
                answer.body.splice(0..0, [0xef, 0xbb, 0xbf]);
            }
            _ => {}
        }
        Ok(answer)
    }
}

/// Sends a request over a connection of its own.
pub(crate) fn exchange(request: &Request) -> Response {
    let mut stream = TcpStream::connect((request.host.as_str(), request.port)).expect("the server");
    let mut head = format!(
        "{} {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\nContent-Length: {}\r\n",
        request.method,
        request.path,
        request.host,
        request.port,
        request.body.len()
    );
    for (name, value) in &request.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&request.body).unwrap();
    let mut said = Vec::new();
    stream.read_to_end(&mut said).unwrap();
    let end = said
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("a head");
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    Response {
        status,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: said[end + 4..].to_vec(),
    }
}
