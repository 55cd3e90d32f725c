//! What belongs to one lab or recording that the window shows.

use std::io;
use std::path::PathBuf;

use super::calls::Calls;
use super::conversation::Talk;
use super::counting::Counting;
use super::desk::Desk;
use super::details::Details;
use super::document::Document;
use super::form::Drafts;
use super::kernel::Kernel;
use super::log::Log;
use super::options::OptionsView;
use super::overwrite::Overwriting;
use super::peers::Peers;
use super::send_box::SendBox;
use super::survey::Survey;
use super::threads::ThreadLanes;
use super::transfers::TransfersView;
use super::view::View;
use super::waker::Waker;
use super::{launch, program_list, ticking};
use crate::trace::Listening;

/// What belongs to one lab: thrown away whole when another is opened.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) desk: Desk,
    pub(super) document: Document,
    pub(super) log: Log,
    pub(super) counting: Counting,
    pub(super) list: program_list::List,
    pub(super) leaving: launch::Leaving,
    pub(super) overwriting: Overwriting,
    pub(super) survey: Survey,
    pub(super) drafts: Drafts,
    pub(super) send_box: SendBox,
    pub(super) peers: Peers,
    pub(super) transfers: TransfersView,
    pub(super) kernel: Kernel,
    pub(super) threads: ThreadLanes,
    pub(super) options: OptionsView,
    pub(super) calls: Calls,
    pub(super) view: View,
    pub(super) details: Details,
    /// The conversation that stands in place of the log.
    pub(super) talk: Option<Talk>,
    pub(super) ticking: ticking::Ticking,
    pub(super) program: Option<String>,
    /// Whether the form is unfolded where there is little room.
    pub(super) unfolded: bool,
    /// Asks for a frame when rows have come or were read.
    _listening: Listening,
}

impl Open {
    pub(super) fn new(desk: Desk, file: Option<PathBuf>, waker: &Waker) -> io::Result<Self> {
        desk.wake(waker);
        if let Desk::Live(session) = &desk {
            // Here is a person who can be asked where a file goes.
            session.keep_received();
        }
        // Only what can be started needs to know what is in its way.
        let survey = if matches!(desk, Desk::Live(_)) { Survey::start(waker)? } else { Survey::default() };
        let ring = waker.clone();
        Ok(Self {
            document: Document::new(desk.lab(), file),
            _listening: desk.store().listen(move || ring.ring()),
            log: Log::new(desk.store(), waker)?,
            counting: Counting::start(desk.store(), waker)?,
            list: program_list::List::default(),
            leaving: launch::Leaving::default(),
            overwriting: Overwriting::default(),
            survey,
            drafts: Drafts::default(),
            send_box: SendBox::default(),
            peers: Peers::default(),
            kernel: Kernel::default(),
            threads: ThreadLanes::default(),
            options: OptionsView::default(),
            calls: Calls::default(),
            transfers: TransfersView::new(desk.store(), waker)?,
            view: View::default(),
            details: Details::new(desk.store(), matches!(desk, Desk::Live(_)), waker)?,
            talk: None,
            ticking: ticking::Ticking::default(),
            desk,
            program: None,
            unfolded: false,
        })
    }
}
