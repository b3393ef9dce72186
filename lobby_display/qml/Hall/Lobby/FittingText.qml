import QtQuick

// Text that takes a second line, then a smaller size, before it is cut. Give it a width and a height.
PlainText {
    id: fitting

    property real leastPixels: pixels * 0.6

    fontSizeMode: Text.Fit
    minimumPixelSize: Math.max(1, Math.round(leastPixels))
    wrapMode: maximumLineCount > 1 ? Text.WordWrap : Text.NoWrap
    maximumLineCount: 2
    lineHeight: 0.85
}
