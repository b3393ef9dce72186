import QtQuick

// The quoted wait of a service.
Say {
    required property var service

    bold: true
    fontSizeMode: Text.HorizontalFit
    text: service.asking ? "" : service.quote
    wrapMode: Text.NoWrap
}
