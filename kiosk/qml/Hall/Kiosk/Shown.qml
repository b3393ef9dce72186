import QtQuick

// What the kiosk shows, read from Python once for each change. The view model gives all of its state as one map whenever
// it is asked for a part of it, so the pages ask here. `taps` is the view model itself, for what a finger does.
QtObject {
    required property var taps
    readonly property var state: taps.state
    readonly property var looks: taps.looks
    readonly property var layout: looks.layout
    readonly property var theme: looks.theme
    readonly property var words: looks.words
}
