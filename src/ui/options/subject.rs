//! Whose options are looked at: a socket of the trace, open or closed, or one that a program is to make.

use std::borrow::Cow;

use crate::lab::Surroundings;
use crate::net::Opt;
use crate::net::limits::Limits;
use crate::net::option::late::{Late, late_in};
use crate::text;
use crate::trace::options::{Moment, OptionCourse, Options, SocketCourse};
use crate::trace::{Errno, Family, SocketId, SocketType, Value, notation};
use crate::ui::counting::Counted;
use crate::ui::look::Look;
use crate::ui::scene::{ProgramLine, Scene};

/// Which one is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A socket of the trace.
    Socket(SocketId),
    /// The same as it was before this row.
    Past(SocketId, u64),
    /// The socket that the program of this name is to make.
    Planned(String),
}

/// What there is to look at: the sockets of the trace, and those of programs that do not run.
pub(super) struct Around<'frame> {
    pub(super) scene: &'frame Scene,
    pub(super) options: &'frame Options,
    /// This computer, or of a recording nothing.
    here: &'frame Surroundings,
    /// The limits of the computer that ran it, where they are known.
    pub(super) limits: Option<&'frame Limits>,
    pub(super) family: &'frame dyn Fn(&str) -> Option<Family>,
}

/// One that is looked at.
pub(super) struct Subject<'frame> {
    pub(super) of: Of,
    pub(super) family: Family,
    pub(super) kind: SocketType,
    pub(super) course: Option<Cow<'frame, SocketCourse>>,
    pub(super) line: Option<&'frame ProgramLine>,
}

/// What is known of an option of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    pub(super) asked: Option<Value>,
    /// What the kernel has or, before there is a socket, what it will have.
    pub(super) effective: Option<Value>,
    pub(super) unread: Option<Errno>,
    pub(super) refused: Option<(Value, Errno)>,
    pub(super) default: Option<Value>,
    pub(super) late: Option<Late>,
}

impl Cells {
    /// Whether it was asked for, or is not what a fresh socket has.
    pub(super) fn is_changed(&self) -> bool {
        let is_other = self.default.as_ref().zip(self.effective.as_ref()).is_some_and(|(default, effective)| default != effective);
        self.asked.is_some() || self.refused.is_some() || self.late.is_some() || is_other
    }

    /// Whether the kernel has something else than was asked for.
    pub(super) fn is_other(&self) -> bool {
        self.asked.as_ref().zip(self.effective.as_ref()).is_some_and(|(asked, effective)| asked != effective)
    }

    /// Whether something became of it since it was `earlier`. What nobody had read by then was perhaps the same.
    pub(super) fn has_moved(&self, earlier: &Self) -> bool {
        let is_other = self.effective.as_ref().zip(earlier.effective.as_ref()).is_some_and(|(now, then)| now != then);
        is_other || self.asked != earlier.asked || self.refused != earlier.refused
    }

    /// What the kernel has, or why that is not known.
    pub(super) fn effective_text(&self) -> String {
        match (&self.effective, self.unread) {
            (Some(value), _) => shown(value),
            (None, Some(errno)) => errno.name(),
            (None, None) => "–".to_owned(),
        }
    }
}

/// The value, or a word for an empty one.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.is_empty() { "–".to_owned() } else { text }
}

impl<'frame> Around<'frame> {
    pub(super) fn new(
        scene: &'frame Scene,
        counted: &'frame Counted,
        here: &'frame Surroundings,
        family: &'frame dyn Fn(&str) -> Option<Family>,
    ) -> Self {
        let limits = scene.recorded.as_ref().map_or(here.limits.as_ref(), |facts| facts.limits.as_ref());
        Self { scene, options: &counted.options, here, limits, family }
    }

    /// What there is to choose from: what programs are to make first, then the sockets, the newest first.
    pub(super) fn all(&self) -> Vec<Of> {
        let planned = self.scene.programs.iter().filter(|line| !line.phase.is_running() && !self.scene.is_recorded());
        let planned = planned.map(|line| Of::Planned(line.spec.name.clone()));
        planned.chain(self.options.sockets().rev().map(|(socket, _)| Of::Socket(socket))).collect()
    }

    /// What is looked at where nothing was chosen: the first open socket of the chosen program, or what it is to make.
    pub(super) fn first(&self, program: Option<&str>) -> Option<Of> {
        let is_of = |course: &SocketCourse| program.is_none_or(|name| self.scene.names.program_name(course.program) == name);
        let open = self.options.sockets().find(|(_, course)| course.closed.is_none() && is_of(course));
        let planned = || self.all().into_iter().find(|of| matches!((of, program), (Of::Planned(name), Some(program)) if name == program));
        open.map(|(socket, _)| Of::Socket(socket)).or_else(planned).or_else(|| self.all().into_iter().next())
    }

    /// What is known of it; none where it is gone.
    pub(super) fn subject(&self, of: &Of) -> Option<Subject<'frame>> {
        match of {
            Of::Socket(socket) => Some(self.of_course(of, Cow::Borrowed(self.options.socket(*socket)?))),
            Of::Past(socket, n) => Some(self.of_course(of, Cow::Owned(self.options.socket(*socket)?.before(*n)?))),
            Of::Planned(name) => {
                let line = self.scene.program(name).filter(|line| !line.phase.is_running())?;
                let family = (self.family)(name)?;
                Some(Subject { of: of.clone(), family, kind: line.spec.kind.socket_type(), course: None, line: Some(line) })
            }
        }
    }

    fn of_course(&self, of: &Of, course: Cow<'frame, SocketCourse>) -> Subject<'frame> {
        let (family, kind) = course.made.unwrap_or((Family::Inet, SocketType::Stream));
        let line = self.scene.programs.iter().find(|line| line.id == Some(course.program));
        Subject { of: of.clone(), family, kind, course: Some(course), line }
    }

    /// The rows before which the socket can be looked at, the newest first, each with what it is called.
    pub(super) fn past(&self, socket: SocketId, look: &Look) -> Vec<(u64, String)> {
        let moments = self.options.socket(socket).into_iter().flat_map(|course| course.moments().rev());
        let said = |moment: &Moment| {
            look.say(&text!("ui-options-before-row", row = moment.n.to_string(), call = notation::call(moment.call, &moment.args)))
        };
        moments.map(|moment| (moment.n, said(moment))).collect()
    }

    /// What it is called: `s3 server, accepted from 127.0.0.1:52236`.
    pub(super) fn name(&self, of: &Of, look: &Look) -> String {
        let socket = match of {
            Of::Planned(name) => return look.say(&text!("ui-options-planned", program = name.as_str())),
            Of::Past(socket, n) => return look.say(&text!("ui-options-past", socket = socket.to_string(), row = n.to_string())),
            Of::Socket(socket) => *socket,
        };
        let Some(course) = self.options.socket(socket) else { return socket.to_string() };
        let peer = self.scene.names.socket(socket).and_then(|ends| ends.peer.as_ref()).map(ToString::to_string);
        let (name, program) = (socket.to_string(), self.scene.names.program_name(course.program));
        let what = match (course.accepted, course.listening, peer) {
            (Some(_), _, Some(peer)) => text!("ui-options-accepted", socket = name, program = program, peer = peer),
            (_, Some(_), _) => text!("ui-options-listener", socket = name, program = program),
            _ => text!("ui-options-socket", socket = name, program = program),
        };
        let what = look.say(&what);
        if course.closed.is_some() { look.say(&text!("ui-options-closed", socket = what)) } else { what }
    }

    /// What is known of an option of it.
    pub(super) fn cells(&self, subject: &Subject<'_>, option: &'static Opt) -> Cells {
        let default = self.here.defaults.value(subject.family, subject.kind, option.name);
        // What cannot be set is no default, but what this socket is.
        let default = default.and_then(|default| default.as_ref().ok()).filter(|_| option.is_settable()).cloned();
        if let Some(course) = &subject.course {
            let known = course.option(option.name).cloned().unwrap_or_default();
            let OptionCourse { asked, read, unread, refused, .. } = known;
            let effective = read.map(|(value, _)| value);
            return Cells { asked, effective, unread, refused, default, late: late_in(option, course, self.options) };
        }
        let asked = subject.line.and_then(|line| line.spec.options.iter().find(|(known, _)| *known == option));
        let asked = asked.map(|(_, value)| value.clone());
        let expected = asked.as_ref().and_then(|asked| self.limits?.expected(option, subject.kind, asked));
        let effective = if asked.is_some() { expected } else { default.clone() };
        Cells { asked, effective, default, ..Cells::default() }
    }
}

impl Subject<'_> {
    /// Whether an option can be set on it now: it is open, and its program runs.
    pub(super) fn is_open(&self) -> bool {
        let is_running = self.line.is_some_and(|line| line.phase.is_running());
        is_running && matches!(self.of, Of::Socket(_)) && self.course.as_ref().is_some_and(|course| course.closed.is_none())
    }

    /// Whether it can be compared with that: with another socket, or with what it was itself.
    pub(super) fn can_be_beside(&self, other: &Of) -> bool {
        !matches!(other, Of::Past(socket, _) if self.of != Of::Socket(*socket))
    }

    /// Whether the option is one of its kind of socket, on this system or another.
    pub(super) fn has(&self, option: &Opt) -> bool {
        let was_told = self.course.as_ref().is_some_and(|course| course.option(option.name).is_some());
        was_told || option.families.contains(&self.family) && option.types.contains(&self.kind)
    }
}
