//! The program: everything begins with the command line, which may open the app.

fn main() -> std::process::ExitCode {
    tozero::run(std::env::args_os())
}
