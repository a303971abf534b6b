//! Where our files live: the XDG base directories, on macOS too.
//! Asking creates nothing; a variable that is not an absolute path is ignored, as the standard says.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

/// The folder's name below each base directory.
const OURS: &str = "tozero";

/// Where our files live, whether or not they exist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    /// The config file: `$XDG_CONFIG_HOME/tozero/config.toml`.
    pub config: PathBuf,
    /// The folder of progress and positions: `$XDG_STATE_HOME/tozero`.
    pub state: PathBuf,
}

impl Paths {
    /// Finds them; `None` when there is no home folder.
    pub fn find() -> Option<Self> {
        let bases = Xdg::new()
            .ok()
            .filter(|bases| bases.home_dir().is_absolute())?;
        Some(Self::below(&bases.config_dir(), &bases.state_dir()?))
    }

    fn below(config: &Path, state: &Path) -> Self {
        Self {
            config: config.join(OURS).join("config.toml"),
            state: state.join(OURS),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Finds the places in another process, since variables are set for a whole process.
    fn found(variables: &[(&str, &str)]) -> String {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "disk::paths::tests::in_another_process",
            "--nocapture",
        ]);
        command
            .env_clear()
            .env("PLACES", "1")
            .envs(variables.iter().copied());
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        output
            .lines()
            .find_map(|line| line.split_once("places: "))
            .unwrap()
            .1
            .to_owned()
    }

    #[test]
    fn in_another_process() {
        if std::env::var_os("PLACES").is_some() {
            let found =
                Paths::find().map(|p| format!("{} {}", p.config.display(), p.state.display()));
            println!("places: {}", found.unwrap_or_default());
        }
    }

    #[test]
    fn variables_are_heeded_when_absolute() {
        let usual = "/h/.config/tozero/config.toml /h/.local/state/tozero";
        assert_eq!(found(&[("HOME", "/h")]), usual);
        assert_eq!(
            found(&[
                ("HOME", "/h"),
                ("XDG_CONFIG_HOME", "a"),
                ("XDG_STATE_HOME", "../b")
            ]),
            usual
        );
        assert_eq!(found(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "")]), usual);
        let both = [
            ("HOME", "/h"),
            ("XDG_CONFIG_HOME", "/c"),
            ("XDG_STATE_HOME", "/s"),
        ];
        assert_eq!(found(&both), "/c/tozero/config.toml /s/tozero");
        assert_eq!(found(&[("HOME", "relative")]), "");
    }
}
