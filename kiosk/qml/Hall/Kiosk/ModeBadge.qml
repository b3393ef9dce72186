import QtQuick

// Says which kind of number is being taken, when it is not an ordinary one.
Rectangle {
    id: badge

    required property var view
    readonly property var theme: view.theme

    color: theme.color.action
    implicitHeight: text.implicitHeight + theme.space.xs
    implicitWidth: text.implicitWidth + 2 * theme.space.m
    radius: height / 2
    visible: view.state.mode !== ""

    Say {
        id: text

        anchors.centerIn: parent
        bold: true
        color: badge.theme.color.on_action
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignHCenter
        text: badge.view.state.mode
        theme: badge.theme
        width: Math.min(implicitWidth, badge.width - 2 * badge.theme.space.m)
        wrapMode: Text.NoWrap
    }
}
