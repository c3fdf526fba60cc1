//! What the page shows, as plain data.

/// An API, as its document describes it.
pub struct ApiReference {
    /// The API's name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its own version.
    pub version: String,
    /// The URL before every path.
    pub base_url: String,
    /// The headers that say who is calling.
    pub credentials: Vec<Described>,
    /// The operations, in the order in which a till comes to need them.
    pub operations: Vec<Operation>,
}

/// A name and what it stands for.
pub struct Described {
    /// As it stands in a request or an answer.
    pub name: String,
    /// A sentence.
    pub description: String,
}

/// One method of one path.
pub struct Operation {
    /// Its name in the document, unique there.
    pub id: String,
    /// `POST`
    pub method: String,
    /// `/cashier/sale`
    pub path: String,
    /// A title.
    pub summary: String,
    /// A paragraph.
    pub description: String,
    /// What is sent outside the body.
    pub parameters: Vec<Parameter>,
    /// The JSON body, of an operation that takes one.
    pub body: Option<Body>,
    /// Every answer, by status.
    pub answers: Vec<Answer>,
}

/// A value outside the body.
pub struct Parameter {
    /// Name and meaning.
    pub described: Described,
    /// Where it is sent.
    pub place: Place,
}

/// Where a parameter is sent.
#[derive(Clone, Copy)]
pub enum Place {
    /// A part of the path.
    Path,
    /// Behind the `?`.
    Query,
    /// A header.
    Header,
}

/// A JSON object: its fields, those of the objects listed in it, and an example.
pub struct Body {
    /// Its own fields first.
    pub objects: Vec<Object>,
    /// Indented JSON.
    pub example: String,
}

/// The fields of an object.
pub struct Object {
    /// The list whose items these are; `None` for the body itself.
    pub items_of: Option<String>,
    /// The required ones first.
    pub fields: Vec<Field>,
}

/// A field of an object.
pub struct Field {
    /// Name and meaning.
    pub described: Described,
    /// Its type.
    pub kind: Kind,
    /// Whether a request without it is refused.
    pub is_required: bool,
}

/// A type of JSON.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// An array.
    List,
    /// An object, and everything else.
    Object,
}

/// One status that an operation answers with.
pub struct Answer {
    /// `201`, or a range of statuses.
    pub status: String,
    /// What it means.
    pub description: String,
    /// The codes of failures with this status; empty for a success.
    pub failures: Vec<Failure>,
    /// The answer's data, of a success that has any.
    pub body: Option<Body>,
}

/// A failure by its code.
pub struct Failure {
    /// Code and message.
    pub described: Described,
    /// Indented JSON, of a failure that carries data.
    pub example: Option<String>,
}
