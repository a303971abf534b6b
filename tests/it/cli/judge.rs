//! `judge` and the comparisons of services and lenses: every form, every exit status, whole interviews.
//! The verdicts expected here were worked out from the facts and the rules, not copied from an answer.

use serde_json::Value;

use super::{Run, folder, tozero};

/// The answers to the twelve questions and the name, one a line.
fn lines(answers: &str) -> String {
    answers.split(' ').map(|a| format!("{a}\n")).collect()
}

#[test]
fn a_service_is_judged_with_its_proof() {
    for (words, id) in [
        ("aurora serverless v2", "aws-aurora-serverless-v2"),
        ("aws-lambda", "aws-lambda"),
        ("AWS Lambda (on demand)", "aws-lambda"),
        ("services/neon", "neon"),
    ] {
        assert_eq!(
            tozero(&format!("judge {words}")).answer(),
            tozero(&format!("define services/{id}")).answer(),
            "{words}"
        );
    }
    let then = tozero("judge aurora serverless v2 --lens provider-view --as-of 2023-01").answer();
    assert!(
        then.contains("+ serverless as of 2023-01  by The provider's answer"),
        "{then}"
    );
    let strict = tozero("judge aurora serverless v2 --as-of 2023-01").answer();
    assert!(
        strict.contains("! serverless in name as of 2023-01  by Scale to zero"),
        "half a unit was held in 2023: {strict}"
    );
}

#[test]
fn a_day_outside_a_service_life_is_told() {
    let early = tozero("judge aws-lambda --as-of 2013").answer();
    assert!(
        early.contains("it was not sold yet; it was first available on 2014-11-13"),
        "{early}"
    );
    let json: Value =
        serde_json::from_str(&tozero("judge aws-lambda --as-of 2013 --json").answer()).unwrap();
    assert_eq!(
        (json["status"].as_str(), json["verdict"].is_null()),
        (Some("not-yet"), true)
    );
    let gone = tozero("judge fauna").answer();
    assert!(gone.contains("Retired since 2025-05-30"), "{gone}");
    let after: Value =
        serde_json::from_str(&tozero("judge fauna --as-of 2026 --json").answer()).unwrap();
    assert_eq!(
        (after["status"].as_str(), after["retired"].as_str()),
        (Some("retired"), Some("2025-05-30"))
    );
}

#[test]
fn a_judgment_is_pinned() {
    let json: Value =
        serde_json::from_str(&tozero("judge aws-fargate-ecs --json").answer()).unwrap();
    assert_eq!(
        (json["verdict"].as_str(), json["lens"].as_str()),
        (Some("in-name"), Some("scale-to-zero-view"))
    );
    let zero = &json["proof"][2];
    let told = (
        zero["fact"].as_str(),
        zero["answer"].as_str(),
        zero["asked"].as_str(),
        zero["met"].as_bool(),
    );
    assert_eq!(
        told,
        (Some("scale_to_zero"), Some("no"), Some("yes"), Some(false))
    );
    let score: Value =
        serde_json::from_str(&tozero("judge aws-lambda --lens kehoe-spectrum --json").answer())
            .unwrap();
    assert_eq!(
        (score["score"].as_f64(), score["verdict"].is_null()),
        (Some(9.5), true)
    );
}

#[test]
fn a_service_that_is_not_there_is_a_miss() {
    let said = tozero("judge aws-lamda").fault(1);
    assert!(
        said.starts_with(
            "tozero: there is no service called aws-lamda\nhelp: did you mean\n        aws-lambda "
        ),
        "{said}"
    );
    // What people mean by it is one; a word of several names is all of them.
    assert!(
        tozero("judge lambda")
            .answer()
            .starts_with("AWS Lambda (on demand)\n")
    );
    let said = tozero("judge azure functions").answer();
    assert!(
        said.lines().count() > 1 && said.contains("+ serverless"),
        "{said}"
    );
    assert_eq!(
        tozero("judge xyzzy").fault(1),
        "tozero: there is no service called xyzzy\nhelp: tozero list services names them all\n"
    );
    let said = tozero("judge aws-lambda --as-of soon").fault(2);
    assert!(
        said.starts_with("tozero: soon is no value for --as-of"),
        "{said}"
    );
    assert!(
        tozero("judge aws-lambda --answers x.toml")
            .fault(2)
            .contains("cannot stand with")
    );
    assert!(
        tozero("judge --blank --name N")
            .fault(2)
            .contains("cannot stand with")
    );
}

/// A function behind a gateway: all met but a size per call.
const FUNCTION: &str = "1 1 1 1 1 1 1 1 1 2 1 1 2 1";

#[test]
fn an_interview_reads_as_it_went() {
    let said = tozero("judge").input(&lines(FUNCTION)).answer();
    let opening = "Judge your own service\n14 questions. Answer each as the service is today: a number or its letter, u for\n\
        unsure, < to go back, q to quit.\n\nQuestion 1 of 14\n";
    assert!(said.starts_with(opening), "{said}");
    assert!(
        said.contains("\n> 2\n  The famous slider. It reserves nothing"),
        "{said}"
    );
    assert!(
        said.contains("\nYour service\n────────────\n\n14 answers, none of them unsure.\n"),
        "{said}"
    );
    assert!(
        said.contains("\n+ serverless\nEverything it asks is met.\n"),
        "a size passes the article's lens: {said}"
    );
    assert!(
        said.contains("~ nearly serverless") && said.contains("hides infrastructure"),
        "but not the strictest: {said}"
    );
    assert!(
        said.contains("· AWS Lambda (on demand)  the same in all six facts\n"),
        "{said}"
    );
    assert!(
        said.contains("\n## Is this service serverless?\n"),
        "{said}"
    );
    let text = tozero("judge --markdown --name Orders")
        .input(&lines(FUNCTION))
        .say();
    assert!(
        text.stdout.starts_with("## Is Orders serverless?\n"),
        "nothing stands in its way: {}",
        text.stdout
    );
}

#[test]
fn answers_can_be_taken_back_kept_and_misspelled() {
    let said = tozero("judge")
        .input("1\nxyz\n\n9\na\n<\n\nback\nu\nQUIT\n")
        .answer();
    assert!(
        said.contains("> xyz\nxyz is no answer here: a number from 1 to 3, u, < or q.\n> "),
        "asked again at once: {said}"
    );
    assert!(
        said.contains("Nothing is no answer here:") && said.contains("9 is no answer here:"),
        "{said}"
    );
    assert!(
        said.contains("Your answer so far: 1. Enter keeps it.\n> \n"),
        "{said}"
    );
    assert!(said.contains("Question 3 of 14 · 1 unsure\n"), "{said}");
    assert!(
        said.ends_with("> QUIT\nStopped at question 3 of 14; nothing was judged.\n"),
        "{said}"
    );
    let first = tozero("judge").input("<\nq\n").answer();
    assert!(
        first.contains("> <\nThis is the first question.\n> q\n"),
        "{first}"
    );
}

#[test]
fn the_end_of_the_input_ends_it_politely() {
    let nothing = tozero("judge").answer();
    assert!(
        nothing.ends_with("> \nStopped at question 1 of 14; nothing was judged.\n"),
        "{nothing}"
    );
    let some = tozero("judge").input("1\n1\n").answer();
    assert!(
        some.contains(
            "\nThe input ends here; questions 3 to 14 count as unsure.\n\nYour service\n"
        ),
        "{some}"
    );
    assert!(some.contains("14 answers, 12 of them unsure."), "{some}");
    let most = tozero("judge")
        .input(&lines("1 1 1 1 1 1 1 1 1 2 1 1 2"))
        .answer();
    assert!(
        most.contains("The input ends here; question 14 counts as unsure."),
        "{most}"
    );
    // Noise is an answer to nothing and never an end.
    let mut child = tozero("judge")
        .input(&format!("{}\nq\n", "\u{1b}]0;x\u{7}".repeat(3000)))
        .answer();
    assert!(
        child.pop() == Some('\n') && !child.contains('\u{1b}'),
        "{child}"
    );
}

#[test]
fn what_is_unsure_stays_a_range() {
    let said = tozero("judge --json")
        .input(&lines("1 1 1 1 u 1 1 1 1 2 1 1 2 u"))
        .say();
    assert_eq!(said.status, 0);
    assert!(
        said.stderr.contains("Question 5 of 14"),
        "questions are not in the way: {}",
        said.stderr
    );
    let own: Value = serde_json::from_str(&said.stdout).unwrap();
    let strict = own["lenses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["lens"] == "scale-to-zero-view")
        .unwrap();
    // The quiet night decides: a plain no would leave the name or nothing at all.
    assert_eq!(
        (strict["worst"].as_str(), strict["best"].as_str()),
        (Some("not"), Some("serverless"))
    );
    assert_eq!(
        strict["open"],
        serde_json::json!(["quiet-night", "called-serverless"])
    );
    let loose = own["lenses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["lens"] == "provider-view")
        .unwrap();
    assert_eq!(
        (loose["settled"].as_bool(), loose["worst"].as_str()),
        (Some(true), Some("serverless"))
    );
}

#[test]
fn answers_come_from_a_file() {
    let blank = tozero("judge --blank").answer();
    assert!(
        blank.contains("\n# Nobody calls for a whole night.")
            && blank.contains("\nquiet-night = \"unsure\"\n"),
        "{blank}"
    );
    let home = folder(&[
        ("blank.toml", &blank),
        (
            "mine.toml",
            "name = \"Order API\"\n[answers]\nwho-patches = \"yes\"\nquiet-night = \"no\"\ncalled-serverless = \"no\"\n",
        ),
        (
            "bad.toml",
            "[answers]\nquiet-nigth = \"no\"\nsizes-to-choose = \"5\"\n",
        ),
        ("torn.toml", "[answers\n"),
    ]);
    let at = |arguments: &str, file: &str| {
        Run::new(["judge", "--answers"])
            .arg(home.path().join(file))
            .arg_each(arguments)
    };
    assert!(
        at("", "blank.toml")
            .answer()
            .contains("14 answers, 14 of them unsure.")
    );
    let mine = at("", "mine.toml").answer();
    assert!(
        mine.starts_with("Order API\n─────────\n") && mine.contains("\n- not serverless\n"),
        "a plain no decides: {mine}"
    );
    assert!(
        at("--name Checkout", "mine.toml")
            .answer()
            .starts_with("Checkout\n"),
        "a flag beats the file"
    );
    let text = at("--markdown", "mine.toml").answer();
    assert!(
        text.starts_with("## Is Order API serverless?\n") && !text.contains("Your answers"),
        "{text}"
    );
    assert!(
        text.contains(
            "`scale-to-zero-view`): not serverless. Decided by scales to zero (no; asked: yes)."
        ),
        "{text}"
    );
    let said = at("", "bad.toml").fault(2);
    assert!(
        said.contains("bad.toml:2:1\n") && said.contains("2 | quiet-nigth = \"no\"\n"),
        "{said}"
    );
    assert!(
        said.contains("did you mean `quiet-night`?") && said.contains("bad.toml:3:19\n"),
        "both at once: {said}"
    );
    assert!(
        said.contains("tozero: nothing was judged: ") && said.ends_with(" has mistakes\n"),
        "{said}"
    );
    assert!(at("", "torn.toml").fault(2).contains("torn.toml:1:"));
    assert!(
        at("", "none.toml")
            .fault(2)
            .contains("cannot be read: there is no such file")
    );
}

#[test]
fn a_pack_without_a_checklist_says_so() {
    let bare = folder(&[(
        "pack.toml",
        "format = 1\ntitle = \"T\"\nlanguage = \"en\"\nsummary = \"S\"\n",
    )]);
    let said = Run::new(["judge", "--content"]).arg(bare.path()).fault(2);
    assert!(
        said.starts_with("tozero: this pack has no checklist to judge by\nhelp: "),
        "{said}"
    );
}

#[test]
fn services_stand_side_by_side() {
    let wide = tozero("compare aws-lambda aws-fargate-ecs").answer();
    assert!(
        wide.starts_with(
            "Services side by side\n─────────────────────\n\nRead through: Scale to zero"
        ),
        "{wide}"
    );
    assert!(
        wide.contains("\n+ serverless                             ! serverless in name\n"),
        "{wide}"
    );
    assert!(wide.contains("\nScales to zero · asks yes  ≠ differ\nyes  + met                               no  × missed\n"), "{wide}");
    assert!(
        wide.contains("\nProvider managed · not asked  = same\n"),
        "{wide}"
    );
    let plain = tozero("compare aws-lambda aws-fargate-ecs --plain").answer();
    assert!(
        plain.contains("\nVerdict  ≠ differ\nAWS Lambda (on demand)\n  + serverless\n"),
        "{plain}"
    );
    let then = tozero("compare aws-lambda aws-aurora-serverless-v2 --as-of 2015").answer();
    assert!(
        then.contains("it was not sold yet") && then.contains("As of 2015."),
        "{then}"
    );
    let held = tozero("compare aws-lambda aws-aurora-serverless-v2 --as-of 2023").answer();
    assert!(held.contains("as it was until 2024-11-20"), "{held}");
    let carried = tozero("compare neon aws-lambda --as-of 2015").answer();
    assert!(
        carried.contains("its facts of 2026-09 are carried back"),
        "{carried}"
    );
    assert_eq!(
        tozero("compare services/aws-lambda services/neon").answer(),
        tozero("compare aws-lambda neon").answer()
    );
    let alone = tozero("compare services/neon").fault(2);
    assert_eq!(
        alone,
        "tozero: one service alone cannot be compared\nhelp: name a second one, or see it alone with `tozero judge neon`\n"
    );
    let five = "compare neon turso koyeb modal fauna";
    assert_eq!(
        tozero(five).fault(2),
        "tozero: 5 services are too many, 4 are the most\n"
    );
}

#[test]
fn lenses_are_asked_where_they_disagree() {
    let both = tozero("compare lenses/aws-view lenses/scale-to-zero-view").answer();
    assert!(
        both.contains("\nThey disagree on ") && both.contains(" of 127 services.\n"),
        "{both}"
    );
    assert!(
        both.contains("  serverless by aws, serverless in name by scale to zero\n"),
        "{both}"
    );
    assert!(
        both.contains("\nNeon                                     hides infrastructure\n"),
        "{both}"
    );
    assert_eq!(
        tozero("compare lenses/aws-view").answer(),
        both,
        "the lens that is on stands beside one alone"
    );
    assert_eq!(
        tozero("compare lenses/aws-view scale-to-zero-view").answer(),
        both,
        "one address decides for all"
    );
    let score = tozero("compare lenses/kehoe-spectrum lenses/scale-to-zero-view").answer();
    assert!(
        score.contains("What kehoe spectrum scores by each verdict of scale to zero\nserverless: "),
        "{score}"
    );
    assert!(
        !score.contains("disagree on"),
        "a score draws no line: {score}"
    );
    let json: Value = serde_json::from_str(
        &tozero("compare lenses/aws-view lenses/scale-to-zero-view --json").answer(),
    )
    .unwrap();
    let all = json["disagreements"].as_array().unwrap();
    assert!(both.contains(&format!("They disagree on {} of 127", all.len())));
    let neon = all.iter().find(|d| d["service"] == "neon").unwrap();
    assert_eq!(
        neon["deciding"],
        serde_json::json!(["hides_infrastructure"])
    );
}

#[test]
fn kinds_are_not_mixed() {
    let said = tozero("compare aws-lambda cncf-view").fault(2);
    let expected = "tozero: aws-lambda is a service and cncf-view is a perspective: they cannot stand side by side\n\
        help: compare perspectives, services or lenses among themselves; lenses/ID says which is meant\n";
    assert_eq!(said, expected);
    let said = tozero("compare aws-lambda neonn").fault(1);
    assert!(
        said.starts_with("tozero: there is no service called neonn\n"),
        "the other word decides: {said}"
    );
}

#[test]
fn json_is_refused_where_there_is_none_and_nothing_is_judged() {
    for arguments in ["man --json", "completions bash --json"] {
        let said = tozero(arguments).fault(2);
        assert!(
            said.contains("this command prints no json"),
            "{arguments}: {said}"
        );
    }
    let said = tozero("judge --json").say();
    assert_eq!((said.status, said.stdout.as_str()), (1, ""));
    assert!(
        said.stderr.contains("nothing was judged"),
        "{}",
        said.stderr
    );
}
