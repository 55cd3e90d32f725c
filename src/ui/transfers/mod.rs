//! The transfers by TFTP of the chosen program: how far each is, how fast, what was agreed on, how it ended.
//!
//! Derived from the packets in the trace alone, so that a recording shows its transfers as a run does. Lays out only the rows in view.

mod detail;
mod ladder;
mod reading;
mod row;
pub(crate) mod rung;

use std::io;
use std::sync::Arc;

use egui::{Align, Frame, Layout, Panel, ScrollArea, Ui, UiBuilder};
use egui_material_icons::icons::{ICON_CANCEL, ICON_FILTER_LIST, ICON_SWAP_VERT};

use self::reading::Reading;
use super::command::{Action, Actions, Command as Order};
use super::list::{List, Rows};
use super::look::Look;
use super::scene::{ProgramLine, Scene};
use super::theme;
use super::waker::Waker;
use crate::program::{Command, Received};
use crate::text;
use crate::trace::transfer::{Transfer, Transfers};
use crate::trace::{ProgramId, Store};

/// The height of a row.
const ROW: f32 = 28.0;
/// From which room beside the tabs on its buttons have words.
const WORDS: f32 = 270.0;

/// The transfers of the program that is looked at, and where the view stands.
#[derive(Debug)]
pub(crate) struct TransfersView {
    /// What the rows were made of.
    of: Option<(Arc<Transfers>, Option<ProgramId>, String)>,
    /// Their numbers, the newest first.
    rows: Vec<u64>,
    /// The one that a person chose; else it is the newest.
    chosen: Option<u64>,
    list: List,
    /// Whether the packets stand below, in place of the figures.
    pub(crate) has_ladder: bool,
    reading: Reading,
    ladder: List,
    /// A path that is typed, for a file that is kept.
    path: String,
}

/// Whether a file that is kept came by this transfer: a client has one.
fn is_of(kept: &Received, transfer: &Transfer) -> bool {
    kept.program == transfer.program && transfer.asks && !transfer.gives
}

/// A number of bytes in a unit that keeps it short: `512 B`, `1.43 MB`. MB is 10^6 bytes.
pub(crate) fn bytes(count: u64) -> String {
    let of = |unit: f64| format!("{:.*}", if count as f64 / unit < 10.0 { 2 } else { 1 }, count as f64 / unit);
    match count {
        0..10_000 => format!("{count} B"),
        10_000..1_000_000 => format!("{} kB", of(1e3)),
        1_000_000..1_000_000_000 => format!("{} MB", of(1e6)),
        _ => format!("{} GB", of(1e9)),
    }
}

/// Bytes a second, in the same units.
fn rate(transfer: &Transfer) -> String {
    transfer.rate().map(|rate| format!("{}/s", bytes(rate as u64))).unwrap_or_default()
}

impl TransfersView {
    /// The transfers of the rows of `store`.
    ///
    /// # Errors
    /// The system's, where it gives no thread.
    pub(crate) fn new(store: &Arc<Store>, waker: &Waker) -> io::Result<Self> {
        Ok(Self {
            of: None,
            rows: Vec::new(),
            chosen: None,
            list: List::default(),
            has_ladder: false,
            reading: Reading::start(store, waker)?,
            ladder: List::default(),
            path: String::new(),
        })
    }

    /// Whether the packets that are shown were read up to row `newest`.
    pub(crate) fn is_settled(&self, newest: u64) -> bool {
        let transfers = self.transfers();
        let wanted = self.shown().and_then(|shown| transfers.get(shown)).map(|transfer| (transfer.program, transfer.row));
        let read = self.reading.read();
        !self.has_ladder || wanted.is_none() || read.of == wanted && read.is_settled(newest)
    }

    /// Follows the transfers and the chosen program, with those of its earlier runs.
    pub(crate) fn update(&mut self, transfers: &Arc<Transfers>, scene: &Scene, line: &ProgramLine) {
        let is_same = |(before, id, name): &(Arc<Transfers>, Option<ProgramId>, String)| {
            Arc::ptr_eq(before, transfers) && *id == line.id && *name == line.spec.name
        };
        if self.of.as_ref().is_some_and(is_same) {
            return;
        }
        let is_own = |id: ProgramId| Some(id) == line.id || scene.names.program(id).is_some_and(|name| *name.name == *line.spec.name);
        let own = transfers.all().rev().filter(|(_, transfer)| is_own(transfer.program));
        self.rows = own.map(|(number, _)| number).collect();
        self.of = Some((Arc::clone(transfers), line.id, line.spec.name.clone()));
    }

    /// The run of a program whose transfer is shown.
    pub(crate) fn program(&self) -> Option<ProgramId> {
        let transfers = self.transfers();
        self.shown().and_then(|shown| transfers.get(shown)).map(|transfer| transfer.program)
    }

    fn transfers(&self) -> Arc<Transfers> {
        self.of.as_ref().map(|(transfers, ..)| Arc::clone(transfers)).unwrap_or_default()
    }

    /// The one that is shown in full.
    fn shown(&self) -> Option<u64> {
        self.chosen.filter(|chosen| self.rows.contains(chosen)).or_else(|| self.rows.first().copied())
    }

    /// Draws what stands at the right of the tab.
    pub(crate) fn tools(&self, ui: &mut Ui, line: &ProgramLine, look: &Look, actions: &mut Actions) {
        let transfers = self.transfers();
        let shown = self.shown().and_then(|shown| transfers.get(shown));
        let has_words = ui.available_width() >= WORDS;
        let button = |ui: &mut Ui, icon, name: &str| if has_words { look.button(ui, icon, name) } else { look.icon_button(ui, icon, name) };
        ui.add_enabled_ui(shown.is_some(), |ui| {
            let tip = look.say(&text!("ui-transfers-packets-tip"));
            let pressed = button(ui, ICON_FILTER_LIST, &look.say(&text!("ui-transfers-packets"))).on_hover_text(tip).clicked();
            actions.extend(shown.filter(|_| pressed).map(|transfer| {
                // On a port of its own there are the packets of strangers too; a client's request goes to another port.
                let shared = transfers.all().filter(|(_, other)| other.socket == transfer.socket).count() > 1;
                Action::Packets(transfer.socket, transfer.peer.clone().filter(|_| shared))
            }));
        });
        let running = shown.filter(|transfer| transfer.end.is_none() && line.phase.is_running());
        ui.add_enabled_ui(running.is_some(), |ui| {
            let tip = look.say(&text!("ui-transfers-cancel-tip"));
            if button(ui, ICON_CANCEL, &look.say(&text!("ui-transfers-cancel"))).on_hover_text(tip).clicked()
                && let Some(transfer) = running
            {
                // The one port of a server is not closed for the sake of one transfer.
                let shared = transfer.peer.clone().filter(|_| line.spec.tftp.single_port && !transfer.asks);
                let command = shared.map_or(Command::Disconnect(transfer.socket), |partner| Command::Cancel(transfer.socket, partner));
                actions.push(Action::Tell(line.spec.name.clone(), command));
            }
        });
        let row = Order::PacketLadder.row();
        let tip = format!("{} ({})", look.say(&(row.tooltip)()), ui.ctx().format_shortcut(&row.keys));
        if look.icon_toggle(ui, ICON_SWAP_VERT, self.has_ladder, &tip).clicked() {
            actions.push(Action::Run(Order::PacketLadder));
        }
        let going = self.rows.iter().filter(|number| transfers.get(**number).is_some_and(|transfer| transfer.end.is_none())).count();
        look.aside(ui, look.say(&text!("ui-transfers-count", going = going, ended = self.rows.len() - going)));
    }

    /// Draws the rows, and below them the chosen one in full, or its packets. `row` is the one that is chosen in the log; returns which is to be.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene,
        line: &ProgramLine,
        row: Option<u64>,
        look: &Look,
        actions: &mut Actions,
    ) -> Option<u64> {
        let whole = ui.available_rect_before_wrap();
        let transfers = self.transfers();
        let Some(transfer) = self.shown().and_then(|shown| transfers.get(shown)) else {
            nothing(ui, line, look);
            return None;
        };
        let most = (whole.height() * 0.4).max(ROW);
        let height = (self.rows.len() as f32 * ROW).min(most);
        Panel::top("transfers")
            .exact_size(height)
            .resizable(false)
            .frame(Frame::NONE)
            .show(ui, |ui| self.rows(ui, &transfers, scene, look));
        let of = Some((transfer.program, transfer.row));
        self.reading.ask(of.filter(|_| self.has_ladder));
        if !self.has_ladder {
            let kept = scene.kept.iter().find(|kept| is_of(kept, transfer));
            let area = ScrollArea::vertical().id_salt("transfer").auto_shrink(false);
            area.show(ui, |ui| detail::show(ui, transfer, (kept, &mut self.path), look, actions));
            return None;
        }
        let read = self.reading.read();
        let packets = if read.of == of { read.ladder } else { Arc::default() };
        ladder::show(ui, (&packets, transfer), &scene.names, &mut self.ladder, row, look)
    }

    fn rows(&mut self, ui: &mut Ui, transfers: &Transfers, scene: &Scene, look: &Look) {
        let list = ui.available_rect_before_wrap();
        let in_list = Rows { height: ROW, count: self.rows.len() };
        let at = self.shown().and_then(|shown| self.rows.iter().position(|number| *number == shown));
        let place = (ui.scope_id().with("transfers"), list);
        let (response, to) = self.list.keys(ui, place, &look.say(&text!("ui-transfers-rows")), in_list, at);
        if let Some(to) = to {
            self.chosen = self.rows.get(to).copied();
        }
        let shown = self.shown();
        let Self { rows, chosen, list, .. } = self;
        list.show(ui, &response, in_list, false, look, |ui, place| {
            let Some(number) = rows.get(place).copied() else { return };
            let Some(transfer) = transfers.get(number) else { return };
            let kept = scene.kept.iter().any(|kept| is_of(kept, transfer));
            if row::show(ui, transfer, (Some(number) == shown, kept), look).clicked() {
                *chosen = Some(number);
                response.request_focus();
            }
        });
    }
}

/// What there is to do where there is no transfer.
fn nothing(ui: &mut Ui, line: &ProgramLine, look: &Look) {
    let rect = ui.available_rect_before_wrap();
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect.shrink(24.0)).layout(Layout::top_down(Align::Center)));
    inner.add_space((rect.height() * 0.3 - 24.0).max(0.0));
    let program = line.spec.name.as_str();
    inner.label(egui::RichText::new(look.say(&text!("ui-transfers-none", program = program))).font(theme::strong(15.0)));
    let address = line.local.as_ref().map(ToString::to_string);
    let what = match (address, line.phase.is_running()) {
        (Some(address), true) => text!("ui-transfers-none-ask", address = address),
        _ => text!("ui-transfers-none-start", program = program),
    };
    look.secondary(&mut inner, look.say(&what));
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn bytes_are_short() {
        let shown = [0, 9_999, 10_000, 999_949, 1_430_000, 658_505_728, 12_345_678_901].map(bytes);
        assert_eq!(shown, ["0 B", "9999 B", "10.0 kB", "999.9 kB", "1.43 MB", "658.5 MB", "12.3 GB"]);
    }
}
