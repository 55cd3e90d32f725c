//! The bytes that would go, while a message is being written: how many, and the first of them.

use std::path::{Path, PathBuf};
use std::thread;

use bytes::Bytes;
use crossbeam_channel::{Receiver, bounded};

use crate::program::{Data, DataError, Draft, Form, look_at};
use crate::text;
use crate::text::Message;
use crate::ui::dialog::{Asker, Purpose};
use crate::wire::hex;

/// How many bytes are shown.
const SHOWN: usize = 32;

/// What a file comes to.
type Looked = Result<(u64, Bytes), DataError>;

/// What a draft comes to, worked out anew when it changes. Files are looked at on a thread of their own.
#[derive(Debug, Default)]
pub(super) struct Preview {
    of: Option<Draft>,
    known: Option<Result<(u64, Bytes), Message>>,
    looking: Option<Receiver<(String, Looked)>>,
    choosing: Option<Receiver<Option<PathBuf>>>,
}

impl Preview {
    /// Follows `draft`. A file that was chosen becomes its text.
    pub(super) fn update(&mut self, draft: &mut Draft, ctx: &egui::Context) {
        if let Some(chosen) = self.choosing.as_ref().and_then(|choosing| choosing.try_recv().ok()) {
            self.choosing = None;
            if let Some(path) = chosen {
                draft.form = Form::File;
                draft.text = path.to_string_lossy().into_owned();
            }
        }
        if let Some((path, looked)) = self.looking.as_ref().and_then(|looking| looking.try_recv().ok()) {
            self.looking = None;
            if draft.form == Form::File && draft.text == path {
                self.known = Some(looked.map_err(|error| error.message()));
            } else {
                self.of = None;
            }
        }
        if self.of.as_ref() == Some(draft) {
            return;
        }
        match draft.form {
            // One at a time: when it is done, what is written by then is looked at.
            Form::File if self.looking.is_some() => return,
            Form::File if draft.text.is_empty() => self.known = None,
            Form::File => {
                self.known = None;
                self.look(draft.text.clone(), ctx);
            }
            Form::Text | Form::Hex => self.known = Some(of(draft)),
        }
        self.of = Some(draft.clone());
    }

    /// What the draft comes to: its length and its beginning; none while nobody knows.
    pub(super) fn known(&self) -> Option<&Result<(u64, Bytes), Message>> {
        self.known.as_ref()
    }

    /// In figures: `18 B  e4 bd a0`.
    pub(super) fn words(length: u64, bytes: &[u8]) -> String {
        let more = if length > bytes.len() as u64 { " …" } else { "" };
        format!("{length} B  {}{more}", hex::format(bytes))
    }

    /// Asks the person for a file.
    pub(super) fn choose(&mut self, asker: Asker, ctx: &egui::Context) {
        if self.choosing.is_none() {
            self.choosing = on_a_thread(ctx, move || asker.ask(Purpose::SendFile, &text!("ui-dialog-send")));
        }
    }

    fn look(&mut self, path: String, ctx: &egui::Context) {
        self.looking = on_a_thread(ctx, move || {
            let looked = look_at(Path::new(&path), SHOWN as u64);
            (path, looked)
        });
    }
}

/// Does `work` on a thread named "file", and wakes the window when it is done.
fn on_a_thread<T: Send + 'static>(ctx: &egui::Context, work: impl FnOnce() -> T + Send + 'static) -> Option<Receiver<T>> {
    let (tell, told) = bounded(1);
    let ctx = ctx.clone();
    let work = move || {
        tell.send(work()).ok();
        ctx.request_repaint();
    };
    thread::Builder::new().name("file".to_owned()).spawn(work).ok().map(|_| told)
}

fn of(draft: &Draft) -> Result<(u64, Bytes), Message> {
    let bytes = draft.data().and_then(|data| data.bytes()).map_err(|error: DataError| error.message())?;
    Ok((bytes.len() as u64, bytes.slice(..bytes.len().min(SHOWN))))
}

/// In figures what a draft comes to; none for a file, which nobody looks at for that, and for what is wrong.
pub(super) fn words_of(draft: &Draft) -> Option<String> {
    let (length, bytes) = (draft.form != Form::File).then(|| of(draft).ok()).flatten()?;
    Some(Preview::words(length, &bytes))
}

/// What a draft is to be sent as.
pub(super) fn data(draft: &Draft) -> Result<Data, Message> {
    draft.data().map_err(|error| error.message())
}
