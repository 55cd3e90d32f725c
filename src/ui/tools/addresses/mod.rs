//! An address by hand: what it is for, its network, its hosts, its bits; IPv4 with mask and classes, and the basics of IPv6.

mod four;
mod six;

use std::net::{IpAddr, Ipv6Addr};

use egui::{Label, RichText, ScrollArea, Ui};

use self::four::Four;
use super::{Given, field};
use crate::text;
use crate::text::Message;
use crate::trace::Names;
use crate::ui::look::{Look, named};
use crate::ui::theme;
use crate::wire::ipv4;

/// The most addresses of the trace that are offered, and of how many sockets they are taken.
const MOST: usize = 8;
const SOCKETS: usize = 512;

/// Addresses to begin with: those of the tutorials, and some of IPv6.
const EXAMPLES: &[&str] = &[
    "192.168.10.77/26",
    "192.168.1.15/24",
    "10.0.0.1/8",
    "127.0.0.1/8",
    "192.0.2.1/31",
    "224.0.0.1/4",
    "::1/128",
    "fe80::21a:2bff:fe3c:4d5e/64",
    "2001:db8:12:34::1/48",
    "::ffff:192.0.2.1/96",
    "ff02::1/128",
];

/// The state of the tool: what stands in its fields.
#[derive(Debug)]
pub(crate) struct Addresses {
    address: String,
    prefix: String,
    /// The mask, which is the prefix in another form; empty where the address is one of IPv6.
    mask: String,
}

/// What was typed, as far as it is right.
#[derive(Clone, Debug, Default, PartialEq)]
struct Read {
    address: Option<IpAddr>,
    prefix: Option<u8>,
    /// What is wrong with address, prefix and mask.
    errors: [Option<Message>; 3],
}

impl Default for Addresses {
    fn default() -> Self {
        let mut addresses = Self { address: String::new(), prefix: String::new(), mask: String::new() };
        addresses.set(EXAMPLES[0]);
        addresses
    }
}

impl Addresses {
    /// Puts an address with its prefix into the fields.
    fn set(&mut self, text: &str) {
        let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
        address.clone_into(&mut self.address);
        if !prefix.is_empty() {
            prefix.clone_into(&mut self.prefix);
        }
        self.follow_prefix();
    }

    /// Writes the mask of the prefix that is typed.
    fn follow_prefix(&mut self) {
        let prefix = self.prefix.trim().parse::<u8>().ok().filter(|prefix| *prefix <= 32);
        if let Some(prefix) = prefix.filter(|_| !self.is_six()) {
            self.mask = ipv4::mask(prefix).to_string();
        } else if self.is_six() {
            self.mask.clear();
        }
    }

    /// Writes the prefix of the mask that is typed.
    fn follow_mask(&mut self) {
        if let Some(prefix) = ipv4::parse(&self.mask).ok().and_then(ipv4::prefix) {
            self.prefix = prefix.to_string();
        }
    }

    /// What is typed into the address: with a prefix behind it, that goes to its own field; where it is of another family now, the prefix follows.
    fn follow_address(&mut self, before: bool) {
        if self.address.contains('/') {
            let typed = std::mem::take(&mut self.address);
            self.set(typed.trim());
        }
        if before != self.is_six() {
            if self.is_six() { "64" } else { "24" }.clone_into(&mut self.prefix);
        }
        self.follow_prefix();
    }

    /// Whether the address is written as one of IPv6.
    fn is_six(&self) -> bool {
        self.address.contains(':')
    }

    fn read(&self) -> Read {
        let mut read = Read::default();
        let most = if self.is_six() {
            match self.address.trim().parse::<Ipv6Addr>() {
                Ok(address) => read.address = Some(IpAddr::V6(address)),
                Err(_) => read.errors[0] = Some(text!("ui-address-six-wrong")),
            }
            128
        } else {
            match ipv4::parse(&self.address) {
                Ok(address) => read.address = Some(IpAddr::V4(address)),
                Err(error) => read.errors[0] = Some(error.message()),
            }
            match ipv4::parse(&self.mask) {
                Ok(mask) if ipv4::prefix(mask).is_none() => read.errors[2] = Some(text!("ui-address-mask-gap")),
                Ok(_) => {}
                Err(error) => read.errors[2] = Some(error.message()),
            }
            32
        };
        match self.prefix.trim().parse::<u8>().ok().filter(|prefix| *prefix <= most) {
            Some(prefix) => read.prefix = Some(prefix),
            None => read.errors[1] = Some(text!("ui-address-prefix-wrong", most = most)),
        }
        read
    }

    /// Draws what stands at the right of the title.
    pub(super) fn head(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        let name = look.say(&text!("ui-tools-examples"));
        let menu = ui.menu_button(RichText::new(&name).font(theme::plain(12.0)), |ui| {
            let seen = of_trace(&given.scene.names);
            let entries = EXAMPLES.iter().map(|example| (*example).to_owned());
            if !seen.is_empty() {
                look.heading(ui, &text!("ui-address-seen"));
            }
            for (place, text) in seen.iter().cloned().chain(entries).enumerate() {
                if place == seen.len() && place > 0 {
                    ui.separator();
                }
                if ui.button(RichText::new(&text).font(theme::mono(12.0))).clicked() {
                    let before = self.is_six();
                    self.address = text;
                    self.follow_address(before);
                    ui.close();
                }
            }
        });
        named(menu.response, egui::Role::Button, &name);
    }

    /// Draws the tool.
    pub(super) fn show(&mut self, ui: &mut Ui, given: &Given<'_>) {
        let look = given.look;
        self.fields(ui, look);
        let read = self.read();
        for error in read.errors.iter().flatten() {
            field::error(ui, error, look);
        }
        ui.add_space(6.0);
        ScrollArea::vertical().id_salt("address").auto_shrink(false).show(ui, |ui| match (read.address, read.prefix) {
            (Some(IpAddr::V4(address)), Some(prefix)) => Four(ipv4::Network { address, prefix }).show(ui, look),
            (Some(IpAddr::V6(address)), Some(prefix)) => six::show(ui, address, prefix, look),
            _ => {}
        });
    }

    fn fields(&mut self, ui: &mut Ui, look: &Look) {
        let wrong = self.read().errors.map(|error| error.is_some());
        let before = self.is_six();
        ui.horizontal_wrapped(|ui| {
            let wide = if before { 300.0 } else { 140.0 };
            let (name, tip) = (look.say(&text!("ui-address-address")), look.say(&text!("ui-address-address-tip")));
            if field::entry(ui, &mut self.address, &name, &tip, wide, wrong[0], look).changed() {
                self.follow_address(before);
            }
            ui.label(RichText::new("/").font(theme::mono(13.0)).color(look.roles.text2));
            let (name, tip) = (look.say(&text!("ui-address-prefix")), look.say(&text!("ui-address-prefix-tip")));
            if field::entry(ui, &mut self.prefix, &name, &tip, 46.0, wrong[1], look).changed() {
                self.follow_prefix();
            }
            if !before {
                field::label(ui, &text!("ui-address-or-mask"), look);
                let (name, tip) = (look.say(&text!("ui-address-mask")), look.say(&text!("ui-address-mask-tip")));
                if field::entry(ui, &mut self.mask, &name, &tip, 140.0, wrong[2], look).changed() {
                    self.follow_mask();
                }
            }
        });
    }
}

/// The addresses of the sockets that were born last, each once.
fn of_trace(names: &Names) -> Vec<String> {
    let sockets = names.latest_sockets(SOCKETS);
    let ends = sockets.iter().flat_map(|(_, ends)| [&ends.local, &ends.peer]).flatten();
    let mut seen = Vec::new();
    for address in ends.filter_map(|address| Some(address.ip()?.ip().to_string())) {
        if !seen.contains(&address) && seen.len() < MOST {
            seen.push(address);
        }
    }
    seen
}

/// What an address is for, as chips with the sentence behind them.
fn purpose(ui: &mut Ui, chips: &[String], sentence: &str, look: &Look) {
    ui.horizontal_wrapped(|ui| {
        for chip in chips {
            look.chip(ui, chip, look.roles.accent, Some(look.roles.select), theme::plain(11.0));
        }
        ui.add(Label::new(RichText::new(sentence).font(theme::plain(12.0)).color(look.roles.text2)).wrap());
    });
    ui.add_space(6.0);
}

/// Names and values, two beside each other where there is room.
fn facts(ui: &mut Ui, salt: &str, facts: &[(Message, String)], look: &Look) {
    let across = if ui.available_width() >= 440.0 { 2 } else { 1 };
    egui::Grid::new(salt).num_columns(2 * across).spacing([14.0, 6.0]).show(ui, |ui| {
        for pair in facts.chunks(across) {
            for (name, value) in pair {
                field::label(ui, name, look);
                ui.add(Label::new(RichText::new(value).font(theme::mono(12.0))).wrap_mode(egui::TextWrapMode::Extend));
            }
            ui.end_row();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_changes_the_others() {
        let mut addresses = Addresses::default();
        assert_eq!((addresses.prefix.as_str(), addresses.mask.as_str()), ("26", "255.255.255.192"));
        addresses.prefix = "8".to_owned();
        addresses.follow_prefix();
        assert_eq!(addresses.mask, "255.0.0.0");
        addresses.mask = "255.255.240.0".to_owned();
        addresses.follow_mask();
        assert_eq!(addresses.prefix, "20");
        addresses.address = "10.1.2.3/30".to_owned();
        addresses.follow_address(false);
        assert_eq!((addresses.address.as_str(), addresses.prefix.as_str(), addresses.mask.as_str()), ("10.1.2.3", "30", "255.255.255.252"));
        addresses.address = "fe80::1".to_owned();
        addresses.follow_address(false);
        assert_eq!((addresses.prefix.as_str(), addresses.mask.as_str()), ("64", ""));
        assert!(addresses.read().errors.iter().all(Option::is_none));
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        let errors = |address: &str, prefix: &str, mask: &str| {
            let addresses = Addresses { address: address.to_owned(), prefix: prefix.to_owned(), mask: mask.to_owned() };
            addresses.read().errors.map(|error| error.is_some())
        };
        assert_eq!(errors("1.2.3.256", "24", "255.255.255.0"), [true, false, false]);
        assert_eq!(errors("1.2.3.4", "33", "255.255.255.0"), [false, true, false]);
        assert_eq!(errors("1.2.3.4", "24", "255.0.255.0"), [false, false, true]);
        assert_eq!(errors("fe80::g", "129", ""), [true, true, false]);
        assert_eq!(errors("", "", ""), [true, true, true]);
    }

    #[test]
    fn every_example_is_right() {
        for example in EXAMPLES {
            let mut addresses = Addresses::default();
            addresses.set(example);
            assert!(addresses.read().errors.iter().all(Option::is_none), "{example}");
        }
    }
}
