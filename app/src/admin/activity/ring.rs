//! The last 24 hours of a till as a ring: an arc for each hour, clockwise, and now on top.

use leptos::prelude::*;

use super::hour::{Day, HOURS, Hour, share, thousandths};

/// The centre of the ring, and the radius at which arcs begin, in thousandths as all lengths here.
const CENTRE: i64 = 164_000;
const INNER: i64 = 84_000;

/// The angles of the first quarter at which arcs begin or end, in degrees, with their sines in
/// millionths.
const SINES: [(i64, i64); 12] = [
    (1, 17_452),
    (14, 241_922),
    (16, 275_637),
    (29, 484_810),
    (31, 515_038),
    (44, 694_658),
    (46, 719_340),
    (59, 857_167),
    (61, 874_620),
    (74, 961_262),
    (76, 970_296),
    (89, 999_848),
];

/// The words around and in the ring.
pub(super) struct Words {
    /// A sentence with the result, for a screen reader.
    pub(super) sentence: String,
    /// The moment on top.
    pub(super) now: String,
    /// The hours six, twelve and eighteen hours after the beginning.
    pub(super) quarters: [String; 3],
    /// The figure in the middle.
    pub(super) big: String,
    /// The lines below it.
    pub(super) small: [String; 2],
}

/// Renders the ring.
pub(super) fn ring(day: &Day, words: Words) -> AnyView {
    let arcs = day.iter().enumerate();
    let arcs = arcs
        .map(|(place, hour)| arcs_of(place, day, hour))
        .collect_view();
    let Words {
        sentence,
        now,
        quarters: [first, second, third],
        big,
        small: [middle, bottom],
    } = words;
    view! {
        <svg class="ring" viewBox="0 0 328 328" role="img" aria-label=sentence>
            <circle class="rail" cx="164" cy="164" r="86"></circle>
            {arcs}
            <line class="hand" x1="164" x2="164" y1="20" y2="80"></line>
            <line class="rail" x1="252" y1="164" x2="298" y2="164"></line>
            <text x="314" y="169">
                {first}
            </text>
            <line class="rail" x1="164" y1="252" x2="164" y2="298"></line>
            <text x="164" y="322">
                {second}
            </text>
            <line class="rail" x1="76" y1="164" x2="30" y2="164"></line>
            <text x="14" y="169">
                {third}
            </text>
            <text x="164" y="13">
                {now}
            </text>
            <text class="big" x="164" y="164">
                {big}
            </text>
            <text class="mid" x="164" y="186">
                {middle}
            </text>
            <text class="mid" x="164" y="206">
                {bottom}
            </text>
        </svg>
    }
    .into_any()
}

fn arcs_of(place: usize, day: &Day, hour: &Hour) -> AnyView {
    let arc = |class: &'static str, from: i64, to: i64| {
        view! { <path class=class d=arc(place, from, to)></path> }
    };
    let contact = if hour.sales > 0 {
        let class = if place + 1 == HOURS { "going" } else { "sales" };
        Some(arc(class, INNER, 90_000 + 36 * share(day, hour.sales)))
    } else {
        (hour.requests > hour.refusals).then(|| arc("seen", INNER, 88_000))
    };
    let refused = (hour.refusals > 0).then(|| arc("refused", 130_000, 136_000));
    view! {
        {contact}
        {refused}
    }
    .into_any()
}

/// Returns the path of an arc of 13 degrees with a gap of one on either side.
fn arc(place: usize, inner: i64, outer: i64) -> String {
    let begin = |radius| point(place, 1, radius);
    let end = |radius| point(place, 14, radius);
    let (start, first) = (begin(inner), begin(outer));
    let (second, third) = (end(outer), end(inner));
    let (inner, outer) = (thousandths(inner), thousandths(outer));
    format!(
        "M{start}L{first}A{outer} {outer} 0 0 1 {second}L{third}A{inner} {inner} 0 0 0 {start}Z"
    )
}

/// Returns the point at `degrees` behind the beginning of an hour, clockwise from the top.
fn point(place: usize, degrees: i64, radius: i64) -> String {
    let sine = |degrees: i64| {
        let known = SINES.iter().find(|(angle, _)| *angle == degrees);
        known.map_or(0, |(_, sine)| *sine)
    };
    // Six hours are a quarter.
    let (quarter, hour) = (place / 6, i64::try_from(place % 6).unwrap_or_default());
    let angle = hour * 15 + degrees;
    let (sine, cosine) = (sine(angle), sine(90 - angle));
    let (x, y) = match quarter {
        0 => (sine, -cosine),
        1 => (cosine, sine),
        2 => (-sine, cosine),
        _ => (-cosine, -sine),
    };
    let at = |part: i64| thousandths(CENTRE + radius * part / 1_000_000);
    format!("{} {}", at(x), at(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_an_arc_clockwise_from_the_top() {
        // From 1 to 14 degrees, and the same a quarter, a half and three quarters further.
        let path = arc(0, 84_000, 126_000);
        assert_eq!(
            path,
            "M165.465 80.013L166.198 38.020A126.000 126.000 0 0 1 194.482 41.743\
             L184.321 82.495A84.000 84.000 0 0 0 165.465 80.013Z"
        );
        for (place, first) in [
            (6, "247.987 165.465"),
            (12, "162.535 247.987"),
            (18, "80.013 162.535"),
        ] {
            assert!(arc(place, 84_000, 126_000).starts_with(&format!("M{first}L")));
        }
    }
}
