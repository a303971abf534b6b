//! Where our files live: the XDG base directories, on macOS too, and the user's own folders of Windows. Finding them creates
//! nothing; a variable that is not an absolute path is ignored, as the standard says.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, Windows, Xdg};

/// The folder's name below each base directory.
const OURS: &str = "tozero";

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    /// The config file: `$XDG_CONFIG_HOME/tozero/config.toml`, on Windows `%APPDATA%\tozero\config.toml`.
    pub config: PathBuf,
    /// The folder of progress and positions: `$XDG_STATE_HOME/tozero`, on Windows `%LOCALAPPDATA%\tozero`.
    pub state: PathBuf,
}

impl Paths {
    /// `None` when there is no home folder.
    pub fn find() -> Option<Self> {
        let (home, config, state) = if cfg!(windows) {
            let bases = Windows::new().ok()?;
            // What stays on this machine: a record that travels between machines would not be locked.
            let local = bases.cache_dir();
            (bases.home_dir().to_owned(), bases.config_dir(), local)
        } else {
            let bases = Xdg::new().ok()?;
            (
                bases.home_dir().to_owned(),
                bases.config_dir(),
                bases.state_dir()?,
            )
        };
        home.is_absolute().then(|| Self {
            config: config.join(OURS).join("config.toml"),
            state: state.join(OURS),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Finds the paths in another process, since variables are set for a whole process.
    fn found(variables: &[(&str, &str)]) -> String {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "disk::paths::tests::in_another_process",
            "--nocapture",
        ]);
        command
            .env_clear()
            .env("PRINT_PATHS", "1")
            .envs(variables.iter().copied());
        let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
        output
            .lines()
            .find_map(|line| line.split_once("paths: "))
            .unwrap()
            .1
            .to_owned()
    }

    #[test]
    fn in_another_process() {
        if std::env::var_os("PRINT_PATHS").is_some() {
            let found =
                Paths::find().map(|p| format!("{} {}", p.config.display(), p.state.display()));
            println!("paths: {}", found.unwrap_or_default());
        }
    }

    #[test]
    fn only_absolute_variables_count() {
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
