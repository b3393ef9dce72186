import QtQuick

// A service's name: it wraps between words and shrinks where it must.
Say {
    required property var service

    bold: true
    fontSizeMode: Text.Fit
    lineHeight: 0.9
    text: service.name
    verticalAlignment: Text.AlignVCenter
    wrapMode: Text.WordWrap
}
