import QtQuick
import Hall.Shared

// The newest call: its number, an arrow, and the counter's number just as large.
Card {
    id: hero

    required property var layout
    required property var words
    required property var picture
    readonly property bool closed: picture.closed !== ""
    readonly property var call: !closed && picture.calls.length > 0 ? picture.calls[0] : null
    readonly property color ink: pulse.mix(theme.color.call, theme.color.on_call)
    readonly property color quietInk: pulse.mix(theme.color.text_quiet, theme.color.on_call)

    color: pulse.mix(theme.color.surface, theme.color.call)

    Pulse {
        id: pulse

        theme: hero.theme
        trigger: hero.call === null ? 0 : hero.call.flash
    }

    Item {
        id: sentence

        visible: hero.call !== null
        anchors.fill: parent
        anchors.margins: hero.layout.pad
        anchors.leftMargin: hero.layout.pad * 1.6
        anchors.rightMargin: hero.layout.pad * 1.6

        PlainText {
            id: service

            theme: hero.theme
            text: hero.call === null ? "" : hero.call.service
            color: hero.quietInk
            pixels: hero.theme.size.body
            anchors.left: parent.left
            anchors.right: toCounter.left
            anchors.rightMargin: hero.layout.pad
        }

        PlainText {
            id: toCounter

            theme: hero.theme
            text: hero.words["lobby-to-counter"]
            color: hero.quietInk
            pixels: hero.theme.size.body
            anchors.right: parent.right
        }

        Item {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: service.bottom
            anchors.topMargin: hero.layout.pad * 0.4
            anchors.bottom: parent.bottom

            NumberText {
                id: number

                theme: hero.theme
                text: hero.call === null ? "" : hero.call.number
                pixels: hero.layout.hero_px
                color: hero.ink
                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
            }

            Icon {
                name: "arrow"
                color: hero.ink
                size: hero.layout.hero_px * 0.62
                x: number.width + (counter.x - number.width - width) / 2
                anchors.verticalCenter: parent.verticalCenter
            }

            NumberText {
                id: counter

                theme: hero.theme
                text: hero.call === null ? "" : hero.call.counter
                pixels: hero.layout.hero_px
                color: hero.ink
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }

    Column {
        visible: hero.call === null
        anchors.centerIn: parent
        width: parent.width - 4 * hero.layout.pad
        spacing: hero.layout.pad

        Icon {
            name: hero.closed ? "moon" : "speaker"
            color: hero.theme.color.text_quiet
            size: hero.theme.size.number
            anchors.horizontalCenter: parent.horizontalCenter
        }

        PlainText {
            theme: hero.theme
            text: hero.closed ? hero.picture.closed : hero.words["lobby-calls-none"]
            pixels: hero.theme.size.large
            bold: true
            width: parent.width
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }

        PlainText {
            visible: text !== ""
            theme: hero.theme
            text: hero.picture.hours
            color: hero.theme.color.text_quiet
            width: parent.width
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
