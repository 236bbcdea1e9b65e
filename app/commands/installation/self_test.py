"""The check that an installation works: everything that a package can lack."""

from collections.abc import Callable

from app.commands.exit_codes import DATA
from app.commands.installation import data_checks, qt_checks
from app.commands.output import Output
from app.domain.faults import KnownFault
from app.i18n import N_, _

#: The name of each check, whether the program needs it, and the check, which raises what is wrong.
CHECKS: tuple[tuple[str, bool, Callable[[], None]], ...] = (
    (N_("encrypted database"), True, data_checks.encrypted_database),
    (N_("data of an earlier version"), True, data_checks.earlier_data),
    (N_("time zones"), True, data_checks.time_zones),
    (N_("texts and guide"), True, data_checks.texts),
    (N_("wikis to choose from"), True, data_checks.wikis),
    (N_("secure connections"), True, data_checks.secure_connections),
    (N_("desk"), True, data_checks.desk),
    (N_("shared desk"), True, data_checks.shared_desk),
    (N_("reports as PDF"), True, data_checks.pdf_report),
    (N_("practice wiki"), True, data_checks.practice_wiki),
    (N_("keyring backends"), True, data_checks.keyring_backends),
    (N_("versions for reports"), True, data_checks.report),
    (N_("Qt"), True, qt_checks.qt),
    (N_("window system"), True, qt_checks.window_system),
    (N_("fonts"), True, qt_checks.fonts),
    (N_("icons"), True, qt_checks.icons),
    (N_("Qt’s own texts"), True, qt_checks.own_texts),
    (N_("keyring"), False, data_checks.keyring),
)


def run(output: Output) -> int:
    """Run every check; return DATA if one that is needed has failed, else 0.

    A keyring that this computer lacks is only noted: the data is then protected by a passphrase.
    """
    results = []
    for name, needed, check in CHECKS:
        try:
            check()
            results.append({"check": name, "passed": True})
            output.line(_("ok    {name}").format(name=_(name)))
        except Exception as error:  # noqa: BLE001 - whatever fails is the finding
            reason = error.sentence if isinstance(error, KnownFault) else str(error) or type(error).__name__
            results.append({"check": name, "passed": False, "needed": needed, "reason": reason})
            text = _("FAIL  {name}: {reason}") if needed else _("note  {name}: {reason}")
            output.line(text.format(name=_(name), reason=reason))
    output.document(results)
    return 0 if all(result["passed"] or not result["needed"] for result in results) else DATA
