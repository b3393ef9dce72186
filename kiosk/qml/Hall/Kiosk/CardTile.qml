import QtQuick
import QtQuick.Layouts
import Hall.Shared

// A service's icon on its tile.
Rectangle {
    id: tile

    required property var owner
    required property real side

    Layout.preferredHeight: side
    Layout.preferredWidth: side
    color: owner.marked ? owner.theme.color.action : owner.theme.color.action_pale
    radius: width * 0.24

    Icon {
        anchors.centerIn: parent
        color: tile.owner.marked ? tile.owner.theme.color.on_action : tile.owner.theme.color.action
        name: tile.owner.service.icon
        size: parent.width * 0.62
    }
}
