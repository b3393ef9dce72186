import QtQuick

// How many are ahead for a service, or that its number is on the way.
Say {
    required property var view
    required property var service

    quiet: true
    text: service.asking ? view.words["kiosk-issuing"] : service.people
    theme: view.theme
    wrapMode: Text.NoWrap
}
