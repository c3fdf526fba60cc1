//! A walk over every page of a store's panel, for the tests and the bench. A new page is found by
//! its URL or by a link; nobody has to remember it.

use std::collections::{BTreeSet, VecDeque};

use backend::Backend;
use backend::db::Db;
use backend::secrets::{random_token, token_hash};
use reqwest::header::{ACCEPT_ENCODING, COOKIE, HeaderMap, ORIGIN, SET_COOKIE};
use reqwest::{Client, StatusCode, redirect};

/// The most pages that a walk opens.
const MOST_PAGES: usize = 600;

/// The ids with which a pattern is tried, by the noun before the id. The largest of its kind: the
/// client with the most entries, a sale with lines.
const SAMPLES: [(&str, &str); 6] = [
    (
        "clients",
        "SELECT id FROM clients WHERE tenant_id = $1 ORDER BY last_seq DESC LIMIT 1",
    ),
    (
        "sales",
        "SELECT sale_id FROM sale_lines WHERE tenant_id = $1 ORDER BY sale_id DESC LIMIT 1",
    ),
    (
        "returns",
        "SELECT id FROM returns WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1",
    ),
    (
        "tills",
        "SELECT id FROM cashier_nodes WHERE tenant_id = $1 ORDER BY id LIMIT 1",
    ),
    (
        "branches",
        "SELECT id FROM branches WHERE tenant_id = $1 ORDER BY id LIMIT 1",
    ),
    (
        "people",
        "SELECT id FROM panel_users WHERE tenant_id = $1 ORDER BY id LIMIT 1",
    ),
];

/// Pages of things that people make by hand and that the large demo does not have: a look at
/// another programme, a file to import, a range of cards.
const NOT_IN_THE_DEMO: [&str; 3] = [
    "/panel/programme/looks/{id}",
    "/panel/clients/import/{id}",
    "/panel/cards/{id}",
];

/// A person who is signed in to a panel.
pub struct Person {
    http: Client,
    origin: String,
    cookie: String,
}

/// An answer to [`Person::get`].
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it was sent.
    pub body: Vec<u8>,
}

/// A page that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Page {
    /// The pattern of its URL.
    pub pattern: &'static str,
    /// The path with the query.
    pub path: String,
}

/// The result of a walk.
#[derive(Debug, Default)]
pub struct Walk {
    /// One page for each pattern and each set of names in the query.
    pub pages: Vec<Page>,
    /// Patterns that are only posted to, or that lead on to another page.
    pub without_page: Vec<&'static str>,
    /// Patterns for which there is no sample: neither in the list of samples nor a link on a page.
    pub missing: Vec<&'static str>,
}

impl Person {
    /// Signs in to the panel of the server at `origin`.
    ///
    /// # Errors
    /// If the server cannot be reached or refuses the password.
    pub async fn sign_in(origin: &str, login: &str, password: &str) -> Result<Self, String> {
        let http = Client::builder().redirect(redirect::Policy::none());
        let mut person = Self {
            http: http.build().map_err(|error| error.to_string())?,
            origin: origin.to_owned(),
            cookie: String::new(),
        };
        let request = person
            .http
            .post(format!("{origin}/panel/sign-in"))
            .header(ORIGIN, origin)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("login={login}&password={password}"));
        let answer = request.send().await.map_err(|error| error.to_string())?;
        let cookie = answer.headers().get(SET_COOKIE);
        let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
        let cookie = cookie.ok_or_else(|| format!("no session: {}", answer.status()))?;
        person.cookie.push_str(cookie);
        Ok(person)
    }

    /// Gives the first admin of the platform a session, without the code of an app.
    ///
    /// # Errors
    /// If there is no admin.
    pub async fn admin(backend: &Backend, origin: &str) -> Result<Self, String> {
        const INSERT: &str = r"
            INSERT INTO admin_sessions (
                token_hash,
                admin_id,
                user_agent,
                address,
                created_at,
                seen_at,
                confirmed_at
            )
            SELECT $1, MIN(id), '', '', $2, $2, $2
            FROM admins
        ";
        let told = |error: backend::Error| error.to_string();
        let token = random_token().map_err(told)?;
        let params = (token_hash(&token), backend.clock.now().micros());
        let inserted = backend.db.writes().execute(INSERT, params).await;
        inserted
            .and_then(|inserted| inserted.exactly(1))
            .map_err(told)?;
        let http = Client::builder().redirect(redirect::Policy::none());
        Ok(Self {
            http: http.build().map_err(|error| error.to_string())?,
            origin: origin.to_owned(),
            cookie: format!("admin={token}"),
        })
    }

    /// Opens a page. `encoding` is the compression that the browser takes.
    ///
    /// # Errors
    /// If the server does not answer.
    pub async fn get(&self, path: &str, encoding: &str) -> Result<Answer, String> {
        let request = self
            .http
            .get(format!("{}{path}", self.origin))
            .header(COOKIE, &self.cookie)
            .header(ACCEPT_ENCODING, encoding);
        let answer = request.send().await.map_err(|error| error.to_string())?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await.map_err(|error| error.to_string())?;
        Ok(Answer {
            status,
            headers,
            body: body.to_vec(),
        })
    }

    /// Opens every page of the panel: for each of `patterns` a sample, and the links and filters
    /// that the pages offer, each set of names in a query once.
    ///
    /// # Errors
    /// If a page fails.
    pub async fn walk(
        &self,
        db: &Db,
        tenant_id: i64,
        patterns: &'static [&'static str],
    ) -> Result<Walk, String> {
        let mut open = VecDeque::new();
        for pattern in patterns {
            open.extend(sample(db, tenant_id, pattern).await?);
        }
        let mut walk = Walk::default();
        let mut asked: BTreeSet<(&'static str, Vec<String>)> = BTreeSet::new();
        loop {
            let Some(path) = open.pop_front() else {
                let is_asked = |of: &&str| asked.iter().any(|(pattern, _)| *pattern == *of);
                let mut others = patterns.iter().filter(|pattern| !is_asked(pattern));
                // A pattern that is only posted to has no link.
                match others.find(|pattern| pattern.contains('{')) {
                    Some(pattern) => open.push_back(with_id(pattern, 1)),
                    None => return Ok(walk),
                }
                continue;
            };
            let Some(pattern) = pattern_of(&path, patterns) else {
                continue;
            };
            if asked.len() > MOST_PAGES || !asked.insert((pattern, names(&path))) {
                continue;
            }
            let answer = self.get(&path, "identity").await?;
            let body = String::from_utf8_lossy(&answer.body);
            match answer.status {
                StatusCode::OK => {
                    open.extend(ways_on(&body));
                    walk.pages.push(Page { pattern, path });
                }
                StatusCode::SEE_OTHER | StatusCode::METHOD_NOT_ALLOWED => {
                    walk.without_page.push(pattern);
                }
                // An invitation is opened by its secret, and by nobody who is signed in.
                StatusCode::NOT_FOUND if pattern.contains("{secret}") => {}
                StatusCode::NOT_FOUND if is_not_in_the_demo(pattern) => {}
                StatusCode::NOT_FOUND => walk.missing.push(pattern),
                status => return Err(format!("{path}: {status}")),
            }
        }
    }
}

fn is_not_in_the_demo(pattern: &str) -> bool {
    NOT_IN_THE_DEMO
        .iter()
        .any(|absent| pattern.starts_with(absent))
}

async fn sample(db: &Db, tenant_id: i64, pattern: &str) -> Result<Option<String>, String> {
    let Some((before, _)) = pattern.split_once('{') else {
        return Ok(Some(pattern.to_owned()));
    };
    let noun = before.trim_end_matches('/').rsplit('/').next();
    let Some((_, statement)) = SAMPLES.into_iter().find(|(of, _)| Some(*of) == noun) else {
        return Ok(None);
    };
    let found = db.reads().fetch_optional(statement, (tenant_id,)).await;
    let found: Option<(i64,)> = found.map_err(|error| error.to_string())?;
    Ok(found.map(|(id,)| with_id(pattern, id)))
}

fn with_id(pattern: &str, id: i64) -> String {
    let (before, rest) = pattern.split_once('{').unwrap_or((pattern, ""));
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    format!("{before}{id}{after}")
}

/// Returns the pattern that a path has; one without parameters is preferred.
fn pattern_of(path: &str, patterns: &'static [&'static str]) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let matches = |pattern: &&&'static str| {
        let (mut parts, mut of_path) = (pattern.split('/'), path.split('/'));
        loop {
            match (parts.next(), of_path.next()) {
                (None, None) => return true,
                (Some(part), Some(other)) if part == other || part.starts_with('{') => {}
                _ => return false,
            }
        }
    };
    let found = patterns.iter().filter(matches);
    found
        .copied()
        .min_by_key(|pattern| pattern.matches('{').count())
}

/// Returns the names in the query of a path, those without a value left out.
fn names(path: &str) -> Vec<String> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let given = pairs.filter(|(_, value)| !value.is_empty());
    let names: BTreeSet<_> = given.map(|(name, _)| name.to_owned()).collect();
    names.into_iter().collect()
}

/// Returns where a page leads: its links, and for each field of its filters a value.
fn ways_on(body: &str) -> Vec<String> {
    let mut ways: Vec<String> = attributes(body, "href");
    for form in body.split("<form").skip(1) {
        let (tag, rest) = form.split_once('>').unwrap_or((form, ""));
        let inside = rest.split("</form").next().unwrap_or(rest);
        let action = attributes(&format!("{tag} "), "action");
        let is_get = attributes(&format!("{tag} "), "method") != ["post"];
        for action in action.iter().filter(|_| is_get) {
            for select in inside.split("<select").skip(1) {
                let select = select.split("</select").next().unwrap_or(select);
                let name = attributes(select, "name").into_iter().next();
                let value = attributes(select, "value").pop();
                ways.extend(
                    name.zip(value)
                        .map(|(name, value)| format!("{action}?{name}={value}")),
                );
            }
            for input in inside.split("<input").skip(1) {
                let input = input.split('>').next().unwrap_or(input);
                let is_search = ["search", "text", "tel"]
                    .iter()
                    .any(|kind| input.contains(&format!("type=\"{kind}\"")));
                let name = attributes(input, "name").into_iter().next();
                ways.extend(
                    name.filter(|_| is_search)
                        .map(|name| format!("{action}?{name}=10")),
                );
            }
        }
    }
    ways.retain(|way| way.starts_with("/panel"));
    ways
}

/// Returns the values of an attribute in a page, in order.
pub fn attributes(body: &str, name: &str) -> Vec<String> {
    let mark = format!(" {name}=\"");
    let after = body.split(mark.as_str()).skip(1);
    let values = after.filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&amp;", "&")).collect()
}
