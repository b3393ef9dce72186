import QtQuick

// One of our drawn icons in one colour. Square: set `size` in pixels.
Image {
    id: icon

    required property string name
    required property color color
    property real size: 24

    width: size
    height: size
    sourceSize: Qt.size(Math.ceil(size), Math.ceil(size))
    source: name === "" ? "" : "image://icon/" + name + "/" + color.toString().slice(1)
}
