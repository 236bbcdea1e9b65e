"""The texts of the layers below the views, ready for translation."""

from app.domain.wording.changes import (
    asks_conflict as asks_conflict,
)
from app.domain.wording.changes import (
    asks_maybe_sent as asks_maybe_sent,
)
from app.domain.wording.changes import (
    asks_organizers as asks_organizers,
)
from app.domain.wording.changes import (
    asks_registration as asks_registration,
)
from app.domain.wording.changes import (
    being_sent as being_sent,
)
from app.domain.wording.changes import (
    change_state as change_state,
)
from app.domain.wording.changes import (
    change_summary as change_summary,
)
from app.domain.wording.changes import (
    emailed_note as emailed_note,
)
from app.domain.wording.changes import (
    event_not_in_mirror as event_not_in_mirror,
)
from app.domain.wording.changes import (
    hidden_organizer as hidden_organizer,
)
from app.domain.wording.changes import (
    last_organizer as last_organizer,
)
from app.domain.wording.changes import (
    links_not_shown as links_not_shown,
)
from app.domain.wording.changes import (
    made_without_grant as made_without_grant,
)
from app.domain.wording.changes import (
    nothing_to_change as nothing_to_change,
)
from app.domain.wording.changes import (
    page_already_existed as page_already_existed,
)
from app.domain.wording.changes import (
    page_edit_summary as page_edit_summary,
)
from app.domain.wording.changes import (
    part_label as part_label,
)
from app.domain.wording.changes import (
    people_listed as people_listed,
)
from app.domain.wording.changes import (
    removed_note as removed_note,
)
from app.domain.wording.changes import (
    several_tools as several_tools,
)
from app.domain.wording.changes import (
    unintended_self_removal as unintended_self_removal,
)
from app.domain.wording.changes import (
    waits_for_earlier as waits_for_earlier,
)
from app.domain.wording.changes import (
    waits_for_network as waits_for_network,
)
from app.domain.wording.checking import (
    address_local as address_local,
)
from app.domain.wording.checking import (
    address_safe as address_safe,
)
from app.domain.wording.checking import (
    answered_in as answered_in,
)
from app.domain.wording.checking import (
    check_report as check_report,
)
from app.domain.wording.checking import (
    checked as checked,
)
from app.domain.wording.checking import (
    clock_differs as clock_differs,
)
from app.domain.wording.checking import (
    clock_good as clock_good,
)
from app.domain.wording.checking import (
    events_cut as events_cut,
)
from app.domain.wording.checking import (
    events_listed as events_listed,
)
from app.domain.wording.checking import (
    extension_version as extension_version,
)
from app.domain.wording.checking import (
    outcome as outcome,
)
from app.domain.wording.checking import (
    request_rate as request_rate,
)
from app.domain.wording.checking import (
    rights_lack_grant as rights_lack_grant,
)
from app.domain.wording.checking import (
    rights_lack_right as rights_lack_right,
)
from app.domain.wording.checking import (
    routes_answer as routes_answer,
)
from app.domain.wording.checking import (
    sign_in_accepted as sign_in_accepted,
)
from app.domain.wording.checking import (
    sign_in_can as sign_in_can,
)
from app.domain.wording.checking import (
    sign_in_kind as sign_in_kind,
)
from app.domain.wording.checking import (
    sign_in_named as sign_in_named,
)
from app.domain.wording.checking import (
    sign_in_not_accepted as sign_in_not_accepted,
)
from app.domain.wording.checking import (
    sign_in_rights as sign_in_rights,
)
from app.domain.wording.checking import (
    traffic as traffic,
)
from app.domain.wording.checking import (
    version_untried as version_untried,
)
from app.domain.wording.files import (
    aggregated as aggregated,
)
from app.domain.wording.files import (
    column_label as column_label,
)
from app.domain.wording.files import (
    no as no,
)
from app.domain.wording.files import (
    yes as yes,
)
from app.domain.wording.local_data import (
    ambiguous_event as ambiguous_event,
)
from app.domain.wording.local_data import (
    backup_failed as backup_failed,
)
from app.domain.wording.local_data import (
    bug as bug,
)
from app.domain.wording.local_data import (
    data_damaged as data_damaged,
)
from app.domain.wording.local_data import (
    data_in_use as data_in_use,
)
from app.domain.wording.local_data import (
    data_newer as data_newer,
)
from app.domain.wording.local_data import (
    disk_fault as disk_fault,
)
from app.domain.wording.local_data import (
    disk_full as disk_full,
)
from app.domain.wording.local_data import (
    folder_shared as folder_shared,
)
from app.domain.wording.local_data import (
    key_missing as key_missing,
)
from app.domain.wording.local_data import (
    key_wrong as key_wrong,
)
from app.domain.wording.local_data import (
    keyring_needed as keyring_needed,
)
from app.domain.wording.local_data import (
    no_keyring as no_keyring,
)
from app.domain.wording.local_data import (
    not_an_event_number as not_an_event_number,
)
from app.domain.wording.local_data import (
    page_without_registration as page_without_registration,
)
from app.domain.wording.local_data import (
    passphrase_empty as passphrase_empty,
)
from app.domain.wording.local_data import (
    passphrase_needed as passphrase_needed,
)
from app.domain.wording.local_data import (
    unknown_event as unknown_event,
)
from app.domain.wording.organizing import (
    field_label as field_label,
)
from app.domain.wording.organizing import (
    goal_type as goal_type,
)
from app.domain.wording.organizing import (
    obstacle_sentence as obstacle_sentence,
)
from app.domain.wording.organizing import (
    problem_sentence as problem_sentence,
)
from app.domain.wording.people import (
    contribution_total as contribution_total,
)
from app.domain.wording.people import (
    option_label as option_label,
)
from app.domain.wording.people import (
    own_option_label as own_option_label,
)
from app.domain.wording.people import (
    person_name as person_name,
)
from app.domain.wording.people import (
    question_label as question_label,
)
from app.domain.wording.signing_in import (
    browser_done as browser_done,
)
from app.domain.wording.signing_in import (
    browser_done_title as browser_done_title,
)
from app.domain.wording.signing_in import (
    browser_refused_title as browser_refused_title,
)
from app.domain.wording.signing_in import (
    captcha_for_browsers as captcha_for_browsers,
)
from app.domain.wording.signing_in import (
    lack as lack,
)
from app.domain.wording.signing_in import (
    lack_grant as lack_grant,
)
from app.domain.wording.signing_in import (
    lack_right as lack_right,
)
from app.domain.wording.signing_in import (
    no_account as no_account,
)
from app.domain.wording.signing_in import (
    one_sign_in_ended as one_sign_in_ended,
)
from app.domain.wording.signing_in import (
    other_account as other_account,
)
from app.domain.wording.signing_in import (
    port_taken as port_taken,
)
from app.domain.wording.signing_in import (
    sign_in_cancelled as sign_in_cancelled,
)
from app.domain.wording.signing_in import (
    sign_in_elsewhere as sign_in_elsewhere,
)
from app.domain.wording.signing_in import (
    sign_in_must_restart as sign_in_must_restart,
)
from app.domain.wording.signing_in import (
    sign_in_state as sign_in_state,
)
from app.domain.wording.signing_in import (
    sign_in_timeout as sign_in_timeout,
)
from app.domain.wording.wiki_faults import (
    account_locked as account_locked,
)
from app.domain.wording.wiki_faults import (
    bad_address as bad_address,
)
from app.domain.wording.wiki_faults import (
    cancelled as cancelled,
)
from app.domain.wording.wiki_faults import (
    event_not_found as event_not_found,
)
from app.domain.wording.wiki_faults import (
    insecure_address as insecure_address,
)
from app.domain.wording.wiki_faults import (
    no_answer as no_answer,
)
from app.domain.wording.wiki_faults import (
    no_event_registration as no_event_registration,
)
from app.domain.wording.wiki_faults import (
    no_sign_in as no_sign_in,
)
from app.domain.wording.wiki_faults import (
    nobody_answers as nobody_answers,
)
from app.domain.wording.wiki_faults import (
    not_a_wiki as not_a_wiki,
)
from app.domain.wording.wiki_faults import (
    not_allowed as not_allowed,
)
from app.domain.wording.wiki_faults import (
    offline as offline,
)
from app.domain.wording.wiki_faults import (
    page_changed as page_changed,
)
from app.domain.wording.wiki_faults import (
    people_not_refreshed as people_not_refreshed,
)
from app.domain.wording.wiki_faults import (
    private_people_kept as private_people_kept,
)
from app.domain.wording.wiki_faults import (
    program_disabled as program_disabled,
)
from app.domain.wording.wiki_faults import (
    refused as refused,
)
from app.domain.wording.wiki_faults import (
    registration_deleted as registration_deleted,
)
from app.domain.wording.wiki_faults import (
    sign_in_ended as sign_in_ended,
)
from app.domain.wording.wiki_faults import (
    sign_in_refused as sign_in_refused,
)
from app.domain.wording.wiki_faults import (
    tls_too_old as tls_too_old,
)
from app.domain.wording.wiki_faults import (
    token_refused as token_refused,
)
from app.domain.wording.wiki_faults import (
    too_fast as too_fast,
)
from app.domain.wording.wiki_faults import (
    wiki_broken as wiki_broken,
)
from app.domain.wording.wiki_faults import (
    wiki_read_only as wiki_read_only,
)
