pragma ComponentBehavior: Bound

import QtQuick

// The whole picture: every part stands where the layout puts it.
Item {
    id: lobby

    required property var view
    readonly property var layout: view.looks.layout
    readonly property var theme: view.looks.theme
    readonly property var words: view.looks.words
    readonly property var picture: view.state
    readonly property bool closed: picture.closed !== ""

    // After hours the picture dims: the panel lasts longer, and nobody reads it.
    opacity: lobby.picture.dim ? 0.45 : 1

    NewestCall {
        x: lobby.layout.hero.x
        y: lobby.layout.hero.y
        width: lobby.closed ? lobby.layout.width - 2 * lobby.layout.gap : lobby.layout.hero.width
        height: lobby.closed ? lobby.layout.notice.y - lobby.layout.gap - y : lobby.layout.hero.height
        layout: lobby.layout
        theme: lobby.theme
        words: lobby.words
        picture: lobby.picture
    }

    Repeater {
        model: lobby.layout.earlier_rows

        EarlierCall {
            required property int index
            readonly property real step: (lobby.layout.earlier.height + lobby.layout.gap / 2) / lobby.layout.earlier_rows

            x: lobby.layout.earlier.x
            y: lobby.layout.earlier.y + Math.round(index * step)
            width: lobby.layout.earlier.width
            height: Math.round(step - lobby.layout.gap / 2)
            layout: lobby.layout
            theme: lobby.theme
            visible: !lobby.closed
            call: index + 1 < lobby.picture.calls.length ? lobby.picture.calls[index + 1] : null
        }
    }

    WaitingPanel {
        x: lobby.layout.waiting.x
        y: lobby.layout.waiting.y
        width: lobby.layout.waiting.width
        height: lobby.layout.waiting.height
        opacity: lobby.picture.stale === "" ? 1 : 0.5
        visible: !lobby.closed
        layout: lobby.layout
        theme: lobby.theme
        words: lobby.words
        picture: lobby.picture
    }

    CountersPanel {
        x: lobby.layout.counters.x
        y: lobby.layout.counters.y
        width: lobby.layout.counters.width
        height: lobby.layout.counters.height
        opacity: lobby.picture.stale === "" ? 1 : 0.5
        visible: !lobby.closed
        layout: lobby.layout
        theme: lobby.theme
        words: lobby.words
        picture: lobby.picture
    }

    NoticeStrip {
        x: lobby.layout.notice.x
        y: lobby.layout.notice.y
        width: lobby.layout.notice.width
        height: lobby.layout.notice.height
        layout: lobby.layout
        theme: lobby.theme
        picture: lobby.picture
    }

    HallHead {
        x: lobby.layout.head.x
        y: lobby.layout.head.y
        width: lobby.layout.head.width
        height: lobby.layout.head.height
        layout: lobby.layout
        theme: lobby.theme
        picture: lobby.picture
    }
}
