import QtQuick

// A number that stands exactly in the middle of its box: the font's own line has more air above than below.
// Of regular weight: light digits on a dark ground read farthest with a stroke of an eighth of their height.
Item {
    id: number

    required property var theme
    required property string text
    required property real pixels
    required property color color
    property bool bold: false

    implicitWidth: drawn.implicitWidth
    implicitHeight: Math.round(pixels * theme.line.number)

    PlainText {
        id: drawn

        theme: number.theme
        text: number.text
        pixels: number.pixels
        bold: number.bold
        color: number.color
        elide: Text.ElideNone
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -Math.round(number.pixels * 0.07)
    }
}
