//! What two ends said to each other, in place of the log: both directions in order, as text or in hexadecimal, while it grows.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{io, thread};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use egui::{Align, Color32, FontId, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_material_icons::icons::{ICON_ARROW_BACK, ICON_CONTENT_COPY, ICON_EXPAND_MORE, ICON_SAVE_AS};

use super::command::{Action, Actions};
use super::details::copy::charset_menu;
use super::log::Log;
use super::look::{Look, format, line_of, named, paint_line};
use super::scene::Scene;
use super::theme::{self, ROW};
use super::waker::Waker;
use crate::text;
use crate::trace::conversation::{Conversation, Ends, Line, MOST_PEERS, Side, Written, words};
use crate::trace::pairing::Pairing;
use crate::trace::{Address, Direction, Listening, Record, SocketId, SocketType, Store, notation};
use crate::wire::Charset;

/// The pause between two looks at rows that come.
const PAUSE: Duration = Duration::from_millis(100);

/// The state of the view.
#[derive(Debug)]
pub(crate) struct Talk {
    socket: SocketId,
    /// With whom, where the socket is not connected; none means with everybody.
    peer: Option<Address>,
    side: Side,
    hex: bool,
    telling: Option<Telling>,
}

/// Which lines are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    peer: Option<Address>,
    side: Side,
    written: Written,
}

impl Talk {
    /// The conversation that `socket` takes part in; where it is not connected, that with `peer`.
    pub(crate) const fn of(socket: SocketId, peer: Option<Address>) -> Self {
        Self { socket, peer, side: Side::Both, hex: false, telling: None }
    }

    /// Whether every row up to `newest` was looked at.
    pub(crate) fn is_settled(&self, newest: u64) -> bool {
        self.telling.as_ref().is_some_and(|telling| telling.read() >= newest)
    }

    /// Draws it in all the space there is; returns whether it is to be closed.
    pub(crate) fn show(&mut self, ui: &mut Ui, log: &mut Log, scene: &Scene, charset: Charset, look: &Look, actions: &mut Actions) -> bool {
        let written = if self.hex { Written::Hex } else { Written::Text(charset) };
        let wanted = Wanted { peer: self.peer.clone(), side: self.side, written };
        if self.telling.as_ref().is_none_or(|telling| telling.wanted != wanted) {
            let waker = Waker::new(ui.ctx());
            self.telling = Telling::start(&scene.store, self.socket, wanted, &waker).ok();
        }
        let Some(told) = self.telling.as_ref().map(Telling::told) else { return true };
        let close = egui::Panel::top("talk")
            .exact_size(34.0)
            .resizable(false)
            .frame(egui::Frame::new().fill(look.roles.panel))
            .show(ui, |ui| self.bar(ui, scene, &told, written, charset, look, actions));
        let asked = ui.ctx().text_edit_focused();
        let escape = !asked && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        self.lines(ui, log, scene, written, look);
        close.inner || escape
    }

    #[expect(clippy::too_many_arguments, reason = "what a frame is drawn with")]
    fn bar(
        &mut self,
        ui: &mut Ui,
        scene: &Scene,
        told: &Told,
        written: Written,
        charset: Charset,
        look: &Look,
        actions: &mut Actions,
    ) -> bool {
        let mut close = false;
        let ends = &told.ends;
        let name = |socket: SocketId| {
            let program = scene.names.socket(socket).map(|ends| scene.names.program_name(ends.program)).unwrap_or_default();
            format!("{program} {socket}")
        };
        ui.horizontal_centered(|ui| {
            ui.add_space(8.0);
            close = look.icon_button(ui, ICON_ARROW_BACK, &look.say(&text!("ui-talk-back"))).clicked();
            let sides = [Some((Side::Both, look.say(&text!("ui-talk-both")))), Some((Side::Of(ends.one), name(ends.one)))];
            let other = ends.other.map(|other| (Side::Of(other), name(other)));
            for (side, words) in sides.into_iter().chain([other]).flatten().filter(|(side, _)| ends.other.is_some() || *side != Side::Both)
            {
                let chosen = self.side == side || ends.other.is_none();
                if ui.selectable_label(chosen, words).on_hover_text(look.say(&text!("ui-talk-side-tip"))).clicked() {
                    self.side = side;
                }
            }
            self.peers(ui, told, look);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(8.0);
                if look.icon_button(ui, ICON_SAVE_AS, &look.say(&text!("ui-talk-save"))).clicked() {
                    actions.push(Action::SaveTalk(Box::new(ends.clone()), self.side, written));
                }
                if look.icon_button(ui, ICON_CONTENT_COPY, &look.say(&text!("ui-talk-copy"))).clicked() {
                    actions.push(Action::CopyTalk(Box::new(ends.clone()), self.side, written));
                }
                let chosen = charset_menu(ui, charset, look);
                actions.extend(chosen.map(Action::Charset));
                for (hex, words) in [(true, text!("ui-bytes-hex")), (false, text!("ui-bytes-text"))] {
                    if ui.selectable_label(self.hex == hex, look.say(&words)).clicked() {
                        self.hex = hex;
                    }
                }
            });
        });
        close
    }

    /// With whom: a choice, where the socket talks to many.
    fn peers(&mut self, ui: &mut Ui, told: &Told, look: &Look) {
        if told.peers.is_empty() {
            return;
        }
        let all = look.say(&text!("ui-talk-all-peers"));
        let shown = self.peer.as_ref().map_or_else(|| all.clone(), ToString::to_string);
        let words = look.say(&text!("ui-talk-with", peer = shown.as_str()));
        let mut label = egui::text::LayoutJob::default();
        label.append(&shown, 0.0, format(theme::mono(12.0), look.roles.text));
        label.append(ICON_EXPAND_MORE.codepoint, 4.0, format(theme::icon(14.0), look.roles.text2));
        let menu = ui.menu_button(label, |ui| {
            ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                for peer in [None].into_iter().chain(told.peers.iter().map(Some)) {
                    let name = peer.map_or_else(|| all.clone(), ToString::to_string);
                    let font = if peer.is_some() { theme::mono(12.0) } else { theme::plain(13.0) };
                    if ui.selectable_label(self.peer.as_ref() == peer, RichText::new(name).font(font)).clicked() {
                        (self.peer, self.side) = (peer.cloned(), Side::Both);
                        ui.close();
                    }
                }
            });
            if told.peers.len() >= MOST_PEERS {
                look.secondary(ui, look.say(&text!("ui-talk-first-peers", count = MOST_PEERS)));
            }
        });
        named(menu.response, Role::Button, &words).on_hover_text(look.say(&text!("ui-talk-with-tip")));
    }

    fn lines(&self, ui: &mut Ui, log: &mut Log, scene: &Scene, written: Written, look: &Look) {
        let Some(telling) = &self.telling else { return };
        let told = telling.told();
        if told.forgotten > 0 {
            look.secondary(ui, look.say(&text!("ui-talk-forgotten", lines = told.forgotten.to_string())));
        }
        if told.lines == 0 {
            ui.add_space(20.0);
            ui.vertical_centered(|ui| look.secondary(ui, look.say(&text!("ui-talk-empty"))));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("talk").auto_shrink([false, false]).stick_to_bottom(true);
        area.show_rows(ui, ROW, told.lines, |ui, range| {
            let lines = telling.lines(range);
            let numbers = lines.iter().map(|line| line.n).collect::<Vec<_>>();
            for (line, record) in lines.iter().zip(scene.store.rows_at(&numbers)) {
                if show_line(ui, line, record.as_ref(), log.chosen == Some(line.n), scene, written, look) {
                    log.choose(line.n);
                }
            }
        });
    }
}

/// One line: whose, which way, and what; returns whether it was clicked.
fn show_line(ui: &mut Ui, line: &Line, record: Option<&Record>, chosen: bool, scene: &Scene, written: Written, look: &Look) -> bool {
    let roles = look.roles;
    let (ink, soft) = match line.direction {
        Direction::Sent => (roles.send, roles.send_soft),
        Direction::Received => (roles.recv, roles.recv_soft),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let payload = record.and_then(|record| record.payload.as_ref());
    let bytes = payload.and_then(|payload| payload.bytes.get(line.from as usize..line.to as usize));
    let said = bytes.map_or_else(|| look.say(&scene.missing(line.n)), |bytes| words(bytes, written));
    let program = record.map(|record| scene.names.program_name(record.program)).unwrap_or_default();
    let arrow = notation::arrow(line.direction);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, format!("{}, {program} {} {arrow} {said}", line.n, line.socket))
    });
    look.row(ui, rect, chosen, response.hovered());
    if !chosen {
        ui.painter().rect_filled(egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, soft);
    }
    let y = rect.center().y;
    let run = |x: f32, text: &str, font: FontId, colour: Color32, width: f32| {
        paint_line(ui, rect.left() + x, y, line_of(&[(text, font, colour)], width));
    };
    if line.first {
        run(10.0, &line.n.to_string(), theme::mono(11.0), roles.text2, 52.0);
        run(64.0, &format!("{program} {}", line.socket), theme::plain(12.0), roles.text2, 104.0);
        let length = payload.map_or(0, |payload| payload.full_len);
        run(172.0, &format!("{arrow} {length} B"), theme::mono(12.0), ink, 84.0);
    }
    let is_end = payload.is_some_and(|payload| payload.full_len == 0) && line.direction == Direction::Received;
    let (said, font, ink) = if is_end && is_stream(scene, line.socket) {
        (look.say(&text!("ui-log-end-of-stream")), theme::plain(12.0), roles.text2)
    } else {
        (said, theme::mono(12.0), ink)
    };
    run(262.0, &said, font, ink, (rect.width() - 270.0).max(40.0));
    response.clicked()
}

/// Whether no byte received on `socket` means that no more will come: an empty datagram is one like any other.
fn is_stream(scene: &Scene, socket: SocketId) -> bool {
    let made = scene.names.socket(socket).and_then(|ends| ends.made);
    made.is_none_or(|(_, kind)| kind == SocketType::Stream)
}

/// How much there is.
#[derive(Clone, Debug)]
struct Told {
    ends: Ends,
    peers: Vec<Address>,
    lines: usize,
    forgotten: u64,
}

/// The lines, as they are found on a thread of their own.
struct Telling {
    wanted: Wanted,
    shared: Arc<Mutex<(Ends, Conversation)>>,
    _listening: Listening,
    /// Dropped with this handle, which ends the thread.
    _stop: Sender<()>,
}

impl Telling {
    fn start(store: &Arc<Store>, socket: SocketId, wanted: Wanted, waker: &Waker) -> io::Result<Self> {
        let ends = Ends { one: socket, other: None, with: None };
        let shared = Arc::new(Mutex::new((ends.clone(), Conversation::new(ends.clone(), wanted.side, wanted.written))));
        let (grown, growth) = bounded(1);
        let (stop, stopped) = bounded::<()>(0);
        grown.try_send(()).ok();
        let listening = store.listen(move || {
            grown.try_send(()).ok();
        });
        let (store, telling, waker) = (Arc::clone(store), Arc::clone(&shared), waker.clone());
        let Wanted { peer, side, written } = wanted.clone();
        let tell = move || {
            let (mut ends, mut pairing, mut read) = (ends, Pairing::default(), 0);
            while growth.recv().is_ok() {
                if ends.other.is_none() {
                    store.scans(pairing.read() + 1).for_each(|scan| pairing.fold(scan.rows()));
                    let found = Ends::of(&pairing, &store.names(), socket, peer.as_ref());
                    if found != ends {
                        // What was told before was one side alone, or that with everybody.
                        (ends, read) = (found, 0);
                        *telling.lock().unwrap_or_else(PoisonError::into_inner) =
                            (ends.clone(), Conversation::new(ends.clone(), side, written));
                    }
                    if ends.other.is_some() {
                        pairing = Pairing::default();
                    }
                }
                for scan in store.scans(read + 1) {
                    let mut part = Conversation::new(ends.clone(), side, written);
                    part.fold(scan.rows());
                    read = part.read().max(read);
                    // Held only to hand the lines over, so that the window never waits.
                    telling.lock().unwrap_or_else(PoisonError::into_inner).1.append(part);
                    waker.ring();
                }
                waker.ring();
                if let Err(RecvTimeoutError::Disconnected) = stopped.recv_timeout(PAUSE) {
                    return;
                }
            }
        };
        thread::Builder::new().name("conversation".to_owned()).spawn(tell)?;
        Ok(Self { wanted, shared, _listening: listening, _stop: stop })
    }

    fn told(&self) -> Told {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        Told { ends: shared.0.clone(), peers: shared.1.peers().to_vec(), lines: shared.1.lines().len(), forgotten: shared.1.forgotten() }
    }

    fn read(&self) -> u64 {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).1.read()
    }

    fn lines(&self, range: std::ops::Range<usize>) -> Vec<Line> {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.1.lines().iter().skip(range.start).take(range.len()).copied().collect()
    }
}

impl std::fmt::Debug for Telling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Telling").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}
