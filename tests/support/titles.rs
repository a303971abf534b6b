//! Many titles, the same in every run, for the search's laws and benches.
//! Each is one to three words of the field, some with a number, and occurs once.

use tozero::testing::Rng;

#[rustfmt::skip]
const WORDS: [&str; 72] = [
    "function", "platform", "runtime", "container", "event", "trigger", "queue", "stream", "topic",
    "bucket", "table", "cache", "gateway", "route", "region", "zone", "tenant", "account",
    "quota", "limit", "budget", "invoice", "meter", "request", "response", "payload", "header",
    "cookie", "token", "secret", "key", "policy", "role", "identity", "session", "cold",
    "warm", "start", "latency", "timeout", "retry", "backoff", "dead", "letter", "fanout",
    "saga", "workflow", "step", "state", "machine", "schedule", "webhook", "edge", "worker",
    "isolate", "microvm", "sandbox", "image", "layer", "package", "managed", "ephemeral", "stateless",
    "durable", "idempotent", "regional", "global", "elastic", "provisioned", "reserved", "eventual", "lazy",
];

/// Titles of one to three words, some with a number, each once.
pub(crate) fn titles(n: usize) -> Vec<String> {
    let mut rng = Rng::new(20_260);
    let mut titles = std::collections::BTreeSet::new();
    while titles.len() < n {
        let words: Vec<&str> = (0..[1, 2, 2, 3, 3][rng.below(5)])
            .map(|_| WORDS[rng.below(WORDS.len())])
            .collect();
        let number = if rng.below(5) < 3 {
            format!(" {}", rng.below(1000))
        } else {
            String::new()
        };
        titles.insert(words.join(" ") + &number);
    }
    titles.into_iter().collect()
}
