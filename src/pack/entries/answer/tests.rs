//! Tests of answers: every kind of question, and what is wrong with one.

use super::*;
use crate::pack::address::Address;
use crate::pack::entries::question::Question;
use crate::pack::entries::samples;
use crate::pack::entry::{Entry, read_entry};

/// A question of a kind from its own keys and its body, and the problems it has.
#[track_caller]
fn check(keys: &str, body: &str, expected: &[(&str, &str)]) -> Option<Box<Question>> {
    let source = format!("+++\n{keys}\ntopic = \"data\"\ndifficulty = 2\n+++\n\n{body}");
    match samples::check("questions/x.md", &source, expected) {
        Some(Entry::Question(question)) => Some(question),
        _ => None,
    }
}

const CHOICES: &str = "What becomes *of it*?

> Count.

- [x] It is dropped
  > Two [retries](../terms/retry.md).
- [ ] It waits
  > Nothing keeps it.
  >
  > Myth: [It waits.](../myths/it-waits.md)

---

AWS tries [again](../terms/again.md).
";

fn single(from: &str, to: &str, expected: &[(&str, &str)]) -> Option<Box<Question>> {
    assert!(CHOICES.contains(from), "{from}");
    check("kind = \"single\"", &CHOICES.replace(from, to), expected)
}

#[test]
fn choices_have_reasons_and_myths() {
    let question = single("", "", &[]).unwrap();
    let AnswerKind::Single(choices) = &question.answer else {
        panic!("single")
    };
    let told: Vec<_> = choices
        .iter()
        .map(|c| {
            (
                c.right,
                c.text.text().to_string(),
                c.why.text().to_string(),
                c.myth.as_deref(),
            )
        })
        .collect();
    let expected = [
        (
            true,
            "It is dropped".to_owned(),
            "Two retries.".to_owned(),
            None,
        ),
        (
            false,
            "It waits".to_owned(),
            "Nothing keeps it.".to_owned(),
            Some("it-waits"),
        ),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        (
            choices[0].why.links.len(),
            choices[1].why.links.len(),
            question.explanation.links.len()
        ),
        (1, 0, 1)
    );
    let texts = [
        &question.prompt,
        question.hint.as_ref().unwrap(),
        &question.explanation,
    ]
    .map(|doc| doc.text().to_string());
    assert_eq!(texts, ["What becomes of it?", "Count.", "AWS tries again."]);
    assert_eq!(
        (
            &*question.topic,
            question.difficulty,
            question.answer.word()
        ),
        ("data", 2, "single")
    );
}

#[test]
fn what_is_wrong_with_choices() {
    let list = CHOICES.get(CHOICES.find("- [x]").unwrap()..CHOICES.find("\n\n---").unwrap());
    let list = list.unwrap();
    single(
        "[x]",
        "[ ]",
        &[("answer-missing", &list.replace("[x]", "[ ]"))],
    );
    single(
        "[ ]",
        "[x]",
        &[("answer-twice", &list.replace("[ ]", "[x]"))],
    );
    assert!(check("kind = \"several\"", &CHOICES.replace("[ ]", "[x]"), &[]).is_some());
    let reason = "  > Two [retries](../terms/retry.md).\n";
    single(reason, "", &[("reason-missing", "- [x] It is dropped")]);
    single(
        "It waits\n",
        "it is  dropped\n",
        &[("item-twice", "- [ ] it is  dropped")],
    );
    single("- [ ] ", "- ", &[("answer-form", "- It waits")]);
    let (myth, term) = ("(../myths/it-waits.md)", "(../terms/it-waits.md)");
    single(myth, term, &[("myth-form", "- [ ] It waits")]);
}

#[test]
fn what_is_wrong_around_choices() {
    single(
        "What becomes *of it*?\n\n",
        "",
        &[("prompt-missing", "+++")],
    );
    let explanation = "---\n\nAWS tries [again](../terms/again.md).";
    single(explanation, "", &[("explanation-missing", "+++")]);
    single(
        "\n---\n",
        "\nBecause:\n\n---\n",
        &[("answer-form", "Because:")],
    );
    let wrong = |body: &str, expected: &[(&str, &str)]| {
        check("kind = \"single\"", body, expected);
    };
    wrong(
        "P?\n\n- [x] a\n  > b\n\n---\n\nE.",
        &[("items-few", "- [x] a\n  > b")],
    );
    wrong("P?\n\n- a\n- b\n\n---\n\nE.", &[("answer-form", "- a")]);
    wrong(
        "---\n\nE.",
        &[("prompt-missing", "+++"), ("answer-form", "+++")],
    );
    check(
        "kind = \"sigle\"",
        CHOICES,
        &[("value-unknown", "\"sigle\"")],
    );
}

#[test]
fn true_and_false_stand_in_this_order() {
    let body = "P.\n\n- [ ] True\n  > a\n- [x] False\n  > b\n\n---\n\nE.";
    assert!(check("kind = \"true-false\"", body, &[]).is_some());
    let swapped = body.replace("True", "Maybe");
    check(
        "kind = \"true-false\"",
        &swapped,
        &[("true-false-form", "- [ ] Maybe\n  > a\n- [x] False\n  > b")],
    );
}

#[test]
fn orders_have_three_items_or_more() {
    let body = "P.\n\n> H\n\n1. one\n2. *two*\n3. three\n\n---\n\nE.";
    let AnswerKind::Order(items) = check("kind = \"order\"", body, &[]).unwrap().answer else {
        panic!("order")
    };
    assert_eq!(items, ["one", "two", "three"].map(SafeText::ours));
    check(
        "kind = \"order\"",
        &body.replace("3. three\n", ""),
        &[("items-few", "1. one\n2. *two*")],
    );
    check(
        "kind = \"order\"",
        &body.replace("three", "One"),
        &[("item-twice", "3. One")],
    );
    check(
        "kind = \"order\"",
        &body.replace("1. one\n2. *two*\n3. three", "- a\n- b\n- c"),
        &[("answer-form", "- a")],
    );
}

#[test]
fn pairs_differ_on_both_sides() {
    let body = "P.\n\n| Item | Matches |\n|---|---|\n| a | x |\n| b | y |\n| c | z |\n\n---\n\nE.";
    let AnswerKind::Match(pairs) = check("kind = \"match\"", body, &[]).unwrap().answer else {
        panic!("match")
    };
    assert_eq!((pairs.len(), pairs[1].1.as_str()), (3, "y"));
    check(
        "kind = \"match\"",
        &body.replace("| z |", "| y |"),
        &[("item-twice", "| c | y |")],
    );
    check(
        "kind = \"match\"",
        &body.replace("| z |", "| |"),
        &[("value-empty", "| c | |")],
    );
    let two = body.replace("| c | z |\n", "");
    check(
        "kind = \"match\"",
        &two,
        &[(
            "items-few",
            "| Item | Matches |\n|---|---|\n| a | x |\n| b | y |",
        )],
    );
    check(
        "kind = \"match\"",
        &body.replace("|---|---|", "|---|"),
        &[("answer-form", "| Item | Matches |")],
    );
}

#[test]
fn sorted_items_name_their_buckets() {
    let keys = "kind = \"classify\"\nbuckets = [\"Hot\", \"Cold\"]";
    let body = "P.\n\n| Item | Belongs to | Why |\n|---|---|---|\n| a | Hot | w |\n| b | Cold | w |\n| c | Hot | w |\n\n---\n\nE.";
    let AnswerKind::Classify { buckets, items } = check(keys, body, &[]).unwrap().answer else {
        panic!("classify")
    };
    assert_eq!((buckets.len(), items[1].bucket, items[2].bucket), (2, 1, 0));
    check(
        keys,
        &body.replace("Cold", "Could"),
        &[("bucket-unknown", "| b | Could | w |")],
    );
    check(
        keys,
        &body.replace("| b | Cold | w |", "| b | Cold | |"),
        &[("value-empty", "| b | Cold | |")],
    );
    check(
        &keys.replace(", \"Cold\"", ""),
        &body.replace("Cold", "Hot"),
        &[("items-few", "[\"Hot\"]")],
    );
    check(
        &keys.replace("Cold", "hot"),
        &body.replace("Cold", "Hot"),
        &[("item-twice", "[\"Hot\", \"hot\"]")],
    );
}

#[test]
fn numbers_and_words_are_answered_without_a_list() {
    let keys = "kind = \"numeric\"\nanswer = 1074.5\ntolerance = 0.03\nunit = \"calls\"\nworking = \"a / b = **c**\"";
    let question = check(keys, "P?\n\n> H\n\n---\n\nE.", &[]).unwrap();
    let AnswerKind::Numeric {
        answer, working, ..
    } = &question.answer
    else {
        panic!("numeric")
    };
    assert_eq!(
        (*answer, &*working.text(), question.hint.is_some()),
        (1074.5, "a / b = c", true)
    );
    check(
        &keys.replace("0.03", "3"),
        "P?\n\n---\n\nE.",
        &[("value-range", "3")],
    );
    check(
        &keys.replace("1074.5", "inf"),
        "P?\n\n---\n\nE.",
        &[("value-range", "inf")],
    );
    let typed = check(
        "kind = \"typed\"\nanswers = [\"a\", \"b\"]\nnear = [\"c\"]",
        "- P?\n\n---\n\nE.",
        &[],
    )
    .unwrap();
    assert_eq!(
        typed.answer,
        AnswerKind::Typed {
            answers: ["a", "b"].map(SafeText::ours).into(),
            near: vec![SafeText::ours("c")]
        }
    );
    check(
        "kind = \"typed\"\nanswers = []",
        "P?\n\n---\n\nE.",
        &[("value-empty", "[]")],
    );
}

/// A file of a question as it is, the kind it is taken for, its prompt and its explanation; it has no problem but that
/// choices or answers may be unexplained.
#[track_caller]
fn check_foreign(source: &str, kind: &str, prompt: &str, explanation: &str) {
    let (entry, notes) = read_entry(
        &Address::of_path("questions/x.md").unwrap(),
        source,
        &samples::pack(),
    );
    let unexplained = ["reason-missing", "explanation-missing"];
    let mut codes = notes.problems.iter().map(|d| d.code);
    assert!(codes.all(|code| unexplained.contains(&code)), "{notes:?}");
    let Some(Entry::Question(question)) = entry else {
        panic!("{notes:?}")
    };
    let told = [question.prompt.text(), question.explanation.text()];
    assert_eq!(question.answer.word(), kind, "{source}");
    assert_eq!(
        told.map(|text| text.to_string()),
        [prompt, explanation],
        "{source}"
    );
    assert_eq!(
        (question.topic.as_str(), question.difficulty),
        ("general", 1)
    );
}

#[test]
fn files_of_other_quiz_programs_are_read_as_they_are() {
    // quizdown: a heading asks, a quote is the hint, quotes under choices are comments.
    check_foreign(
        "### Which city is it?\n\n> A *large* one.\n\n-   [x] This\n    > Yes.\n-   [ ] That\n    > No.\n",
        "single",
        "Which city is it?",
        "",
    );
    check_foreign(
        "# Which?\n\n- [x] a\n  > w\n- [x] b\n  > w\n- [ ] c\n  > w\n",
        "several",
        "Which?",
        "",
    );
    check_foreign(
        "# Pick one\n\n1. [ ] a\n   > w\n1. [x] b\n   > w\n",
        "single",
        "Pick one",
        "",
    );
    // Reasons that are not indented part the list, and belong to the choice above them.
    check_foreign(
        "#### Which?\n\n> Two.\n\n- [x] a\n> w\n- [x] b\n> w\n- [ ] c\n- [ ] d\n",
        "several",
        "Which?",
        "",
    );
    check_foreign(
        "### In order\n\nEasy.\n\n1. a\n2. b\n3. c\n",
        "order",
        "In order\nEasy.",
        "",
    );
    // mkdocs-quiz: between two lines of its own; what follows the choices is shown afterwards.
    check_foreign(
        "<quiz>\nWhat is it?\n- [x] True\n  > w\n- [ ] False\n  > w\n\nIt *is*.\n</quiz>\n",
        "true-false",
        "What is it?",
        "It is.",
    );
    check_foreign(
        "<quiz>\nWhat is\n```\n2 + 2\n```\n- [ ] 3\n  > w\n- [x] 4\n  > w\n</quiz>\n",
        "single",
        "What is\n2 + 2",
        "",
    );
}

#[test]
fn a_blank_in_a_text_asks_for_its_word() {
    check_foreign(
        "<quiz>\nThe capital of `[[x]]` is [[Paris ]].\n\n---\n\nSince *long*.\n</quiz>\n",
        "typed",
        "The capital of [[x]] is ____.",
        "Since long.",
    );
    let answers = |body: &str, problems| match check("", body, problems)?.answer {
        AnswerKind::Typed { answers, .. } => Some(answers),
        _ => None,
    };
    let one = answers("2 + 2 = [[4]]\n\n---\n\nWhy.", &[]);
    assert_eq!(one, Some(vec!["4".into()]));
    let two = "By [[Guido]] in [[1991]].\n\n---\n\nWhy.";
    assert_eq!(
        answers(two, &[("answer-form", "By [[Guido]] in [[1991]].")]),
        None
    );
    // A list of choices is the answer, whatever stands above it.
    check_foreign(
        "Which is [[it]]?\n\n- [x] a\n  > w\n- [ ] b\n  > w\n",
        "single",
        "Which is [[it]]?",
        "",
    );
}

#[test]
fn keys_tell_the_kind_where_it_is_not_named() {
    let kind = |keys: &str, body: &str, problems| {
        let question = check(keys, body, problems);
        question.map(|question| question.answer.word())
    };
    assert_eq!(
        kind("answers = [\"a\"]", "Which?\n\n---\n\nWhy.", &[]),
        Some("typed")
    );
    let numeric = "answer = 1\ntolerance = 0.0\nunit = \"x\"\nworking = \"1\"";
    assert_eq!(kind(numeric, "Which?\n\n---\n\nWhy.", &[]), Some("numeric"));
    let pairs = "Which?\n\n| a | b |\n|--|--|\n| a | x |\n| b | y |\n| c | z |\n\n---\n\nWhy.";
    assert_eq!(kind("", pairs, &[]), Some("match"));
    assert_eq!(
        kind(
            "",
            "Which?\n\n---\n\nWhy.",
            &[("prompt-missing", "+++"), ("answer-form", "Which?")]
        ),
        None
    );
    assert!(check("shuffle = false", CHOICES, &[]).is_some_and(|question| !question.shuffle));
    assert!(check("", CHOICES, &[]).is_some_and(|question| question.shuffle));
}
