import QtQuick

// The one question of a page, in one line.
Say {
    required property var view

    bold: true
    fontSizeMode: Text.Fit
    height: view.layout.question
    step: "title"
    text: view.state.question
    theme: view.theme
    verticalAlignment: Text.AlignVCenter
}
