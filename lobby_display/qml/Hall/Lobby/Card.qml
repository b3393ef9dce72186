import QtQuick

// A card. No shadow, for shadows band on cheap panels.
Rectangle {
    id: card

    required property var theme

    color: theme.color.surface
    radius: theme.radius.control
}
