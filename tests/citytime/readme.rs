//! README's tour: each `console` block is run in one sandbox, at a terminal of 100 columns, and must print what the
//! README shows. `CITYTIME_UPDATE_README=1 cargo test --test citytime readme` writes what it prints now.

use std::path::Path;

use super::support::command::Shell;
use super::support::steady::steady;

const OPEN: &str = "```console";
const CLOSE: &str = "```";
/// The line that is printed before each command's output.
const MARK: &str = "@@readme\n";

/// A command of a block as README shows it, `$ ` and all, and what stands below it.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    command: String,
    output: String,
}

/// A README taken apart: the lines between blocks, and the blocks.
#[derive(Debug)]
enum Part {
    Text(String),
    Block(Vec<Shown>),
}

fn parts(readme: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        parts.push(Part::Text(line.to_owned()));
        if line == OPEN {
            let block = lines.by_ref().take_while(|line| *line != CLOSE);
            parts.push(Part::Block(block_of(block)));
            parts.push(Part::Text(CLOSE.to_owned()));
        }
    }
    parts
}

fn block_of<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Shown> {
    let mut block: Vec<Shown> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        if line.starts_with("$ ") {
            block.push(Shown { command: line.to_owned(), output: String::new() });
        } else {
            let last = block.last_mut().unwrap_or_else(|| panic!("a console block begins with a command: {line}"));
            let text = if goes_on { &mut last.command } else { &mut last.output };
            *text += if goes_on { "\n" } else { "" };
            *text += line;
            *text += if goes_on { "" } else { "\n" };
        }
        goes_on = line.ends_with('\\') && block.last().is_some_and(|shown| shown.output.is_empty());
    }
    block
}

/// The same parts with what the commands print now.
async fn run(parts: Vec<Part>) -> Vec<Part> {
    let mut script = String::new();
    let mut count = 0;
    for part in &parts {
        let Part::Block(block) = part else { continue };
        for shown in block {
            script += &format!("printf '{}'\n{}\n", MARK.escape_default(), shown.command.trim_start_matches("$ "));
            count += 1;
        }
    }
    let shell = Shell::new();
    let script = shell.write("tour.sh", &script);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    std::os::unix::fs::symlink(examples, shell.home().join("examples")).expect("a link to the examples");
    let script = script.display().to_string();
    let tour = ["sandbox", "--seed", "7", "--", "sh", &script];
    // As high as it must be for nothing to scroll away.
    let (_, screen) = shell.command(tour).at_terminal(100, 2000).finish_whole().await;
    let mut outputs = screen.split(MARK).skip(1).map(|output| match output.trim_end() {
        "" => String::new(),
        printed => format!("{printed}\n"),
    });
    let mut ran = Vec::with_capacity(parts.len());
    for part in parts {
        ran.push(match part {
            Part::Block(block) => Part::Block(
                block
                    .into_iter()
                    .map(|Shown { command, .. }| {
                        let output = outputs.next().unwrap_or_else(|| panic!("not all {count} ran:\n{screen}"));
                        Shown { command, output }
                    })
                    .collect(),
            ),
            text => text,
        });
    }
    ran
}

fn text(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text(line) => text += &format!("{line}\n"),
            Part::Block(block) => {
                for Shown { command, output } in block {
                    text += &format!("{command}\n{output}");
                }
            }
        }
    }
    text
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "whether to write is asked of the person, not of citytime")]
async fn the_tour_is_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md");
    let printed = text(&run(parts(&readme)).await);
    if std::env::var_os("CITYTIME_UPDATE_README").is_some() {
        return std::fs::write(&path, &printed).expect("README.md is written");
    }
    let (shown, printed) = (steady(&readme, "/nowhere"), steady(&printed, "/nowhere"));
    let differs = shown.lines().zip(printed.lines()).position(|(shown, printed)| shown != printed);
    let hint = "write it anew with CITYTIME_UPDATE_README=1, and look at the difference";
    assert!(shown == printed, "README.md is stale from line {:?}: {hint}\n{printed}", differs.map(|line| line + 1));
}

#[test]
fn a_block_is_commands_and_what_they_print() {
    let shown = |command: &str, output: &str| Shown { command: command.to_owned(), output: output.to_owned() };
    let block = "$ citytime pay \\\n    --yes\npaid\n$ true\n$ ls\na\n\nb\n";
    let wanted = [shown("$ citytime pay \\\n    --yes", "paid\n"), shown("$ true", ""), shown("$ ls", "a\n\nb\n")];
    assert_eq!(block_of(block.lines()), wanted);
}
