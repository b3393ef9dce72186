"""How the programs start with the machine: systemd units, with the watchdog that `shared.qt.life_sign` feeds."""
