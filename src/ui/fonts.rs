//! The fonts of the window: embedded ones, so that it looks alike everywhere; the system's only for characters that they lack.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme;

/// The embedded fonts, by the names that the families use.
const EMBEDDED: [(&str, &[u8]); 4] = [
    ("inter", include_bytes!("../../resources/fonts/Inter-Regular.otf")),
    ("inter-semibold", include_bytes!("../../resources/fonts/Inter-SemiBold.otf")),
    ("jetbrains-mono", include_bytes!("../../resources/fonts/JetBrainsMono-Regular.ttf")),
    ("noto-sans-sc", include_bytes!("../../resources/fonts/NotoSansSC-Regular.otf")),
];

/// Gives the fonts to egui. eframe asks the system for characters that none of them has.
pub(crate) fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

/// Each family with its fonts, the one that is asked first coming first. Chinese is last: Latin letters within it are those around it.
fn definitions() -> FontDefinitions {
    let icons = egui_material_icons::FONT_FAMILY;
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in EMBEDDED {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let mut icon_data = egui_material_icons::font_insert().data;
    // As they come they stand a point too low beside text.
    icon_data.tweak.y_offset_factor = -0.01;
    fonts.font_data.insert(icons.to_owned(), Arc::new(icon_data));
    for (family, first) in [
        (FontFamily::Proportional, "inter"),
        (FontFamily::Name(theme::STRONG.into()), "inter-semibold"),
        (FontFamily::Monospace, "jetbrains-mono"),
    ] {
        let mut names = vec![first, "inter", "jetbrains-mono", "noto-sans-sc", icons];
        let mut seen = Vec::new();
        names.retain(|name| {
            !seen.contains(name) && {
                seen.push(*name);
                true
            }
        });
        fonts.families.insert(family, names.into_iter().map(str::to_owned).collect());
    }
    fonts.families.insert(FontFamily::Name(icons.into()), vec![icons.to_owned()]);
    fonts
}
