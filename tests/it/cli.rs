//! The command line as others run it: arguments, variables and input go in; two streams and a status come out.
//! Each run starts from a home folder of its own, a UTF-8 locale and nothing else of the surroundings.

mod as_of;
mod commands;
mod completion;
mod cost;
mod documents;
mod examples;
mod hostile;
mod json;
mod judge;
mod looks;
mod misses;
mod pipes;
mod progress;
mod quiz;
mod scripts;
mod settings;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program under test.
pub(crate) const TOZERO: &str = env!("CARGO_BIN_EXE_tozero");

/// A run to be made.
pub(crate) struct Run {
    home: tempfile::TempDir,
    arguments: Vec<OsString>,
    variables: Vec<(String, String)>,
    input: String,
}

/// What came of it.
#[derive(Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// A run with these arguments, parted at spaces.
pub(crate) fn tozero(arguments: &str) -> Run {
    Run::new(arguments.split(' ').filter(|a| !a.is_empty()))
}

impl Run {
    pub(crate) fn new(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        let arguments = arguments.into_iter().map(Into::into).collect();
        let variables = [("LC_ALL", "C.UTF-8"), ("TERM", "xterm-256color")]
            .map(|(n, v)| (n.to_owned(), v.to_owned()));
        Self {
            home: tempfile::tempdir().unwrap(),
            arguments,
            variables: variables.to_vec(),
            input: String::new(),
        }
    }

    /// A further run in the same home folder.
    pub(crate) fn then(self, arguments: &str) -> Self {
        let arguments = arguments
            .split(' ')
            .filter(|a| !a.is_empty())
            .map(Into::into)
            .collect();
        Self {
            arguments,
            input: String::new(),
            ..self
        }
    }

    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Another run from the same home folder.
    pub(crate) fn again(&self, arguments: &str) -> Again<'_> {
        Again {
            run: self,
            arguments: arguments.split(' ').map(ToOwned::to_owned).collect(),
        }
    }

    /// Adds arguments parted at spaces.
    pub(crate) fn arg_each(mut self, arguments: &str) -> Self {
        self.arguments.extend(
            arguments
                .split(' ')
                .filter(|a| !a.is_empty())
                .map(Into::into),
        );
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn input(mut self, text: &str) -> Self {
        text.clone_into(&mut self.input);
        self
    }

    /// Writes the settings file, which is where it is looked for.
    pub(crate) fn settings(self, text: &str) -> Self {
        let file = self.settings_file();
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        self
    }

    pub(crate) fn settings_file(&self) -> PathBuf {
        self.home().join(".config/tozero/config.toml")
    }

    /// The home folder, where the program runs too.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(TOZERO);
        command
            .args(&self.arguments)
            .env_clear()
            .env("HOME", self.home())
            .current_dir(self.home());
        command.envs(self.variables.iter().map(|(n, v)| (n, v)));
        command
    }

    pub(crate) fn say(&self) -> Said {
        let (stdout, stderr, status) = self.bytes();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Said {
            stdout: text(stdout),
            stderr: text(stderr),
            status,
        }
    }

    pub(crate) fn bytes(&self) -> (Vec<u8>, Vec<u8>, i32) {
        let mut command = self.command();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(self.input.as_bytes());
        let output = child.wait_with_output().unwrap();
        (
            output.stdout,
            output.stderr,
            output.status.code().expect("no signal ended it"),
        )
    }

    /// The answer of a run that must succeed and say nothing beside it.
    #[track_caller]
    pub(crate) fn answer(&self) -> String {
        let said = self.say();
        assert_eq!(
            (said.status, said.stderr.as_str()),
            (0, ""),
            "{:?}: {}",
            self.arguments,
            said.stdout
        );
        said.stdout
    }

    /// What a run says that must fail with this status and answer nothing.
    #[track_caller]
    pub(crate) fn fault(&self, status: i32) -> String {
        let said = self.say();
        assert_eq!(
            (said.status, said.stdout.as_str()),
            (status, ""),
            "{:?}: {}",
            self.arguments,
            said.stderr
        );
        said.stderr
    }
}

/// Another run from the home folder of a first one.
pub(crate) struct Again<'r> {
    run: &'r Run,
    arguments: Vec<String>,
}

impl Again<'_> {
    pub(crate) fn say(&self) -> Said {
        let mut command = self.run.command();
        let mut own = Command::new(command.get_program());
        own.args(&self.arguments)
            .env_clear()
            .current_dir(self.run.home());
        own.envs(command.get_envs().filter_map(|(n, v)| Some((n, v?))));
        command = own;
        let output = command.stdin(Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        let status = output.status.code().expect("no signal ended it");
        Said {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            status,
        }
    }

    #[track_caller]
    pub(crate) fn answer(&self) -> String {
        let said = self.say();
        assert_eq!(
            (said.status, said.stderr.as_str()),
            (0, ""),
            "{:?}: {}",
            self.arguments,
            said.stdout
        );
        said.stdout
    }
}

/// A folder with files in it, given as path and text.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// The starter pack with one of every kind, in a folder of its own.
pub(crate) fn starter() -> tempfile::TempDir {
    new_pack("--full")
}

/// A pack that `new` writes with a flag.
pub(crate) fn new_pack(flag: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::new(["new", flag]).arg(folder.path());
    assert_eq!(run.say().status, 0);
    folder
}

/// Every command line that answers, for tests that hold of all.
pub(crate) const ANSWERS: [&str; 48] = [
    "",
    "cold start",
    "define cold-start",
    "define acu faas",
    "define perspectives/cncf-view",
    "define services/aws-lambda",
    "define services/aws-aurora-serverless-v2 --as-of 2023-01 --lens provider-view",
    "list services --as-of 2015 --lens kehoe-spectrum",
    "define lenses/kehoe-spectrum",
    "define lenses/no-knobs",
    "define myths/always-cheaper",
    "define references/adzic-chatley-economic-impact",
    "define questions/t-cold-start",
    "search cold start",
    "list terms",
    "list lessons",
    "list services",
    "list questions",
    "list references",
    "list perspectives",
    "list lenses",
    "list myths",
    "compare",
    "compare cncf-view berkeley-view kehoe-spectrum dhh-critique",
    "compare kehoe-spectrum",
    "compare --by idle-cost",
    "compare aws-lambda aws-fargate-ecs",
    "compare lenses/aws-view lenses/kehoe-spectrum lenses/scale-to-zero-view",
    "judge aws-lambda",
    "judge aurora serverless v2 --lens provider-view --as-of 2023-01",
    "cost",
    "cost aws-lambda neon --sweep",
    "cost cloudflare-workers-free aws-redshift-serverless heroku-eco aws-ec2 --requests 9M --linear",
    "cost azure-functions-flex-consumption --preset busy-api --stored 5",
    "cost aws-lambda --requests 0",
    "read",
    "read 1",
    "read price-of-zero --answers",
    "refs",
    "refs cold start",
    "check",
    "check --list",
    "check --quality",
    "due",
    "stats",
    "paths",
    "keys",
    "help json",
];

/// Command lines whose answer is a page of help or a script.
pub(crate) const PAGES: [&str; 11] = [
    "help environment",
    "help settings",
    "help packs",
    "--help",
    "-h",
    "--version",
    "help",
    "help compare",
    "check --help",
    "completions bash",
    "man",
];
