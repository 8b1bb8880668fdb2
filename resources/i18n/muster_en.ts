<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>AlarmPane</name>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n unacknowledged</numerusform>
            <numerusform>%n unacknowledged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unacknowledged hidden by the filter</source>
        <translation>
            <numerusform>%n unacknowledged hidden by the filter</numerusform>
            <numerusform>%n unacknowledged hidden by the filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AlarmWords</name>
    <message numerus="yes">
        <source>%n alarm(s)</source>
        <translation>
            <numerusform>%n alarm</numerusform>
            <numerusform>%n alarms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n unacknowledged</numerusform>
            <numerusform>%n unacknowledged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AlarmsPane</name>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n unacknowledged</numerusform>
            <numerusform>%n unacknowledged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CardsPane</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s)</source>
        <translation>
            <numerusform>%n alarm</numerusform>
            <numerusform>%n alarms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ColourFacts</name>
    <message numerus="yes">
        <source>that of the worst of %n hazard source(s)</source>
        <translation>
            <numerusform>that of one hazard source above blue</numerusform>
            <numerusform>that of the worst of %n hazard sources above blue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DominoWords</name>
    <message numerus="yes">
        <source>%n neighbour(s) farther off are not listed.</source>
        <translation>
            <numerusform>%n neighbour farther off is not listed.</numerusform>
            <numerusform>%n neighbours farther off are not listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawingDesk</name>
    <message numerus="yes">
        <source>%n change(s) not published</source>
        <translation>
            <numerusform>%n change not published</numerusform>
            <numerusform>%n changes not published</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnterpriseColours</name>
    <message numerus="yes">
        <source>%n more enterprise(s) above blue</source>
        <translation>
            <numerusform>%n more enterprise above blue</numerusform>
            <numerusform>%n more enterprises above blue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnterpriseRow</name>
    <message numerus="yes">
        <source>%n more source(s) above blue</source>
        <translation>
            <numerusform>%n more source above blue</numerusform>
            <numerusform>%n more sources above blue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventLines</name>
    <message numerus="yes">
        <source>%n tone(s) silenced</source>
        <translation>
            <numerusform>%n tone silenced</numerusform>
            <numerusform>%n tones silenced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drawing(s)</source>
        <translation>
            <numerusform>%n drawing</numerusform>
            <numerusform>%n drawings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receptor(s) inside</source>
        <translation>
            <numerusform>%n receptor inside</numerusform>
            <numerusform>%n receptors inside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Domino ({case}): %n neighbour(s) beyond their threshold</source>
        <translation>
            <numerusform>Domino ({case}): %n neighbour beyond its threshold</numerusform>
            <numerusform>Domino ({case}): %n neighbours beyond their threshold</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>IF IT IGNITES ({case}): %n neighbour(s) beyond theirs</source>
        <translation>
            <numerusform>IF IT IGNITES ({case}): %n neighbour beyond its threshold</numerusform>
            <numerusform>IF IT IGNITES ({case}): %n neighbours beyond their threshold</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FactsPane</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n early warning(s)</source>
        <translation>
            <numerusform>%n early warning</numerusform>
            <numerusform>%n early warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedTable</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clock(s) right to {seconds} s</source>
        <translation>
            <numerusform>%n clock right to {seconds} s</numerusform>
            <numerusform>%n clocks right to {seconds} s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clock(s) wrong: {clocks}</source>
        <translation>
            <numerusform>%n clock wrong: {clocks}</numerusform>
            <numerusform>%n clocks wrong: {clocks}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) dropped</source>
        <translation>
            <numerusform>%n frame dropped</numerusform>
            <numerusform>%n frames dropped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>%n restart</numerusform>
            <numerusform>%n restarts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedsPane</name>
    <message numerus="yes">
        <source>%n away</source>
        <translation>
            <numerusform>%n away</numerusform>
            <numerusform>%n away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message numerus="yes">
        <source>Apply %n proposal(s)</source>
        <translation>
            <numerusform>Apply %n proposal</numerusform>
            <numerusform>Apply %n proposals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the %n good row(s)</source>
        <translation>
            <numerusform>Take the %n good row</numerusform>
            <numerusform>Take the %n good rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IncidentFacts</name>
    <message numerus="yes">
        <source>%n receptor(s) inside</source>
        <translation>
            <numerusform>%n receptor inside</numerusform>
            <numerusform>%n receptors inside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsideSheet</name>
    <message numerus="yes">
        <source>%n place(s) to be verified</source>
        <translation>
            <numerusform>%n place to be verified</numerusform>
            <numerusform>%n places to be verified</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsideWords</name>
    <message numerus="yes">
        <source>%n receptor(s) inside</source>
        <translation>
            <numerusform>%n receptor inside</numerusform>
            <numerusform>%n receptors inside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayerImportSheet</name>
    <message numerus="yes">
        <source>Take %n shape(s)</source>
        <translation>
            <numerusform>Take %n shape</numerusform>
            <numerusform>Take %n shapes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveBand</name>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n unacknowledged</numerusform>
            <numerusform>%n unacknowledged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) overdue</source>
        <translation>
            <numerusform>%n answer overdue</numerusform>
            <numerusform>%n answers overdue</numerusform>
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
    <name>LogPane</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OperationsPane</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderSheet</name>
    <message numerus="yes">
        <source>%n number(s) dead</source>
        <translation>
            <numerusform>%n number dead</numerusform>
            <numerusform>%n numbers dead</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PagesSheet</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlatePage</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in alarm</source>
        <translation>
            <numerusform>%n in alarm</numerusform>
            <numerusform>%n in alarm</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlateReader</name>
    <message numerus="yes">
        <source>%n without data</source>
        <translation>
            <numerusform>%n without data</numerusform>
            <numerusform>%n without data</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more tag(s)</source>
        <translation>
            <numerusform>%n more tag</numerusform>
            <numerusform>%n more tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in alarm</source>
        <translation>
            <numerusform>%n in alarm</numerusform>
            <numerusform>%n in alarm</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SoundLabel</name>
    <message numerus="yes">
        <source>%n alarm(s) sounding</source>
        <translation>
            <numerusform>%n alarm sounding</numerusform>
            <numerusform>%n alarms sounding</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceTable</name>
    <message numerus="yes">
        <source>%n tag(s) stale</source>
        <translation>
            <numerusform>%n tag stale</numerusform>
            <numerusform>%n tags stale</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesPane</name>
    <message numerus="yes">
        <source>%n in alarm</source>
        <translation>
            <numerusform>%n in alarm</numerusform>
            <numerusform>%n in alarm</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagsPane</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>%n tag(s) stale</source>
        <translation>
            <numerusform>%n tag stale</numerusform>
            <numerusform>%n tags stale</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnitSheet</name>
    <message numerus="yes">
        <source>%n alarm(s) are suppressed by design in these states.</source>
        <translation>
            <numerusform>%n alarm is suppressed by design in these states.</numerusform>
            <numerusform>%n alarms are suppressed by design in these states.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WarningWords</name>
    <message numerus="yes">
        <source>%n alarm(s), {priority}</source>
        <translation>
            <numerusform>%n alarm, {priority}</numerusform>
            <numerusform>%n alarms, {priority}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n early warning(s)</source>
        <translation>
            <numerusform>%n early warning</numerusform>
            <numerusform>%n early warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s) shelved, suppressed or out of service</source>
        <translation>
            <numerusform>%n alarm shelved, suppressed or out of service</numerusform>
            <numerusform>%n alarms shelved, suppressed or out of service</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) without data</source>
        <translation>
            <numerusform>%n tag without data</numerusform>
            <numerusform>%n tags without data</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n interlock(s) bypassed</source>
        <translation>
            <numerusform>%n interlock bypassed</numerusform>
            <numerusform>%n interlocks bypassed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n special work permit(s) in force</source>
        <translation>
            <numerusform>%n special work permit in force</numerusform>
            <numerusform>%n special work permits in force</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden danger(s) open</source>
        <translation>
            <numerusform>%n hidden danger open</numerusform>
            <numerusform>%n hidden dangers open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Withdrawing</name>
    <message numerus="yes">
        <source>%n zone(s) out of date</source>
        <translation>
            <numerusform>%n zone out of date</numerusform>
            <numerusform>%n zones out of date</numerusform>
        </translation>
    </message>
</context>
</TS>
