import QtQuick

// Runs down while a page stays; full and still as long as its end is not known.
Rectangle {
    id: bar

    required property var theme
    required property int stayMs

    color: theme.color.raised
    implicitHeight: theme.space.s
    radius: height / 2

    property real share: 1

    onStayMsChanged: run()
    Component.onCompleted: run()

    function run() {
        runDown.stop();
        bar.share = 1;
        if (bar.stayMs > 0) {
            runDown.duration = bar.stayMs;
            runDown.start();
        }
    }

    Rectangle {
        color: bar.theme.color.action
        height: parent.height
        radius: parent.radius
        width: parent.width * bar.share
    }

    NumberAnimation {
        id: runDown

        property: "share"
        target: bar
        to: 0
    }
}
