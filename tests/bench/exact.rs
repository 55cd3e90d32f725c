//! Ten million rows, shown exactly: every way through them ends at the rows it should.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Pos2, pos2};

use super::headless::{Headless, LOG, button, key};
use super::{LIMIT, NEEDLE, is_shown, needles, open, quantile, type_filter};

/// Walks through the recording in `file`, which holds so many rows, every way there is.
pub(crate) fn check(file: &Path, rows: u64) {
    let began = Instant::now();
    let mut window = open(file);
    println!("opened and read whole   {:.1?}", began.elapsed());
    let last = (1..=rows).rev().find(|n| is_shown(*n)).unwrap();
    is_page(&mut window, |n| is_shown(n) && n <= last, Some(last));

    scroll_bar(&mut window, last);
    focus(&mut window);
    let home = press(&mut window, Key::Home, |window| window.rows().contains(&3));
    is_page(&mut window, is_shown, None);
    let end = press(&mut window, Key::End, |window| window.rows().contains(&last));
    is_page(&mut window, |n| is_shown(n) && n <= last, Some(last));
    println!("Home and End            {home:.2?}, {end:.2?} until their rows are shown");
    jumps(&mut window, rows);
    search(&mut window, rows);
    filters(&mut window, rows);
}

/// Draws until the rows in view are all those that pass, without a gap; the lowest is `last` where that is given.
fn is_page(window: &mut Headless, passes: impl Fn(u64) -> bool, last: Option<u64>) {
    window.until(LIMIT, |window| {
        let shown = window.rows();
        let (Some(first), Some(end)) = (shown.first(), shown.last()) else { return false };
        let whole = (*first..=*end).filter(|n| passes(*n)).eq(shown.iter().copied());
        whole && (shown.len() > 10 || shown.len() == 3) && last.is_none_or(|last| last == *end)
    });
}

fn focus(window: &mut Headless) {
    for events in [vec![Event::PointerMoved(LOG), button(LOG, true)], vec![button(LOG, false)], Vec::new()] {
        window.draw(events);
    }
}

fn press(window: &mut Headless, pressed: Key, done: impl Fn(&Headless) -> bool) -> Duration {
    let began = Instant::now();
    window.draw(key(Modifiers::NONE, pressed));
    window.until(LIMIT, done);
    began.elapsed()
}

/// Nothing is chosen yet: the log reaches to the right edge of the window.
fn scroll_bar(window: &mut Headless, last: u64) {
    let at = |y: f32| pos2(1276.0, y);
    let to = |window: &mut Headless, place: Pos2| {
        window.draw(vec![Event::PointerMoved(place)]);
        // The bar says where the list stands from the next frame on, and rows may have to be read.
        window.draw(Vec::new());
        is_page(window, is_shown, None);
        *window.rows().first().unwrap()
    };
    window.draw(vec![Event::PointerMoved(at(600.0))]);
    window.draw(vec![button(at(600.0), true)]);
    assert_eq!(to(window, at(0.0)), 3, "the upper end of the bar is the first row");
    let firsts = (360..760).step_by(8).map(|y| to(window, at(y as f32))).collect::<Vec<_>>();
    assert!(firsts.is_sorted(), "{firsts:?}");
    let places = firsts.iter().collect::<BTreeSet<_>>().len();
    assert!(places > firsts.len() / 2, "{places} places");
    to(window, at(799.0));
    assert_eq!(window.rows().last(), Some(&last), "the lower end of the bar is the last row");
    window.draw(vec![button(at(799.0), false)]);
    println!("scroll bar              exact at both ends and at {places} places between");
}

fn jumps(window: &mut Headless, rows: u64) {
    let mut times = Vec::new();
    for jump in 0..200 {
        let n = (jump * 48_271_123) % (rows - 2) / 2 * 2 + 3;
        window.choose(n);
        times.push(window.until(LIMIT, |window| window.rows().contains(&n)));
        is_page(window, is_shown, None);
    }
    let [median, most] = [0.5, 0.99].map(|part| quantile(&mut times, part));
    println!("jump to a row           median {median:.2?}, 99th {most:.2?} until it is shown");
}

fn search(window: &mut Headless, rows: u64) {
    window.choose(3);
    window.draw(Vec::new());
    window.draw(key(Modifiers::COMMAND, Key::F));
    window.draw(Vec::new());
    let began = Instant::now();
    window.draw(vec![Event::Text(NEEDLE.to_owned())]);
    window.until(LIMIT, |window| window.is_settled() && window.shows("1 of 3"));
    println!("search                  {:.1?} for {rows} rows", began.elapsed());
    let [first, middle, last] = needles(rows);
    for (modifiers, wanted) in [
        (Modifiers::NONE, middle),
        (Modifiers::NONE, last),
        (Modifiers::NONE, first),
        (Modifiers::SHIFT, last),
        (Modifiers::SHIFT, middle),
        (Modifiers::SHIFT, first),
    ] {
        window.draw(key(modifiers, Key::F3));
        window.until(LIMIT, |window| window.rows().contains(&wanted) && window.shows(&format!("ROW {wanted}")));
        is_page(window, is_shown, None);
    }
    window.draw(key(Modifiers::NONE, Key::Escape));
}

fn filters(window: &mut Headless, rows: u64) {
    let [first, middle, last] = needles(rows);
    for (filter, passes) in [
        (NEEDLE.to_owned(), &(move |n| [first, middle, last].contains(&n)) as &dyn Fn(u64) -> bool),
        ("dir:received".to_owned(), &|n: u64| is_shown(n) && !n.is_multiple_of(2)),
        ("-dir:received".to_owned(), &|n: u64| is_shown(n) && n.is_multiple_of(2)),
    ] {
        let began = Instant::now();
        type_filter(window, &filter);
        window.until(LIMIT, Headless::is_settled);
        println!("filter {filter:<16} {:.1?} for {rows} rows", began.elapsed());
        focus(window);
        for (pressed, end) in [(Key::Home, (1..=rows).find(|n| passes(*n))), (Key::End, (1..=rows).rev().find(|n| passes(*n)))] {
            let end = end.unwrap();
            press(window, pressed, |window| window.rows().contains(&end));
            is_page(window, passes, None);
        }
    }
    type_filter(window, "");
}
