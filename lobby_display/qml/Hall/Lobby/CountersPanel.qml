pragma ComponentBehavior: Bound

import QtQuick

// The counters that are open or paused.
Card {
    id: panel

    required property var layout
    required property var words
    required property var picture
    readonly property real inner: width - 2 * layout.pad
    readonly property real chipGap: Math.floor(layout.gap / 2)

    PanelHead {
        id: head

        theme: panel.theme
        title: panel.words["lobby-counters"]
        at: panel.picture.counters_page.at
        of: panel.picture.counters_page.of
        x: panel.layout.pad
        y: Math.round(panel.layout.pad * 0.3)
        height: panel.layout.panel_head_px
        width: panel.inner
    }

    PlainText {
        visible: panel.picture.hall !== "" && panel.picture.counters.length === 0
        theme: panel.theme
        text: panel.words["lobby-counters-none"]
        color: panel.theme.color.text_quiet
        x: panel.layout.pad
        y: head.y + head.height
        width: panel.inner
        wrapMode: Text.Wrap
    }

    Grid {
        id: grid

        x: panel.layout.pad
        y: head.y + head.height
        columns: panel.layout.chip_columns
        spacing: panel.chipGap

        Repeater {
            model: panel.picture.counters.length

            CounterChip {
                required property int index

                theme: panel.theme
                layout: panel.layout
                counter: panel.picture.counters[index] ?? null
                width: Math.floor((panel.inner + panel.chipGap) / grid.columns - panel.chipGap)
                height: panel.layout.chip_px
            }
        }
    }
}
