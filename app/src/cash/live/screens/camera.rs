//! The camera sheet over the sale.

use leptos::prelude::*;
use till::identify::read_code;

use crate::cash::live::flows::scan::find_code;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::feedback;
use crate::cash::live::screens::scan::Scan;
use crate::cash::live::ui::erased::Erase;

/// The scanner of clients' codes.
#[component]
pub fn CameraSheet(till: Till) -> impl IntoView {
    // Remove the notice about an earlier code.
    till.screens.notice.set(None);
    let found = move |code: String| {
        // The first client's code closes the scanner, but one frame may hold several codes.
        if till
            .screens
            .shown
            .with_untracked(|screen| *screen != Screen::Camera)
        {
            return;
        }
        if read_code(&code).is_some() {
            feedback::beep_ok();
        }
        find_code(till, &code);
    };
    let by_hand = move |()| {
        till.sale.choose(Field::Phone);
        till.screens.shown.set(Screen::Sale);
    };
    view! {
        <Scan
            texts=&till.texts.camera
            close_word=till.texts.close
            notice=till.screens.notice
            found=Callback::new(found)
            by_hand=Callback::new(by_hand)
            close=Callback::new(move |()| till.close_screen())
        />
    }
    .erased()
}
