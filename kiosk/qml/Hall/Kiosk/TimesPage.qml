pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// The booked time, from half hours around now.
Item {
    id: page

    required property var view
    readonly property var layout: view.layout
    readonly property var theme: view.theme

    RowLayout {
        id: top

        height: page.layout.question
        spacing: page.theme.space.m
        width: parent.width

        Question {
            Layout.fillHeight: true
            Layout.fillWidth: true
            view: page.view
        }

        ModeBadge {
            Layout.maximumWidth: page.width * 0.4
            view: page.view
        }
    }

    GridLayout {
        id: answers

        readonly property real tallest: page.theme.size.body * 9 * rowsUsed + page.layout.gap * (rowsUsed - 1)
        readonly property int rowsUsed: Math.ceil(page.view.state.choices.length / Math.max(1, columns))

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: top.bottom
        anchors.topMargin: page.layout.gap / 2
        columnSpacing: page.layout.gap
        columns: page.layout.landscape ? 4 : 2
        height: Math.min(tallest, back.y - y - page.layout.gap)
        rowSpacing: page.layout.gap

        Repeater {
            model: page.view.state.choices.length

            Rectangle {
                id: slot

                required property int index
                readonly property var choice: page.view.state.choices[index] ?? {
                    "key": "",
                    "title": "",
                    "detail": ""
                }
                readonly property bool here: choice.detail !== ""

                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredHeight: 1
                Layout.preferredWidth: 1
                border.color: here || area.pressed ? page.theme.color.action : page.theme.color.line
                border.width: here ? Math.max(3, page.theme.space.xs / 2) : Math.max(1, page.theme.space.xs / 4)
                color: area.pressed ? page.theme.color.action_pale : page.theme.color.surface
                radius: page.theme.radius.control * 2

                Column {
                    anchors.centerIn: parent

                    Say {
                        anchors.horizontalCenter: parent.horizontalCenter
                        bold: true
                        step: "number"
                        text: slot.choice.title
                        theme: page.theme
                        wrapMode: Text.NoWrap
                    }

                    Say {
                        anchors.horizontalCenter: parent.horizontalCenter
                        color: page.theme.color.action
                        text: slot.choice.detail
                        theme: page.theme
                        visible: slot.here
                    }
                }

                MouseArea {
                    id: area

                    anchors.fill: parent
                    objectName: "time-" + slot.choice.title
                    onClicked: page.view.taps.choose_time(slot.choice.key)
                }
            }
        }
    }

    BigButton {
        id: back

        anchors.bottom: parent.bottom
        height: page.layout.action
        icon: "back"
        label: page.view.words["kiosk-back"]
        objectName: "back"
        theme: page.theme
        width: parent.width
        onTapped: page.view.taps.back()
    }
}
