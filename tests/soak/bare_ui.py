"""A bare window that counts the gaps of its own UI thread until its input ends.

`python -m tests.soak.bare_ui` prints the gaps [ms] as a JSON list: what the machine's load costs
a program that does nothing.
"""

import json
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.stalls import StallWatch

_SETTLE_MS = 1000


def main() -> int:
    """Show the window, count, print."""
    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1920, 1080)
    window.show()
    watch = StallWatch()
    watch.start()
    QTimer.singleShot(_SETTLE_MS, watch.count_from_now)
    threading.Thread(target=_await_end, args=(app,), daemon=True).start()
    code = app.exec()
    watch.stop()
    print(json.dumps([round(stall.seconds * 1000, 1) for stall in watch.stalls]), flush=True)
    return code


def _await_end(app: QApplication) -> None:
    sys.stdin.read()
    QTimer.singleShot(0, app, app.quit)


if __name__ == "__main__":
    sys.exit(main())
