//! The lines of the transcripts, by the file they are kept in.
//! Each is a line for `sh` that runs as it stands; those of one scene run in one home folder, one after another.

/// A home folder with the answers of `../answers.json` in it.
macro_rules! answered {
    ($($line:literal)*) => { concat!("tozero import ../answers.json", $("\n", $line),*) };
}

/// A line on a settings file that is given first.
macro_rules! settings {
    ($text:literal, $($line:literal)*) => {
        concat!("mkdir -p .config/tozero; printf '", $text, "' > .config/tozero/config.toml", $("\n", $line),*)
    };
}

/// Files with their scenes.
pub(super) const TABLE: [(&str, &[&str]); 25] = [
    ("tozero", &TOZERO),
    ("define", &DEFINE),
    ("search", &SEARCH),
    ("list", &LIST),
    ("compare", &COMPARE),
    ("judge", &JUDGE),
    ("cost", &COST),
    ("read", &READ),
    ("refs", &REFS),
    ("quiz", &QUIZ),
    ("due", &DUE),
    (
        "next",
        &[
            "tozero next",
            "tozero next --json",
            answered!("tozero next" "tozero next --json"),
            "tozero next more",
        ],
    ),
    ("stats", &STATS),
    ("reset", &RESET),
    ("export", &EXPORT),
    ("import", &IMPORT),
    ("check", &CHECK),
    ("new", &NEW),
    (
        "site",
        &[
            "tozero site out; ls out out/dimensions; cat out/terms/cold-start.html",
            "tozero site out --content ../good --json",
            "tozero site",
            "tozero site --help",
        ],
    ),
    (
        "changelog",
        &["tozero changelog --help", "tozero changelog more"],
    ),
    ("paths", &PATHS),
    ("keys", &KEYS),
    ("completions", &COMPLETIONS),
    (
        "man",
        &[
            "tozero man",
            "tozero man --width 40",
            "tozero man --json",
            "tozero man more",
            "tozero man --help",
        ],
    ),
    ("help", &HELP),
];

const TOZERO: [&str; 29] = [
    "tozero",
    "tozero --json",
    "tozero --plain",
    "tozero --ascii",
    "tozero --color always",
    "tozero --width 40",
    "tozero --lens provider-view",
    "tozero --content ../good",
    "tozero | head -n 2",
    "tozero cold start",
    "tozero cold start --json",
    "tozero --version",
    "tozero -h",
    "tozero --help",
    "tozero --help --width 120",
    "tozero comapre",
    "tozero cold-strat",
    "tozero xyzzy",
    "tozero --nonsense",
    "tozero --color purple",
    "tozero --theme drak",
    "tozero --width 19",
    "tozero --as-of soon",
    "tozero acu --json list terms",
    "tozero --content nowhere",
    "tozero --content ../headless",
    "tozero --config none.toml",
    settings!("thmee = \"dark\"\\nlens = \"no-knob\"\\n[keys]\\nhelp = \"Hyper-x\"\\n", "tozero paths" "tozero acu --json"),
    settings!("theme = \\n", "tozero --lens no-knob" "tozero --width 60"),
];

const DEFINE: [&str; 38] = [
    "printf 'acu\\nxyzzy\\n\\nfaas\\n' | tozero define -",
    "tozero what is serverless",
    "tozero neon vs supabase --width 100",
    "tozero paas vs faas --plain",
    "tozero 'is neon serverless?' --plain",
    "tozero is azure functions serverless",
    "tozero define cold-start",
    "tozero define cold-start --json",
    "tozero define cold-start --plain",
    "tozero define cold-start --ascii",
    "tozero define cold-start --color always",
    "tozero define cold-start --color always --theme light",
    "NO_COLOR=1 tozero define cold-start --width 60",
    "CLICOLOR_FORCE=1 NO_COLOR=1 tozero define cold-start",
    "CLICOLOR_FORCE=1 tozero define cold-start --width 120",
    "TERM=dumb tozero define cold-start",
    "LC_ALL=C tozero define cold-start --width 60",
    "tozero define cold-start --lens provider-view",
    "tozero define Function as a Service",
    "tozero define acu faas",
    "tozero define perspectives/cncf-view",
    "tozero define perspectives/cncf-view --json",
    "tozero define services/aws-lambda",
    "tozero define services/aws-lambda --json",
    "tozero define services/aws-aurora-serverless-v2 --as-of 2023-01 --lens provider-view",
    "tozero define lenses/kehoe-spectrum lenses/no-knobs",
    "tozero define lenses/no-knobs --json",
    "tozero define myths/always-cheaper",
    "tozero define lessons/why-overloaded --width 60",
    "tozero define references/adzic-chatley-economic-impact",
    "tozero define questions/t-cold-start",
    "tozero define questions/t-cold-start --json",
    "tozero define chime bell-one --content ../good",
    "tozero define broken --content ../broken",
    "tozero define xyzzy",
    "tozero define lambda cold --json",
    "tozero define",
    "tozero define --jsno acu",
];

const SEARCH: [&str; 21] = [
    "tozero search what is serverless --limit 4",
    "tozero search what is serverless --json --limit 2",
    "tozero search neon vs supabase",
    "tozero search neon vs supabase --json",
    "tozero search is dynamodb serverless --limit 4",
    "tozero search is dynamodb serverless --lens provider-view --in services --limit 4",
    "tozero search cold start",
    "tozero search cold start --json --limit 5",
    "tozero search cold start --plain --limit 5",
    "tozero search cold start --ascii --width 60 --limit 5",
    "tozero search cold start --color always --limit 5",
    "tozero search provisoned --limit 6",
    "tozero search what costs money while nobody calls --limit 6",
    "tozero search zero --in lessons --width 120",
    "tozero search \"lambda !snapstart provider:aws in:services\"",
    "tozero search --content ../good bell",
    "tozero search xyzzy",
    "tozero search xyzzy --json",
    "tozero search",
    "tozero search zero --in trems",
    "tozero search zero --limit 0",
];

const LIST: [&str; 18] = [
    "tozero list terms",
    "tozero list lessons",
    "tozero list lessons --json",
    "tozero list services",
    "tozero list services --as-of 2015 --lens kehoe-spectrum",
    "tozero list services --json",
    "tozero list services --json --as-of 2015 --lens provider-view",
    "tozero list questions",
    "tozero list references",
    "tozero list perspectives",
    "tozero list lenses --json --ascii",
    "tozero list myths",
    "tozero list terms --json --content ../good",
    "tozero list terms --content ../broken",
    settings!("content = \"../good\"\\n", "tozero list questions" "tozero list questions --content ../bare"),
    "tozero list trems",
    "tozero list",
    "tozero list terms more",
];

const COMPARE: [&str; 23] = [
    "tozero compare",
    "tozero compare --json",
    "tozero compare --plain",
    "tozero compare --ascii",
    "tozero compare --color always",
    "tozero compare --width 60",
    "tozero compare --width 120",
    "tozero compare cncf-view berkeley-view kehoe-spectrum dhh-critique",
    "tozero compare kehoe-spectrum",
    "tozero compare --by idle-cost",
    "tozero compare --by idle-cost --json",
    "tozero compare aws-lambda aws-fargate-ecs",
    "tozero compare aws-lambda aws-fargate-ecs --json --as-of 2015",
    "tozero compare lenses/aws-view lenses/kehoe-spectrum lenses/scale-to-zero-view",
    "tozero compare lenses/aws-view lenses/scale-to-zero-view --json",
    "tozero compare --content ../good",
    "tozero compare aws-lambda cncf-view",
    "tozero compare cncf-veiw",
    "tozero compare services/neon",
    "tozero compare neon turso koyeb modal fauna",
    "tozero compare --by idle-cots",
    "tozero compare --by",
    "tozero compare --content ../bare",
];

const JUDGE: [&str; 29] = [
    "tozero judge azure functions",
    "tozero judge azure functions --json",
    "tozero judge aurora serverless v2",
    "tozero judge aurora serverless v2 --lens provider-view --as-of 2023-01",
    "tozero judge aws-lambda --json",
    "tozero judge aws-lambda --lens kehoe-spectrum",
    "tozero judge aws-lambda --plain --as-of 2013",
    "tozero judge aws-aurora-serverless-v1 --width 60",
    "tozero judge neon --color always",
    "tozero judge bell-one --content ../good",
    "tozero judge aws-lamda",
    "tozero judge lambda",
    "tozero judge",
    "printf '1\\n1\\n1\\n1\\n1\\n1\\n1\\n1\\n1\\n2\\n1\\n1\\n1\\n' | tozero judge",
    "printf '1\\n1\\n1\\n1\\n1\\n1\\n1\\n1\\n1\\n2\\n1\\n1\\n1\\n' | tozero judge --markdown --name Orders",
    "printf '1\\n1\\n1\\n1\\nu\\n1\\n1\\n1\\n1\\n2\\n1\\n1\\nu\\n' | tozero judge --json",
    "printf '1\\n9\\n\\n<\\n\\n2\\n' | tozero judge --plain --ascii",
    "printf '1\\nq\\n' | tozero judge --width 60",
    "tozero judge --blank",
    "tozero judge --blank --content ../good",
    "printf '[answers]\\nquiet-night = \"no\"\\nwho-patches = \"yes\"\\n' > mine.toml; tozero judge --answers mine.toml --name Orders",
    "printf '[answers]\\nquiet-nigth = \"no\"\\nsizes-to-choose = \"5\"\\n' > mine.toml; tozero judge --answers mine.toml",
    "printf '[answers\\n' > mine.toml; tozero judge --answers mine.toml",
    "tozero judge --answers none.toml",
    "tozero judge aws-lambda --answers mine.toml",
    "tozero judge --blank --name Orders",
    "tozero judge --content ../bare",
    "tozero judge aws-lambda --lens no-knob",
    "tozero judge aws-lambda --as-of soon",
];

const COST: [&str; 19] = [
    "tozero cost",
    "tozero cost --json",
    "tozero cost --plain",
    "tozero cost --ascii --width 60",
    "tozero cost --color always",
    "tozero cost aws-lambda neon --sweep",
    "tozero cost aws-lambda neon --sweep --linear --width 120",
    "tozero cost aws-lambda aws-fargate-ecs --sweep --ascii",
    "tozero cost azure-functions-flex-consumption --preset busy-api --stored 5",
    "tozero cost aws-lambda --requests 3M --duration 200 --memory 2GB --peak 4",
    "tozero cost aws-lambda --requests 3M --duration 2s --json --sweep",
    "tozero cost --requests 0",
    "tozero cost bell-one --content ../good",
    "tozero cost aws-lamda",
    "tozero cost --requests many",
    "tozero cost --preset bussy-api",
    "tozero cost --linear",
    "tozero cost --content ../bare",
    "tozero cost neon turso koyeb modal fauna aws-lambda aws-ec2 heroku-eco aws-sqs",
];

const READ: [&str; 14] = [
    "tozero read",
    "tozero read --json",
    "tozero read --color always --width 60",
    "tozero read 1",
    "tozero read 1 --plain",
    "tozero read 1 --ascii --width 60",
    "tozero read why-overloaded --json",
    "tozero read price-of-zero --answers --color always",
    "tozero read price-of-zero --lens provider-view --width 120",
    "tozero read first ring --answers --content ../good",
    "tozero read --content ../bare",
    "tozero read 99",
    "tozero read xyzzy",
    "tozero read --answer",
];

const REFS: [&str; 13] = [
    "tozero refs",
    "tozero refs --json",
    "tozero refs cold start",
    "tozero refs cold start --json",
    "tozero refs acu",
    "tozero refs acu --plain",
    "tozero refs acu --ascii --width 60",
    "tozero refs acu --color always",
    "tozero refs chime --content ../good",
    "tozero refs acu --open 1",
    "tozero refs acu --open 99",
    "tozero refs acu --open 0",
    "tozero refs xyzzy",
];

const QUIZ: [&str; 38] = [
    "printf 'b\\n' | tozero quiz --plain --seed 1 --only bus-rule",
    "printf 'a\\n' | tozero quiz --plain --seed 1 --only bus-rule",
    "printf 'x\\na b\\n\\n:s\\n' | tozero quiz --plain --seed 1 --only bus-rule",
    "printf 'a b\\n' | tozero quiz --plain --seed 7 --only m-provider-traits",
    "printf 'a\\n:q\\n' | tozero quiz --plain --seed 7 --only m-provider-traits",
    "printf 'F\\n:q\\n' | tozero quiz --plain --seed 7 --only tf-broad-floor",
    "printf 'a1\\na1 b1 c2 d1 e1 f2\\n:q\\n' | tozero quiz --plain --seed 7 --only c-strict-sort",
    "printf 'd a e c b\\n' | tozero quiz --plain --seed 7 --only o-break-even",
    "printf 'd a c e b\\n:q\\n' | tozero quiz --plain --seed 7 --only o-break-even",
    "printf 'a1 b2 c3 d4\\n:q\\n' | tozero quiz --plain --seed 7 --only p-camps",
    "printf 'many\\n1,075,000\\n1,075\\n' | tozero quiz --plain --seed 7 --only n-break-even-long",
    "printf 'break-evan\\n:g break-even\\n' | tozero quiz --plain --seed 7 --only t-break-even",
    "printf 'threshold\\nthreshold\\n:q\\n' | tozero quiz --plain --seed 7 --only t-break-even",
    "printf ':h\\n:e\\n:x\\n:u\\n:q\\n' | tozero quiz --plain --seed 7 --only provider-view-floor",
    "printf ':g x\\n:g x\\n:g x\\n:g x\\n\\n' | tozero quiz --plain --seed 7 --only t-saga",
    "printf 'a\\n:u\\nb\\n:g saga\\n' | tozero quiz --seed 7 --only bus-rule,t-saga",
    "printf 'b\\n' | tozero quiz --seed 7 --only bus-rule,t-saga --width 60 --ascii",
    "printf 'b\\n' | tozero quiz --seed 7 --only bus-rule --color always --width 120",
    "printf 'a1 b1\\n' | tozero quiz --seed 7 --only c-strict-sort --lens provider-view",
    "ACCESSIBLE=1 tozero quiz --seed 7 --only bus-rule",
    concat!(
        "printf 'b\\n' | tozero quiz --plain --seed 7 --only bus-rule,t-saga,p-camps\n",
        "printf '\\n:g saga\\n:q\\n' | tozero quiz --plain\n",
        "printf 'n\\n:q\\n' | tozero quiz --plain --width 60 | head -n 4\n",
        "tozero export\n",
        "tozero export --format csv\n",
        "tozero stats"
    ),
    concat!(
        "printf 'a\\n:u\\nb\\n:q\\n' | tozero quiz --plain --seed 7 --only bus-rule,t-saga | tail -n 12\n",
        "tozero export\n",
        "tozero due --json"
    ),
    answered!("tozero quiz --due --json --seed 3" "tozero quiz --missed --json --seed 3" "tozero quiz --seed 3 --count 3"),
    "tozero quiz --json --all --seed 7",
    "tozero quiz --json --topic billing --count 5 --seed 2",
    "tozero quiz --json --new --count 3 --seed 2 --ascii",
    "tozero quiz --topic billing --topic events --count 2 --seed 2",
    "tozero quiz --seed 1 --content ../good",
    "tozero quiz --json --seed 1 --content ../good",
    "tozero quiz --content ../bare",
    "tozero quiz --plain --topic biling",
    "tozero quiz --plain --topic xyzzy",
    "tozero quiz --plain --only no-such",
    "tozero quiz --missed",
    "tozero quiz --count 0",
    "tozero quiz --due --new",
    "XDG_STATE_HOME=/proc/nowhere tozero quiz --seed 7 --only bus-rule",
    "printf 'b\\n' | XDG_STATE_HOME=/proc/nowhere tozero quiz --seed 7 --only bus-rule 2>&1 >/dev/null",
];

const DUE: [&str; 6] = [
    "tozero due",
    "tozero due --json",
    answered!("tozero due" "tozero due --json" "tozero due --content ../good"),
    concat!(
        settings!("recall = 0.7\\n", "tozero import ../answers.json"),
        "\ntozero due"
    ),
    "tozero due soon",
    "mkdir -p .local/state/tozero; printf 'no database at all' > .local/state/tozero/progress.sqlite3; tozero due",
];

const STATS: [&str; 8] = [
    "tozero stats",
    "tozero stats --json",
    answered!(
        "tozero stats"
        "tozero stats --json"
        "tozero stats --plain"
        "tozero stats --ascii --width 60"
        "tozero stats --color always --width 120"
        "tozero stats --content ../good"
    ),
    concat!(
        settings!("recall = 0.97\\n", "tozero import ../answers.json"),
        "\ntozero stats --width 46"
    ),
    "tozero stats more",
    "mkdir -p .local/state/tozero; printf 'no database at all' > .local/state/tozero/progress.sqlite3; tozero stats",
    "mkdir -p .local/state/tozero/progress.sqlite3; tozero stats",
    concat!(
        "tozero import ../answers.json\n",
        "printf '\\000\\000\\000\\002' | dd of=.local/state/tozero/progress.sqlite3 bs=1 seek=60 conv=notrunc 2>/dev/null\n",
        "tozero stats --width 46 | head -n 4\n",
        "printf 'b\\n' | tozero quiz --seed 7 --only bus-rule 2>&1 >/dev/null\n",
        "tozero import ../answers.json"
    ),
];

const RESET: [&str; 8] = [
    answered!(
        "tozero reset --all"
        "printf 'yes\\n' | tozero reset t-cold-start"
        "tozero reset t-cold-start --yes"
        "tozero reset t-cold-start --yes"
        "tozero reset questions/bus-rule --yes --json"
        "tozero reset --all --yes --width 60"
        "tozero reset --all --yes"
        "ls .local/state/tozero | wc -l"
        "for copy in .local/state/tozero/progress.before*; do tozero import $copy > /dev/null; done; tozero export | wc -l"
    ),
    "tozero reset",
    "tozero reset --all --yes",
    "tozero reset t-cold-start --yes --json",
    "tozero reset 'T Cold' --yes",
    "tozero reset t-cold-start --all",
    "HOME=relative tozero reset --all --yes",
    "mkdir -p .local/state/tozero; printf 'no database at all' > .local/state/tozero/progress.sqlite3; tozero reset --all --yes",
];

const EXPORT: [&str; 9] = [
    "tozero export",
    "tozero export --json",
    "tozero export --format csv",
    "tozero export --format anki",
    "tozero export --format anki --content ../good",
    "tozero export --format xml",
    answered!(
        "tozero export"
        "tozero export --format csv"
        "tozero export > out.json; cmp out.json ../answers.json"
        "HOME=$PWD/other tozero import out.json"
        "HOME=$PWD/other tozero export > again.json; cmp out.json again.json"
        "HOME=$PWD/other tozero import out.json"
        "tozero reset bus-rule --yes > /dev/null; tozero import again.json"
        "tozero export > last.json; sed 's/,$//' out.json | sort > a; sed 's/,$//' last.json | sort | cmp - a"
    ),
    "XDG_STATE_HOME=$HOME/state tozero import ../answers.json; ls -a; XDG_STATE_HOME=$HOME/state tozero export | wc -l",
    "mkdir -p .local/state/tozero; printf 'no database at all' > .local/state/tozero/progress.sqlite3; tozero export",
];

const IMPORT: [&str; 14] = [
    answered!("tozero import ../answers.json" "tozero import ../answers.json --json" "ls .local/state/tozero"),
    "tozero import --json ../answers.json",
    concat!(
        "tozero import ../answers.json\n",
        "sed '2s/right/wrong/; 2s/good/again/; 4s/\"undone\":false/\"undone\":true/' ../answers.json > other.json; tozero import other.json"
    ),
    "tozero import none.json",
    "tozero import .",
    "tozero import",
    "sed '2s/right/rihgt/; 6s/bus-rule/Bus Rule/' ../answers.json > in.json; tozero import in.json",
    "sed -E '2s/\"(again|good)\"/null/; 3s/\"day\":/\"day\":1/; 4s/:false}/:maybe}/' ../answers.json > in.json; tozero import in.json",
    "sed -E '2s/\"(again|good)\"/null/; 3s/\"day\":/\"day\":1/' ../answers.json > in.json; tozero import in.json | head -n 3",
    "sed 's/progress/stats/' ../answers.json > in.json; tozero import in.json",
    "sed 's/\"tozero\":1/\"tozero\":2/' ../answers.json > in.json; tozero import in.json",
    "tozero export --format csv > in.csv; tozero import in.csv",
    "tozero export --format anki > in.txt; tozero import in.txt",
    "XDG_STATE_HOME=/dev/null/x tozero import ../answers.json",
];

const CHECK: [&str; 17] = [
    "tozero check",
    "tozero check --json",
    "tozero check --list",
    "tozero check --list --json",
    "tozero check --list --width 120 --color always",
    "tozero check ../good",
    "tozero check ../broken",
    "tozero check ../broken --json",
    "tozero check ../broken --plain --width 60",
    "tozero check ../broken --color always",
    "tozero check --content ../broken --ascii",
    "tozero check ../headless",
    "tozero check nowhere",
    "tozero check --quality",
    answered!("tozero check --quality" "tozero check --quality --json" "tozero check --quality --plain --content ../good"),
    "tozero check --stale soon",
    "tozero check ../good ../broken",
];

const NEW: [&str; 10] = [
    concat!(
        "tozero new my-pack\n",
        "find my-pack -type f | sort\n",
        "cat my-pack/pack.toml my-pack/terms/*.md\n",
        "tozero check my-pack\n",
        "tozero --content my-pack compare --width 60\n",
        "tozero new my-pack"
    ),
    concat!(
        "tozero new --full full\n",
        "tozero check full\n",
        "tozero --content full judge hot-dog --width 60\n",
        "tozero --content full list questions --width 60"
    ),
    "tozero new --full --from-bundled both",
    "tozero new --from-bundled copy; find copy -type f | wc -l; tozero check copy",
    "tozero new my-pack --json",
    "tozero new my-pack --width 40",
    "tozero new",
    "touch there; tozero new there",
    "tozero new /dev/null/x",
    "tozero new my-pack more",
];

const PATHS: [&str; 10] = [
    "tozero paths --sample",
    "tozero paths",
    "tozero paths --json",
    "tozero paths --plain",
    "tozero paths --content ../good",
    "XDG_CONFIG_HOME=/c XDG_STATE_HOME=/s tozero paths",
    "HOME=relative tozero paths",
    "HOME=relative tozero paths --json",
    settings!("content = \"../good\"\\n", "tozero paths" "tozero paths --config /dev/null" "tozero paths --config .config/tozero/config.toml"),
    "tozero paths more",
];

const KEYS: [&str; 7] = [
    "tozero keys",
    "tozero keys --json",
    "tozero keys --plain --width 60",
    "tozero keys --ascii",
    "tozero keys --color always",
    settings!(
        "[keys]\\n\"move.down\" = [\"e\", \"Down\"]\\nhelp = \"Down\"\\nhlep = \"x\"\\n",
        "tozero keys --width 120"
    ),
    "tozero keys more",
];

const COMPLETIONS: [&str; 8] = [
    "tozero completions bash",
    "tozero completions zsh",
    "tozero completions fish",
    "tozero completions elvish",
    "tozero completions powershell",
    "tozero completions bash --json",
    "tozero completions",
    "tozero completions dash",
];

const HELP: [&str; 34] = [
    "tozero help assistants",
    "tozero help environment",
    "tozero help settings",
    "tozero help",
    "tozero help --json",
    "tozero help json",
    "tozero help json --plain --width 60",
    "tozero help define",
    "tozero help search",
    "tozero help list",
    "tozero help compare",
    "tozero help judge",
    "tozero help cost",
    "tozero help read",
    "tozero help refs",
    "tozero help quiz",
    "tozero help due",
    "tozero help stats",
    "tozero help reset",
    "tozero help export",
    "tozero help import",
    "tozero help check",
    "tozero help new",
    "tozero help paths",
    "tozero help keys",
    "tozero help completions",
    "tozero help man",
    "tozero help help",
    "tozero quiz -h",
    "tozero help quiz --json",
    "tozero help cost --width 120",
    "tozero judge --help --ascii",
    "tozero help comapre",
    "tozero help xyzzy",
];
