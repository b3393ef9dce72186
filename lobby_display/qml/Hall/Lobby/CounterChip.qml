import QtQuick
import Hall.Shared

// A counter with the badge number of its clerk; a paused one says so with a sign and a word.
Rectangle {
    id: chip

    required property var theme
    required property var layout
    property var counter: null
    readonly property bool paused: counter !== null && counter.paused

    visible: counter !== null
    color: theme.color.raised
    radius: theme.radius.control / 2

    NumberText {
        id: number

        theme: chip.theme
        text: chip.counter === null ? "" : chip.counter.number
        pixels: chip.theme.size.body * 1.2
        bold: true
        color: chip.paused ? chip.theme.color.text_quiet : chip.theme.color.text
        x: chip.layout.pad / 2
        width: chip.theme.size.body * (0.1 + 0.72 * Math.max(1, chip.layout.counter_length))
        anchors.verticalCenter: parent.verticalCenter
    }

    Column {
        anchors.left: number.right
        anchors.leftMargin: chip.layout.pad / 2
        anchors.right: parent.right
        anchors.rightMargin: chip.layout.pad / 3
        anchors.verticalCenter: parent.verticalCenter

        Item {
            width: parent.width
            height: chip.height * 0.42

            Icon {
                id: sign

                name: chip.paused ? "pause" : chip.counter !== null && chip.counter.barrier_free ? "accessible" : ""
                visible: name !== ""
                color: chip.paused ? chip.theme.color.warn : chip.theme.color.text_quiet
                size: chip.theme.size.small * 0.8
                anchors.verticalCenter: parent.verticalCenter
            }

            FittingText {
                theme: chip.theme
                text: chip.counter === null ? "" : chip.counter.label
                pixels: chip.theme.size.small * 0.9
                color: chip.paused ? chip.theme.color.warn : chip.theme.color.text_quiet
                maximumLineCount: 1
                anchors.left: sign.visible ? sign.right : parent.left
                anchors.leftMargin: sign.visible ? chip.layout.pad / 5 : 0
                anchors.right: parent.right
                height: parent.height
            }
        }

        FittingText {
            visible: text !== ""
            theme: chip.theme
            text: chip.counter === null ? "" : chip.counter.badge
            pixels: chip.theme.size.small
            color: chip.paused ? chip.theme.color.text_quiet : chip.theme.color.text
            maximumLineCount: 1
            width: parent.width
            height: chip.height * 0.46
        }
    }
}
