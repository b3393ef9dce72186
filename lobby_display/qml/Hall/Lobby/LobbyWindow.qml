import QtQuick

// The lobby's window: the ground, and the picture that walks a few pixels against burn-in.
Window {
    id: window

    required property var view

    width: 1920
    height: 1080
    title: window.view.looks.words["lobby-title"]
    color: window.view.looks.theme.color.ground
    onWidthChanged: window.view.resize(width, height)
    onHeightChanged: window.view.resize(width, height)

    Lobby {
        x: window.view.state.shift_x
        y: window.view.state.shift_y
        width: window.width
        height: window.height
        view: window.view
    }
}
