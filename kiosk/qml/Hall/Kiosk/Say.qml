pragma ComponentBehavior: Bound

import QtQuick

// A text in the hall's type: one of the theme's steps, digits of one width, wrapping and never elided.
Text {
    id: say

    required property var theme
    property string step: "body"
    property bool bold: false
    property bool quiet: false
    // Qt makes a bold that the font lacks only up to 64 pixels; above, the text is drawn again in a small circle around its place.
    readonly property bool needsWeight: bold && fontInfo.pixelSize > 64 && fontInfo.styleName.indexOf("Bold") < 0

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

    Repeater {
        model: say.needsWeight ? 8 : 0

        Text {
            required property int index
            readonly property real angle: index * Math.PI / 4
            readonly property real radius: say.fontInfo.pixelSize * 0.014

            color: say.color
            font.family: say.font.family
            font.features: say.font.features
            // As large as the text has become: it has found its size already, and to search it takes long.
            font.pixelSize: say.fontInfo.pixelSize
            font.weight: say.font.weight
            height: say.height
            horizontalAlignment: say.horizontalAlignment
            lineHeight: say.lineHeight
            text: say.text
            textFormat: say.textFormat
            verticalAlignment: say.verticalAlignment
            width: say.width
            wrapMode: say.wrapMode
            x: radius * Math.cos(angle)
            y: radius * Math.sin(angle)
        }
    }
}
