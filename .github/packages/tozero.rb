# A formula for Homebrew. .github/release.sh fills the words between @ and leaves it out while Cargo.toml names no repository.
class Tozero < Formula
  desc "@DESCRIPTION@"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license all_of: [{ any_of: ["MIT", "Apache-2.0"] }, "CC-BY-4.0"]

  on_macos do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/tozero-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256_aarch64-apple-darwin@"
    end
  end

  on_linux do
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/tozero-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256_x86_64-unknown-linux-musl@"
    end
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/tozero-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256_aarch64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "tozero"
    man1.install "tozero.1"
    bash_completion.install "completions/tozero.bash" => "tozero"
    zsh_completion.install "completions/tozero.zsh" => "_tozero"
    fish_completion.install "completions/tozero.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/tozero --version")
    assert_match "Cold start", shell_output("#{bin}/tozero define cold-start")
  end
end
