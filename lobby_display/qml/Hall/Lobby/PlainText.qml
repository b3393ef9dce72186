import QtQuick

// Text in our font, with digits of one width.
Text {
    id: plain

    required property var theme
    property real pixels: theme.size.body
    property bool bold: false

    color: theme.color.text
    textFormat: Text.PlainText
    font.family: theme.family
    font.pixelSize: Math.max(1, Math.round(pixels))
    font.weight: bold ? theme.weight.bold : theme.weight.normal
    font.features: ({
            "tnum": 1
        })
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
}
