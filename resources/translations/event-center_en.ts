<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ChangeText</name>
    <message numerus="yes">
        <source>%n question(s) answered</source>
        <translation>
            <numerusform>%n question answered</numerusform>
            <numerusform>%n questions answered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChartCounts</name>
    <message numerus="yes">
        <source>Of {count} participants</source>
        <translation>
            <numerusform>Of {count} participant</numerusform>
            <numerusform>Of {count} participants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} registrations</source>
        <translation>
            <numerusform>{count} registration</numerusform>
            <numerusform>{count} registrations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n change(s) not sent yet</source>
        <translation>
            <numerusform>%n change not sent yet</numerusform>
            <numerusform>%n changes not sent yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DemographicsTab</name>
    <message numerus="yes">
        <source>The answers of %n participant(s), as the wiki summed them up when the event was over; then it deleted them.</source>
        <translation>
            <numerusform>The answers of %n participant, as the wiki summed them up when the event was over; then it deleted them.</numerusform>
            <numerusform>The answers of %n participants, as the wiki summed them up when the event was over; then it deleted them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answers of %n participant(s) have been summed up and deleted by the wiki.</source>
        <translation>
            <numerusform>The answers of %n participant have been summed up and deleted by the wiki.</numerusform>
            <numerusform>The answers of %n participants have been summed up and deleted by the wiki.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The wiki does not show this sign-in the answers of %n participant(s).</source>
        <translation>
            <numerusform>The wiki does not show this sign-in the answers of %n participant.</numerusform>
            <numerusform>The wiki does not show this sign-in the answers of %n participants.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmailDialog</name>
    <message numerus="yes">
        <source>The %n chosen</source>
        <translation>
            <numerusform>The %n chosen</numerusform>
            <numerusform>The %n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n found by the search and the filters</source>
        <translation>
            <numerusform>All %n found by the search and the filters</numerusform>
            <numerusform>All %n found by the search and the filters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n participants of the event</source>
        <translation>
            <numerusform>All %n participants of the event</numerusform>
            <numerusform>All %n participants of the event</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your own address becomes the Reply-To address: whoever answers will see it. The wiki takes 5 e-mails a day, however many people each goes to; %n left today.</source>
        <translation>
            <numerusform>Your own address becomes the Reply-To address: whoever answers will see it. The wiki takes 5 e-mails a day, however many people each goes to; %n left today.</numerusform>
            <numerusform>Your own address becomes the Reply-To address: whoever answers will see it. The wiki takes 5 e-mails a day, however many people each goes to; %n left today.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them will get it.</source>
        <translation>
            <numerusform>%n of them will get it.</numerusform>
            <numerusform>%n of them will get it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n the wiki does not tell whether they have an address.</source>
        <translation>
            <numerusform>Of %n the wiki does not tell whether they have an address.</numerusform>
            <numerusform>Of %n the wiki does not tell whether they have an address.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n will not, for lack of a valid address – these:</source>
        <translation>
            <numerusform>%n will not, for lack of a valid address – these:</numerusform>
            <numerusform>%n will not, for lack of a valid address – these:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send to %n participant(s)</source>
        <translation>
            <numerusform>Send to %n participant</numerusform>
            <numerusform>Send to %n participants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write to all %n participants of this event?</source>
        <translation>
            <numerusform>Write to all %n participants of this event?</numerusform>
            <numerusform>Write to all %n participants of this event?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write to all %n</source>
        <translation>
            <numerusform>Write to all %n</numerusform>
            <numerusform>Write to all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventDialogs</name>
    <message numerus="yes">
        <source>Nobody can register any more, and the list of %n participant(s) is closed to everybody. The event page stays, but it can never have a registration again. To pause registration, close it instead.</source>
        <translation>
            <numerusform>Nobody can register any more, and the list of %n participant is closed to everybody. The event page stays, but it can never have a registration again. To pause registration, close it instead.</numerusform>
            <numerusform>Nobody can register any more, and the list of %n participants is closed to everybody. The event page stays, but it can never have a registration again. To pause registration, close it instead.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of these people registered privately</source>
        <translation>
            <numerusform>%n of these people registered privately</numerusform>
            <numerusform>%n of these people registered privately</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventText</name>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to be decided by you</source>
        <translation>
            <numerusform>%n change to be decided by you</numerusform>
            <numerusform>%n changes to be decided by you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n participant(s)</source>
        <translation>
            <numerusform>%n participant</numerusform>
            <numerusform>%n participants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventsModel</name>
    <message numerus="yes">
        <source>%1, %n event(s)</source>
        <translation>
            <numerusform>%1, %n event</numerusform>
            <numerusform>%1, %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>Also write the %n participant(s) who registered privately</source>
        <translation>
            <numerusform>Also write the %n participant who registered privately</numerusform>
            <numerusform>Also write the %n participants who registered privately</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n participant(s) written to %1</source>
        <translation>
            <numerusform>%n participant written to %1</numerusform>
            <numerusform>%n participants written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to it not sent yet would be lost.</source>
        <translation>
            <numerusform>%n change to it not sent yet would be lost.</numerusform>
            <numerusform>%n changes to it not sent yet would be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverviewTab</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n other(s)</source>
        <translation>
            <numerusform>and %n other</numerusform>
            <numerusform>and %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removal(s) waiting</source>
        <translation>
            <numerusform>%n removal waiting</numerusform>
            <numerusform>%n removals waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParticipantsTab</name>
    <message numerus="yes">
        <source>%n participant(s)</source>
        <translation>
            <numerusform>%n participant</numerusform>
            <numerusform>%n participants</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovePeopleDialog</name>
    <message numerus="yes">
        <source>Remove %n participant(s)</source>
        <translation>
            <numerusform>Remove %n participant</numerusform>
            <numerusform>Remove %n participants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove everybody from “%1”: all %n participant(s)?</source>
        <translation>
            <numerusform>Remove everybody from “%1”: all %n participant?</numerusform>
            <numerusform>Remove everybody from “%1”: all %n participants?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n participant(s) from “%1”?</source>
        <translation>
            <numerusform>Remove %n participant from “%1”?</numerusform>
            <numerusform>Remove %n participants from “%1”?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncBar</name>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to be decided by you</source>
        <translation>
            <numerusform>%n change to be decided by you</numerusform>
            <numerusform>%n changes to be decided by you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people fetched</source>
        <translation>
            <numerusform>%n person fetched</numerusform>
            <numerusform>%n people fetched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WikiActs</name>
    <message numerus="yes">
        <source>%n change(s) not sent yet would be lost.</source>
        <translation>
            <numerusform>%n change not sent yet would be lost.</numerusform>
            <numerusform>%n changes not sent yet would be lost.</numerusform>
        </translation>
    </message>
</context>
</TS>
