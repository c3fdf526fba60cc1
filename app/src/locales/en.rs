use super::{HealthTexts, StartTexts, Texts};

/// English.
pub(super) static TEXTS: Texts = Texts {
    start: StartTexts {
        name: "Bonex",
        lead: "A bonus programme for shops. The till knows a customer by phone or card, gives bonuses \
               for a purchase and takes them as payment.",
        facts: [
            (
                "1 bonus = 1 somoni",
                "A customer earns on one purchase and pays on the next, in any branch of the shop.",
            ),
            (
                "Any till",
                "1C, Frontol or a program of your own connects through the Cashier API. No till? A phone will do.",
            ),
            (
                "Exact to the diram",
                "A sale is recorded whole or not at all. A repeated request doubles nothing.",
            ),
        ],
        links_heading: "Where to go next",
        links: [
            ("/cash", "Cashier", "A phone or tablet as a till"),
            (
                "/api/docs",
                "API documentation",
                "A till's requests with examples",
            ),
            (
                "/api/v1/openapi.json",
                "OpenAPI",
                "The same description for programs",
            ),
            ("/healthz", "Liveness", "Whether the server answers"),
        ],
    },
    health: HealthTexts {
        heading: "The server's state",
        unchecked: "Not checked yet",
        checking: "Checking…",
        ready: "Ready to take sales",
        not_ready: "The server answers, but its database does not",
        no_answer: "The server does not answer",
        checked_at: "Checked at",
        check_again: "Check again",
    },
    #[cfg(feature = "ssr")]
    document: super::DocumentTexts {
        title: "Bonex — bonuses for shops",
        description: "A bonus programme for shops: a till gives and takes bonuses in one request.",
        not_found: "There is no such page",
        not_found_advice: "Please check the address: it may be mistyped.",
        home: "To the start page",
    },
    #[cfg(feature = "ssr")]
    cash_document: super::CashDocumentTexts {
        title: "Bonex cashier",
        short_name: "Cashier",
        description: "A till in a phone: find the customer, give bonuses and take them.",
        opening: "Opening the till…",
        no_script: "The cashier needs JavaScript",
        no_script_needs: "It is switched off in this browser. Switch it on and reload the page. Any Chrome, Safari, \
                          Firefox or Edge of the last three years will do.",
        no_script_chrome: "Chrome: Settings → Site settings → JavaScript → allow.",
        no_script_safari: "Safari: the phone's Settings → Safari → Advanced → JavaScript.",
        not_started: "The cashier did not start",
        not_started_advice: "Check the internet and open it again. If that does not help, update the browser: any of the \
                             last three years will do.",
        open_again: "Open again",
    },
};
