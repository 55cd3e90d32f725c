//! A recording that was opened: what it says about itself, and its programs as its rows tell of them. It is looked at; nothing in it runs.

use std::path::Path;
use std::sync::Arc;

use super::counting::Counted;
use super::scene::{Facts, Phase, ProgramLine, Scene};
use crate::lab::Lab;
use crate::net::limits::Limits;
use crate::program::{ProgramKind, Spec};
use crate::text::Message;
use crate::trace::activity::Activity;
use crate::trace::{Header, Names, ProgramId, Recording, SocketId, Store};

/// An open recording.
#[derive(Debug)]
pub(crate) struct Recorded {
    recording: Recording,
    facts: Arc<Facts>,
    /// The lab that was run.
    lab: Lab,
    lines: Lines,
    /// How many of its losses were told.
    told: usize,
    /// When its last row returned; none while that is not read yet.
    end: Option<u64>,
}

/// The programs, and what they were derived from.
#[derive(Debug, Default)]
struct Lines {
    from: Option<(Arc<Activity>, Arc<Names>)>,
    lines: Vec<ProgramLine>,
}

impl Recorded {
    /// The recording that was opened from `file`.
    pub(crate) fn new(recording: Recording, file: &Path) -> Self {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let header = &recording.header;
        // The lab was written by this program; of one that cannot be read, the rows still tell the programs.
        let lab = Lab::parse(&header.lab, &name).unwrap_or_default();
        let facts = Facts {
            name,
            path: file.display().to_string(),
            system: header.system.clone(),
            version: header.version.clone(),
            started: started(header),
            limits: limits(header),
            losses: Vec::new(),
        };
        Self { recording, facts: Arc::new(facts), lab, lines: Lines::default(), told: 0, end: None }
    }

    /// Its rows.
    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.recording.store
    }

    /// The lab that was run.
    pub(crate) fn lab(&self) -> &Lab {
        &self.lab
    }

    /// What was found to be lost since this was last asked for.
    pub(crate) fn new_losses(&mut self) -> Vec<Message> {
        let losses = self.recording.store.losses();
        if losses.len() != self.facts.losses.len() {
            Arc::make_mut(&mut self.facts).losses.clone_from(&losses);
        }
        let new = losses.get(self.told..).unwrap_or_default().to_vec();
        self.told = losses.len();
        new
    }

    /// What there is to see.
    pub(crate) fn scene(&mut self, counted: &Counted) -> Scene {
        let store = &self.recording.store;
        let (counts, names) = (store.counts(), store.names());
        self.lines.update(&self.lab, &counted.activity, &names);
        if self.end.is_none() {
            self.end = store.rows(counts.total()..counts.total() + 1).into_iter().flatten().next().map(|last| last.t1);
        }
        Scene {
            title: self.lab.title.clone(),
            programs: self.lines.lines.clone(),
            names,
            activity: Arc::clone(&counted.activity),
            newest: counts.total(),
            lost: counts.dropped,
            store: Arc::clone(store),
            open: Vec::new(),
            soon: false,
            now: self.end.unwrap_or_default(),
            told: 0,
            started: Some(self.recording.header.started),
            recorded: Some(Arc::clone(&self.facts)),
            recording: None,
            kept: Vec::new(),
            broken: None,
        }
    }
}

/// The limits that its expectations depend on. The rules that they stand in are those of this system: of another nothing is known.
fn limits(header: &Header) -> Option<Limits> {
    let is_alike = header.system.split(' ').next() == Some(std::env::consts::OS);
    is_alike.then(|| Limits::of_names(&header.limits)).flatten()
}

/// The time of day at which it was begun, where the person is: `2026-11-20 23:24:12`.
fn started(header: &Header) -> String {
    let time = jiff::Timestamp::try_from(header.started).map(|time| time.to_zoned(jiff::tz::TimeZone::system()));
    // A recording that nobody made here may claim a time that no calendar has.
    time.map_or_else(|_beyond| "?".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

impl Lines {
    /// Derives the programs anew where more is known than before.
    fn update(&mut self, lab: &Lab, activity: &Arc<Activity>, names: &Arc<Names>) {
        let is_known = |(from, named): &(Arc<Activity>, Arc<Names>)| Arc::ptr_eq(from, activity) && Arc::ptr_eq(named, names);
        if self.from.as_ref().is_some_and(is_known) {
            return;
        }
        self.lines = lines(lab, activity, names);
        self.from = Some((Arc::clone(activity), Arc::clone(names)));
    }
}

/// The programs of the lab, in its order, then those that only the rows know; each as it was started last.
fn lines(lab: &Lab, activity: &Activity, names: &Names) -> Vec<ProgramLine> {
    let mut lines = lab.programs.iter().map(|spec| ProgramLine::new(spec.clone())).collect::<Vec<_>>();
    for (id, name) in names.programs() {
        if !lines.iter().any(|line| *line.spec.name == *name.name) {
            let Some(kind) = ProgramKind::by_name(&name.kind) else { continue };
            lines.push(ProgramLine::new(Spec { bind: None, ..Spec::new(kind, &*name.name) }));
        }
        if let Some(line) = lines.iter_mut().find(|line| *line.spec.name == *name.name) {
            line.id = Some(id);
        }
    }
    for line in &mut lines {
        if let Some(id) = line.id {
            line.phase = phase(id, activity);
            line.local = activity.sockets().find(|(_, socket)| socket.program == id).and_then(|(socket, _)| local(socket, activity));
        }
    }
    lines
}

fn local(socket: SocketId, activity: &Activity) -> Option<crate::trace::Address> {
    activity.socket(socket)?.local.clone()
}

/// Where it stood when the recording ended.
fn phase(id: ProgramId, activity: &Activity) -> Phase {
    let program = activity.program(id);
    match (program.panicked, program.ended) {
        (true, _) => Phase::Failed,
        (false, true) => Phase::Ended,
        (false, false) => Phase::Ready,
    }
}
