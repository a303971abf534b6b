//! Every theme fills every role, can be read, and tells apart what differs.

use super::*;

#[test]
fn every_bundled_theme_fills_every_role() {
    for file in &BUNDLED {
        read_inks(file.text, None).unwrap_or_else(|e| panic!("{}: {}", file.name, e.why));
    }
}

#[test]
fn mistakes_in_a_theme_are_named() {
    let check =
        |text: &str, said: &str| assert_eq!(read_inks(text, None).unwrap_err().why.as_str(), said);
    check("", "the role text is missing");
    let all = |line: &str| {
        Role::all()
            .map(|r| format!("{} = \"bold\"\n", r.word()))
            .collect::<String>()
            + line
    };
    check(
        &all("linc = \"bold\""),
        "there is no role linc; did you mean link?",
    );
    check(
        &all("").replacen("\"bold\"", "\"blod\"", 1),
        "text: blod is neither a color nor a style",
    );
}

fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
    let part = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            libm::pow((c + 0.055) / 1.055, 2.4)
        }
    };
    0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

/// Contrast as WCAG 2 defines it, 1 to 21.
fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

const fn hex(color: u32) -> (u8, u8, u8) {
    ((color >> 16) as u8, (color >> 8) as u8, color as u8)
}

/// A terminal's name, its colors, its dark and its light backgrounds.
type Palette = (&'static str, [u32; 16], &'static [u32], &'static [u32]);

/// The 16 colors of usual terminals, with the backgrounds that they are seen on.
const PALETTES: [Palette; 4] = [
    (
        "xterm",
        [
            0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
            0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
        ],
        &[0x000000],
        &[0xffffff],
    ),
    (
        "the Linux console",
        [
            0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
            0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
        ],
        &[0x000000],
        &[0xffffff],
    ),
    (
        "VS Code",
        [
            0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5,
            0x666666, 0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff,
        ],
        &[0x1e1e1e],
        &[],
    ),
    (
        "Tango",
        [
            0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
            0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec,
        ],
        &[0x000000],
        &[0xffffff],
    ),
];

/// Text has 4.5 to 1 and lines have 3 to 1 on every ground, in the selected row too.
fn check_contrast(
    theme: &Theme,
    look: impl Fn(ThemeColor) -> (u8, u8, u8),
    grounds: &[u32],
    least: f64,
) {
    let focus = theme.ink(Role::Focus).bg;
    for role in Role::all() {
        let ink = theme.ink(role);
        let own = ink.bg.map(&look);
        let behind: Vec<_> = match own {
            Some(own) => vec![own],
            None => grounds
                .iter()
                .map(|g| hex(*g))
                .chain(focus.map(&look))
                .collect(),
        };
        let Some(fg) = ink.fg.map(&look) else {
            continue;
        };
        for back in behind {
            let found = contrast(fg, back);
            let (least, known) = match role {
                // A rule in a selected row is seen beside its words.
                Role::Rule => (3.0, focus.map(&look) != Some(back)),
                _ => (least, true),
            };
            assert!(
                found >= least || !known,
                "{} {role:?} on {back:?}: {found:.1}",
                theme.name
            );
        }
    }
}

#[test]
fn letters_can_be_read_on_usual_backgrounds() {
    let fixed = |hue| match hue {
        ThemeColor::Rgb(r, g, b) => (r, g, b),
        ThemeColor::Ansi(n) | ThemeColor::Indexed(n) => indexed(n),
    };
    for (name, grounds, least) in [
        ("dark", &[0x1e1e1e, 0x000000][..], 4.5),
        ("light", &[0xffffff, 0xfdf6e3], 4.5),
        ("high-contrast", &[0x000000], 7.0),
    ] {
        let theme = Theme::named(name).unwrap();
        check_contrast(theme, fixed, grounds, least);
        // The nearest of 256 may lose a little.
        let near = theme.at_depth(ColorDepth::Indexed);
        check_contrast(&near, fixed, &grounds[..1], 4.5);
    }
}

#[test]
fn sixteen_colors_can_be_read_in_the_palettes_of_usual_terminals() {
    for (palette, colors, dark, light) in PALETTES {
        for (name, grounds) in [("dark", dark), ("light", light)] {
            let theme = Theme::named(name).unwrap().at_depth(ColorDepth::Sixteen);
            let look = |hue| match hue {
                ThemeColor::Ansi(n) => hex(colors[usize::from(n)]),
                other => panic!("{palette}: {other:?} is none of the 16"),
            };
            check_contrast(&theme, look, grounds, 4.5);
        }
    }
    let terminal = Theme::terminal().at_depth(ColorDepth::Full);
    let colored = |role| terminal.ink(role).fg.or(terminal.ink(role).bg).is_some();
    assert!(
        !Role::all().any(colored),
        "an unknown background has no colors"
    );
}

#[test]
fn without_color_a_line_under_words_means_a_link_or_a_hit() {
    let dark = Theme::dark().without_color();
    for theme in [Theme::terminal(), &dark] {
        let lined = Role::all().filter(|role| theme.ink(*role).underline);
        let lined: Vec<Role> = lined.collect();
        assert_eq!(lined, [Role::Link, Role::Hit], "{}", theme.name);
    }
}

#[test]
fn what_differs_is_told_apart_in_every_theme() {
    for theme in Theme::bundled() {
        let all = [
            (Role::First, Role::Second),
            (Role::Good, Role::Bad),
            (Role::Bad, Role::Text),
            (Role::Dim, Role::Text),
        ];
        for (a, b) in all {
            assert_ne!(
                theme.ink(a),
                theme.ink(b),
                "{}: {a:?} and {b:?}",
                theme.name
            );
        }
    }
    for name in ["dark", "light", "high-contrast"] {
        let theme = Theme::named(name).unwrap();
        let series: Vec<_> = (0..5).map(|n| theme.ink(Role::series(n)).fg).collect();
        for (n, one) in series.iter().enumerate() {
            assert!(
                series.iter().skip(n + 1).all(|other| other != one),
                "{name}"
            );
        }
    }
}

#[test]
fn a_theme_of_ones_own_begins_from_another() {
    let own = Theme::own("mine", "base = \"dark\"\nfirst = \"#ff00ff bold\"").unwrap();
    assert_eq!(own.ink(Role::First).fg, Some(ThemeColor::Rgb(255, 0, 255)));
    assert_eq!(own.ink(Role::Dim), Theme::dark().ink(Role::Dim));
    let usual = Theme::own("mine", "").unwrap();
    assert_eq!(usual.ink(Role::Dim), Theme::terminal().ink(Role::Dim));
    let check = |text: &str, said: &str| {
        assert_eq!(Theme::own("mine", text).unwrap_err().why.as_str(), said);
    };
    check(
        "base = \"drak\"",
        "there is no theme drak to begin from; there are dark, light, high-contrast, terminal, dark-16, light-16",
    );
    check(
        "first = \"blod\"",
        "first: blod is neither a color nor a style",
    );
    check(
        "frist = \"bold\"",
        "there is no role frist; did you mean first?",
    );
}

#[test]
fn without_color_what_matters_is_told_apart() {
    for theme in Theme::bundled() {
        let theme = theme.without_color();
        let name = &theme.name;
        assert!(Role::all().all(|r| theme.ink(r).fg.is_none() && theme.ink(r).bg.is_none()));
        for (a, b) in [
            (Role::Focus, Role::Text),
            (Role::LinkFocus, Role::Link),
            (Role::Link, Role::Text),
            (Role::HitFocus, Role::Hit),
            (Role::Hit, Role::Text),
            (Role::TabOn, Role::Chrome),
            (Role::Dim, Role::Text),
            (Role::First, Role::Text),
        ] {
            assert_ne!(theme.ink(a), theme.ink(b), "{name}: {a:?} and {b:?}");
        }
    }
}
