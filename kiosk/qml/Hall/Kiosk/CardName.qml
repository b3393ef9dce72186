import QtQuick

// A service's name: it wraps between words and shrinks where it must.
Say {
    required property var service
    // A name that is a little too long for its line is written a little smaller, and needs no second line.
    readonly property real tallest: implicitWidth > width && implicitWidth <= width * 1.1 ? theme.size[step] * 1.5 : Infinity

    bold: true
    fontSizeMode: Text.Fit
    lineHeight: 0.9
    text: service.name
    verticalAlignment: Text.AlignVCenter
    wrapMode: Text.WordWrap
}
