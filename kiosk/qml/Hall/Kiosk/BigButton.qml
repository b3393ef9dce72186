import QtQuick
import QtQuick.Layouts
import Hall.Shared

// A button for a finger: the whole area is the target, and it answers to the press at once.
Rectangle {
    id: button

    required property var theme
    required property string label
    property string icon: ""
    property string step: "large"
    property bool primary: false
    property bool bold: primary
    property bool iconAfter: false
    property bool active: true
    readonly property bool pressed: area.pressed && active
    readonly property color ink: !active ? theme.color.text_quiet : primary ? theme.color.on_action : pressed ? theme.color.action_pressed : theme.color.action

    signal tapped

    border.color: primary ? color : theme.color.outline
    border.width: primary ? 0 : Math.max(2, theme.space.xs / 3)
    color: primary ? (pressed ? theme.color.action_pressed : theme.color.action) : pressed ? theme.color.action_pale : theme.color.surface
    implicitHeight: theme.size.large * 2.4
    implicitWidth: row.implicitWidth + 2 * theme.space.m
    radius: theme.radius.control * 1.5

    RowLayout {
        id: row

        anchors.centerIn: parent
        height: parent.height
        layoutDirection: button.iconAfter ? Qt.RightToLeft : Qt.LeftToRight
        spacing: button.theme.space.s
        width: Math.min(implicitWidth, parent.width - 2 * button.theme.space.s)

        Icon {
            color: button.ink
            name: button.icon
            size: button.theme.size[button.step] * 1.3
            visible: button.icon !== ""
        }

        Say {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth)
            bold: button.bold
            color: button.ink
            fontSizeMode: Text.Fit
            horizontalAlignment: Text.AlignHCenter
            step: button.step
            text: button.label
            theme: button.theme
            verticalAlignment: Text.AlignVCenter
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        objectName: button.objectName + "-area"
        onClicked: if (button.active)
            button.tapped()
    }
}
