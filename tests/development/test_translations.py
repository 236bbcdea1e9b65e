import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_english_plurals_are_current():
    done = subprocess.run(
        [sys.executable, str(ROOT / "resources/translations/renew.py"), "--check"], check=False
    )
    assert done.returncode == 0, "run: python3 dev.py translations"
