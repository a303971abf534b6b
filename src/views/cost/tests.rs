//! Any services at any workload in any size: nothing is wider than asked, and nothing panics.

use std::sync::{Arc, OnceLock};

use proptest::prelude::*;

use super::*;
use crate::core::cost::comparison::priced;
use crate::core::cost::{Bursts, Workload, WorkloadField};
use crate::layout::Medium;
use crate::pack::{Bundled, Service};
use crate::views::dial::{self, DialLook};

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::open(Arc::new(Bundled)).expect("the bundled pack opens"))
}

fn today() -> Day {
    Day::parse("2026-11-28").expect("a day")
}

/// Services with and without prices.
fn any_services() -> impl Strategy<Value = Vec<&'static Service>> {
    let mut all: Vec<&Service> = priced(library()).collect();
    all.extend(
        ["heroku-eco", "knative-serving"]
            .iter()
            .filter_map(|id| library().service(id)),
    );
    proptest::collection::vec(proptest::sample::select(all), 0..10)
}

fn any_workload() -> impl Strategy<Value = Workload> {
    let field = |field: WorkloadField| {
        let (least, most) = field.range();
        prop_oneof![
            Just(least),
            least..=most,
            least..=(least + 1_000_000).min(most)
        ]
    };
    let all = (
        field(WorkloadField::Requests),
        field(WorkloadField::Duration),
        field(WorkloadField::Memory),
        field(WorkloadField::Peak),
    );
    all.prop_map(|(requests, ms, mb, peak)| {
        let workload = Workload::default()
            .with(WorkloadField::Requests, requests)
            .with(WorkloadField::Duration, ms);
        workload
            .with(WorkloadField::Memory, mb)
            .with(WorkloadField::Peak, peak)
    })
}

fn fits(rows: &[Row], width: usize) -> Result<(), TestCaseError> {
    for row in rows {
        prop_assert!(
            row.width() <= width.max(1),
            "{} in {width}: {:?}",
            row.width(),
            row.text()
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_services_at_any_workload_in_any_size(
        services in any_services(), workload in any_workload(), (width, height) in (1..140usize, 0..50usize),
        linear in proptest::bool::ANY, ascii in proptest::bool::ANY,
    ) {
        let costs = CostComparison::of(&services, &workload, Some("aws-ec2"), None);
        let scale = if linear { AxisScale::Linear } else { AxisScale::Log };
        let drawn = picture(&costs, scale, width, height, ascii);
        prop_assert!(drawn.len() <= height);
        fits(&drawn, width)?;
        let page = {
            let medium = Medium::Print { plain: ascii, whole_addresses: false, whole_code: false };
            let format = PageFormat { width, medium };
            printed(library(), &costs, None, BillPrintOptions { format, picture: Some(scale), ascii, today: today() })
        };
        fits(&page.rows, width)?;
        let laid = screen::set(library(), &costs, screen::BillScreenOptions { fields: &screen::SLIDERS, width, height, scale, ascii, today: today() });
        fits(&laid.page.rows, width)?;
        for (row, _) in &laid.sliders {
            prop_assert!(*row < laid.page.rows.len());
        }
        let two: Vec<String> = services.iter().take(2).map(|s| s.id.clone()).collect();
        for (short, picture, most) in [(false, 0, 5), (true, 5, 2), (false, 5, 9)] {
            let look = DialLook { width, short, picture, ascii };
            let rows = dial::rows(library(), &two, workload.requests_per_month(), look);
            prop_assert!(rows.len() <= most);
            fits(&rows, width)?;
        }
    }
}

#[test]
fn a_service_has_the_color_of_its_line_at_all_its_numbers() {
    let services: Vec<&Service> = [
        "aws-neptune-serverless",
        "aws-dynamodb-on-demand",
        "aws-ec2",
    ]
    .iter()
    .filter_map(|id| library().service(id))
    .collect();
    let costs = CostComparison::of(&services, &Workload::default(), Some("aws-ec2"), None);
    let page = printed(
        library(),
        &costs,
        None,
        BillPrintOptions {
            format: 100_usize.into(),
            picture: None,
            ascii: false,
            today: today(),
        },
    );
    let runs = page.rows.iter().flat_map(|row| &row.runs);
    let camps = [Role::First, Role::Second];
    let of_a_camp: Vec<_> = runs.filter(|run| camps.contains(&run.role)).collect();
    assert_eq!(of_a_camp, Vec::<&Run>::new());
    let heads = page
        .rows
        .iter()
        .filter(|row| row.text().starts_with("b Amazon"));
    let roles: Vec<Role> = heads
        .filter_map(|row| Some(row.runs.first()?.role))
        .collect();
    assert!(
        !roles.is_empty() && roles.iter().all(|role| *role == Role::series(1)),
        "{roles:?}"
    );
}

#[test]
fn the_dial_says_the_argument_at_zero() {
    let at = |first: &str, second: &str, requests, width| {
        let rows = dial::rows(
            library(),
            &[first.to_owned(), second.to_owned()],
            requests,
            DialLook {
                width,
                ..DialLook::default()
            },
        );
        rows.iter()
            .rev()
            .nth(1)
            .map(|r| r.text().trim().to_owned())
            .unwrap_or_default()
    };
    let (graph, table) = ("aws-neptune-serverless", "aws-dynamodb-on-demand");
    let said = "Nobody calls: Amazon Neptune Serverless still bills $117.38 a month, Amazon DynamoDB $0.00";
    assert_eq!(at(graph, table, 0, 100), said);
    let said = "Nobody calls: the first still bills $117.38 a month, the second $0.00";
    assert_eq!(at(graph, table, 0, 80), said);
    assert_eq!(
        at(graph, table, 0, 48),
        "Idle: $117.38 stays, $0.00 is left"
    );
    let said = "Nobody calls: the second still bills $117.38 a month, the first $0.00";
    assert_eq!(at(table, graph, 0, 80), said);
    assert_eq!(
        at(table, "aws-lambda", 0, 60),
        "Nobody calls, and neither of the two bills anything"
    );
    assert_eq!(
        at(graph, "aws-ec2", 0, 60),
        "Nobody calls, and both still bill: $117.38 and $7.59"
    );
    let busy = at(graph, table, 1_000, 80);
    assert_eq!(busy, at(graph, table, 0, 80), "whatever the traffic");
    assert_eq!(at(graph, "nobody", 0, 80), "", "a dial needs two");
}

#[test]
fn a_machine_does_not_stand_for_what_bills_no_running_time() {
    let told = |id: &str| {
        let services: Vec<&Service> = ["aws-ec2", id]
            .iter()
            .filter_map(|id| library().service(id))
            .collect();
        let costs = CostComparison::of(&services, &Workload::default(), Some("aws-ec2"), None);
        let met = costs.met.first().expect("a pair");
        words::met(&costs, met).ends_with("it does something that Amazon EC2 (t3.micro) does not.")
    };
    for id in [
        "aws-sqs",
        "aws-step-functions-standard",
        "cloudflare-r2",
        "aws-cognito",
    ] {
        assert!(told(id), "{id}");
    }
    for id in ["aws-lambda", "google-cloud-run", "neon"] {
        assert!(!told(id), "{id}");
    }
}

#[test]
fn times_and_numbers_are_told_as_people_say_them() {
    let assumed = |id: &str, workload: Workload| {
        let services: Vec<&Service> = library().service(id).into_iter().collect();
        let costs = CostComparison::of(&services, &workload, None, None);
        let bill = costs.lines.first().and_then(|line| line.bill.as_ref().ok());
        let starred = bill.map(|bill| bill.starred.clone()).unwrap_or_default();
        starred
            .iter()
            .map(|line| line.to_string())
            .collect::<Vec<_>>()
    };
    let check = |id: &str, peak, line: &str| {
        let found = assumed(id, Workload::default().with(WorkloadField::Peak, peak));
        assert!(found.iter().any(|told| told == line), "{id}: {found:?}");
    };
    let soon = "it pauses after 5 seconds without a request; requests come at random";
    check("runpod-serverless", 1_000, soon);
    let at_once = "it pauses as soon as no request runs; requests come at random";
    check("aws-redshift-serverless", 1_000, at_once);
    check(
        "momento-cache-flex",
        1_000,
        "at most 1,000 requests a second per GiB deployed",
    );
    let held = "as many units as the peak asks for are held all month";
    check("aws-fargate-ecs", 5_000, held);
    let bursts = Workload::default().in_bursts(Bursts::read("22x8h").ok());
    let told = assumed("aws-fargate-ecs", bursts);
    assert!(told.iter().any(|line| line == held), "{told:?}");
    let follows = "units come and go with the load, at most one more than its mean asks for";
    check("neon", 5_000, follows);
    let small = "an instance has 128 MB; a request that asks for more is refused";
    check("cloudflare-workers-paid", 1_000, small);
    let size = "an instance of 0.25 vCPU, 0.5 GB, the smallest that holds a request";
    check("azure-container-apps", 1_000, size);
}

#[test]
fn a_pair_says_where_bills_end() {
    let services: Vec<&Service> = ["heroku-eco", "aws-lambda"]
        .iter()
        .filter_map(|id| library().service(id))
        .collect();
    let costs = CostComparison::of(&services, &Workload::default(), None, None);
    let told = words::met(&costs, costs.met.first().expect("a pair"));
    // One dyno of 512 MB: of 512 MB each, one is in flight at 10 a second, 26,280,000 a month.
    let end = "There is no bill for Heroku Eco dynos beyond about 26,300,000 requests a month.";
    assert!(told.ends_with(end), "{told}");
}
