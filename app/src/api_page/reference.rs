//! The content of the page as plain data.

/// An API, as its document describes it.
pub struct ApiReference {
    /// The API's name.
    pub title: String,
    /// The purpose of the API.
    pub description: String,
    /// The version of the API.
    pub version: String,
    /// The URL before every path.
    pub base_url: String,
    /// The headers that identify the caller.
    pub credentials: Vec<Described>,
    /// The operations, in the order in which a till needs them.
    pub operations: Vec<Operation>,
}

/// A name and its meaning.
pub struct Described {
    /// The name as it is written in a request or an answer.
    pub name: String,
    /// The meaning, one sentence.
    pub description: String,
}

/// One method of one path.
pub struct Operation {
    /// The unique name of the operation in the document.
    pub id: String,
    /// The HTTP method, such as `POST`.
    pub method: String,
    /// The path, such as `/cashier/sale`.
    pub path: String,
    /// A title.
    pub summary: String,
    /// A paragraph.
    pub description: String,
    /// The values that are sent outside the body.
    pub parameters: Vec<Parameter>,
    /// The JSON body, if the operation takes one.
    pub body: Option<Body>,
    /// All answers, sorted by status.
    pub answers: Vec<Answer>,
}

/// A value outside the body.
pub struct Parameter {
    /// Name and meaning.
    pub described: Described,
    /// The place where it is sent.
    pub place: Place,
}

/// The place where a parameter is sent.
#[derive(Clone, Copy)]
pub enum Place {
    /// A part of the path.
    Path,
    /// The query, after the `?`.
    Query,
    /// A header.
    Header,
}

/// A JSON object: its fields, the fields of the objects listed in it, and an example.
pub struct Body {
    /// The fields of the object itself come first.
    pub objects: Vec<Object>,
    /// Indented JSON.
    pub example: String,
}

/// The fields of an object.
pub struct Object {
    /// The list that contains these objects; `None` for the body itself.
    pub items_of: Option<String>,
    /// The fields; the required ones come first.
    pub fields: Vec<Field>,
}

/// A field of an object.
pub struct Field {
    /// Name and meaning.
    pub described: Described,
    /// The type of the field.
    pub kind: Kind,
    /// `true` if a request without the field is refused.
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

/// An answer of an operation, by status.
pub struct Answer {
    /// `201`, or a range of statuses.
    pub status: String,
    /// The meaning of the status.
    pub description: String,
    /// The codes of failures with this status; empty for a success.
    pub failures: Vec<Failure>,
    /// The data of the answer, if it is a success with data.
    pub body: Option<Body>,
}

/// A failure by its code.
pub struct Failure {
    /// Code and message.
    pub described: Described,
    /// Indented JSON, if the failure carries data.
    pub example: Option<String>,
}
