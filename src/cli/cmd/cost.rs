//! `cost`: what services bill a month, idle first, and where one becomes cheaper than another.
//! What cannot be meant is refused by the name of its field; every service that was asked for has its line.

use crate::cli::cmd::{CliError, CommandContext, CommandResult};
use crate::cli::{json, lookup};
use crate::core::cost::comparison::{MOST, machine};
use crate::core::cost::workload::WorkloadError;
use crate::core::cost::{AxisScale, Bursts, CostComparison, Workload, WorkloadField, preset};
use crate::pack::{Address, CostWords, Kind, Library, NamedWorkload, Service, Subject};
use crate::text::measure::quoted;
use crate::text::suggest::did_you_mean;
use crate::views::{self, BillPrintOptions};

/// Calculate what {many} bill a month, idle first
///
/// Without a {one}: the two of the pack's dial. They are set against each other, and against a machine that is
/// always on. Amounts with a star rest on assumptions, which are listed with the date and region of the prices. With
/// --as-of the prices of that day are taken where they are stored.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Up to eight {many} by id, name or alias
    ///
    /// Names with spaces stand in quotes.
    #[arg(value_name = "NAME")]
    services: Vec<String>,
    /// {Uses} a month, such as 1500, 20k or 3M [default: 1M]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    requests: Option<String>,
    /// Time per {use}, such as 2s or 5min [default: 100ms]
    ///
    /// A number alone is milliseconds.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    duration: Option<String>,
    /// Memory per {use}, such as 2GB [default: 512MB]
    ///
    /// A number alone is megabytes.
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    memory: Option<String>,
    /// Peak over mean of {uses} a second [default: 1]
    #[arg(long, value_name = "RATIO", allow_hyphen_values = true)]
    peak: Option<String>,
    /// vCPU per {use} [default: as comes with the memory]
    ///
    /// Such as 0.5; without it, the share that comes with the memory.
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    vcpu: Option<String>,
    /// {Uses} at once per instance [default: 1]
    ///
    /// Where a {one} can do so.
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    at_once: Option<String>,
    /// Bursts a month and the length of each, such as 30x5m
    ///
    /// {Uses} come in these bursts, and nothing between them.
    #[arg(long, value_name = "NxTIME", allow_hyphen_values = true)]
    bursts: Option<String>,
    /// Stored all month, such as 20GB or 1TB [default: 0]
    ///
    /// A number alone is gigabytes. What storage costs is shown apart from the bill.
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    stored: Option<String>,
    /// Start from a workload with a name
    ///
    /// Other flags change it.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Draw the bills over {uses} a month
    #[arg(long)]
    sweep: bool,
    /// Draw in equal steps instead of powers of ten
    #[arg(long)]
    linear: bool,
}

/// Sets the services side by side.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    let Subject { things, cost, .. } = &*library.pack().subject;
    let named = named(args.preset.as_deref(), cost)?;
    let workload = workload(args, named)?;
    if !library.has_prices() {
        let what = things.fill("this pack has no prices to calculate with");
        let help = "a table `[pricing]` in the file of a {one} would hold them";
        return Err(CliError::with_help(what, things.fill(help)));
    }
    let mut found = find(&library, &args.services)?;
    if found.is_err() {
        let kinds = [Kind::Services];
        let names = lookup::spelled(&call.out, &library, &kinds, &args.services);
        found = find(&library, &names)?;
    }
    let addresses = match found {
        Ok(found) => found,
        Err(words) => return lookup::miss(call, &library, &[Kind::Services], &words),
    };
    if addresses.len() > MOST {
        let many = addresses.len();
        let what = crate::safe!("{many} {} are too many, {MOST} are the most", things.many);
        return Err(CliError::new(what));
    }
    let read = |address: &Address| lookup::service(&library, &address.id);
    let mut services: Vec<&Service> = addresses.iter().map(read).collect::<Result<_, _>>()?;
    let machine = machine(&library)
        .filter(|m| services.len() < 2 || args.services.is_empty() || services.contains(m));
    services.extend(machine.filter(|m| !services.contains(m)));
    if services.is_empty() {
        let help = "this pack has no dial; tozero list {many-word} names those there are";
        let help = things.fill(help);
        return Err(CliError::with_help(things.fill("which {one}?"), help));
    }
    let machine = machine.map(|m| m.id.as_str());
    let compared = CostComparison::of(&services, &workload, machine, call.config.as_of);
    let scale = match args.linear {
        true => AxisScale::Linear,
        false => AxisScale::Log,
    };
    let style = &call.out.style;
    let options = BillPrintOptions {
        format: style.format(),
        picture: (args.sweep || args.linear || style.output.is_document()).then_some(scale),
        ascii: style.plain || style.ascii,
        today: call.today(),
    };
    call.answer(
        "cost",
        || json::cost::cost(&compared, named.map(|n| &*n.id), scale),
        |_| views::cost::printed(&library, &compared, named.map(|n| &n.title), options),
    )
}

/// The workload of that name.
fn named<'w>(
    name: Option<&str>,
    cost: &'w CostWords,
) -> Result<Option<&'w NamedWorkload>, CliError> {
    let Some(name) = name else { return Ok(None) };
    let unknown = || {
        let what = crate::safe!("{} is no value for --preset <NAME>", quoted(name));
        let ids: Vec<&str> = cost.workloads.iter().map(|w| &*w.id).collect();
        match ids.is_empty() {
            true => CliError::with_help(what, "this pack names no workload"),
            false => CliError::with_help(what, did_you_mean(name, &ids)),
        }
    };
    cost.workload(name).map(Some).ok_or_else(unknown)
}

/// The workload of that name, or the usual one, with the fields that were given.
fn workload(args: &Args, named: Option<&NamedWorkload>) -> Result<Workload, CliError> {
    let given = [
        (WorkloadField::Requests, &args.requests),
        (WorkloadField::Duration, &args.duration),
        (WorkloadField::Memory, &args.memory),
        (WorkloadField::Peak, &args.peak),
        (WorkloadField::Vcpu, &args.vcpu),
        (WorkloadField::AtOnce, &args.at_once),
        (WorkloadField::Stored, &args.stored),
    ];
    let refused = |refused: WorkloadError| {
        let given = quoted(&refused.given);
        let (field, wanted) = (refused.field, refused.wanted);
        CliError::new(crate::safe!("{field}: \"{given}\" is not {wanted}"))
    };
    let mut workload = named.map(preset).unwrap_or_default();
    for (field, text) in given {
        let Some(text) = text else { continue };
        workload = workload.typed(field, text).map_err(refused)?;
    }
    if let Some(text) = &args.bursts {
        workload.bursts = Some(Bursts::read(text).map_err(refused)?);
    }
    Ok(workload)
}

/// The services that the words mean, each once; without words those of the dial. Inside: the words that mean none.
fn find(library: &Library, words: &[String]) -> Result<Result<Vec<Address>, String>, CliError> {
    if words.is_empty() {
        let ids = library.pack().dial.iter();
        let addresses = ids.filter_map(|id| Address::new(Kind::Services, id));
        let known = addresses.filter(|a| library.position(a).is_some());
        return Ok(Ok(known.collect()));
    }
    // All words may be one name, as with `define`.
    if let Some(address) = lookup::entry(library, &[Kind::Services], &lookup::query(words)?) {
        return Ok(Ok(vec![address]));
    }
    let mut found: Vec<Address> = Vec::new();
    for word in words {
        let query = lookup::query(std::slice::from_ref(word))?;
        match lookup::entry(library, &[Kind::Services], &query) {
            Some(address) if found.contains(&address) => {}
            Some(address) => found.push(address),
            None => return Ok(Err(query)),
        }
    }
    Ok(Ok(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::{args, library, names};

    #[test]
    fn fields_are_laid_on_the_preset() {
        let check = |line: &str, expected: Result<[u64; 3], &str>| {
            let found = workload(&args(line), None);
            let found = found.map(|w| [w.requests_per_month(), w.duration_ms(), w.memory_mb()]);
            let found = found.map_err(|error| error.message.to_string());
            assert_eq!(found, expected.map_err(ToOwned::to_owned), "{line}");
        };
        check("", Ok([1_000_000, 100, 512]));
        check(
            "--requests 20k --duration 2s --memory 2GB",
            Ok([20_000, 2_000, 2_048]),
        );
        let refused = workload(&args("--requests much"), None).expect_err("no number");
        let what = refused.message;
        assert!(what.starts_with("requests: \"much\" is not "), "{what}");
        let night = NamedWorkload {
            id: "night".into(),
            title: "a night".into(),
            about: "".into(),
            requests: 30,
            duration_ms: Some(5_000),
            memory_mb: Some(1_024),
            peak: None,
            bursts: None,
        };
        let cost = CostWords {
            workloads: vec![night],
            ..CostWords::default()
        };
        let named = |name| named(Some(name), &cost);
        let found = workload(&args("--memory 64"), named("night").expect("it is there"));
        let found = found.expect("sound");
        assert_eq!((found.requests_per_month(), found.memory_mb()), (30, 64));
        assert!(named("day").is_err());
    }

    #[test]
    fn words_are_one_name_or_one_each() {
        let library = library();
        let check = |words: &[&str], expected: Result<&[&str], &str>| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            let found = find(&library, &words).expect("sound words");
            let found = found.map(|found| names(&found));
            let expected = expected.map(|all| all.iter().map(ToString::to_string).collect());
            assert_eq!(found, expected.map_err(ToOwned::to_owned), "{words:?}");
        };
        check(&[], Ok(&[]));
        check(&["bell-one"], Ok(&["services/bell-one"]));
        check(&["Bell", "One"], Ok(&["services/bell-one"]));
        check(&["bell one", "bell-one"], Ok(&["services/bell-one"]));
        check(&["bell-one", "gong"], Err("gong"));
    }
}
