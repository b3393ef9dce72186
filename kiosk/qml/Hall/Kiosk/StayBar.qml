import QtQuick

// Runs down while a page stays; full and still as long as its end is not known.
Rectangle {
    id: bar

    required property var theme
    required property int stayMs

    color: theme.color.raised
    implicitHeight: theme.space.s
    radius: height / 2

    onStayMsChanged: run()
    Component.onCompleted: run()

    function run() {
        runDown.stop();
        level.width = bar.width;
        if (bar.stayMs > 0)
            runDown.start();
    }

    Rectangle {
        id: level

        color: bar.theme.color.action
        height: parent.height
        radius: parent.radius
        width: parent.width
    }

    NumberAnimation {
        id: runDown

        duration: bar.stayMs
        property: "width"
        target: level
        to: 0
    }
}
