//! The details of the chosen row: whose call it was, what came back, what belongs to it on the other side, the bytes; and the card of what failed last.

mod bytes;
mod card;
mod characters;
pub(super) mod copy;
mod facts;
mod frames;
mod inquiry;
mod ladder;
mod packet;
mod selection;

use std::io;
use std::sync::Arc;

use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CLOSE, ICON_FORUM, ICON_PUSH_PIN};

use self::bytes::BytesView;
use self::card::{Card, Pressed};
use self::inquiry::{Inquiry, Learned};
use self::ladder::Ladder;
use super::command::{Action, Actions};
use super::log::Log;
use super::look::{Look, format, named};
use super::scene::Scene;
use super::theme;
use super::waker::Waker;
use crate::lab::Cause;
use crate::text;
use crate::trace::transfer::is_tftp;
use crate::trace::{Names, Record, Store};
use crate::wire::Charset;

/// The state of the details.
#[derive(Debug)]
pub(crate) struct Details {
    inquiry: Inquiry,
    bytes: BytesView,
    /// The row that is shown whatever row is chosen.
    pinned: Option<u64>,
    /// The failure whose card was put away, and all before it.
    dismissed: u64,
}

impl Details {
    /// Details of the rows of `store`, which come from now where it `is_live`.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn new(store: &Arc<Store>, is_live: bool, waker: &Waker) -> io::Result<Self> {
        Ok(Self { inquiry: Inquiry::start(store, is_live, waker)?, bytes: BytesView::default(), pinned: None, dismissed: 0 })
    }

    /// The row that is shown.
    pub(crate) fn row(&self, log: &Log) -> Option<u64> {
        self.pinned.or(log.chosen)
    }

    /// The row that is shown, where it is in memory.
    pub(crate) fn record(&self, log: &Log, store: &Store) -> Option<Record> {
        store.rows_at(&[self.row(log)?]).into_iter().next()?
    }

    /// Whether there is anything to show: a row, or what failed.
    pub(crate) fn is_open(&self, log: &Log) -> bool {
        self.row(log).is_some() || self.failure(&self.inquiry.learned()).is_some()
    }

    /// Whether everything up to row `newest` was looked at, for the row that is shown.
    pub(crate) fn is_settled(&self, log: &Log, newest: u64) -> bool {
        let learned = self.inquiry.learned();
        learned.read >= newest && learned.row == self.row(log)
    }

    /// Asks about the row that is shown now.
    pub(crate) fn update(&mut self, log: &Log) {
        let row = self.row(log);
        self.inquiry.ask(row);
    }

    /// The failure that has a card.
    fn failure(&self, learned: &Learned) -> Option<Arc<Record>> {
        learned.failure.as_ref().map(|failed| &failed.record).filter(|record| record.n > self.dismissed).cloned()
    }

    /// Draws the details of the row chosen in `log`.
    pub(crate) fn show(&mut self, ui: &mut Ui, log: &mut Log, scene: &Scene, charset: Charset, look: &Look, actions: &mut Actions) {
        let n = self.row(log);
        let learned = self.inquiry.learned();
        self.head(ui, n, log, look);
        let pane = ui.available_height();
        if let Some(failed) = self.failure(&learned).filter(|failed| Some(failed.n) != n) {
            let why = learned.failure.as_ref();
            let (holder, causes) = (why.and_then(|why| why.holder.as_ref()), why.map_or(&[][..], |why| &why.causes));
            // A row that is chosen keeps the larger part; without one the card is all there is.
            let (panel, most) = match n {
                Some(_) => (Panel::bottom("card"), (pane * 0.42).max(150.0)),
                None => (Panel::top("card alone"), ui.available_height() - 20.0),
            };
            let pressed = panel.resizable(false).frame(Frame::new().inner_margin(Margin::same(10))).show(ui, |ui| {
                ScrollArea::vertical()
                    .id_salt("card")
                    .min_scrolled_height(most)
                    .max_height(most)
                    .show(ui, |ui| card(ui, &failed, (holder, causes), &learned, scene, look, actions))
                    .inner
            });
            self.press(pressed.inner, log);
        }
        let Some(n) = n else { return };
        let record = scene.store.rows_at(&[n]).into_iter().next().flatten();
        let learned = if learned.row == Some(n) { learned } else { Arc::default() };
        let view = ui.available_height();
        ScrollArea::vertical().id_salt("details").auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 14, right: 14, top: 2, bottom: 12 }).show(ui, |ui| {
                ui.set_width(ui.available_width());
                match record {
                    Some(record) => self.body(ui, view, &record, &learned, log, scene, charset, look, actions),
                    None => drop(ui.label(look.say(&scene.missing(n)))),
                }
            });
        });
    }

    fn press(&mut self, pressed: Option<Pressed>, log: &mut Log) {
        match pressed {
            Some(Pressed::Dismiss) => self.dismissed = self.inquiry.learned().failure.as_ref().map_or(0, |failed| failed.record.n),
            Some(Pressed::Row(n)) => self.go(n, log),
            None => {}
        }
    }

    /// Goes to another row, which takes the place of a pinned one.
    fn go(&mut self, n: u64, log: &mut Log) {
        if self.pinned.is_some() {
            self.pinned = Some(n);
        }
        log.choose(n);
    }

    fn head(&mut self, ui: &mut Ui, n: Option<u64>, log: &mut Log, look: &Look) {
        Frame::new().inner_margin(Margin::symmetric(12, 9)).show(ui, |ui| {
            ui.horizontal(|ui| {
                match n {
                    Some(n) => drop(look.heading(ui, &text!("ui-details-row", row = n.to_string()))),
                    None => drop(look.heading(ui, &text!("ui-details-failure"))),
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    if look.icon_button(ui, ICON_CLOSE, &look.say(&text!("ui-details-close"))).clicked() {
                        self.close(log);
                    }
                    if n.is_none() {
                        return;
                    }
                    let pinned = self.pinned.is_some();
                    let name = if pinned { text!("ui-details-unpin") } else { text!("ui-details-pin") };
                    if look.icon_toggle(ui, ICON_PUSH_PIN, pinned, &look.say(&name)).clicked() {
                        self.pinned = if pinned { None } else { n };
                    }
                    ui.add_enabled_ui(!pinned, |ui| {
                        if look.icon_button(ui, ICON_ARROW_DOWNWARD, &look.say(&text!("ui-details-next"))).clicked() {
                            log.step(1);
                        }
                        if look.icon_button(ui, ICON_ARROW_UPWARD, &look.say(&text!("ui-details-previous"))).clicked() {
                            log.step(-1);
                        }
                    });
                });
            });
        });
    }

    /// Shows no row any more, and no card.
    pub(crate) fn close(&mut self, log: &mut Log) {
        (self.pinned, log.chosen) = (None, None);
        self.press(Some(Pressed::Dismiss), log);
    }

    /// Draws all that is told of a row, of which `view` points of height are in view.
    #[expect(clippy::too_many_arguments, reason = "what a frame is drawn with")]
    fn body(
        &mut self,
        ui: &mut Ui,
        view: f32,
        record: &Record,
        learned: &Learned,
        log: &mut Log,
        scene: &Scene,
        charset: Charset,
        look: &Look,
        actions: &mut Actions,
    ) {
        let top = ui.cursor().top();
        let mut wanted = facts::show(ui, record, learned, &scene.names, look);
        if record.errno().is_some() {
            ui.add_space(8.0);
            let mut pressed = card(ui, record, (learned.holder.as_ref(), &learned.causes), learned, scene, look, actions);
            if pressed == Some(Pressed::Row(record.n)) {
                (pressed, wanted) = (None, Some(record.n));
            }
            if pressed == Some(Pressed::Dismiss) {
                self.close(log);
            }
        }
        if let Some(payload) = record.payload.as_ref().filter(|_| speaks_tftp(record, &scene.names)) {
            packet::show(ui, payload, learned.rung.as_ref(), look);
        }
        if let (Some(before), Some(payload)) = (&learned.http, &record.payload) {
            packet::message(ui, before, payload, look);
        }
        if let Some(borders) = &learned.borders {
            wanted = frames::show(ui, borders, look).or(wanted);
        }
        let ladder = learned.paired.as_ref().and_then(|paired| Ladder::of(record, paired));
        if let Some(payload) = &record.payload {
            // What happened stays in view below the bytes, however many there are.
            let below = ladder.as_ref().map_or(0.0, Ladder::height);
            let tall = view - (ui.cursor().top() - top) - below;
            let (chosen, row) = self.bytes.show(ui, tall, record, payload, learned.neighbours, &scene.store, charset, look);
            actions.extend(chosen.map(Action::Charset));
            wanted = wanted.or(row);
        }
        ui.add_space(8.0);
        let socket = record.socket.filter(|_| record.direction().is_some());
        ui.horizontal(|ui| {
            if ladder.is_some() {
                look.heading(ui, &text!("ui-happened"));
                look.secondary(ui, look.say(&text!("ui-happened-short"))).on_hover_text(look.say(&text!("ui-happened-inferred")));
            }
            if let Some(socket) = socket {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if follow(ui, look) {
                        actions.push(Action::Converse(socket, record.facing().cloned()));
                    }
                });
            }
        });
        if let Some(ladder) = &ladder {
            let row = ladder.show(ui, &scene.names, look);
            wanted = wanted.or(row);
        }
        facts::rest(ui, record, &scene.names, look);
        if let Some(n) = wanted {
            self.go(n, log);
        }
    }
}

/// The button that shows the conversation which the row is of.
fn follow(ui: &mut Ui, look: &Look) -> bool {
    let mut label = egui::text::LayoutJob::default();
    label.append(ICON_FORUM.codepoint, 0.0, format(theme::icon(14.0), look.roles.text));
    label.append(&look.say(&text!("ui-talk-follow")), 4.0, format(theme::plain(12.0), look.roles.text));
    let button = egui::Button::new(label).min_size(egui::vec2(0.0, theme::FIELD));
    let name = look.say(&text!("ui-command-converse"));
    named(ui.add(button), egui::Role::Button, &name).on_hover_text(look.say(&text!("ui-command-converse-tip"))).clicked()
}

fn card(
    ui: &mut Ui,
    record: &Record,
    (holder, causes): (Option<&crate::trace::failure::Holder>, &[Cause]),
    learned: &Learned,
    scene: &Scene,
    look: &Look,
    actions: &mut Actions,
) -> Option<Pressed> {
    let errno = record.errno()?;
    Card { record, errno, holder, causes, failures: &learned.failures }.show(ui, scene, look, actions)
}

/// Whether what the row's program sends and receives are TFTP packets.
fn speaks_tftp(record: &Record, names: &Names) -> bool {
    names.program(record.program).is_some_and(|program| is_tftp(&program.kind))
}
