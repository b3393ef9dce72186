import QtQuick
import QtQuick.Layouts
import Hall.Shared

// A service: its name, who waits and for how long, before the tap. The whole card is the target.
Rectangle {
    id: card

    required property var view
    required property var service
    readonly property var theme: view.state.theme
    readonly property bool marked: area.pressed || service.asking
    readonly property real tileSize: Math.min(height * 0.52, width * 0.24, theme.size.body * 4)

    signal tapped

    border.color: marked ? theme.color.action : theme.color.line
    border.width: marked ? Math.max(3, theme.space.xs * 0.6) : Math.max(1, theme.space.xs / 4)
    color: marked ? theme.color.action_pale : theme.color.surface
    radius: Math.max(theme.radius.control, theme.radius.ratio * Math.min(width, height) * 3)

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: card.theme.space.m
        anchors.rightMargin: card.theme.space.m
        spacing: card.theme.space.m

        Rectangle {
            Layout.preferredHeight: card.tileSize
            Layout.preferredWidth: card.tileSize
            color: card.marked ? card.theme.color.action : card.theme.color.action_pale
            radius: width * 0.24

            Icon {
                anchors.centerIn: parent
                color: card.marked ? card.theme.color.on_action : card.theme.color.action
                name: card.service.icon
                size: parent.width * 0.62
            }
        }

        ColumnLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            spacing: 0

            Item {
                Layout.fillHeight: true
            }

            Say {
                Layout.fillWidth: true
                Layout.maximumHeight: card.height * (info.visible ? 0.58 : 0.9)
                bold: true
                fontSizeMode: Text.Fit
                lineHeight: 0.9
                step: card.height > card.theme.size.body * 6.5 ? "title" : "large"
                text: card.service.name
                theme: card.theme
                verticalAlignment: Text.AlignVCenter
            }

            Flow {
                id: info

                Layout.fillWidth: true
                spacing: card.theme.space.s
                visible: card.service.people !== "" || card.service.asking

                Say {
                    quiet: true
                    text: card.service.asking ? card.view.state.words["kiosk-issuing"] : card.service.people
                    theme: card.theme
                    wrapMode: Text.NoWrap
                }

                Say {
                    bold: true
                    text: card.service.asking ? "" : card.service.quote
                    theme: card.theme
                    visible: text !== ""
                    wrapMode: Text.NoWrap
                }
            }

            Item {
                Layout.fillHeight: true
            }
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        objectName: "service-" + card.service.key
        onClicked: card.tapped()
    }
}
