pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hall.Shared

// Outside opening hours: when the hall opens, its hours, and where else to go.
Item {
    id: page

    required property var view
    readonly property var closed: view.state.closed
    readonly property var theme: view.theme

    ColumnLayout {
        anchors.centerIn: parent
        spacing: page.theme.space.l
        width: Math.min(parent.width, page.theme.size.title * 20)

        Icon {
            Layout.alignment: Qt.AlignHCenter
            color: page.theme.color.action
            name: "moon"
            size: page.theme.size.number * 2
        }

        Say {
            Layout.fillWidth: true
            bold: true
            horizontalAlignment: Text.AlignHCenter
            objectName: "title"
            step: "title"
            text: page.view.words["kiosk-closed-title"]
            theme: page.theme
        }

        Say {
            Layout.fillWidth: true
            bold: true
            color: page.theme.color.action
            horizontalAlignment: Text.AlignHCenter
            step: "large"
            text: page.closed.next_opening
            theme: page.theme
            visible: text !== ""
        }

        Rectangle {
            Layout.fillWidth: true
            border.color: page.theme.color.line
            border.width: Math.max(1, page.theme.space.xs / 4)
            color: page.theme.color.surface
            implicitHeight: facts.implicitHeight + 2 * page.theme.space.l
            radius: page.theme.radius.control * 2

            ColumnLayout {
                id: facts

                anchors.centerIn: parent
                spacing: page.theme.space.s
                width: parent.width - 2 * page.theme.space.l

                Say {
                    quiet: true
                    step: "body"
                    text: page.view.words["kiosk-closed-hours"]
                    theme: page.theme
                }

                Say {
                    Layout.fillWidth: true
                    step: "large"
                    text: page.view.words["kiosk-closed-always"]
                    theme: page.theme
                    visible: page.closed.hours.length === 0
                }

                Repeater {
                    model: page.closed.hours.length

                    RowLayout {
                        id: line

                        required property int index
                        readonly property var hours: page.closed.hours[index] ?? {
                            "days": "",
                            "times": ""
                        }

                        Layout.fillWidth: true

                        Say {
                            Layout.fillWidth: true
                            step: "large"
                            text: line.hours.days
                            theme: page.theme
                        }

                        Say {
                            bold: true
                            step: "large"
                            text: line.hours.times
                            theme: page.theme
                            wrapMode: Text.NoWrap
                        }
                    }
                }

                Say {
                    Layout.fillWidth: true
                    Layout.topMargin: page.theme.space.m
                    text: page.closed.nearest
                    theme: page.theme
                    visible: text !== ""
                }
            }
        }
    }
}
