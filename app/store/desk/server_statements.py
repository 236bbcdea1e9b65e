"""What the server of a shared desk is told, in PostgreSQL's SQL."""

#: The tables, as docs/shared-desk.md has them for whoever runs the server. Rows are only added and, where
#: somebody is erased, deleted.
TABLES = """
CREATE TABLE IF NOT EXISTS desk_act (
    serial bigint GENERATED ALWAYS AS IDENTITY,
    wiki text NOT NULL,
    event_id bigint NOT NULL,
    number text PRIMARY KEY,
    person text NOT NULL,
    day text NOT NULL,
    kind text NOT NULL,
    moment bigint NOT NULL,
    desk text NOT NULL,
    after text NOT NULL,
    undoes text NOT NULL,
    text text NOT NULL
);
CREATE INDEX IF NOT EXISTS desk_act_in_order ON desk_act (wiki, event_id, serial);
CREATE INDEX IF NOT EXISTS desk_act_erasures ON desk_act (wiki, event_id, person)
    WHERE kind IN ('erase', 'undo');
CREATE TABLE IF NOT EXISTS desk (
    wiki text NOT NULL,
    event_id bigint NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    clock_late bigint NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (wiki, event_id, number, changed_at, name, clock_late)
);
"""
#: On this channel, desks tell each other of which event they have added something.
LISTEN = "LISTEN event_center_desk"
NOTIFY = "SELECT pg_notify('event_center_desk', %(wiki)s || ' ' || %(event_id)s);"
SESSION = "SET statement_timeout = %(milliseconds)s; SET default_transaction_isolation = 'read committed';"
HAS_TABLES = """
SELECT bool_and(to_regclass(name) IS NOT NULL), bool_and(
    has_table_privilege(to_regclass(name), 'SELECT') AND has_table_privilege(to_regclass(name), 'INSERT')
    AND has_table_privilege(to_regclass(name), 'DELETE'))
FROM unnest(ARRAY['desk_act', 'desk']) AS name
"""
#: Waits for the desks that are adding acts of the event. What follows in the same message sees those.
#: One message, so that a desk which is cut off in the middle keeps nobody waiting.
TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%(wiki)s || ' ' || %(event_id)s, 0));"
#: An erasure that is sent again, because nobody knew whether it had arrived, deletes nothing noted since.
ERASE = """
DELETE FROM desk_act USING json_to_recordset(%(erasures)s) AS erasure (number text, person text)
WHERE wiki = %(wiki)s AND event_id = %(event_id)s
    AND desk_act.person = erasure.person AND kind <> 'erase'
    AND NOT EXISTS (SELECT FROM desk_act AS known WHERE known.number = erasure.number);
"""
#: Not about people who are erased, and by nobody who does not know yet that they were. What lets them come
#: back may be among the same acts: `undone`.
ADD = """
INSERT INTO desk_act (wiki, event_id, number, person, day, kind, moment, desk, after, undoes, text)
SELECT %(wiki)s, %(event_id)s, number, person, day, kind, moment, desk, after, undoes, text
FROM json_to_recordset(%(acts)s) AS fresh (
    number text, person text, day text, kind text, moment bigint, desk text, after text, undoes text,
    text text)
WHERE kind IN ('erase', 'undo') OR NOT EXISTS (
    SELECT FROM desk_act AS erasure
    WHERE erasure.wiki = %(wiki)s AND erasure.event_id = %(event_id)s AND erasure.person = fresh.person
        AND erasure.kind = 'erase'
        AND (erasure.serial > %(known)s OR erasure.number <> ALL(%(undone)s) AND NOT EXISTS (
            SELECT FROM desk_act AS undo
            WHERE undo.wiki = %(wiki)s AND undo.event_id = %(event_id)s AND undo.person = fresh.person
                AND undo.kind = 'undo' AND undo.undoes = erasure.number)))
ON CONFLICT DO NOTHING;
"""
ADD_RECORDS = """
INSERT INTO desk (wiki, event_id, number, name, clock_late, changed_at)
SELECT %(wiki)s, %(event_id)s, number, name, clock_late, changed_at
FROM json_to_recordset(%(records)s) AS fresh (number text, name text, clock_late bigint, changed_at bigint)
ON CONFLICT DO NOTHING;
"""
NUMBERS = """
SELECT serial, number FROM desk_act
WHERE wiki = %(wiki)s AND event_id = %(event_id)s AND serial > %(after)s ORDER BY serial LIMIT %(limit)s
"""
ACTS_AFTER = """
SELECT serial, number, person, day, kind, moment, desk, after, undoes, text FROM desk_act
WHERE wiki = %(wiki)s AND event_id = %(event_id)s AND serial > %(after)s ORDER BY serial LIMIT %(limit)s
"""
ACTS = """
SELECT serial, number, person, day, kind, moment, desk, after, undoes, text FROM desk_act
WHERE number = ANY(%(numbers)s) ORDER BY serial
"""
RECORDS = """
SELECT number, name, clock_late, changed_at FROM desk
WHERE wiki = %(wiki)s AND event_id = %(event_id)s
"""
