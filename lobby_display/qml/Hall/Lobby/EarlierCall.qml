import QtQuick
import Hall.Shared

// One of the calls before the newest; in the colour of a call as long as its customer is still expected.
Card {
    id: row

    required property var layout
    property var call: null
    readonly property bool stacked: height > 3 * layout.name_px
    readonly property color ink: call !== null && call.due ? pulse.mix(theme.color.call, theme.color.on_call) : pulse.mix(theme.color.text, theme.color.on_call)
    readonly property color quietInk: pulse.mix(theme.color.text_quiet, theme.color.on_call)

    color: pulse.mix(theme.color.surface, theme.color.call)
    opacity: call === null ? 0.35 : 1

    Pulse {
        id: pulse

        theme: row.theme
        trigger: row.call === null ? 0 : row.call.flash
    }

    Item {
        visible: row.call !== null
        anchors.fill: parent
        anchors.leftMargin: row.layout.pad * 1.6
        anchors.rightMargin: row.layout.pad * 1.6

        NumberText {
            id: number

            theme: row.theme
            text: row.call === null ? "" : row.call.number
            pixels: row.layout.earlier_px
            color: row.ink
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
        }

        Icon {
            id: arrow

            name: "arrow"
            color: row.ink
            size: row.layout.earlier_px * 0.6
            x: row.layout.earlier_px * (row.layout.number_length - 1) * 0.58 + row.layout.earlier_px * 1.05
            anchors.verticalCenter: parent.verticalCenter
        }

        NumberText {
            id: counter

            theme: row.theme
            text: row.call === null ? "" : row.call.counter
            pixels: row.layout.earlier_px
            color: row.ink
            x: arrow.x + row.layout.earlier_px
            anchors.verticalCenter: parent.verticalCenter
        }

        FittingText {
            theme: row.theme
            text: row.call === null ? "" : row.call.service
            color: row.quietInk
            pixels: row.layout.name_px
            maximumLineCount: row.stacked ? 2 : 1
            horizontalAlignment: Text.AlignRight
            verticalAlignment: row.stacked ? Text.AlignBottom : Text.AlignVCenter
            anchors.left: parent.left
            anchors.leftMargin: counter.x + row.layout.earlier_px * (0.3 + 0.6 * row.layout.counter_length)
            anchors.right: row.stacked ? parent.right : time.left
            anchors.rightMargin: row.stacked ? 0 : row.layout.pad
            y: row.stacked ? parent.height * 0.04 : 0
            height: row.stacked ? parent.height * 0.48 : parent.height
        }

        PlainText {
            id: time

            theme: row.theme
            text: row.call === null ? "" : row.call.time
            pixels: row.layout.name_px
            color: row.quietInk
            anchors.right: parent.right
            y: row.stacked ? parent.height * 0.53 : 0
            height: row.stacked ? row.layout.name_px * 1.4 : parent.height
        }
    }
}
