//! What the streams of the process are, and whether they are painted.

use std::io::IsTerminal;

use anstyle::Style;
/// Whether colour is used, once the choice met the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Colour,
    Plain,
}

impl Paint {
    /// The text in a style, where colour is used.
    pub(super) fn over(self, style: Style, text: &str) -> String {
        match self {
            Self::Colour if !text.is_empty() => format!("{style}{text}{style:#}"),
            _ => text.to_owned(),
        }
    }
}

/// What the three streams of the process are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Streams {
    /// Whether stdin is a terminal.
    pub input: Stream,
    /// What stdout is.
    pub output: Stream,
    /// What stderr is.
    pub errors: Stream,
    /// How wide and high the terminal is, in cells.
    pub size: Option<(u16, u16)>,
}

/// What a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stream {
    /// A file, a pipe, nothing.
    #[default]
    Piped,
    /// A terminal.
    Terminal,
}

impl Stream {
    /// Whether it is a terminal.
    pub fn is_terminal(self) -> bool {
        self == Self::Terminal
    }

    fn of(stream: &impl IsTerminal) -> Self {
        if stream.is_terminal() { Self::Terminal } else { Self::Piped }
    }
}

impl Streams {
    /// How wide the terminal is, in cells; what terminals usually are where it does not say.
    pub(super) fn columns(&self) -> usize {
        self.size.map_or(80, |(width, _)| width.into())
    }

    /// The streams of this process.
    pub fn detect() -> Self {
        let output = Stream::of(&std::io::stdout());
        let errors = Stream::of(&std::io::stderr());
        let size = match (output, errors) {
            (Stream::Terminal, _) => terminal_size::terminal_size_of(std::io::stdout()),
            (Stream::Piped, Stream::Terminal) => terminal_size::terminal_size_of(std::io::stderr()),
            (Stream::Piped, Stream::Piped) => None,
        };
        Self {
            input: Stream::of(&std::io::stdin()),
            output,
            errors,
            size: size.map(|(width, height)| (width.0, height.0)),
        }
    }
}
