import QtQuick

// A text in the hall's type: one of the theme's steps, digits of one width, wrapping and never elided.
Text {
    id: say

    required property var theme
    property string step: "body"
    property bool bold: false
    property bool quiet: false

    color: quiet ? theme.color.text_quiet : theme.color.text
    font.family: theme.family
    font.features: ({
            "tnum": 1
        })
    font.pixelSize: theme.size[step]
    font.weight: bold ? theme.weight.bold : theme.weight.normal
    minimumPixelSize: Math.ceil(theme.size.small * 0.8)
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
