//! The embedded Fluent files, parsed once, and their use.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Arg, Language};

macro_rules! files {
    ($tag:literal) => {
        &[
            include_str!(concat!("../../resources/languages/", $tag, "/wire.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/trace.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/net.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/tftp.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/program.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/lab.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/cli.ftl")),
            include_str!(concat!("../../resources/languages/", $tag, "/ui.ftl")),
        ]
    };
}

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| parse(Language::English, files!("en")));
static CHINESE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| parse(Language::Chinese, files!("zh-CN")));

fn parse(language: Language, files: &[&str]) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolating marks (U+2068) would show as boxes in the window and stand in the way of whoever copies a command.
    bundle.set_use_isolating(false);
    for file in files {
        // What stands in a file beside its errors is still of use; `tests/languages.rs` fails on any error.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The sentence behind `key`, with `args` put in; `⟨key⟩` where there is none.
pub(super) fn format(language: Language, key: &str, args: &[(Cow<'static, str>, Arg)]) -> String {
    let bundle = match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("⟨{key}⟩");
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        let value = match value {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Message(message) => FluentValue::from(message.in_language(language)),
        };
        values.set(name.as_ref(), value);
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
}
