//! A line typed at the terminal that is not shown. The terminal stops showing keys before the question appears, and
//! is as it was by the time Ctrl-C ends the process.

use std::io;

use super::Ui;

impl Ui {
    /// Asks, and reads a line that is not shown.
    #[cfg(unix)]
    pub(super) fn hidden(&mut self, prompt: &str) -> io::Result<String> {
        use std::rc::Rc;

        use self::unix::{Hidden, Keys};

        // Hidden first: what is typed the moment the question appears must not be seen.
        let hidden = Rc::new(Hidden::begin()?);
        self.say(prompt);
        let keys = rpassword::ConfigBuilder::new().input_reader(Keys(Rc::clone(&hidden))).output_discard().build();
        let typed = rpassword::read_password_with_config(keys);
        hidden.end();
        self.say("\n");
        typed
    }

    /// Asks, and reads a line that is not shown.
    #[cfg(not(unix))]
    pub(super) fn hidden(&mut self, prompt: &str) -> io::Result<String> {
        self.say(prompt);
        rpassword::read_password()
    }
}

#[cfg(unix)]
mod unix {
    use std::{
        io::{self, Read, Write as _},
        rc::Rc,
    };

    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    /// The key that interrupts, as a terminal sends it where it makes no signal of it.
    const CTRL_C: u8 = 3;

    /// A terminal that shows nothing of what is typed and hands on each key, until this ends.
    pub(super) struct Hidden {
        before: Termios,
    }

    impl Hidden {
        pub(super) fn begin() -> io::Result<Self> {
            let before = tcgetattr(io::stdin())?;
            let mut hidden = before.clone();
            hidden.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
            hidden.special_codes[SpecialCodeIndex::VMIN] = 1;
            hidden.special_codes[SpecialCodeIndex::VTIME] = 0;
            tcsetattr(io::stdin(), OptionalActions::Now, &hidden)?;
            Ok(Self { before })
        }

        pub(super) fn end(&self) {
            // There is nothing to be done about a terminal that went away.
            let _gone = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
        }
    }

    impl Drop for Hidden {
        fn drop(&mut self) {
            self.end();
        }
    }

    /// The keys typed at a hidden terminal, one by one.
    pub(super) struct Keys(pub(super) Rc<Hidden>);

    impl Read for Keys {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(first) = buffer.get_mut(..1) else { return Ok(0) };
            let read = io::stdin().lock().read(first)?;
            if read == 1 && *first == [CTRL_C] {
                // The signal that is raised now may end the process at once.
                self.0.end();
                drop(io::stderr().write_all(b"\n"));
            }
            Ok(read)
        }
    }
}
