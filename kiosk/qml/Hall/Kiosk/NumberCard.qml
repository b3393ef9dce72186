import QtQuick
import QtQuick.Layouts

// The number as wide as its card; what it is for, how long it may take, which counters to watch.
Rectangle {
    id: card

    required property var view
    readonly property var result: view.state.result
    readonly property var theme: view.theme
    readonly property bool senior: view.state.senior

    border.color: theme.color.line
    border.width: Math.max(1, theme.space.xs / 4)
    color: theme.color.surface
    radius: theme.radius.control * 2

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: card.theme.space.m
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            spacing: card.theme.space.s

            Say {
                Layout.fillWidth: true
                quiet: true
                step: card.senior ? "body" : "large"
                text: card.view.words["kiosk-your-number"]
                theme: card.theme
            }

            Rectangle {
                color: card.theme.color.action
                implicitHeight: priority.implicitHeight + card.theme.space.xs
                implicitWidth: priority.implicitWidth + 2 * card.theme.space.m
                radius: height / 2
                visible: card.result.priority !== ""

                Say {
                    id: priority

                    anchors.centerIn: parent
                    bold: true
                    color: card.theme.color.on_action
                    text: card.result.priority
                    theme: card.theme
                    wrapMode: Text.NoWrap
                }
            }
        }

        Item {
            Layout.fillHeight: true
            Layout.fillWidth: true

            // Half of the font's line is empty above and below the digits: the line is made taller than its place, and
            // moved up by what the digits stand below the line's middle.
            Say {
                anchors.centerIn: parent
                anchors.verticalCenterOffset: -0.07 * fontInfo.pixelSize
                font.pixelSize: Math.max(1, card.height)
                fontSizeMode: Text.Fit
                height: parent.height * 1.65
                horizontalAlignment: Text.AlignHCenter
                objectName: "number"
                text: card.result.number
                theme: card.theme
                verticalAlignment: Text.AlignVCenter
                width: parent.width
                wrapMode: Text.NoWrap
            }
        }

        Say {
            Layout.fillWidth: true
            bold: true
            horizontalAlignment: Text.AlignHCenter
            step: card.senior ? "large" : "title"
            text: card.result.service
            theme: card.theme
        }

        Say {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            step: card.senior ? "body" : "large"
            text: card.result.wait
            theme: card.theme
        }

        Say {
            Layout.fillWidth: true
            bold: true
            horizontalAlignment: Text.AlignHCenter
            step: card.senior ? "body" : "large"
            text: card.result.counters
            theme: card.theme
            visible: text !== ""
        }
    }
}
