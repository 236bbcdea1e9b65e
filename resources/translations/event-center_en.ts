<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>DemographicsTab</name>
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
    <name>EventText</name>
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
    <name>SyncBar</name>
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
</TS>
