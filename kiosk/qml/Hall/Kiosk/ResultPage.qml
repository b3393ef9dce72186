import QtQuick
import QtQuick.Layouts
import Hall.Shared

// The number, as large as the screen allows; what it means; the paper as it comes.
Item {
    id: page

    required property var view
    readonly property var layout: view.state.layout
    readonly property var result: view.state.result
    readonly property var theme: view.state.theme
    readonly property bool failed: result.paper === "failed"

    GridLayout {
        anchors.bottom: foot.top
        anchors.bottomMargin: page.layout.gap
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        columnSpacing: page.layout.gap
        columns: page.layout.landscape ? 2 : 1
        rowSpacing: page.layout.gap

        Rectangle {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredHeight: 58
            Layout.preferredWidth: 60
            border.color: page.theme.color.line
            border.width: Math.max(1, page.theme.space.xs / 4)
            color: page.theme.color.surface
            radius: page.theme.radius.control * 2

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: page.theme.space.m
                spacing: page.theme.space.s

                RowLayout {
                    Layout.fillWidth: true
                    spacing: page.theme.space.s

                    Say {
                        Layout.fillWidth: true
                        quiet: true
                        step: "large"
                        text: page.view.state.words["kiosk-your-number"]
                        theme: page.theme
                    }

                    Rectangle {
                        color: page.theme.color.action
                        implicitHeight: priority.implicitHeight + page.theme.space.xs
                        implicitWidth: priority.implicitWidth + 2 * page.theme.space.m
                        radius: height / 2
                        visible: page.result.priority !== ""

                        Say {
                            id: priority

                            anchors.centerIn: parent
                            bold: true
                            color: page.theme.color.on_action
                            text: page.result.priority
                            theme: page.theme
                            wrapMode: Text.NoWrap
                        }
                    }
                }

                Say {
                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    bold: true
                    font.pixelSize: page.height
                    fontSizeMode: Text.Fit
                    horizontalAlignment: Text.AlignHCenter
                    objectName: "number"
                    text: page.result.number
                    theme: page.theme
                    verticalAlignment: Text.AlignVCenter
                    wrapMode: Text.NoWrap
                }

                Say {
                    Layout.fillWidth: true
                    bold: true
                    horizontalAlignment: Text.AlignHCenter
                    step: "title"
                    text: page.result.service
                    theme: page.theme
                }

                Say {
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignHCenter
                    step: "large"
                    text: page.result.facts.join(" · ")
                    theme: page.theme
                }
            }
        }

        RowLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredHeight: 42
            Layout.preferredWidth: 40
            spacing: page.layout.gap

            PaperStrip {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: 45
                view: page.view
            }

            ColumnLayout {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: 55
                spacing: page.theme.space.m

                Item {
                    Layout.fillHeight: true
                }

                Icon {
                    color: page.failed ? page.theme.color.danger : page.result.paper === "printed" ? page.theme.color.ok : page.theme.color.action
                    name: page.failed ? "paper-out" : page.result.paper === "printed" ? "check-circle" : page.result.paper === "none" ? "camera" : "printer"
                    size: page.theme.size.number * 1.2
                }

                Say {
                    Layout.fillWidth: true
                    bold: true
                    color: page.failed ? page.theme.color.danger : page.theme.color.text
                    objectName: "message"
                    step: page.failed ? "large" : "title"
                    text: page.result.message
                    theme: page.theme
                }

                Say {
                    Layout.fillWidth: true
                    quiet: true
                    text: page.result.hint
                    theme: page.theme
                }

                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }

    Column {
        id: foot

        anchors.bottom: parent.bottom
        spacing: page.theme.space.s
        width: parent.width

        StayBar {
            stayMs: page.result.stay_ms
            theme: page.theme
            width: parent.width
        }

        BigButton {
            height: page.layout.action
            icon: "back"
            label: page.view.state.words["kiosk-back"]
            objectName: "back"
            theme: page.theme
            width: parent.width
            onTapped: page.view.back()
        }
    }
}
