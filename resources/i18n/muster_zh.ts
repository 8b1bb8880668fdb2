<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actors</name>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>值守台</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>演示</translation>
    </message>
</context>
<context>
    <name>AlarmCounts</name>
    <message>
        <source>Alarms: {counts}</source>
        <translation>报警：{counts}</translation>
    </message>
</context>
<context>
    <name>AlarmFigureRows</name>
    <message>
        <source>Alarms per operator and hour</source>
        <translation>每名操作员每小时报警数</translation>
    </message>
    <message>
        <source>All raisings of the span, over its hours and operators.</source>
        <translation>时段内全部报警次数，除以小时数和操作员数。</translation>
    </message>
    <message>
        <source>Alarms per operator in 10 min</source>
        <translation>每名操作员每 10 分钟报警数</translation>
    </message>
    <message>
        <source>The same mean, in windows of ten minutes.</source>
        <translation>同一平均值，按 10 分钟窗口计。</translation>
    </message>
    <message>
        <source>Peak in 10 min</source>
        <translation>10 分钟峰值</translation>
    </message>
    <message>
        <source>The most in one ten-minute window counted from the start, per operator.</source>
        <translation>从起点划分的 10 分钟窗口中的最大值，按每名操作员计。</translation>
    </message>
    <message>
        <source>Time in flood</source>
        <translation>报警泛滥时间占比</translation>
    </message>
    <message>
        <source>Share of the windows from one above {begins} until one below {ends} per operator; floods: {floods}.</source>
        <translation>每名操作员从超过 {begins} 条的窗口起，到低于 {ends} 条的窗口止，所占窗口比例；泛滥次数：{floods}。</translation>
    </message>
    <message>
        <source>Ten most frequent</source>
        <translation>最频繁的十条报警</translation>
    </message>
    <message>
        <source>Share of all raisings that the ten alarms raised most have.</source>
        <translation>最频繁的十条报警占全部报警次数的比例。</translation>
    </message>
    <message>
        <source>Chattering</source>
        <translation>抖动报警</translation>
    </message>
    <message>
        <source>Alarms raised {times} times within {seconds} s.</source>
        <translation>{seconds} 秒内报警 {times} 次的报警。</translation>
    </message>
    <message>
        <source>Stale alarms</source>
        <translation>陈旧报警</translation>
    </message>
    <message>
        <source>Alarms that stood for more than {hours} h.</source>
        <translation>持续超过 {hours} 小时的报警。</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>仍存在的报警</translation>
    </message>
    <message>
        <source>Alarms whose condition stands at the end of the span.</source>
        <translation>时段结束时条件仍存在的报警。</translation>
    </message>
    <message>
        <source>Share of all raisings by the priority they were raised with.</source>
        <translation>按触发时的优先级统计的报警次数占比。</translation>
    </message>
    <message>
        <source>Priority {number}</source>
        <translation>优先级 {number}</translation>
    </message>
</context>
<context>
    <name>AlarmFiguresSheet</name>
    <message>
        <source>Figures of the alarm system</source>
        <translation>报警系统指标</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>最近 1 小时</translation>
    </message>
    <message>
        <source>last 8 h</source>
        <translation>最近 8 小时</translation>
    </message>
    <message>
        <source>last 24 h</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>whole operation</source>
        <translation>整个行动</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>操作员人数</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Targets as quoted from ISA-18.2 and EEMUA 191, not checked against the edition in force. All raisings count, also shelved and folded ones. They judge the alarm system, not people.</source>
        <translation>目标值引自 ISA-18.2 和 EEMUA 191，未与现行版本核对。所有报警次数都计入，包括搁置和折叠的。指标评价报警系统，不评价人。</translation>
    </message>
    <message>
        <source>It could not be read: {reason}</source>
        <translation>无法读取：{reason}</translation>
    </message>
    <message>
        <source>Reading the record…</source>
        <translation>正在读取日志…</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>达标</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>How it is counted</source>
        <translation>统计方法</translation>
    </message>
    <message>
        <source>{from_time} to {to_time}: {raised} raisings</source>
        <translation>{from_time} 至 {to_time}：报警 {raised} 次</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>Not written: {reason}</source>
        <translation>未写入：{reason}</translation>
    </message>
</context>
<context>
    <name>AlarmFilterBar</name>
    <message>
        <source>Filter alarms</source>
        <translation>筛选报警</translation>
    </message>
    <message>
        <source>Point or name</source>
        <translation>测点、名称、拼音</translation>
    </message>
    <message>
        <source>all unacknowledged</source>
        <translation>全部未确认</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>Any priority</source>
        <translation>所有优先级</translation>
    </message>
    <message>
        <source>Any enterprise</source>
        <translation>所有企业</translation>
    </message>
    <message>
        <source>Any source</source>
        <translation>所有危险源</translation>
    </message>
    <message>
        <source>Any kind</source>
        <translation>所有类型</translation>
    </message>
</context>
<context>
    <name>AlarmList</name>
    <message>
        <source>All alarms</source>
        <translation>全部报警</translation>
    </message>
    <message>
        <source>The filter hides all of them. Alt+X shows all.</source>
        <translation>全部被筛选隐藏。Alt+X 显示全部。</translation>
    </message>
    <message>
        <source>No such alarm</source>
        <translation>没有这样的报警</translation>
    </message>
    <message>
        <source>Nothing is in alarm, shelved, suppressed or out of service.</source>
        <translation>没有报警、搁置、抑制或停用的点。</translation>
    </message>
    <message>
        <source>No alarm</source>
        <translation>没有报警</translation>
    </message>
</context>
<context>
    <name>AlarmPane</name>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} / {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n 条未确认</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unacknowledged hidden by the filter</source>
        <translation>
            <numerusform>筛选隐藏了 %n 条未确认</numerusform>
        </translation>
    </message>
    <message>
        <source>All alarms</source>
        <translation>全部报警</translation>
    </message>
    <message>
        <source>S sorts by the next column, Shift+S the other way round, G groups, Shift+↓ chooses several, Alt+X shows all</source>
        <translation>S 按下一列排序，Shift+S 反向，G 分组，Shift+↓ 多选，Alt+X 显示全部</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Shelve / unshelve</source>
        <translation>搁置 / 取消搁置</translation>
    </message>
    <message>
        <source>Out of / into service</source>
        <translation>停用 / 投用报警</translation>
    </message>
    <message>
        <source>Reset the latched alarm</source>
        <translation>复位锁存报警</translation>
    </message>
    <message>
        <source>State of the unit</source>
        <translation>装置状态</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在图上</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation>按下一列排序</translation>
    </message>
    <message>
        <source>Sort the other way round</source>
        <translation>反向排序</translation>
    </message>
    <message>
        <source>Next grouping</source>
        <translation>换分组方式</translation>
    </message>
    <message>
        <source>Show all alarms</source>
        <translation>显示全部报警</translation>
    </message>
    <message>
        <source>Filter by state</source>
        <translation>按状态筛选</translation>
    </message>
    <message>
        <source>Filter by priority</source>
        <translation>按优先级筛选</translation>
    </message>
    <message>
        <source>Filter by enterprise</source>
        <translation>按企业筛选</translation>
    </message>
    <message>
        <source>Filter by hazard source</source>
        <translation>按危险源筛选</translation>
    </message>
    <message>
        <source>Filter by kind</source>
        <translation>按类型筛选</translation>
    </message>
</context>
<context>
    <name>AlarmTable</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
</context>
<context>
    <name>AlarmText</name>
    <message>
        <source>until {time}</source>
        <translation>至 {time}</translation>
    </message>
    <message>
        <source>Guidance of the hazard source: {text}</source>
        <translation>危险源处置指引：{text}</translation>
    </message>
    <message>
        <source>Guidance of the enterprise: {text}</source>
        <translation>企业处置指引：{text}</translation>
    </message>
    <message>
        <source>Guidance: {text}</source>
        <translation>处置指引：{text}</translation>
    </message>
    <message>
        <source>No plan fits</source>
        <translation>无匹配预案</translation>
    </message>
    <message>
        <source>Plan: {name} (expired)</source>
        <translation>预案：{name}（已过期）</translation>
    </message>
    <message>
        <source>Plan: {name}</source>
        <translation>预案：{name}</translation>
    </message>
</context>
<context>
    <name>AlarmWords</name>
    <message>
        <source>chattering</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>stale &gt; 24 h</source>
        <translation>持续超 24 h</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Not grouped</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>By hazard source</source>
        <translation>按危险源分组</translation>
    </message>
    <message>
        <source>By enterprise</source>
        <translation>按企业分组</translation>
    </message>
    <message>
        <source>By priority</source>
        <translation>按优先级分组</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stands for</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>搁置与停用</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Hazard source</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>At no hazard source</source>
        <translation>不属于任何危险源</translation>
    </message>
    <message>
        <source>Of no enterprise</source>
        <translation>不属于任何企业</translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s)</source>
        <translation>
            <numerusform>%n 条报警</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n 条未确认</numerusform>
        </translation>
    </message>
    <message>
        <source>acknowledged {time} by {who}</source>
        <translation>{who} 于 {time} 确认</translation>
    </message>
</context>
<context>
    <name>AlarmsPane</name>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n 条未确认</numerusform>
        </translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
</context>
<context>
    <name>AskText</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>BaseMapWords</name>
    <message>
        <source>The file isn't there or can't be read.</source>
        <translation>文件不存在或无法读取。</translation>
    </message>
    <message>
        <source>The file is damaged or isn't what its name says.</source>
        <translation>文件已损坏，或内容与名称不符。</translation>
    </message>
    <message>
        <source>The file's format can't be read as a map.</source>
        <translation>无法把该格式的文件读作地图。</translation>
    </message>
    <message>
        <source>The file holds nothing that a base map draws.</source>
        <translation>文件中没有底图可绘制的内容。</translation>
    </message>
    <message>
        <source>The file doesn't say its coordinate system (.prj is missing).</source>
        <translation>文件未说明坐标系（缺少 .prj）。</translation>
    </message>
    <message>
        <source>The base map can't be written: the disk is full or protected.</source>
        <translation>无法写入底图：磁盘已满或受保护。</translation>
    </message>
    <message>
        <source>Another base map is being made; wait for it or stop it.</source>
        <translation>正在制作另一底图，请等待或将其停止。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept.</source>
        <translation>已停止，未保留任何内容。</translation>
    </message>
    <message>
        <source>The import broke off; the log says why.</source>
        <translation>导入中断，原因见日志。</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Cutting tiles</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>can't be read: {reason}</source>
        <translation>无法读取：{reason}</translation>
    </message>
    <message>
        <source>server does not answer</source>
        <translation>服务器无响应</translation>
    </message>
    <message>
        <source>server refuses the key</source>
        <translation>服务器拒绝密钥</translation>
    </message>
    <message>
        <source>server sends no pictures</source>
        <translation>服务器返回的不是图片</translation>
    </message>
    <message>
        <source>Base map server does not answer: {name}. Stored tiles are shown.</source>
        <translation>底图服务器无响应：{name}。显示已存瓦片。</translation>
    </message>
    <message>
        <source>Base map server refuses the key: {name}. Stored tiles are shown.</source>
        <translation>底图服务器拒绝密钥：{name}。显示已存瓦片。</translation>
    </message>
    <message>
        <source>Base map server sends no pictures: {name}. Stored tiles are shown.</source>
        <translation>底图服务器返回的不是图片：{name}。显示已存瓦片。</translation>
    </message>
</context>
<context>
    <name>BaseMapsPane</name>
    <message>
        <source>Base maps, the topmost first</source>
        <translation>底图，最上层在前</translation>
    </message>
    <message>
        <source>Only the world's coarse coast is shown. Import an OpenStreetMap extract, a GeoPackage, a Shapefile, MBTiles or PMTiles.</source>
        <translation>目前只有粗略的世界海岸线。请导入 OpenStreetMap 提取文件、GeoPackage、Shapefile、MBTiles 或 PMTiles。</translation>
    </message>
    <message>
        <source>Import base map…</source>
        <translation>导入底图…</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Import base map</source>
        <translation>导入底图</translation>
    </message>
    <message>
        <source>Maps ({patterns})</source>
        <translation>地图（{patterns}）</translation>
    </message>
    <message>
        <source>Base maps</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>{on} of {all} shown</source>
        <translation>显示 {on} / {all}</translation>
    </message>
    <message>
        <source>Again: delete it</source>
        <translation>再按一次：删除</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>CallForm</name>
    <message>
        <source>Caller</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Happened at</source>
        <translation>发生时间</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>What</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Told already</source>
        <translation>已告知</translation>
    </message>
    <message>
        <source>Open incident</source>
        <translation>启动事件</translation>
    </message>
    <message>
        <source>Record only</source>
        <translation>仅记录</translation>
    </message>
    <message>
        <source>{place} (sounds alike)</source>
        <translation>{place}（音近）</translation>
    </message>
</context>
<context>
    <name>CallPane</name>
    <message>
        <source>draft kept {time}</source>
        <translation>草稿已存 {time}</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>来电</translation>
    </message>
</context>
<context>
    <name>CardText</name>
    <message>
        <source>First out {tag} {time}</source>
        <translation>首出 {tag} {time}</translation>
    </message>
    <message>
        <source>%n alarm(s)</source>
        <translation>%n 条报警</translation>
    </message>
    <message>
        <source>☎ {who}: {words}</source>
        <translation>☎ {who}：{words}</translation>
    </message>
    <message>
        <source>Wind at T0 unknown</source>
        <translation>起始风未知</translation>
    </message>
    <message>
        <source>Wind at T0: {wind}</source>
        <translation>起始风：{wind}</translation>
    </message>
</context>
<context>
    <name>CardWidget</name>
    <message>
        <source>Number dead</source>
        <translation>号码不通</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>回话人</translation>
    </message>
    <message>
        <source>no number known</source>
        <translation>号码未知</translation>
    </message>
    <message>
        <source>X again: dead</source>
        <translation>再按 X 确认</translation>
    </message>
    <message>
        <source>{permit} ({count} people)</source>
        <translation>{permit}（{count} 人）</translation>
    </message>
    <message>
        <source>No permit open there</source>
        <translation>该处没有作业票</translation>
    </message>
    <message>
        <source>Open permits: {permits}</source>
        <translation>在场作业票：{permits}</translation>
    </message>
</context>
<context>
    <name>CardsBody</name>
    <message>
        <source>No open situation</source>
        <translation>没有未处置的警情</translation>
    </message>
    <message>
        <source>{count} more situations below</source>
        <translation>下面还有 {count} 项警情未处置</translation>
    </message>
</context>
<context>
    <name>CardsPane</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n 起未结</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s)</source>
        <translation>
            <numerusform>%n 条报警</numerusform>
        </translation>
    </message>
    <message>
        <source>Situations</source>
        <translation>警情</translation>
    </message>
</context>
<context>
    <name>ChemicalCardSheet</name>
    <message>
        <source>Chemical card</source>
        <translation>化学品卡</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>RECALLED: check against the printed guide and the safety data sheet.</source>
        <translation>凭记忆录入：须与正式指南和安全技术说明书核对。</translation>
    </message>
    <message>
        <source>The substance is unknown: treat it as the worst until it is known.</source>
        <translation>物质不明：查明前按最危险处置。</translation>
    </message>
    <message>
        <source>No card is on record for {name}: treat it as the worst until it is known.</source>
        <translation>没有“{name}”的卡片：查明前按最危险处置。</translation>
    </message>
    <message>
        <source>Don't</source>
        <translation>禁忌</translation>
    </message>
    <message>
        <source>First measures</source>
        <translation>首要措施</translation>
    </message>
    <message>
        <source>Dangers</source>
        <translation>危险特性</translation>
    </message>
    <message>
        <source>Protective equipment</source>
        <translation>防护装备</translation>
    </message>
    <message>
        <source>Fire-fighting</source>
        <translation>灭火</translation>
    </message>
    <message>
        <source>Reactivity</source>
        <translation>反应性</translation>
    </message>
    <message>
        <source>With what stands beside it</source>
        <translation>与相邻物质</translation>
    </message>
    <message>
        <source>Levels of concern</source>
        <translation>关注浓度</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Water: {rate} L/min per m² of shell or pool</source>
        <translation>用水：罐壁或液池每平方米 {rate} L/min</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>The numbers are those of {name}</source>
        <translation>数据为{name}的数据</translation>
    </message>
    <message>
        <source>Boiling point {value} °C</source>
        <translation>沸点 {value} °C</translation>
    </message>
    <message>
        <source>Vapour {ratio} times as heavy as air</source>
        <translation>蒸气密度为空气的 {ratio} 倍</translation>
    </message>
    <message>
        <source>Lower explosive limit {value} vol %</source>
        <translation>爆炸下限 {value} %（体积）</translation>
    </message>
    <message>
        <source>Upper explosive limit {value} vol %</source>
        <translation>爆炸上限 {value} %（体积）</translation>
    </message>
    <message>
        <source>recalled, to be checked</source>
        <translation>凭记忆，待核对</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估算</translation>
    </message>
</context>
<context>
    <name>ChoiceSheet</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ColourFacts</name>
    <message>
        <source>no hazard source of it above blue</source>
        <translation>其危险源均为蓝色</translation>
    </message>
    <message numerus="yes">
        <source>that of the worst of %n hazard source(s)</source>
        <translation>
            <numerusform>由 %n 处预警危险源中最严重者决定</numerusform>
        </translation>
    </message>
    <message>
        <source>{colour} since {time}</source>
        <translation>{colour}，自 {time} 起</translation>
    </message>
</context>
<context>
    <name>ColourStrip</name>
    <message>
        <source>Region: {0}</source>
        <translation>全域：{0}</translation>
    </message>
    <message>
        <source>no hazard source above blue</source>
        <translation>没有高于蓝色的危险源</translation>
    </message>
</context>
<context>
    <name>CommandStation</name>
    <message>
        <source>Order sheet</source>
        <translation>指令单</translation>
    </message>
    <message>
        <source>Enter a release rate</source>
        <translation>输入泄漏速率</translation>
    </message>
    <message>
        <source>How sure is the zone</source>
        <translation>区域有多大把握</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假如</translation>
    </message>
    <message>
        <source>Report draft</source>
        <translation>报告草稿</translation>
    </message>
    <message>
        <source>Next incident</source>
        <translation>下一起事件</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>结束事件</translation>
    </message>
    <message>
        <source>Task done</source>
        <translation>任务完成</translation>
    </message>
    <message>
        <source>Order signed</source>
        <translation>指令已签收</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>执行中</translation>
    </message>
    <message>
        <source>Order reported</source>
        <translation>指令已反馈</translation>
    </message>
    <message>
        <source>Number dead</source>
        <translation>号码不通</translation>
    </message>
    <message>
        <source>Write a log line</source>
        <translation>写一条记录</translation>
    </message>
</context>
<context>
    <name>CompareSheet</name>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Compare two zones</source>
        <translation>对比两个区域</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Two zones side by side</source>
        <translation>两个区域并列</translation>
    </message>
    <message>
        <source>OUT OF DATE</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>No zone stands for this incident.</source>
        <translation>本事件没有现行区域。</translation>
    </message>
    <message>
        <source>Places inside: A {one}, B {other}</source>
        <translation>区内保护目标：A {one} 处，B {other} 处</translation>
    </message>
    <message>
        <source>Only in A: {names}</source>
        <translation>仅在 A 内：{names}</translation>
    </message>
    <message>
        <source>Only in B: {names}</source>
        <translation>仅在 B 内：{names}</translation>
    </message>
    <message>
        <source>A zone drawn or imported doesn't follow the wind.</source>
        <translation>人工划定或导入的区域不随风更新。</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>no such level</source>
        <translation>无此级别</translation>
    </message>
</context>
<context>
    <name>ContoursSheet</name>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>How sure is the zone</source>
        <translation>区域有多大把握</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Stop computing</source>
        <translation>停止计算</translation>
    </message>
    <message>
        <source>Compute contours</source>
        <translation>计算概率等值线</translation>
    </message>
    <message>
        <source>Reach by probability</source>
        <translation>各概率到达距离</translation>
    </message>
    <message>
        <source>Receptors by probability</source>
        <translation>按概率列出的保护目标</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>No model's zone stands for this incident: enter a rate first.</source>
        <translation>该事件没有模型计算的影响区：请先输入泄漏速率。</translation>
    </message>
    <message>
        <source>Stopped: no contours were drawn.</source>
        <translation>已停止：未画等值线。</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>No contours stand: the zone is one run, its inputs taken as exact.</source>
        <translation>尚无概率等值线：区域是单次计算，输入按准确值处理。</translation>
    </message>
    <message>
        <source>Routes and staging keep out of the 5 % contour; the zone itself stays as it is drawn.</source>
        <translation>路线和集结点避开 5 % 等值线；区域本身保持不变。</translation>
    </message>
    <message>
        <source>{members} runs (seed {seed}) of {model}</source>
        <translation>{model} 运行 {members} 次（种子 {seed}）</translation>
    </message>
    <message>
        <source>Assumed: rate within a factor {rate}, model within a factor {model}, two times out of three.</source>
        <translation>假设：三次中有两次，速率误差在 {rate} 倍以内，模型误差在 {model} 倍以内。</translation>
    </message>
    <message>
        <source>Wind ± {turn}°, speed within a factor {speed}: {source}</source>
        <translation>风向 ± {turn}°，风速误差在 {speed} 倍以内：{source}</translation>
    </message>
    <message>
        <source>ASSUMED from the table, too few readings of the mast</source>
        <translation>假设值，取自表格：气象站读数太少</translation>
    </message>
    <message>
        <source>{count} readings of the last {minutes} min</source>
        <translation>最近 {minutes} 分钟的 {count} 个读数</translation>
    </message>
    <message>
        <source>{percent} likely</source>
        <translation>{percent} 概率</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>无处达到</translation>
    </message>
    <message>
        <source>to be verified</source>
        <translation>待核实</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Choose a row to see all of it.</source>
        <translation>选择一行查看详情。</translation>
    </message>
    <message>
        <source>Number dead</source>
        <translation>号码不通</translation>
    </message>
    <message>
        <source>Mark {number} dead</source>
        <translation>标记 {number} 不通</translation>
    </message>
</context>
<context>
    <name>DispatchList</name>
    <message>
        <source>Looking for teams…</source>
        <translation>正在查找队伍…</translation>
    </message>
    <message>
        <source>No team can be proposed</source>
        <translation>没有可建议的队伍</translation>
    </message>
    <message>
        <source>Not proposed: {teams}</source>
        <translation>未列入建议：{teams}</translation>
    </message>
</context>
<context>
    <name>DispatchPane</name>
    <message>
        <source>{ready} of {all} teams</source>
        <translation>{all} 支队伍，{ready} 支待命</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>调度建议</translation>
    </message>
</context>
<context>
    <name>DocumentSheet</name>
    <message>
        <source>Handover document</source>
        <translation>交接班记录</translation>
    </message>
    <message>
        <source>as it would be handed over now</source>
        <translation>当前应交接内容（预览）</translation>
    </message>
    <message>
        <source>handed over {time}: {outgoing} → {incoming}</source>
        <translation>{time} 交接：{outgoing} → {incoming}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>On record. SHA-256 {hash}</source>
        <translation>已入日志。SHA-256 {hash}</translation>
    </message>
    <message>
        <source>A preview: it goes on record when somebody takes over.</source>
        <translation>此为预览：接班时正式入日志。</translation>
    </message>
</context>
<context>
    <name>DominoAct</name>
    <message>
        <source>Domino: neighbours at risk</source>
        <translation>多米诺：受威胁的相邻危险源</translation>
    </message>
</context>
<context>
    <name>DominoSheet</name>
    <message>
        <source>Verdict</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Hazard source</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Vessel</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Receives</source>
        <translation>所受</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>May fail after</source>
        <translation>可能失效时间</translation>
    </message>
    <message>
        <source>Domino: neighbours at risk</source>
        <translation>多米诺：受威胁的相邻危险源</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Draw its zone</source>
        <translation>绘出其影响区</translation>
    </message>
    <message>
        <source>Take off the map</source>
        <translation>从地图取消</translation>
    </message>
    <message>
        <source>Into the log</source>
        <translation>记入日志</translation>
    </message>
    <message>
        <source>Fire or explosion</source>
        <translation>火灾或爆炸</translation>
    </message>
    <message>
        <source>No hazard source of the register lies within 5 km.</source>
        <translation>5 km 内登记册中没有其他危险源。</translation>
    </message>
    <message>
        <source>Computed by a model, the commander decides.</source>
        <translation>由模型计算，由指挥员决定。</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>No domino judgement was on record at this moment.</source>
        <translation>此刻没有多米诺判断的记录。</translation>
    </message>
</context>
<context>
    <name>DominoWords</name>
    <message>
        <source>MAY FAIL</source>
        <translation>可能失效</translation>
    </message>
    <message>
        <source>too short-lived</source>
        <translation>持续不足</translation>
    </message>
    <message>
        <source>near its threshold</source>
        <translation>接近阈值</translation>
    </message>
    <message>
        <source>below</source>
        <translation>低于阈值</translation>
    </message>
    <message>
        <source>atmospheric</source>
        <translation>常压</translation>
    </message>
    <message>
        <source>pressurised</source>
        <translation>压力容器</translation>
    </message>
    <message>
        <source>column, reactor</source>
        <translation>塔器、反应器</translation>
    </message>
    <message>
        <source>{amount} for {time}</source>
        <translation>{amount}，{time}</translation>
    </message>
    <message>
        <source>{amount}, unverified</source>
        <translation>{amount}，未核实</translation>
    </message>
    <message>
        <source>{time}, unverified</source>
        <translation>{time}，未核实</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>&gt; 2 days</source>
        <translation>2 天以上</translation>
    </message>
    <message>
        <source>It burns or has exploded at {source}: {case}.</source>
        <translation>{source}已着火或爆炸：{case}。</translation>
    </message>
    <message>
        <source>IF IT IGNITES at {source}: {case}.</source>
        <translation>如被点燃（{source}）：{case}。</translation>
    </message>
    <message>
        <source>the incident's place</source>
        <translation>事发地</translation>
    </message>
    <message>
        <source>{n} may fail</source>
        <translation>{n} 处可能失效</translation>
    </message>
    <message>
        <source>Thresholds: {source}.</source>
        <translation>阈值来源：{source}。</translation>
    </message>
    <message>
        <source>Times to failure: {source}.</source>
        <translation>失效时间来源：{source}。</translation>
    </message>
    <message>
        <source>Typical leak of the register's inventory, held until it is empty; no shielding, no cooling. Sizes of vessels are taken from their inventories.</source>
        <translation>按登记存量的典型泄漏，一直漏到空；不计遮挡和冷却。容器大小由存量推算。</translation>
    </message>
    <message numerus="yes">
        <source>%n neighbour(s) farther off are not listed.</source>
        <translation>
            <numerusform>更远的 %n 处未列出。</numerusform>
        </translation>
    </message>
    <message>
        <source>The incident has no place: set it (P).</source>
        <translation>事件没有位置：请设定（P）。</translation>
    </message>
    <message>
        <source>The incident has no hazard source: nothing is known to burn.</source>
        <translation>事件没有危险源：不知有何可燃。</translation>
    </message>
    <message>
        <source>The register holds no inventory of this source.</source>
        <translation>登记册中没有该危险源的存量。</translation>
    </message>
    <message>
        <source>Its substance isn't on record as flammable: no fire or explosion.</source>
        <translation>该物质未列为可燃：不计算火灾爆炸。</translation>
    </message>
    <message>
        <source>Its substance isn't on record.</source>
        <translation>该物质未列入资料。</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>A pool of {diameter} m burning {rate} kg/s</source>
        <translation>直径 {diameter} m 的液池，燃烧 {rate} kg/s</translation>
    </message>
    <message>
        <source>A jet of {rate} kg/s, taken to point at each neighbour</source>
        <translation>{rate} kg/s 的喷射火，按正对各相邻源计算</translation>
    </message>
    <message>
        <source>A fireball of {tonnes} t</source>
        <translation>{tonnes} t 的火球</translation>
    </message>
    <message>
        <source>A blast like {tonnes} t of TNT, at the source</source>
        <translation>相当于 {tonnes} t TNT 的爆炸，以危险源为中心</translation>
    </message>
    <message>
        <source>{what}, {time} long</source>
        <translation>{what}，持续 {time}</translation>
    </message>
    <message>
        <source>{text}.</source>
        <translation>{text}。</translation>
    </message>
    <message>
        <source>No wind is known: the flame is taken to stand upright.</source>
        <translation>风未知：按火焰竖直计算。</translation>
    </message>
    <message>
        <source>The flame leans with {wind}.</source>
        <translation>火焰随风倾斜：{wind}。</translation>
    </message>
</context>
<context>
    <name>DrawingActions</name>
    <message>
        <source>What lies inside</source>
        <translation>区内有什么</translation>
    </message>
    <message>
        <source>Measure distance and bearing</source>
        <translation>测距与方位</translation>
    </message>
    <message>
        <source>Measure an area</source>
        <translation>测面积</translation>
    </message>
    <message>
        <source>Copy the measures</source>
        <translation>复制测量结果</translation>
    </message>
    <message>
        <source>Edit the chosen drawing</source>
        <translation>编辑所选标绘</translation>
    </message>
    <message>
        <source>Remove the chosen drawing</source>
        <translation>移除所选标绘</translation>
    </message>
    <message>
        <source>Publish map</source>
        <translation>发布态势图</translation>
    </message>
    <message>
        <source>Official / working / both maps</source>
        <translation>正式图／工作图／两者</translation>
    </message>
    <message>
        <source>Undo drawing</source>
        <translation>撤销标绘</translation>
    </message>
    <message>
        <source>Redo drawing</source>
        <translation>重做标绘</translation>
    </message>
    <message>
        <source>Draw: {name}</source>
        <translation>标绘：{name}</translation>
    </message>
</context>
<context>
    <name>DrawingDesk</name>
    <message>
        <source>nothing published yet</source>
        <translation>尚未发布</translation>
    </message>
    <message>
        <source>No. {number} · {time} · {by}</source>
        <translation>第 {number} 版 · {time} · {by}</translation>
    </message>
    <message>
        <source>OFFICIAL MAP · {signed}</source>
        <translation>正式态势图 · {signed}</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not published</source>
        <translation>
            <numerusform>%n 处未发布</numerusform>
        </translation>
    </message>
    <message>
        <source>WORKING MAP · {waiting}</source>
        <translation>工作图 · {waiting}</translation>
    </message>
    <message>
        <source>BOTH MAPS · {waiting}</source>
        <translation>正式图＋工作图 · {waiting}</translation>
    </message>
</context>
<context>
    <name>DrawingDetails</name>
    <message>
        <source>Measures</source>
        <translation>量测</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>perimeter {length}</source>
        <translation>周长 {length}</translation>
    </message>
</context>
<context>
    <name>DrawingFace</name>
    <message>
        <source>inside the threat zone</source>
        <translation>位于威胁区内</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>changed, not published</source>
        <translation>已更改，未发布</translation>
    </message>
    <message>
        <source>removed, still official</source>
        <translation>已移除，正式图仍有</translation>
    </message>
    <message>
        <source>official until published</source>
        <translation>发布前仍为正式</translation>
    </message>
    <message>
        <source>perimeter {length}</source>
        <translation>周长 {length}</translation>
    </message>
</context>
<context>
    <name>DrawingsPane</name>
    <message>
        <source>What</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>标绘</translation>
    </message>
    <message>
        <source>in the zone</source>
        <translation>在威胁区内</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>official</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>本次行动</translation>
    </message>
    <message>
        <source>{n} unpublished</source>
        <translation>{n} 项未发布</translation>
    </message>
</context>
<context>
    <name>DrillStation</name>
    <message>
        <source>2 min later</source>
        <translation>推迟 2 分钟</translation>
    </message>
    <message>
        <source>Happens now</source>
        <translation>立即发生</translation>
    </message>
</context>
<context>
    <name>EarlyWarningWords</name>
    <message>
        <source>{tag} is heading for {limit}</source>
        <translation>{tag} 正趋向 {limit} 限值</translation>
    </message>
    <message>
        <source>risk signature {key}: {tags}</source>
        <translation>风险特征 {key}：{tags}</translation>
    </message>
    <message>
        <source>{tags} not as usual</source>
        <translation>{tags} 偏离常态</translation>
    </message>
    <message>
        <source>together they are farther from usual than each alone ({score})</source>
        <translation>整体偏离常态的程度大于各测点单独的偏离（{score}）</translation>
    </message>
    <message>
        <source>they no longer go together as they did ({score})</source>
        <translation>各测点之间的关系与以往不同（{score}）</translation>
    </message>
    <message>
        <source>compared with normal course {version}: {rows} rows of {span}</source>
        <translation>对照常态模型第 {version} 版：{rows} 行数据，{span}</translation>
    </message>
    <message>
        <source>{limit} {value} at about {time} ({share} between {first} and {last})</source>
        <translation>约 {time} 达到 {limit} {value}（{share} 在 {first} 至 {last} 之间）</translation>
    </message>
    <message>
        <source>{limit} {value} at about {time} ({share} not before {first})</source>
        <translation>约 {time} 达到 {limit} {value}（{share} 不早于 {first}）</translation>
    </message>
    <message>
        <source>{tag} {value}, usually {normal}, since {time}</source>
        <translation>{tag} 为 {value}，常态 {normal}，自 {time}</translation>
    </message>
    <message>
        <source>{tag} {value}, coming from {normal} since {time}</source>
        <translation>{tag} 为 {value}，自 {time} 由 {normal} 变化而来</translation>
    </message>
    <message>
        <source>{tag} {value}, {normal} five minutes before; since {time}</source>
        <translation>{tag} 为 {value}，五分钟前 {normal}；自 {time}</translation>
    </message>
    <message>
        <source>Early warning: {0} ({1})</source>
        <translation>早期预警：{0}（{1}）</translation>
    </message>
    <message>
        <source>Early warning over: {0}</source>
        <translation>早期预警解除：{0}</translation>
    </message>
    <message>
        <source>Normal course {0} of {1} trained on {2} rows, {3} tags</source>
        <translation>{1} 的常态模型第 {0} 版已训练：{2} 行数据，{3} 个测点</translation>
    </message>
    <message>
        <source>only {rows} normal rows in the last 24 h; 400 are needed</source>
        <translation>近 24 小时只有 {rows} 行正常数据，需要 400 行</translation>
    </message>
    <message>
        <source>no tag of it has values</source>
        <translation>所属测点均无数据</translation>
    </message>
    <message>
        <source>its values are too unsteady to say what is usual</source>
        <translation>数据波动过大，无法确定常态</translation>
    </message>
</context>
<context>
    <name>EnterpriseColours</name>
    <message numerus="yes">
        <source>%n more enterprise(s) above blue</source>
        <translation>
            <numerusform>另有 %n 家企业为黄色及以上</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}: {names}</source>
        <translation>{count}：{names}</translation>
    </message>
</context>
<context>
    <name>EnterpriseRow</name>
    <message>
        <source>Of no enterprise</source>
        <translation>不属于任何企业</translation>
    </message>
    <message numerus="yes">
        <source>%n more source(s) above blue</source>
        <translation>
            <numerusform>另有 %n 处危险源为黄色及以上</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EstimateSheet</name>
    <message>
        <source>Possible source</source>
        <translation>可能的泄漏源</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>探测器</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>读数</translation>
    </message>
    <message>
        <source>Taken as</source>
        <translation>采用为</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Where does it come from?</source>
        <translation>泄漏来自哪里？</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新推算</translation>
    </message>
    <message>
        <source>Possible sources by probability</source>
        <translation>按概率排列的可能泄漏源</translation>
    </message>
    <message>
        <source>How each reading was taken</source>
        <translation>每个读数怎样采用</translation>
    </message>
    <message>
        <source>Rate to take</source>
        <translation>取用的源强</translation>
    </message>
    <message>
        <source>As of {clock}: </source>
        <translation>截至 {clock}：</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>No estimate was on record at this moment.</source>
        <translation>此刻没有记录在案的推算。</translation>
    </message>
    <message>
        <source>On record since {clock}: taken for the source at {rate} kg/s.</source>
        <translation>{clock} 起记录在案：已取为泄漏源，源强 {rate} kg/s。</translation>
    </message>
    <message>
        <source>take the upper end, {rate} kg/s: the safe side</source>
        <translation>取上限 {rate} kg/s：偏安全</translation>
    </message>
    <message>
        <source>take the middle, {rate} kg/s</source>
        <translation>取中值 {rate} kg/s</translation>
    </message>
    <message>
        <source>Take as the source</source>
        <translation>取为泄漏源</translation>
    </message>
    <message>
        <source>the area</source>
        <translation>图上范围</translation>
    </message>
    <message>
        <source>Take {place} at {rate} kg/s</source>
        <translation>取 {place}，{rate} kg/s</translation>
    </message>
    <message>
        <source>Less than the {rate} kg/s on record: the new zone would be smaller.</source>
        <translation>低于记录中的 {rate} kg/s：新区域会变小。</translation>
    </message>
    <message>
        <source>Estimated source (by detectors)</source>
        <translation>推算泄漏源（据探测器）</translation>
    </message>
</context>
<context>
    <name>EstimateWords</name>
    <message>
        <source>THE DATA CAN'T TELL where it comes from, nor how much it is.</source>
        <translation>数据无法判断泄漏来自哪里、有多大。</translation>
    </message>
    <message>
        <source>No hazard source on record fits: look at the area on the map.</source>
        <translation>已登记的危险源都不符合：请看图上所示范围。</translation>
    </message>
    <message>
        <source>It comes from the area on the map; no source stands out.</source>
        <translation>来自图上所示范围；没有哪个危险源特别突出。</translation>
    </message>
    <message>
        <source>Most likely {name} ({share}): an estimate, the commander decides.</source>
        <translation>最可能是{name}（{share}）：推算结果，由指挥员决定。</translation>
    </message>
    <message>
        <source>anywhere else: the area on the map</source>
        <translation>其他地方：图上所示范围</translation>
    </message>
    <message>
        <source>Rate: not known.</source>
        <translation>源强：不明。</translation>
    </message>
    <message>
        <source>Rate about {middle} kg/s, nine in ten between {low} and {high}.</source>
        <translation>源强约 {middle} kg/s，九成可能在 {low}～{high} 之间。</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>AT LEAST</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>not clear</source>
        <translation>不等于无</translation>
    </message>
    <message>
        <source>NO INFORMATION</source>
        <translation>无信息</translation>
    </message>
    <message>
        <source>permit {key}: somebody works on it</source>
        <translation>作业票 {key}：有人在其上作业</translation>
    </message>
    <message>
        <source>its alarm is out of service</source>
        <translation>其报警已停用</translation>
    </message>
    <message>
        <source>verified as calibration or instrument fault</source>
        <translation>已核实为标定或仪表故障</translation>
    </message>
    <message>
        <source>under {limit} ppm, or silent</source>
        <translation>低于 {limit} ppm，或失灵</translation>
    </message>
    <message>
        <source>over its range</source>
        <translation>超量程</translation>
    </message>
    <message>
        <source>faulted</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>was over its range: its bead may be damaged</source>
        <translation>曾超量程：元件可能受损</translation>
    </message>
    <message>
        <source>being calibrated</source>
        <translation>正在标定</translation>
    </message>
    <message>
        <source>no data comes</source>
        <translation>没有数据</translation>
    </message>
    <message>
        <source>Wind of {mast}: {wind}, direction ± {spread}°</source>
        <translation>{mast} 的风：{wind}，风向 ± {spread}°</translation>
    </message>
    <message>
        <source>Wind of {mast}: {wind}, direction ± {spread}° (ASSUMED)</source>
        <translation>{mast} 的风：{wind}，风向 ± {spread}°（假定）</translation>
    </message>
    <message>
        <source>{detectors} detectors, {rounds} moments a minute apart</source>
        <translation>{detectors} 个探测器，{rounds} 个时刻，间隔一分钟</translation>
    </message>
    <message>
        <source>{detectors} detectors at one moment</source>
        <translation>{detectors} 个探测器，一个时刻</translation>
    </message>
    <message>
        <source>, {count} farther ones left out</source>
        <translation>，另有 {count} 个较远的未用</translation>
    </message>
    <message>
        <source>Assumed: one steady source near the ground, plumes on flat land.</source>
        <translation>假定：近地面单个稳定泄漏源，平地上的烟羽。</translation>
    </message>
    <message>
        <source>No place and no detector is known: set the place first (P).</source>
        <translation>地点和探测器都不明：请先定地点（P）。</translation>
    </message>
    <message>
        <source>The substance isn't known: no detector can be chosen.</source>
        <translation>物质不明：无法选定探测器。</translation>
    </message>
    <message>
        <source>No detector of this gas stands around: nothing can be told.</source>
        <translation>周围没有这种气体的探测器：无法判断。</translation>
    </message>
    <message>
        <source>No mast speaks: enter the wind first (Ctrl+E).</source>
        <translation>没有气象站数据：请先录入风（Ctrl+E）。</translation>
    </message>
    <message>
        <source>Calm: no wind carries the gas, so nothing can be traced back.</source>
        <translation>静风：没有风带走气体，无法反推。</translation>
    </message>
    <message>
        <source>The incident is closed: nothing is estimated any more.</source>
        <translation>事件已关闭：不再推算。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>No detector reads gas. That isn't clean air: the plume may pass between them.</source>
        <translation>没有探测器测到气体。这不等于空气干净：烟羽可能从它们之间穿过。</translation>
    </message>
    <message>
        <source>Too few detectors to tell place, rate and wind apart.</source>
        <translation>探测器太少，分不清地点、源强和风的影响。</translation>
    </message>
    <message>
        <source>The readings fit a source in much of the area.</source>
        <translation>泄漏源在大片范围内都符合读数。</translation>
    </message>
    <message>
        <source>Detectors without information don't count as clean air.</source>
        <translation>没有信息的探测器不当作空气干净。</translation>
    </message>
    <message>
        <source>The masts disagree: the nearest one counts.</source>
        <translation>各气象站不一致：以最近的为准。</translation>
    </message>
    <message>
        <source>One moment only: in some minutes, with other winds, more can be told.</source>
        <translation>只有一个时刻：过几分钟、风有变化后能判断得更准。</translation>
    </message>
    <message>
        <source>The history didn't answer: only what is read now counts.</source>
        <translation>历史数据没有应答：只用当前读数。</translation>
    </message>
    <message>
        <source>Heavy gas: near the source it spreads by its own weight; a plume is taken here.</source>
        <translation>重气：近处靠自重扩散，这里按普通烟羽计算。</translation>
    </message>
    <message>
        <source>The readings don't say how large the rate may be at most.</source>
        <translation>读数给不出源强的上限。</translation>
    </message>
</context>
<context>
    <name>EventLines</name>
    <message>
        <source>Note at the trend of {0}: {1}</source>
        <translation>{0} 趋势备注：{1}</translation>
    </message>
    <message>
        <source>Note at the trend of {0} withdrawn: {1}</source>
        <translation>{0} 趋势备注已撤回：{1}</translation>
    </message>
    <message>
        <source>Operation started: {0}</source>
        <translation>本次值守开始：{0}</translation>
    </message>
    <message>
        <source>Operation ended: {0}</source>
        <translation>本次值守结束：{0}</translation>
    </message>
    <message>
        <source>Alarm {0} returned</source>
        <translation>报警 {0} 已恢复</translation>
    </message>
    <message>
        <source>Alarm {0} acknowledged</source>
        <translation>报警 {0} 已确认</translation>
    </message>
    <message>
        <source>Alarm {0} shelved: {1}</source>
        <translation>报警 {0} 已搁置：{1}</translation>
    </message>
    <message>
        <source>Alarm {0} off the shelf: {1}</source>
        <translation>报警 {0} 取消搁置：{1}</translation>
    </message>
    <message>
        <source>Alarm {0} over, waits for its reset</source>
        <translation>报警 {0} 条件已消失，待复位</translation>
    </message>
    <message>
        <source>Alarm {0} reset</source>
        <translation>报警 {0} 已复位</translation>
    </message>
    <message>
        <source>Alarm {0} suppressed by design: {1}</source>
        <translation>报警 {0} 按设计抑制：{1}</translation>
    </message>
    <message>
        <source>Alarm {0} no longer suppressed</source>
        <translation>报警 {0} 不再抑制</translation>
    </message>
    <message>
        <source>Alarm {0} out of service: {1}</source>
        <translation>报警 {0} 停用：{1}</translation>
    </message>
    <message>
        <source>Alarm {0} in service again</source>
        <translation>报警 {0} 恢复投用</translation>
    </message>
    <message numerus="yes">
        <source>%n tone(s) silenced</source>
        <translation>
            <numerusform>已消音 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>No data from {0}</source>
        <translation>{0} 无数据</translation>
    </message>
    <message>
        <source>Data again from {0}</source>
        <translation>{0} 数据恢复</translation>
    </message>
    <message>
        <source>Alarms are judged again; for {0} no gateway listened</source>
        <translation>报警判断已恢复；此前 {0} 内无网关监听</translation>
    </message>
    <message>
        <source>Situation: {0}</source>
        <translation>警情：{0}</translation>
    </message>
    <message>
        <source>{0} joins the situation</source>
        <translation>{0} 并入警情</translation>
    </message>
    <message>
        <source>Incident proposed: {0}</source>
        <translation>建议立为事件：{0}</translation>
    </message>
    <message>
        <source>Situation settled</source>
        <translation>警情已处置</translation>
    </message>
    <message>
        <source>Call from {0}</source>
        <translation>来电 {0}</translation>
    </message>
    <message>
        <source>Call recorded: {0}</source>
        <translation>来电已记录：{0}</translation>
    </message>
    <message>
        <source>Call dropped: {0}</source>
        <translation>来电记录已放弃：{0}</translation>
    </message>
    <message>
        <source>Incident {0} opened: {1}</source>
        <translation>事件 {0} 已启动：{1}</translation>
    </message>
    <message>
        <source>Changed ({0}): {1}</source>
        <translation>变更（{0}）：{1}</translation>
    </message>
    <message>
        <source>Casualties reported by {0}</source>
        <translation>伤亡情况，来源 {0}</translation>
    </message>
    <message>
        <source>Roll call of {0}: {1} expected</source>
        <translation>点名 {0}：应到 {1} 人</translation>
    </message>
    <message>
        <source>Roll call closed: {0} present</source>
        <translation>点名结束：实到 {0} 人</translation>
    </message>
    <message>
        <source>Incidents merged: {0}</source>
        <translation>事件已合并：{0}</translation>
    </message>
    <message>
        <source>Incident split off: {0}</source>
        <translation>事件已拆分：{0}</translation>
    </message>
    <message>
        <source>Kept apart: {0}</source>
        <translation>单独处置：{0}</translation>
    </message>
    <message>
        <source>Response level {0}</source>
        <translation>响应级别 {0}</translation>
    </message>
    <message>
        <source>Incident closed: {0}</source>
        <translation>事件结束：{0}</translation>
    </message>
    <message>
        <source>Incident reopened: {0}</source>
        <translation>事件重开：{0}</translation>
    </message>
    <message>
        <source>Zone OUT OF DATE, wind now {0}</source>
        <translation>区域已过时，现风 {0}</translation>
    </message>
    <message>
        <source>Zone withdrawn: {0}</source>
        <translation>区域已撤：{0}</translation>
    </message>
    <message>
        <source>Plan started: {0}</source>
        <translation>预案启动：{0}</translation>
    </message>
    <message>
        <source>Task: {0}</source>
        <translation>任务：{0}</translation>
    </message>
    <message>
        <source>Task taken by {0}</source>
        <translation>任务由 {0} 承担</translation>
    </message>
    <message>
        <source>Task done {0}</source>
        <translation>任务完成 {0}</translation>
    </message>
    <message>
        <source>Task dropped: {0}</source>
        <translation>任务取消：{0}</translation>
    </message>
    <message>
        <source>Report due: {0}</source>
        <translation>报告时限：{0}</translation>
    </message>
    <message>
        <source>Report deadline met</source>
        <translation>报告时限已满足</translation>
    </message>
    <message>
        <source>{0} drafted</source>
        <translation>{0} 已起草</translation>
    </message>
    <message>
        <source>Report signed by {0}</source>
        <translation>报告由 {0} 签发</translation>
    </message>
    <message>
        <source>Report sent to {0}</source>
        <translation>报告已报送 {0}</translation>
    </message>
    <message>
        <source>Order to {0}: {1}</source>
        <translation>下达 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} signed ({1})</source>
        <translation>{0} 签收（{1}）</translation>
    </message>
    <message>
        <source>{0} carries its order out</source>
        <translation>{0} 开始执行指令</translation>
    </message>
    <message>
        <source>{0} reports: {1}</source>
        <translation>{0} 反馈：{1}</translation>
    </message>
    <message>
        <source>{0} has not signed; calling {1}</source>
        <translation>{0} 未签收；改呼 {1}</translation>
    </message>
    <message>
        <source>Order to {0} cancelled: {1}</source>
        <translation>对 {0} 的指令已撤销：{1}</translation>
    </message>
    <message>
        <source>State of {0}: {1}</source>
        <translation>{0} 状态：{1}</translation>
    </message>
    <message>
        <source>Number {0} marked dead</source>
        <translation>号码 {0} 标为不通</translation>
    </message>
    <message>
        <source>{0}: {1} {2} of {3}</source>
        <translation>{0}：{1} {2} / {3}</translation>
    </message>
    <message>
        <source>Drawn: {0}</source>
        <translation>标绘：{0}</translation>
    </message>
    <message>
        <source>Drawing changed: {0}</source>
        <translation>标绘更改：{0}</translation>
    </message>
    <message>
        <source>Drawing removed: {0}</source>
        <translation>标绘移除：{0}</translation>
    </message>
    <message>
        <source>Official map published by {0}: {1}</source>
        <translation>{0} 发布正式态势图：{1}</translation>
    </message>
    <message numerus="yes">
        <source>%n drawing(s)</source>
        <translation>
            <numerusform>%n 个标绘</numerusform>
        </translation>
    </message>
    <message>
        <source>Training of the normal course of {0} asked for</source>
        <translation>要求训练 {0} 的常态模型</translation>
    </message>
    <message>
        <source>Normal course of {0} not trained: {1}</source>
        <translation>{0} 的常态模型未训练：{1}</translation>
    </message>
    <message>
        <source>{0} (undone)</source>
        <translation>{0}（撤销）</translation>
    </message>
    <message>
        <source>{0} (done again)</source>
        <translation>{0}（重做）</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>Script: {0}</source>
        <translation>脚本：{0}</translation>
    </message>
    <message>
        <source>{0} takes the watch ({1})</source>
        <translation>{0} 接班（{1}）</translation>
    </message>
    <message>
        <source>Handover {0} → {1}: {2} open items (document {3})</source>
        <translation>交接班 {0} → {1}：未了事项 {2} 项（记录 {3}）</translation>
    </message>
    <message>
        <source>FAILED: {0} — {1}</source>
        <translation>失效：{0}：{1}</translation>
    </message>
    <message>
        <source>Works again: {0}</source>
        <translation>恢复正常：{0}</translation>
    </message>
    <message>
        <source>Script moved by {1} min: {0}</source>
        <translation>脚本推迟 {1} 分钟：{0}</translation>
    </message>
    <message>
        <source>Alarm {0}: {1} (limit {2})</source>
        <translation>报警 {0}：{1}（限值 {2}）</translation>
    </message>
    <message>
        <source>Warning colour of {0}: {1} → {2}, index {3}</source>
        <translation>{0} 预警颜色：{1} → {2}，指数 {3}</translation>
    </message>
    <message>
        <source>Alarm {0} sounds again: nobody acknowledged it</source>
        <translation>报警 {0} 再次鸣响：无人确认</translation>
    </message>
    <message>
        <source>Alarm {0} sounds again: its acknowledgement ran out</source>
        <translation>报警 {0} 再次鸣响：确认已过期</translation>
    </message>
    <message>
        <source>Unit {0}: normal operation</source>
        <translation>装置 {0}：正常运行</translation>
    </message>
    <message>
        <source>Unit {0}: {1}</source>
        <translation>装置 {0}：{1}</translation>
    </message>
    <message>
        <source>Verification started: {0}</source>
        <translation>开始核实：{0}</translation>
    </message>
    <message>
        <source>Verified: {0} {1}</source>
        <translation>核实结果：{0} {1}</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>a second detector</source>
        <translation>第二个探测器</translation>
    </message>
    <message>
        <source>a manual call point</source>
        <translation>手动报警按钮</translation>
    </message>
    <message>
        <source>Place set: {0}</source>
        <translation>地点确定：{0}</translation>
    </message>
    <message>
        <source>Place corrected by {0}: {1}</source>
        <translation>地点更正（移动 {0}）：{1}</translation>
    </message>
    <message>
        <source>{name} ({share} likely)</source>
        <translation>{name}（可能性 {share}）</translation>
    </message>
    <message>
        <source>a place that no hazard source stands at</source>
        <translation>不在已登记危险源处</translation>
    </message>
    <message>
        <source>Source taken from the detectors: {where}, {rate} kg/s, ESTIMATED</source>
        <translation>据探测器取定泄漏源：{where}，{rate} kg/s，推算值</translation>
    </message>
    <message numerus="yes">
        <source>%n receptor(s) inside</source>
        <translation>
            <numerusform>区内 %n 处保护目标</numerusform>
        </translation>
    </message>
    <message>
        <source>Contours of probability drawn: 5 % as far as {0}, {1}</source>
        <translation>已画概率等值线：5 % 远至 {0}，{1}</translation>
    </message>
    <message>
        <source>Advice by a model: shelter {shelter}, leave {leave}, come out {out}, undecided {open}</source>
        <translation>模型建议：掩蔽 {shelter}、撤离 {leave}、出来 {out}、未定 {open}</translation>
    </message>
    <message>
        <source>Domino: no neighbour is counted on any more</source>
        <translation>多米诺：不再标示相邻危险源</translation>
    </message>
    <message numerus="yes">
        <source>Domino ({case}): %n neighbour(s) beyond their threshold</source>
        <translation>
            <numerusform>多米诺（{case}）：%n 处相邻危险源达到阈值</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>IF IT IGNITES ({case}): %n neighbour(s) beyond theirs</source>
        <translation>
            <numerusform>如被点燃（{case}）：%n 处相邻危险源达到阈值</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} may fail</source>
        <translation>{n} 处可能失效</translation>
    </message>
    <message>
        <source>if it ignites, {model}</source>
        <translation>如被点燃，{model}</translation>
    </message>
    <message>
        <source>Zone drawn ({0}): {1}, {2}</source>
        <translation>区域已画（{0}）：{1}，{2}</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>Export the map</source>
        <translation>导出地图</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>比例尺</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>PDF, one sheet</source>
        <translation>PDF，单页图纸</translation>
    </message>
    <message>
        <source>PNG picture of the sheet</source>
        <translation>PNG 图纸图片</translation>
    </message>
    <message>
        <source>HTML, opens anywhere without a network</source>
        <translation>HTML，离线随处可打开</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>what is in view</source>
        <translation>当前视野</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Situation map</source>
        <translation>态势图</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Drawing the map…</source>
        <translation>正在绘制地图…</translation>
    </message>
    <message>
        <source>as of {time} ({zone})</source>
        <translation>截至 {time}（{zone}）</translation>
    </message>
    <message>
        <source>Written {time} by {who} · record {record}</source>
        <translation>{who} 于 {time} 输出 · 记录 {record}</translation>
    </message>
    <message>
        <source>Datum WGS 84 · Web Mercator, scale at the middle of the sheet</source>
        <translation>坐标基准 WGS 84 · Web 墨卡托投影，比例尺以图幅中心为准</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Writing the file…</source>
        <translation>正在写入文件…</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>the map's page didn't load</source>
        <translation>地图页面未加载</translation>
    </message>
    <message>
        <source>the map's renderer stopped</source>
        <translation>地图渲染进程已停止</translation>
    </message>
    <message>
        <source>the map wasn't drawn within a minute</source>
        <translation>一分钟内未绘出地图</translation>
    </message>
    <message>
        <source>Not written: {reason}</source>
        <translation>未写入：{reason}</translation>
    </message>
</context>
<context>
    <name>FactsPane</name>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n 起未结</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n early warning(s)</source>
        <translation>
            <numerusform>%n 条早期预警</numerusform>
        </translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>预警</translation>
    </message>
</context>
<context>
    <name>FailureBar</name>
    <message>
        <source>Failed safety functions</source>
        <translation>失效的安全功能</translation>
    </message>
    <message>
        <source>The gateway does not answer: alarms and values are not being judged.</source>
        <translation>网关无应答：报警和数值此刻无人判断。</translation>
    </message>
    <message>
        <source>Muster restarts it by itself; until then watch the plants' own screens.</source>
        <translation>系统正在自动重启网关；在此之前请看企业自己的画面。</translation>
    </message>
    <message>
        <source>A source of values is away ({name}): its values are stale.</source>
        <translation>数据源断开（{name}）：其数值已过期。</translation>
    </message>
    <message>
        <source>Muster goes on connecting; ask the control rooms by phone meanwhile.</source>
        <translation>系统持续重连；在此期间请电话询问各控制室。</translation>
    </message>
    <message>
        <source>The gateway {name} gives no sign of life.</source>
        <translation>网关 {name} 没有心跳。</translation>
    </message>
    <message>
        <source>Start it again; until then watch its tags on the plants' own screens.</source>
        <translation>请重新启动；在此之前请盯住各装置自身画面上的这些测点。</translation>
    </message>
    <message>
        <source>The siren does not answer.</source>
        <translation>警报器无应答。</translation>
    </message>
    <message>
        <source>Warn by loudspeaker and phone.</source>
        <translation>改用广播和电话通知。</translation>
    </message>
    <message>
        <source>The record can not be written.</source>
        <translation>记录无法写入。</translation>
    </message>
    <message>
        <source>Free disk space or call IT; write down what is said until then.</source>
        <translation>请清理磁盘或联系信息人员；在此之前用纸笔记录。</translation>
    </message>
    <message>
        <source>Measured values are not being kept.</source>
        <translation>监测数值未能保存。</translation>
    </message>
    <message>
        <source>Free disk space or call IT; live values and alarms go on.</source>
        <translation>请清理磁盘或联系信息人员；实时数值和报警不受影响。</translation>
    </message>
    <message>
        <source>Something that the gateway told is missing in the record.</source>
        <translation>网关上报的一条信息未能写入记录。</translation>
    </message>
    <message>
        <source>Watch the plants' own screens and tell IT: it may have been an alarm.</source>
        <translation>请看装置自身的画面并通知信息人员：缺的可能是一条报警。</translation>
    </message>
    <message>
        <source>New reference data do not count: alarms are judged by the former ones.</source>
        <translation>新的基础数据尚未生效：报警仍按原有数据判断。</translation>
    </message>
    <message>
        <source>Go by the plants' own screens where a limit was changed, and tell IT.</source>
        <translation>限值有改动处以装置自身的画面为准，并通知信息人员。</translation>
    </message>
    <message>
        <source>Alarm tones can not be heard.</source>
        <translation>听不到报警声。</translation>
    </message>
    <message>
        <source>Watch the alarm counts; connect a loudspeaker.</source>
        <translation>请盯住报警数，并接上扬声器。</translation>
    </message>
    <message>
        <source>A safety function has failed: {name}.</source>
        <translation>安全功能失效：{name}。</translation>
    </message>
    <message>
        <source>Go on by phone and tell IT.</source>
        <translation>改用电话，并通知信息人员。</translation>
    </message>
    <message>
        <source>No tag is unwatched: the broker gives its messages to the others.</source>
        <translation>没有测点失去监视：代理服务器已把消息转给其他网关。</translation>
    </message>
    <message>
        <source>Unwatched tags ({count}): {keys}</source>
        <translation>无人监视的测点（{count} 个）：{keys}</translation>
    </message>
</context>
<context>
    <name>FeedTable</name>
    <message>
        <source>Sources of values</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>No source of values</source>
        <translation>没有数据源</translation>
    </message>
    <message>
        <source>Turn one on in site.toml, or wait for the gateway to start.</source>
        <translation>请在 site.toml 中启用，或等待网关启动。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation>错误报文</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>away</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>connected since {time}</source>
        <translation>{time} 起已连接</translation>
    </message>
    <message>
        <source>away since {time}</source>
        <translation>{time} 起断开</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条报文</numerusform>
        </translation>
    </message>
    <message>
        <source>last malformed: {text}</source>
        <translation>最近错误报文：{text}</translation>
    </message>
    <message numerus="yes">
        <source>%n clock(s) right to {seconds} s</source>
        <translation>
            <numerusform>%n 个时钟误差不超过 {seconds} 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>{device} {seconds} s behind</source>
        <translation>{device} 慢 {seconds} 秒</translation>
    </message>
    <message>
        <source>{device} {seconds} s ahead</source>
        <translation>{device} 快 {seconds} 秒</translation>
    </message>
    <message numerus="yes">
        <source>%n clock(s) wrong: {clocks}</source>
        <translation>
            <numerusform>%n 个时钟不准：{clocks}</numerusform>
        </translation>
    </message>
    <message>
        <source>Gateway away: {detail}</source>
        <translation>网关断开：{detail}</translation>
    </message>
    <message>
        <source>Gateway connected</source>
        <translation>网关已连接</translation>
    </message>
    <message>
        <source>alarm scan {ms} ms</source>
        <translation>报警扫描 {ms} ms</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) dropped</source>
        <translation>
            <numerusform>丢弃 %n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>重启 %n 次</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedsPane</name>
    <message numerus="yes">
        <source>%n away</source>
        <translation>
            <numerusform>%n 个断开</numerusform>
        </translation>
    </message>
    <message>
        <source>all connected</source>
        <translation>全部已连接</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>数据源</translation>
    </message>
</context>
<context>
    <name>FiguresPane</name>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>from timestamps, at the moment shown</source>
        <translation>按时间戳计算，截至所示时刻</translation>
    </message>
    <message>
        <source>No incident at this moment</source>
        <translation>此刻没有事件</translation>
    </message>
    <message>
        <source>First alarm or call → incident</source>
        <translation>首次报警或来电 → 启动事件</translation>
    </message>
    <message>
        <source>→ Model's zone</source>
        <translation>→ 模型区域</translation>
    </message>
    <message>
        <source>→ First order</source>
        <translation>→ 首道指令</translation>
    </message>
    <message>
        <source>→ First signature</source>
        <translation>→ 首次签收</translation>
    </message>
    <message>
        <source>Escalations</source>
        <translation>升级次数</translation>
    </message>
    <message>
        <source>Tasks done</source>
        <translation>任务完成</translation>
    </message>
    <message>
        <source>Tasks late</source>
        <translation>任务超时</translation>
    </message>
    <message>
        <source>Reports sent</source>
        <translation>已报送</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>value</source>
        <translation>数值或文字</translation>
    </message>
    <message>
        <source>Filter: value</source>
        <translation>筛选：数值或文字</translation>
    </message>
    <message>
        <source>Filter: attribute</source>
        <translation>筛选：属性</translation>
    </message>
    <message>
        <source>Filter: question</source>
        <translation>筛选：条件</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter: {kind}</source>
        <translation>筛选：{kind}</translation>
    </message>
    <message>
        <source>Filter: choose a layer of objects above</source>
        <translation>筛选：请先选择上方的对象图层</translation>
    </message>
    <message>
        <source>Remove the filter {text}</source>
        <translation>移除筛选 {text}</translation>
    </message>
</context>
<context>
    <name>FilterWords</name>
    <message>
        <source>grade (1 is worst)</source>
        <translation>等级（一级最重）</translation>
    </message>
    <message>
        <source>substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>inventory, t</source>
        <translation>储量（吨）</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>people</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>name or code</source>
        <translation>名称或编码</translation>
    </message>
    <message>
        <source>chemicals</source>
        <translation>化学品</translation>
    </message>
    <message>
        <source>industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>vehicles</source>
        <translation>车辆数</translation>
    </message>
    <message>
        <source>material in stock</source>
        <translation>库存物资</translation>
    </message>
    <message>
        <source>measured quantity</source>
        <translation>测量参数</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>doesn't contain</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>at least (≥)</source>
        <translation>不少于（≥）</translation>
    </message>
    <message>
        <source>at most (≤)</source>
        <translation>不超过（≤）</translation>
    </message>
    <message>
        <source>1 to 4; ≤ 2 keeps grades 1 and 2</source>
        <translation>1 至 4；≤ 2 保留一级和二级</translation>
    </message>
    <message>
        <source>Rows whose value nobody knows are left out and counted.</source>
        <translation>数据不详者不显示，但会计数。</translation>
    </message>
    <message>
        <source>Type a value first.</source>
        <translation>请先输入数值或文字。</translation>
    </message>
    <message>
        <source>The value is too long: 80 characters at most.</source>
        <translation>内容过长：最多 80 个字符。</translation>
    </message>
    <message>
        <source>A number is needed here, such as 100.</source>
        <translation>此处需要数字，例如 100。</translation>
    </message>
    <message>
        <source>This layer has no such attribute.</source>
        <translation>该图层没有此属性。</translation>
    </message>
</context>
<context>
    <name>GivenZones</name>
    <message>
        <source>Zone drawn by hand</source>
        <translation>人工划定区域</translation>
    </message>
    <message>
        <source>Import a threat zone</source>
        <translation>导入威胁区</translation>
    </message>
    <message>
        <source>Compare two zones</source>
        <translation>对比两个区域</translation>
    </message>
    <message>
        <source>Threat zones of ALOHA ({patterns})</source>
        <translation>ALOHA 威胁区（{patterns}）</translation>
    </message>
    <message>
        <source>Another incident is shown by now.</source>
        <translation>此时显示的已是另一事件。</translation>
    </message>
</context>
<context>
    <name>HandZoneSheet</name>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Zone drawn by hand</source>
        <translation>人工划定区域</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Draw another outline</source>
        <translation>另画一个轮廓</translation>
    </message>
    <message>
        <source>Draw as a zone</source>
        <translation>划定为区域</translation>
    </message>
    <message>
        <source>measured, seen, ordered by whom: needed</source>
        <translation>实测、目视、何人命令：必填</translation>
    </message>
    <message>
        <source>This can be no zone: {reason}</source>
        <translation>不能划定为区域：{reason}</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>Changing the drawing later doesn't change the zone.</source>
        <translation>以后修改该标绘不会改变已划定的区域。</translation>
    </message>
    <message>
        <source>A toxic cloud: advice may be to shelter inside.</source>
        <translation>有毒云团：区内可能建议就地避险。</translation>
    </message>
    <message>
        <source>Not known to be toxic only: nobody is advised to shelter inside.</source>
        <translation>未确认仅为毒害：区内不建议任何人就地避险。</translation>
    </message>
</context>
<context>
    <name>HandoverList</name>
    <message>
        <source>Open incidents</source>
        <translation>未结事件</translation>
    </message>
    <message>
        <source>Situations not settled</source>
        <translation>未处置的警情</translation>
    </message>
    <message>
        <source>Orders not reported</source>
        <translation>执行中的指令</translation>
    </message>
    <message>
        <source>Tasks not done</source>
        <translation>未完成任务</translation>
    </message>
    <message>
        <source>Unacknowledged alarms</source>
        <translation>未确认的报警</translation>
    </message>
    <message>
        <source>Running report clocks</source>
        <translation>计时中的报告</translation>
    </message>
    <message>
        <source>Shelved alarms</source>
        <translation>搁置的报警</translation>
    </message>
    <message>
        <source>Stale tags</source>
        <translation>数据过期的测点</translation>
    </message>
    <message>
        <source>Permits open now</source>
        <translation>在场作业票</translation>
    </message>
</context>
<context>
    <name>HandoverPane</name>
    <message>
        <source>{settled} of {all} settled</source>
        <translation>共 {all} 项，已清 {settled} 项</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>交接班</translation>
    </message>
</context>
<context>
    <name>HoldSheet</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Allowed by (duty leader)</source>
        <translation>批准人（值班长）</translation>
    </message>
    <message>
        <source>It comes back by itself when the time is over.</source>
        <translation>时间到后自动恢复。</translation>
    </message>
    <message>
        <source>This alarm guards lives: the duty leader must allow it.</source>
        <translation>此报警关系人命，须值班长批准。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ImportFlow</name>
    <message>
        <source>Import: {kind}</source>
        <translation>导入：{kind}</translation>
    </message>
    <message>
        <source>Tables and maps ({patterns})</source>
        <translation>表格与地图（{patterns}）</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>{rows} rows · {accepted} can be taken · {rejected} refused</source>
        <translation>{rows} 条 · 可导入 {accepted} · 拒收 {rejected}</translation>
    </message>
    <message>
        <source>nothing to find fault with</source>
        <translation>未发现问题</translation>
    </message>
    <message>
        <source>Nothing of this file can be taken: {reason}</source>
        <translation>该文件没有可导入的内容：{reason}</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>Apply %n proposal(s)</source>
        <translation>
            <numerusform>采用 %n 条修改建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the %n good row(s)</source>
        <translation>
            <numerusform>导入 %n 条合格数据</numerusform>
        </translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重度</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>IncidentActs</name>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Chemical card</source>
        <translation>化学品卡</translation>
    </message>
    <message>
        <source>Shelter or leave</source>
        <translation>掩蔽还是撤离</translation>
    </message>
    <message>
        <source>Response level by decision</source>
        <translation>决定响应等级</translation>
    </message>
    <message>
        <source>Merge with another incident</source>
        <translation>与另一事件合并</translation>
    </message>
    <message>
        <source>Split a merged incident off</source>
        <translation>拆分已合并事件</translation>
    </message>
    <message>
        <source>Reopen a closed incident</source>
        <translation>重新启动已结束事件</translation>
    </message>
    <message>
        <source>Set the response level</source>
        <translation>设定响应等级</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Merge into this incident</source>
        <translation>并入本事件</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新启动</translation>
    </message>
</context>
<context>
    <name>IncidentFacts</name>
    <message>
        <source>Same place?</source>
        <translation>同一地点？</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Newly inside</source>
        <translation>新进入区域</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Wind at T0</source>
        <translation>起始风</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Opened from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>结束事件</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>No incident open</source>
        <translation>没有未结事件</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>报警</translation>
    </message>
    <message>
        <source>phone call</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>{number} · {away}, opened {minutes} earlier: join it? (J)</source>
        <translation>{number} · {away}，早 {minutes} 立案：是否并入？（J）</translation>
    </message>
    <message>
        <source>same source</source>
        <translation>同一危险源</translation>
    </message>
    <message>
        <source>{place} · no position: set it (P)</source>
        <translation>{place} · 无坐标：请确定（P）</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>by decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>card: Ctrl+M</source>
        <translation>化学品卡：Ctrl+M</translation>
    </message>
    <message>
        <source>inventory {tonnes} t</source>
        <translation>存量 {tonnes} t</translation>
    </message>
    <message>
        <source>unknown: enter a rate (Ctrl+E)</source>
        <translation>未知：请输入速率（Ctrl+E）</translation>
    </message>
    <message>
        <source>{rate} · ESTIMATED from detectors</source>
        <translation>{rate} · 据探测器推算</translation>
    </message>
    <message>
        <source>{rate} · assumed</source>
        <translation>{rate} · 假设值</translation>
    </message>
    <message>
        <source>counts in a model only</source>
        <translation>仅模型计算时使用</translation>
    </message>
    <message>
        <source>urban (built-up)</source>
        <translation>城区（建筑密集）</translation>
    </message>
    <message>
        <source>rural (open land)</source>
        <translation>乡村（开阔地）</translation>
    </message>
    <message>
        <source>by the officer</source>
        <translation>由值班员选定</translation>
    </message>
    <message>
        <source>by the site's setting</source>
        <translation>按场址设置</translation>
    </message>
    <message>
        <source>assumed: no buildings on record</source>
        <translation>假定：无建筑物数据</translation>
    </message>
    <message>
        <source>{percent} % under roofs within {radius}</source>
        <translation>{radius} 内建筑占地 {percent}%</translation>
    </message>
    <message>
        <source>none computed</source>
        <translation>未计算</translation>
    </message>
    <message numerus="yes">
        <source>%n receptor(s) inside</source>
        <translation>
            <numerusform>区内 %n 处保护目标</numerusform>
        </translation>
    </message>
    <message>
        <source>doesn't follow the wind</source>
        <translation>不随风更新</translation>
    </message>
    <message>
        <source>roll call open: {group}, {expected} expected</source>
        <translation>点名中：{group}，应到 {expected} 人</translation>
    </message>
    <message>
        <source>casualties and missing: to be verified</source>
        <translation>伤亡和失联：待核实</translation>
    </message>
    <message>
        <source>to be verified</source>
        <translation>待核实</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>不通</translation>
    </message>
    <message>
        <source>injured</source>
        <translation>受伤</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>失联</translation>
    </message>
</context>
<context>
    <name>InjectsPane</name>
    <message>
        <source>T+</source>
        <translation>T+</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>发生什么</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预期行动</translation>
    </message>
    <message>
        <source>Injects</source>
        <translation>注入事件</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>未运行</translation>
    </message>
</context>
<context>
    <name>InsideAsk</name>
    <message>
        <source>Threat zone</source>
        <translation>威胁区</translation>
    </message>
</context>
<context>
    <name>InsideSheet</name>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>People by day</source>
        <translation>白天人数</translation>
    </message>
    <message>
        <source>People by night</source>
        <translation>夜间人数</translation>
    </message>
    <message>
        <source>Inside: {title}</source>
        <translation>区内：{title}</translation>
    </message>
    <message>
        <source>Filter what lies inside</source>
        <translation>筛选区内对象</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>What lies inside</source>
        <translation>区内有什么</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Nothing of the library lies inside.</source>
        <translation>区内没有资源库中的对象。</translation>
    </message>
    <message>
        <source>to be verified</source>
        <translation>待核实</translation>
    </message>
    <message>
        <source>by day</source>
        <translation>白天</translation>
    </message>
    <message>
        <source>by night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>{word} {count} people</source>
        <translation>{word} {count} 人</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) to be verified</source>
        <translation>
            <numerusform>%n 处待核实</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsideWords</name>
    <message>
        <source>No receptor of the library lies inside: not the same as clear.</source>
        <translation>资源库中没有敏感目标在区内：不等于无人。</translation>
    </message>
    <message numerus="yes">
        <source>%n receptor(s) inside</source>
        <translation>
            <numerusform>区内 %n 处保护目标</numerusform>
        </translation>
    </message>
    <message>
        <source>people to be verified</source>
        <translation>人数待核实</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>at least {n} people</source>
        <translation>至少 {n} 人</translation>
    </message>
</context>
<context>
    <name>Joining</name>
    <message>
        <source>Same place and time: join it?</source>
        <translation>同一地点、同一时间：是否并入？</translation>
    </message>
    <message>
        <source>no: keep it apart</source>
        <translation>否：单独处置</translation>
    </message>
    <message>
        <source>part of {incident}</source>
        <translation>并入 {incident}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>same place and time</source>
        <translation>同一地点、同一时间</translation>
    </message>
</context>
<context>
    <name>KindsPane</name>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>To mend</source>
        <translation>待修正</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>资源库</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>{rows} rows</source>
        <translation>{rows} 条</translation>
    </message>
</context>
<context>
    <name>LatePlot</name>
    <message>
        <source>No tag chosen</source>
        <translation>未选择测点</translation>
    </message>
    <message>
        <source>Choose a situation, an alarm or a tag to see it.</source>
        <translation>选择警情、报警或测点以查看。</translation>
    </message>
</context>
<context>
    <name>LayerImport</name>
    <message>
        <source>Import a map layer</source>
        <translation>导入图层</translation>
    </message>
    <message>
        <source>Map files ({patterns})</source>
        <translation>地图文件（{patterns}）</translation>
    </message>
    <message>
        <source>{file}: {count} shapes</source>
        <translation>{file}：{count} 个图形</translation>
    </message>
</context>
<context>
    <name>LayerImportSheet</name>
    <message>
        <source>Import a map layer</source>
        <translation>导入图层</translation>
    </message>
    <message>
        <source>Coordinate system, as EPSG:4548</source>
        <translation>坐标系，例如 EPSG:4548</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The file is being read…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Read it so</source>
        <translation>按此读取</translation>
    </message>
    <message numerus="yes">
        <source>Take %n shape(s)</source>
        <translation>
            <numerusform>导入 %n 个图形</numerusform>
        </translation>
    </message>
    <message>
        <source>{rows} rows · {accepted} can be taken · {rejected} refused</source>
        <translation>{rows} 条 · 可导入 {accepted} · 拒收 {rejected}</translation>
    </message>
    <message>
        <source>{rows} rows</source>
        <translation>{rows} 条</translation>
    </message>
    <message>
        <source>In which datum are the coordinates? The wrong one is off by hundreds of metres. The map shows where they lie by each: choose the one that fits.</source>
        <translation>坐标属于哪个基准？选错会偏移数百米。地图上同时显示各基准下的位置，请选择吻合的一个。</translation>
    </message>
    <message>
        <source>The file doesn't say in which system its metres are. Choose one that puts it where it belongs, or write another.</source>
        <translation>文件未注明米制坐标所用的坐标系。请选择位置正确的一个，或填写其他坐标系。</translation>
    </message>
    <message>
        <source>Nothing of this file can be taken: {reason}</source>
        <translation>该文件没有可导入的内容：{reason}</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重度</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>In view</source>
        <translation>视野内</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>比例尺</translation>
    </message>
    <message>
        <source>{group}: {on} of {all} layers shown</source>
        <translation>{group}：显示 {on} / {all} 个图层</translation>
    </message>
    <message>
        <source>from 1:{n}</source>
        <translation>1:{n} 起</translation>
    </message>
    <message>
        <source>to 1:{n}</source>
        <translation>至 1:{n}</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>not drawn at this scale</source>
        <translation>当前比例尺不绘制</translation>
    </message>
    <message>
        <source>{n} of {all} in view</source>
        <translation>视野内 {n} / 共 {all}</translation>
    </message>
</context>
<context>
    <name>LayersPane</name>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Opacity of the layer</source>
        <translation>图层不透明度</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Show all layers as the program has them; filters go too.</source>
        <translation>恢复全部图层的默认设置，并清除筛选。</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>{on} of {all} shown</source>
        <translation>显示 {on} / {all}</translation>
    </message>
    <message>
        <source>Opacity: choose a layer</source>
        <translation>不透明度：请选择图层</translation>
    </message>
    <message>
        <source>Opacity: {layer}</source>
        <translation>不透明度：{layer}</translation>
    </message>
</context>
<context>
    <name>LeaveBox</name>
    <message>
        <source>Leave the desk</source>
        <translation>退出指挥台</translation>
    </message>
    <message>
        <source>The gateway watches on when it is left running.</source>
        <translation>保留网关运行时，监视不会中断。</translation>
    </message>
    <message>
        <source>Leave, gateway runs on</source>
        <translation>退出，网关继续运行</translation>
    </message>
    <message>
        <source>Leave and stop the gateway</source>
        <translation>退出并停止网关</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>当时</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Beyond</source>
        <translation>越限</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
</context>
<context>
    <name>LibrariesStation</name>
    <message>
        <source>Import a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>LibraryColumns</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Clauses</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Covers</source>
        <translation>适用</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Turnout</source>
        <translation>出动</translation>
    </message>
    <message>
        <source>Calls first</source>
        <translation>首呼</translation>
    </message>
    <message>
        <source>In stock now</source>
        <translation>现有库存</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>专业</translation>
    </message>
    <message>
        <source>Hazard source</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>Injects</source>
        <translation>注入事件</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>已发生</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Substances</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Deaths</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Failure mode</source>
        <translation>失效模式</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message>
        <source>DEAD</source>
        <translation>不通</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>Depots</source>
        <translation>物资库</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Risk signatures</source>
        <translation>风险特征</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>失效数据</translation>
    </message>
    <message>
        <source>Enterprises</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Hazard sources</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>Receptors</source>
        <translation>保护目标</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>作业票</translation>
    </message>
    <message>
        <source>Contractors</source>
        <translation>承包商</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>其他要素</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑物</translation>
    </message>
    <message>
        <source>OpenStreetMap extract</source>
        <translation>OpenStreetMap 数据</translation>
    </message>
    <message>
        <source>Demonstration park</source>
        <translation>演示园区</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>expires soon</source>
        <translation>即将过期</translation>
    </message>
    <message>
        <source>no number works</source>
        <translation>没有可用号码</translation>
    </message>
    <message>
        <source>number dead</source>
        <translation>号码不通</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>partly empty</source>
        <translation>部分缺货</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>picture stands still</source>
        <translation>画面停滞</translation>
    </message>
</context>
<context>
    <name>LiveBand</name>
    <message numerus="yes">
        <source>%n unacknowledged</source>
        <translation>
            <numerusform>%n 条未确认</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) overdue</source>
        <translation>
            <numerusform>%n 项答复超时</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到当前</translation>
    </message>
    <message>
        <source>The present goes on under the replay.</source>
        <translation>回放期间，当前值守照常进行。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveFeed</name>
    <message>
        <source>{value} [faulty]</source>
        <translation>{value}［故障］</translation>
    </message>
    <message>
        <source>{value} [stale]</source>
        <translation>{value}［过期］</translation>
    </message>
</context>
<context>
    <name>Locating</name>
    <message>
        <source>Place of the incident</source>
        <translation>事发地点</translation>
    </message>
</context>
<context>
    <name>LogList</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>What</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Write a line of the log, Enter stores it</source>
        <translation>输入记录，Enter 存</translation>
    </message>
    <message>
        <source>Log line</source>
        <translation>记录一条</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>LogPane</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines} · append-only · #{seq}</source>
        <translation>{lines} · 只增不改 · #{seq}</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>消音</translation>
    </message>
</context>
<context>
    <name>MapKeyboard</name>
    <message>
        <source>Map: to the west</source>
        <translation>地图：向西移</translation>
    </message>
    <message>
        <source>Map: to the east</source>
        <translation>地图：向东移</translation>
    </message>
    <message>
        <source>Map: to the north</source>
        <translation>地图：向北移</translation>
    </message>
    <message>
        <source>Map: to the south</source>
        <translation>地图：向南移</translation>
    </message>
    <message>
        <source>Map: nearer</source>
        <translation>地图：放大</translation>
    </message>
    <message>
        <source>Map: farther</source>
        <translation>地图：缩小</translation>
    </message>
    <message>
        <source>Map: the whole site</source>
        <translation>地图：全园区</translation>
    </message>
    <message>
        <source>Map: next thing in view</source>
        <translation>地图：视野内下一个对象</translation>
    </message>
    <message>
        <source>Map: previous thing in view</source>
        <translation>地图：视野内上一个对象</translation>
    </message>
    <message>
        <source>Map: read out what is selected</source>
        <translation>地图：朗读所选对象</translation>
    </message>
    <message>
        <source>Nothing is in view.</source>
        <translation>视野内没有对象。</translation>
    </message>
</context>
<context>
    <name>MapSearch</name>
    <message>
        <source>Search the map</source>
        <translation>地图搜索</translation>
    </message>
    <message>
        <source>Name, pinyin, code, address or coordinates</source>
        <translation>名称、拼音、编码、地址或坐标</translation>
    </message>
    <message>
        <source>Nothing is called so, and it is no coordinate.</source>
        <translation>没有这个名称，也不是坐标。</translation>
    </message>
    <message>
        <source>Search the map: name, address or coordinates</source>
        <translation>地图搜索：名称、地址或坐标</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>{datum}, longitude first</source>
        <translation>{datum}，经度在前</translation>
    </message>
</context>
<context>
    <name>MapStation</name>
    <message>
        <source>Export the map…</source>
        <translation>导出地图…</translation>
    </message>
</context>
<context>
    <name>MapWords</name>
    <message>
        <source>{n} people</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>people to be verified</source>
        <translation>人数待核实</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>&lt; 1 min</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>ETA {minutes}:{seconds:02d}</source>
        <translation>预计 {minutes}:{seconds:02d} 到达</translation>
    </message>
    <message>
        <source>{places} places, {people} people inside</source>
        <translation>区内 {places} 处、{people} 人</translation>
    </message>
    <message>
        <source>{places} places inside, at least {people} people</source>
        <translation>区内 {places} 处、至少 {people} 人</translation>
    </message>
    <message>
        <source>{places} places inside, people to be verified</source>
        <translation>区内 {places} 处、人数待核实</translation>
    </message>
    <message>
        <source>OUT OF DATE</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>已替换</translation>
    </message>
    <message>
        <source>rule of thumb</source>
        <translation>经验距离</translation>
    </message>
    <message>
        <source>The model is not valid here: trust what is measured on site.</source>
        <translation>模型在此不适用：以现场监测为准。</translation>
    </message>
    <message>
        <source>{speed:.1f} m/s from {direction:03.0f}° · stability {stability}</source>
        <translation>{speed:.1f} m/s 自 {direction:03.0f}° · 稳定度 {stability}</translation>
    </message>
    <message>
        <source>{speed:.1f} m/s · {direction:03.0f}°</source>
        <translation>{speed:.1f} m/s · {direction:03.0f}°</translation>
    </message>
    <message>
        <source>no wind reading</source>
        <translation>没有风的读数</translation>
    </message>
    <message>
        <source>masts disagree</source>
        <translation>气象杆不一致</translation>
    </message>
    <message>
        <source>wind reading is old</source>
        <translation>风的读数已旧</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>Staging {team}</source>
        <translation>{team} 集结点</translation>
    </message>
    <message>
        <source>source {share}</source>
        <translation>泄漏源 {share}</translation>
    </message>
    <message>
        <source>ESTIMATED SOURCE on the map: not on record</source>
        <translation>图上有推算的泄漏源：未记入日志</translation>
    </message>
    <message>
        <source>PREVIEW</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>PREVIEW on the map: not on record</source>
        <translation>图上有预览：未记入日志</translation>
    </message>
    <message>
        <source>domino: {received} of {threshold} {unit}</source>
        <translation>多米诺：{received} / 阈值 {threshold} {unit}</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>{n} objects: click to zoom in</source>
        <translation>{n} 个对象：点击放大</translation>
    </message>
    <message>
        <source>{n} of {of} picked</source>
        <translation>{of} 个中已选 {n} 个</translation>
    </message>
    <message>
        <source>{n} picked · Esc puts them back</source>
        <translation>已选 {n} 个 · Esc 取消</translation>
    </message>
    <message>
        <source>no report for {time}</source>
        <translation>{time} 无上报</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>一张图</translation>
    </message>
    <message>
        <source>HIDDEN on this map: {layers}</source>
        <translation>本图已隐藏：{layers}</translation>
    </message>
    <message>
        <source>FILTERED: {layers}</source>
        <translation>已筛选：{layers}</translation>
    </message>
    <message>
        <source>{title} {shown} of {total}</source>
        <translation>{title} {shown} / {total}</translation>
    </message>
    <message>
        <source>{title} {shown} of {total} ({unknown} unknown left out)</source>
        <translation>{title} {shown} / {total}（{unknown} 个数据不详，未显示）</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>People to protect</source>
        <translation>保护目标</translation>
    </message>
    <message>
        <source>Hazard sources</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>Enterprises</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Depots</source>
        <translation>物资库</translation>
    </message>
    <message>
        <source>Measuring points</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Gates, masts, shelters, hydrants</source>
        <translation>大门、气象杆、避难所、消火栓</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入图层</translation>
    </message>
    <message>
        <source>Happening now</source>
        <translation>当前态势</translation>
    </message>
    <message>
        <source>Zones and ways</source>
        <translation>区域与路线</translation>
    </message>
    <message>
        <source>Hazards</source>
        <translation>危险因素</translation>
    </message>
    <message>
        <source>Means and places</source>
        <translation>资源与设施</translation>
    </message>
    <message>
        <source>Base and names</source>
        <translation>底图与名称</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
    <message>
        <source>Warning colours</source>
        <translation>四色预警</translation>
    </message>
    <message>
        <source>Vehicle tracks</source>
        <translation>车辆轨迹</translation>
    </message>
    <message>
        <source>Threat zones</source>
        <translation>威胁区</translation>
    </message>
    <message>
        <source>Probability contours</source>
        <translation>概率等值线</translation>
    </message>
    <message>
        <source>Estimated sources</source>
        <translation>推算泄漏源</translation>
    </message>
    <message>
        <source>Cordons</source>
        <translation>警戒线</translation>
    </message>
    <message>
        <source>Evacuation routes</source>
        <translation>疏散路线</translation>
    </message>
    <message>
        <source>Team routes</source>
        <translation>队伍路线</translation>
    </message>
    <message>
        <source>Staging points</source>
        <translation>集结点</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>标绘</translation>
    </message>
    <message>
        <source>Schools</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>Hospitals</source>
        <translation>医院</translation>
    </message>
    <message>
        <source>Villages, housing</source>
        <translation>村庄与居住区</translation>
    </message>
    <message>
        <source>Water intakes</source>
        <translation>取水口</translation>
    </message>
    <message>
        <source>Other places</source>
        <translation>其他有人场所</translation>
    </message>
    <message>
        <source>Grade 1 hazards</source>
        <translation>一级危险源</translation>
    </message>
    <message>
        <source>Grade 2 hazards</source>
        <translation>二级危险源</translation>
    </message>
    <message>
        <source>Grade 3 hazards</source>
        <translation>三级危险源</translation>
    </message>
    <message>
        <source>Grade 4 hazards</source>
        <translation>四级危险源</translation>
    </message>
    <message>
        <source>Ungraded hazards</source>
        <translation>未定级危险源</translation>
    </message>
    <message>
        <source>Shelters</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Hydrants</source>
        <translation>消火栓</translation>
    </message>
    <message>
        <source>Gates, masts, others</source>
        <translation>大门、气象杆等</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Wind</source>
        <translation>风</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Buildings and units</source>
        <translation>建筑与装置</translation>
    </message>
    <message>
        <source>Water, plots, racks</source>
        <translation>水域、地块、管廊</translation>
    </message>
    <message>
        <source>Base map</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>Base map: Natural Earth</source>
        <translation>底图：Natural Earth</translation>
    </message>
    <message>
        <source>PLAIN MAP: the full map needs QtWebEngine, which can't be used here</source>
        <translation>简图：完整地图需要 QtWebEngine，此处无法使用</translation>
    </message>
    <message>
        <source>The map stopped several times. The plain map is shown instead.</source>
        <translation>地图多次停止，改用简图。</translation>
    </message>
    <message>
        <source>The map stopped and is being rebuilt…</source>
        <translation>地图已停止，正在重建…</translation>
    </message>
    <message>
        <source>Calm: no direction; the zone is a circle, the model isn't valid.</source>
        <translation>静风：无风向，区域画成圆，模型不适用。</translation>
    </message>
    <message>
        <source>Low wind: below 1 m/s a plume meanders, the model isn't valid.</source>
        <translation>小风：低于 1 m/s 时烟羽摆动，模型不适用。</translation>
    </message>
    <message>
        <source>Heavy gas: it spreads by its own weight, wider and slower than this plume.</source>
        <translation>重气：靠自重扩散，比本烟羽更宽、更慢。</translation>
    </message>
    <message>
        <source>Heavy gas: computed with the dense-gas model, as let out at the ground.</source>
        <translation>重气：按重气模型计算，视为地面无初速释放。</translation>
    </message>
    <message>
        <source>Released high up it sinks: taken as released at the ground.</source>
        <translation>高处释放后下沉：按地面释放计算。</translation>
    </message>
    <message>
        <source>Lighter than air once warm: farther off it may rise.</source>
        <translation>升温后比空气轻：远处可能上升。</translation>
    </message>
    <message>
        <source>Heavier than air when fresh: it may gather in low places.</source>
        <translation>初始时比空气重，可能积聚在低洼处。</translation>
    </message>
    <message>
        <source>Nearer than 100 m the model has no meaning.</source>
        <translation>100 m 以内模型没有意义。</translation>
    </message>
    <message>
        <source>The whole zone is nearer than 100 m: an order of magnitude.</source>
        <translation>整个区域不足 100 m：只是量级估计。</translation>
    </message>
    <message>
        <source>A level goes on beyond 50 km; the zone is cut there.</source>
        <translation>有等级超出 50 km，区域在此截断。</translation>
    </message>
    <message>
        <source>Beyond 10 km neither weather nor curves hold.</source>
        <translation>10 km 以外，气象条件和扩散曲线都不再成立。</translation>
    </message>
    <message>
        <source>A level is reached nowhere at the ground.</source>
        <translation>某一等级在地面处处未达到。</translation>
    </message>
    <message>
        <source>Some contours exist nowhere: nothing is that sure.</source>
        <translation>部分概率等值线不存在：没有任何地点达到该把握程度。</translation>
    </message>
    <message>
        <source>The contours lie closer together than field trials do.</source>
        <translation>等值线间距小于现场试验的离散程度。</translation>
    </message>
    <message>
        <source>IF IT IGNITES: nothing is known to burn yet.</source>
        <translation>如被点燃：目前不知有火。</translation>
    </message>
    <message>
        <source>A jet may point anywhere: its reach is drawn all around.</source>
        <translation>喷射方向未知：按四周最远绘制。</translation>
    </message>
    <message>
        <source>A fireball lasts seconds: levels of 60 s overstate it.</source>
        <translation>火球只持续数秒：按 60 秒的阈值偏保守。</translation>
    </message>
    <message>
        <source>Single fragments fly farther, over a kilometre.</source>
        <translation>个别碎片飞得更远，可超过一公里。</translation>
    </message>
    <message>
        <source>The cloud may drift before it ignites: the blast with it.</source>
        <translation>云团可能漂移后才点燃：爆心随之移动。</translation>
    </message>
    <message>
        <source>A typical leak is assumed, held until it is empty.</source>
        <translation>按典型泄漏计算，一直漏到空。</translation>
    </message>
    <message>
        <source>Levels of heat and blast are recalled, unverified.</source>
        <translation>热辐射与超压阈值为凭记忆所记，未经核实。</translation>
    </message>
    <message>
        <source>The release rate is ASSUMED.</source>
        <translation>泄漏速率为假设值。</translation>
    </message>
    <message>
        <source>Longer than an hour: the levels hold for 60 min, farther off it harms as well.</source>
        <translation>泄漏超过一小时：阈值按 60 分钟给出，更远处也可能受害。</translation>
    </message>
    <message>
        <source>The release ends before the cloud is there: overestimated.</source>
        <translation>气云到达前泄漏已停止：结果偏大。</translation>
    </message>
    <message>
        <source>Levels of concern are recalled and unverified.</source>
        <translation>关注浓度凭记忆录入，未核对。</translation>
    </message>
    <message>
        <source>A level isn't published; no zone is drawn for it.</source>
        <translation>该等级没有公布值，未画区域。</translation>
    </message>
    <message>
        <source>No levels of concern: a rule of thumb only.</source>
        <translation>没有关注浓度：只有经验距离。</translation>
    </message>
    <message>
        <source>A rule of thumb from a table, not a model.</source>
        <translation>查表所得的经验距离，不是模型结果。</translation>
    </message>
    <message>
        <source>Isolation distances are recalled and unverified.</source>
        <translation>隔离距离凭记忆录入，未核对。</translation>
    </message>
    <message>
        <source>Substance unknown: the default for unknowns.</source>
        <translation>物质未知：按未知物质的默认值。</translation>
    </message>
    <message>
        <source>Spill size unknown: large assumed.</source>
        <translation>泄漏规模未知：按大量泄漏。</translation>
    </message>
    <message>
        <source>Time unknown: night assumed.</source>
        <translation>时间未知：按夜间。</translation>
    </message>
    <message>
        <source>This zone doesn't follow the wind: when it turns, judge it and draw it anew.</source>
        <translation>本区域不随风更新：风向变化时须人工判断并重新划定。</translation>
    </message>
    <message>
        <source>No times of arrival: nothing says when the cloud is where.</source>
        <translation>没有到达时间：无法得知云团何时到达何处。</translation>
    </message>
    <message>
        <source>Drawn by hand, computed by no model.</source>
        <translation>人工划定，非模型计算。</translation>
    </message>
    <message>
        <source>Imported, not computed here: no input was checked.</source>
        <translation>由他处导入，非本系统计算：输入未经核对。</translation>
    </message>
    <message>
        <source>The file's source is not where the incident is.</source>
        <translation>文件中的源点不在事件地点。</translation>
    </message>
    <message>
        <source>The file is about another substance than the incident.</source>
        <translation>文件中的物质与本事件的物质不同。</translation>
    </message>
    <message>
        <source>The file names no source: the incident's place is taken.</source>
        <translation>文件未给出源点：取事件地点。</translation>
    </message>
    <message>
        <source>Confidence lines count with all the ground they enclose.</source>
        <translation>置信线按其围住的全部地面计。</translation>
    </message>
    <message>
        <source>Some outlines of the file were left out by the officer.</source>
        <translation>文件中的部分轮廓被值班人员略去。</translation>
    </message>
</context>
<context>
    <name>ModeBand</name>
    <message>
        <source>Exercise. Nothing leaves this desk; live alarms break in.</source>
        <translation>演练进行中，任何信息不外发；实战报警随时插入。</translation>
    </message>
    <message>
        <source>Fictitious park. Nothing here is real, nothing leaves this desk.</source>
        <translation>虚构园区，内容均非真实，任何信息不外发。</translation>
    </message>
    <message>
        <source>{moment} · paused</source>
        <translation>{moment} · 已暂停</translation>
    </message>
    <message>
        <source>{moment} · {speed}× speed</source>
        <translation>{moment} · {speed} 倍速</translation>
    </message>
</context>
<context>
    <name>MonitorPages</name>
    <message>
        <source>Pages of Monitor</source>
        <translation>监测页面</translation>
    </message>
    <message>
        <source>Tags and trend</source>
        <translation>测点与趋势</translation>
    </message>
    <message>
        <source>Alarm list</source>
        <translation>报警列表</translation>
    </message>
    <message>
        <source>Faceplates</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>大屏</translation>
    </message>
</context>
<context>
    <name>MonitorStation</name>
    <message>
        <source>Back to the first tags</source>
        <translation>回到初始测点</translation>
    </message>
    <message>
        <source>Plot all tags of the source</source>
        <translation>绘出该危险源全部测点</translation>
    </message>
    <message>
        <source>Go to the trend</source>
        <translation>转到趋势</translation>
    </message>
    <message>
        <source>Next warning</source>
        <translation>下一预警</translation>
    </message>
    <message>
        <source>Train normal course</source>
        <translation>训练常态模型</translation>
    </message>
</context>
<context>
    <name>NoteSheet</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note at the trend</source>
        <translation>趋势备注</translation>
    </message>
</context>
<context>
    <name>NoticeSentences</name>
    <message>
        <source>the gateway has gone</source>
        <translation>网关已断开</translation>
    </message>
    <message>
        <source>NOT STORED. {why} Write it down and try again. ({detail})</source>
        <translation>未存储。{why}请先手写记下再重试。（{detail}）</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>The store may not be written.</source>
        <translation>存储库不可写。</translation>
    </message>
    <message>
        <source>Another program holds the store.</source>
        <translation>存储库被其他程序占用。</translation>
    </message>
    <message>
        <source>The store is damaged; restore a backup.</source>
        <translation>存储库损坏，请恢复备份。</translation>
    </message>
    <message>
        <source>The record refused it.</source>
        <translation>记录拒绝写入。</translation>
    </message>
    <message>
        <source>The store does not answer.</source>
        <translation>存储库无应答。</translation>
    </message>
    <message>
        <source>The store can't be read: {detail}. Trying again.</source>
        <translation>数据库无法读取：{detail}。正在重试。</translation>
    </message>
    <message>
        <source>The store can be read again; what is shown is current.</source>
        <translation>存储库恢复可读，显示为最新。</translation>
    </message>
    <message>
        <source>The gateway works again after {detail} s; values are judged.</source>
        <translation>网关中断 {detail} 秒后恢复，数据继续研判。</translation>
    </message>
    <message>
        <source>Something failed that was not foreseen; the desk goes on. Tell IT: {detail}</source>
        <translation>出现未预料的故障，席位继续运行。请告知运维：{detail}</translation>
    </message>
    <message>
        <source>This machine's clock was set back by {detail} s. Muster's time runs on; let IT set the clock right.</source>
        <translation>本机时钟被拨回 {detail} 秒。Muster 的时间继续走；请运维校正时钟。</translation>
    </message>
    <message>
        <source>The choice holds for today only: {detail}</source>
        <translation>此选择仅本次有效：{detail}</translation>
    </message>
    <message>
        <source>Measured values can't be read: {detail}</source>
        <translation>无法读取测量值：{detail}</translation>
    </message>
    <message>
        <source>Somebody else writes all the time. Try again.</source>
        <translation>记录一直被占用，请再试一次。</translation>
    </message>
    <message>
        <source>A replay is read-only. Leave it to act.</source>
        <translation>回放只读。退出回放后再操作。</translation>
    </message>
    <message>
        <source>The replay failed: {detail}</source>
        <translation>回放失败：{detail}</translation>
    </message>
    <message>
        <source>The operation “{detail}” has ended.</source>
        <translation>“{detail}”已结束。</translation>
    </message>
    <message>
        <source>The file was not written: {detail}</source>
        <translation>文件未写出：{detail}</translation>
    </message>
    <message>
        <source>Exported: {detail}</source>
        <translation>已导出：{detail}</translation>
    </message>
    <message>
        <source>Pick something on the map first.</source>
        <translation>请先在地图上选取对象。</translation>
    </message>
    <message>
        <source>An imported layer can't be shown: {detail}</source>
        <translation>导入的图层无法显示：{detail}</translation>
    </message>
    <message>
        <source>The import failed, nothing was taken: {detail}</source>
        <translation>导入失败，未写入任何数据：{detail}</translation>
    </message>
    <message>
        <source>Imported: {detail}</source>
        <translation>已导入：{detail}</translation>
    </message>
    <message>
        <source>Taken back: {detail}</source>
        <translation>已撤回：{detail}</translation>
    </message>
    <message>
        <source>Nothing was taken back: {detail}</source>
        <translation>未能撤回：{detail}</translation>
    </message>
    <message>
        <source>The normal course of {detail} is being trained already.</source>
        <translation>{detail} 的常态模型正在训练。</translation>
    </message>
    <message>
        <source>There is no hazard source {detail}.</source>
        <translation>没有危险源 {detail}。</translation>
    </message>
    <message>
        <source>The plot holds {detail} tags. Take one out first.</source>
        <translation>曲线最多 {detail} 个测点，请先移出一个。</translation>
    </message>
    <message>
        <source>There is no import to take back.</source>
        <translation>没有可撤回的导入。</translation>
    </message>
    <message>
        <source>Nothing changed.</source>
        <translation>没有变化。</translation>
    </message>
    <message>
        <source>A mast speaks again: its wind counts.</source>
        <translation>气象站已恢复：以气象站为准。</translation>
    </message>
    <message>
        <source>That is no wind: {detail}</source>
        <translation>风的数值不合理：{detail}</translation>
    </message>
    <message>
        <source>The detectors can't tell where it comes from: nothing was taken.</source>
        <translation>探测器无法判断泄漏来自哪里：未取用。</translation>
    </message>
    <message>
        <source>That is no release rate: {detail}</source>
        <translation>这不是合理的源强：{detail}</translation>
    </message>
    <message>
        <source>A reason is needed.</source>
        <translation>请填写理由。</translation>
    </message>
    <message>
        <source>Only a drill or a demonstration has a script.</source>
        <translation>只有演练或演示才有脚本。</translation>
    </message>
    <message>
        <source>“{detail}” has happened already.</source>
        <translation>“{detail}”已经发生。</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>请填写姓名。</translation>
    </message>
    <message>
        <source>{detail} has the watch. Give the reason of the takeover.</source>
        <translation>{detail} 正在值守，请填写接班理由。</translation>
    </message>
    <message>
        <source>Handover on record; open items: {detail}. Ctrl+H shows the document.</source>
        <translation>交接班已入日志，未了事项 {detail} 项；按 Ctrl+H 查看记录。</translation>
    </message>
    <message>
        <source>An empty line isn't stored.</source>
        <translation>空行不入记录。</translation>
    </message>
    <message>
        <source>No earlier incident of {detail} is known.</source>
        <translation>没有 {detail} 更早的事故记录。</translation>
    </message>
    <message>
        <source>A note is about 1 to 64 tags, not {detail}.</source>
        <translation>一条备注涉及 1 至 64 个测点，不是 {detail} 个。</translation>
    </message>
    <message>
        <source>A note's time must be past, its end not before its start.</source>
        <translation>备注的时间须已过去，且结束不早于开始。</translation>
    </message>
    <message>
        <source>The note is withdrawn, or older than a day.</source>
        <translation>备注已撤回，或已超过一天。</translation>
    </message>
    <message>
        <source>No note stands at the cursor.</source>
        <translation>光标处没有备注。</translation>
    </message>
    <message>
        <source>There is no tag {detail}.</source>
        <translation>没有测点 {detail}。</translation>
    </message>
    <message>
        <source>Alarms and events of the trend were not read: {detail}</source>
        <translation>未能读取趋势的报警和事件：{detail}</translation>
    </message>
    <message>
        <source>The full map can't be shown: {detail}</source>
        <translation>完整地图无法显示：{detail}</translation>
    </message>
    <message>
        <source>Choose an alarm in the table first.</source>
        <translation>请先在表中选择报警。</translation>
    </message>
    <message>
        <source>Choose a hazard source first.</source>
        <translation>请先选择危险源。</translation>
    </message>
    <message>
        <source>Choose a tag first.</source>
        <translation>请先选择测点。</translation>
    </message>
    <message>
        <source>{detail} has no place on the map.</source>
        <translation>{detail} 在图上没有位置。</translation>
    </message>
    <message>
        <source>{detail} stands in no register: there is no trend of it.</source>
        <translation>{detail} 不在册，没有趋势。</translation>
    </message>
    <message>
        <source>This alarm is no longer open.</source>
        <translation>该报警已不存在。</translation>
    </message>
    <message>
        <source>Nothing here waits for an acknowledgement.</source>
        <translation>这里没有待确认的报警。</translation>
    </message>
    <message>
        <source>Nothing sounds now.</source>
        <translation>当前没有报警声。</translation>
    </message>
    <message>
        <source>Shelving {detail} needs the duty leader.</source>
        <translation>搁置 {detail} 须经值班领导同意。</translation>
    </message>
    <message>
        <source>Shelve for {detail}.</source>
        <translation>搁置时长须为 {detail}。</translation>
    </message>
    <message>
        <source>{detail} isn't another duty leader.</source>
        <translation>{detail} 不是另一位值班长。</translation>
    </message>
    <message>
        <source>Nothing here waits for a reset.</source>
        <translation>这里没有待复位的报警。</translation>
    </message>
    <message>
        <source>{detail} is in service.</source>
        <translation>{detail} 在投用中。</translation>
    </message>
    <message>
        <source>{detail} is no unit of the library.</source>
        <translation>资源库中没有装置 {detail}。</translation>
    </message>
    <message>
        <source>{detail} isn't shelved.</source>
        <translation>{detail} 并未搁置。</translation>
    </message>
    <message>
        <source>This situation is no longer open.</source>
        <translation>该警情已处置。</translation>
    </message>
    <message>
        <source>“{detail}” is settled already.</source>
        <translation>“{detail}”已处置。</translation>
    </message>
    <message>
        <source>The verification runs already.</source>
        <translation>核实正在进行。</translation>
    </message>
    <message>
        <source>{detail} has answered already. Look at the situation again.</source>
        <translation>{detail} 已作答复，请再看一遍该警情。</translation>
    </message>
    <message>
        <source>Who said so? A name is needed.</source>
        <translation>谁说的？请填写。</translation>
    </message>
    <message>
        <source>This call is no longer open.</source>
        <translation>该来电已不存在。</translation>
    </message>
    <message>
        <source>This call is finished.</source>
        <translation>该来电已结束。</translation>
    </message>
    <message>
        <source>The record is empty.</source>
        <translation>记录是空的。</translation>
    </message>
    <message>
        <source>A call stands in the form: open its incident or record it, then begin another.</source>
        <translation>表单中还有一个未了结的来电：请先由其开设事件或仅作记录，再开始新的来电。</translation>
    </message>
    <message>
        <source>This call runs already.</source>
        <translation>该来电正在进行。</translation>
    </message>
    <message>
        <source>Where? Type the place or choose one.</source>
        <translation>在哪里？输入或选择地点。</translation>
    </message>
    <message>
        <source>Unknown field: {detail}</source>
        <translation>未知字段：{detail}</translation>
    </message>
    <message>
        <source>This incident is no longer here.</source>
        <translation>该事件已不存在。</translation>
    </message>
    <message>
        <source>{detail} is closed and read-only. Reopen it to act.</source>
        <translation>{detail} 已结束，只读。重开后才能操作。</translation>
    </message>
    <message>
        <source>{detail} is part of another incident. Act there.</source>
        <translation>{detail} 已并入另一事件，请在那里操作。</translation>
    </message>
    <message>
        <source>{detail} is open.</source>
        <translation>{detail} 未结。</translation>
    </message>
    <message>
        <source>Stand-down refused: a roll call of {detail} is open.</source>
        <translation>不能结束响应：{detail} 的点名尚未完成。</translation>
    </message>
    <message>
        <source>Stand-down refused: orders are open ({detail}).</source>
        <translation>不能结束响应：还有未完成的指令（{detail}）。</translation>
    </message>
    <message>
        <source>People are missing: {detail} counted.</source>
        <translation>人数不齐：已点到 {detail}。</translation>
    </message>
    <message>
        <source>This roll call is not open.</source>
        <translation>该点名未在进行。</translation>
    </message>
    <message>
        <source>Name the group and how many it has.</source>
        <translation>请填写组名和人数。</translation>
    </message>
    <message>
        <source>{detail} can't be merged here.</source>
        <translation>{detail} 不能并入此处。</translation>
    </message>
    <message>
        <source>These incidents aren't merged.</source>
        <translation>这两起事件并未合并。</translation>
    </message>
    <message>
        <source>Who reported the counts? A source is needed.</source>
        <translation>人数由谁报告？请填写来源。</translation>
    </message>
    <message>
        <source>A count can't be negative: {detail}</source>
        <translation>人数不能为负：{detail}</translation>
    </message>
    <message>
        <source>Point at a place on the map first.</source>
        <translation>请先在地图上点选一个位置。</translation>
    </message>
    <message>
        <source>No zone could be computed: {detail}</source>
        <translation>未能算出区域：{detail}</translation>
    </message>
    <message>
        <source>No contours could be computed, teams keep out of the single zone only: {detail}</source>
        <translation>未能算出概率等值线，队伍只避开单次计算的区域：{detail}</translation>
    </message>
    <message>
        <source>{detail} has no domino judgement on record.</source>
        <translation>{detail} 没有多米诺判断的记录。</translation>
    </message>
    <message>
        <source>{detail} has a zone already.</source>
        <translation>{detail} 已有区域。</translation>
    </message>
    <message>
        <source>THE ZONE HAS MOVED. Newly inside: {detail}</source>
        <translation>影响区已变。新进入：{detail}</translation>
    </message>
    <message>
        <source>{detail} has moved meanwhile; its zone is drawn anew.</source>
        <translation>{detail} 的地点已变更，威胁区将重新计算。</translation>
    </message>
    <message>
        <source>{detail} isn't in the registry any more.</source>
        <translation>{detail} 已不在台账中。</translation>
    </message>
    <message>
        <source>{detail} has no position. Give coordinates.</source>
        <translation>{detail} 没有坐标，请输入坐标。</translation>
    </message>
    <message>
        <source>Same place and time as {detail}: join it? (J)</source>
        <translation>与 {detail} 同一地点、同一时间：是否并入？（J）</translation>
    </message>
    <message>
        <source>Click the place on the map. P shows the sheet again.</source>
        <translation>请在地图上点击事发地点；按 P 返回填写。</translation>
    </message>
    <message>
        <source>This zone no longer stands.</source>
        <translation>该区域已不存在。</translation>
    </message>
    <message>
        <source>What does the zone rest on? A basis is needed.</source>
        <translation>划定区域的依据是什么？必须填写。</translation>
    </message>
    <message>
        <source>The zone has no outline.</source>
        <translation>该区域没有轮廓。</translation>
    </message>
    <message>
        <source>Nothing was imported. {detail}</source>
        <translation>未导入任何内容。{detail}</translation>
    </message>
    <message>
        <source>Draw the outline on the map, Enter ends it. Then say what it is.</source>
        <translation>请在地图上画出轮廓，按 Enter 结束，然后说明其级别和依据。</translation>
    </message>
    <message>
        <source>No zone of this incident can be withdrawn here.</source>
        <translation>本事件没有可撤回的区域。</translation>
    </message>
    <message>
        <source>The plan {detail} isn't in the library.</source>
        <translation>资源库中没有预案 {detail}。</translation>
    </message>
    <message>
        <source>This plan runs already.</source>
        <translation>该预案已在运行。</translation>
    </message>
    <message>
        <source>The plan has no level {detail}.</source>
        <translation>预案没有级别 {detail}。</translation>
    </message>
    <message>
        <source>This task is no longer here.</source>
        <translation>该任务已不存在。</translation>
    </message>
    <message>
        <source>This task has ended.</source>
        <translation>该任务已结束。</translation>
    </message>
    <message>
        <source>Who does it? A name is needed.</source>
        <translation>由谁承担？请填写。</translation>
    </message>
    <message>
        <source>No rate is known. Enter one; it is marked as assumed.</source>
        <translation>泄漏速率未知。请输入，将标为假设值。</translation>
    </message>
    <message>
        <source>This order is no longer here.</source>
        <translation>该指令已不存在。</translation>
    </message>
    <message>
        <source>The order to {detail} has ended.</source>
        <translation>对 {detail} 的指令已结束。</translation>
    </message>
    <message>
        <source>Signed already by {detail}.</source>
        <translation>已由 {detail} 签收。</translation>
    </message>
    <message>
        <source>Evacuation, siren and public warning need a second person's approval.</source>
        <translation>疏散、警报和公众预警须第二人批准。</translation>
    </message>
    <message>
        <source>An order needs a text.</source>
        <translation>指令不能没有内容。</translation>
    </message>
    <message>
        <source>Who? A name is needed.</source>
        <translation>谁？请填写姓名。</translation>
    </message>
    <message>
        <source>There is nothing to report yet.</source>
        <translation>还没有可报告的内容。</translation>
    </message>
    <message>
        <source>Nothing is released unsigned. Sign it first.</source>
        <translation>未签发的不得报出。请先签发。</translation>
    </message>
    <message>
        <source>This report is no longer here.</source>
        <translation>该报告已不存在。</translation>
    </message>
    <message>
        <source>The team {detail} isn't in the library.</source>
        <translation>资源库中没有队伍 {detail}。</translation>
    </message>
    <message>
        <source>{detail} is committed already.</source>
        <translation>{detail} 已派出。</translation>
    </message>
    <message>
        <source>{detail} was ordered for this task meanwhile. Look again.</source>
        <translation>该任务已由他人下达给{detail}，请再看一遍。</translation>
    </message>
    <message>
        <source>The depot {detail} isn't in the library.</source>
        <translation>资源库中没有物资库 {detail}。</translation>
    </message>
    <message>
        <source>The depot has no {detail}.</source>
        <translation>该库没有{detail}。</translation>
    </message>
    <message>
        <source>The depot holds only {detail}.</source>
        <translation>该库只有 {detail}。</translation>
    </message>
    <message>
        <source>There is no number to mark.</source>
        <translation>没有可标记的号码。</translation>
    </message>
    <message>
        <source>{detail} is marked dead already.</source>
        <translation>{detail} 已标为不通。</translation>
    </message>
    <message>
        <source>Choose a team first.</source>
        <translation>请先选择队伍。</translation>
    </message>
    <message>
        <source>{detail} can't be proposed any more. Choose a team.</source>
        <translation>{detail}已不再被推荐，请另选队伍。</translation>
    </message>
    <message>
        <source>Teams are being looked for. Press again.</source>
        <translation>正在查找队伍，请再按一次。</translation>
    </message>
    <message>
        <source>{detail}: there is nothing to choose from.</source>
        <translation>{detail}：没有可选项。</translation>
    </message>
    <message>
        <source>Open an incident first.</source>
        <translation>请先启动一起事件。</translation>
    </message>
    <message>
        <source>This drawing is no longer here.</source>
        <translation>该标绘已不存在。</translation>
    </message>
    <message>
        <source>{detail} has removed this drawing meanwhile.</source>
        <translation>{detail} 已移除该标绘。</translation>
    </message>
    <message>
        <source>{detail} has changed this drawing meanwhile. Look at it, then change it again.</source>
        <translation>{detail} 刚刚改过该标绘，请先看清再改。</translation>
    </message>
    <message>
        <source>You have drawn nothing here that can be undone.</source>
        <translation>此处没有您可撤销的标绘。</translation>
    </message>
    <message>
        <source>Nothing was undone here that can be done again.</source>
        <translation>此处没有可重做的标绘。</translation>
    </message>
    <message>
        <source>Not undone: {detail} has changed this drawing meanwhile.</source>
        <translation>未撤销：{detail} 已改过该标绘。</translation>
    </message>
    <message>
        <source>Not published: the working map has changed since. Look at the differences again.</source>
        <translation>未发布：工作图已有变动，请重新核对差异。</translation>
    </message>
    <message>
        <source>The official map shows the same already; there is nothing to publish.</source>
        <translation>正式图已与工作图一致，无需发布。</translation>
    </message>
    <message>
        <source>This shape can't have this meaning: {detail}</source>
        <translation>该形状不能表示此含义：{detail}</translation>
    </message>
    <message>
        <source>Too few or too many points: {detail}</source>
        <translation>点数不符：{detail}</translation>
    </message>
    <message>
        <source>The radius makes no sense: {detail}</source>
        <translation>半径不合理：{detail}</translation>
    </message>
    <message>
        <source>The bearing makes no sense: {detail}</source>
        <translation>方位不合理：{detail}</translation>
    </message>
    <message>
        <source>The opening angle makes no sense: {detail}</source>
        <translation>张角不合理：{detail}</translation>
    </message>
    <message>
        <source>Choose a drawing first, on the map or in the list.</source>
        <translation>请先在图上或列表中选择标绘。</translation>
    </message>
    <message>
        <source>Choose an area first: a drawing or a threat zone on the map.</source>
        <translation>请先在图上选择一个区域：标绘或威胁区。</translation>
    </message>
    <message>
        <source>What lies inside can't be told: {detail}</source>
        <translation>无法查询区内对象：{detail}</translation>
    </message>
    <message>
        <source>Exported: {detail} rows.</source>
        <translation>已导出 {detail} 条。</translation>
    </message>
    <message>
        <source>Nothing was exported: {detail}</source>
        <translation>未导出：{detail}</translation>
    </message>
    <message>
        <source>Neither coordinates nor numbers: {detail}</source>
        <translation>既不是坐标也不是数值：{detail}</translation>
    </message>
    <message>
        <source>A text needs words.</source>
        <translation>文字不能为空。</translation>
    </message>
    <message>
        <source>The label or note is too long (at most {detail}).</source>
        <translation>标签或备注过长（最多 {detail}）。</translation>
    </message>
    <message>
        <source>INSIDE A THREAT ZONE: {detail}. It is stored; move it.</source>
        <translation>位于威胁区内：{detail}。已存入，请移开。</translation>
    </message>
</context>
<context>
    <name>ObjectPane</name>
    <message>
        <source>Nothing selected</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Click a symbol, or press Ctrl+K to find one.</source>
        <translation>点击图上符号，或按 Ctrl+K 查找。</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Warning colour</source>
        <translation>预警颜色</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>存量</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>People by day</source>
        <translation>白天人数</translation>
    </message>
    <message>
        <source>People by night</source>
        <translation>夜间人数</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Chemicals</source>
        <translation>化学品</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>{value} [stale]</source>
        <translation>{value}［过期］</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>fictitious</source>
        <translation>虚构</translation>
    </message>
</context>
<context>
    <name>ObjectReader</name>
    <message>
        <source>Nothing is selected.</source>
        <translation>未选择对象。</translation>
    </message>
    <message>
        <source>people to be verified</source>
        <translation>人数待核实</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>{distance} at {bearing:03d}° ({point}) from the middle of the map</source>
        <translation>距地图中心 {distance}，方位 {bearing:03d}°（{point}）</translation>
    </message>
    <message>
        <source>north</source>
        <translation>北</translation>
    </message>
    <message>
        <source>north-north-east</source>
        <translation>北东北</translation>
    </message>
    <message>
        <source>north-east</source>
        <translation>东北</translation>
    </message>
    <message>
        <source>east-north-east</source>
        <translation>东东北</translation>
    </message>
    <message>
        <source>east</source>
        <translation>东</translation>
    </message>
    <message>
        <source>east-south-east</source>
        <translation>东东南</translation>
    </message>
    <message>
        <source>south-east</source>
        <translation>东南</translation>
    </message>
    <message>
        <source>south-south-east</source>
        <translation>南东南</translation>
    </message>
    <message>
        <source>south</source>
        <translation>南</translation>
    </message>
    <message>
        <source>south-south-west</source>
        <translation>南西南</translation>
    </message>
    <message>
        <source>south-west</source>
        <translation>西南</translation>
    </message>
    <message>
        <source>west-south-west</source>
        <translation>西西南</translation>
    </message>
    <message>
        <source>west</source>
        <translation>西</translation>
    </message>
    <message>
        <source>west-north-west</source>
        <translation>西西北</translation>
    </message>
    <message>
        <source>north-west</source>
        <translation>西北</translation>
    </message>
    <message>
        <source>north-north-west</source>
        <translation>北西北</translation>
    </message>
</context>
<context>
    <name>OperationsPane</name>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>记录条数</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>链尾</translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>值守与演练</translation>
    </message>
</context>
<context>
    <name>OrderList</name>
    <message>
        <source>No order issued yet</source>
        <translation>尚未下达指令</translation>
    </message>
    <message>
        <source>What came of the order?</source>
        <translation>指令执行结果如何？</translation>
    </message>
    <message>
        <source>Report back</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>撤销指令</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>OrderRow</name>
    <message>
        <source>Signed  S</source>
        <translation>签收  S</translation>
    </message>
    <message>
        <source>Under way  W</source>
        <translation>执行中  W</translation>
    </message>
    <message>
        <source>Done  D</source>
        <translation>完成  D</translation>
    </message>
    <message>
        <source>Number dead  X</source>
        <translation>号码不通  X</translation>
    </message>
    <message>
        <source>Cancel…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>X again: dead</source>
        <translation>再按 X 确认</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>escalation {step}</source>
        <translation>升级 {step}</translation>
    </message>
    <message>
        <source>signed by {name}</source>
        <translation>{name} 签发</translation>
    </message>
    <message>
        <source>instead: {team}, {eta}</source>
        <translation>替代：{team}，{eta}</translation>
    </message>
</context>
<context>
    <name>OrderSheet</name>
    <message>
        <source>Issue the order</source>
        <translation>下达指令</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>This team can't be sent any more. Go back and choose another.</source>
        <translation>该队伍已不能派出。请返回另选队伍。</translation>
    </message>
    <message>
        <source>Way, staging or numbers are others than before. Look again.</source>
        <translation>路线、集结点或号码已更新，请再看一遍。</translation>
    </message>
    <message>
        <source>Order sheet</source>
        <translation>指令单</translation>
    </message>
    <message>
        <source>To</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Arrives</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>集结点</translation>
    </message>
    <message>
        <source>Don't</source>
        <translation>禁忌</translation>
    </message>
    <message>
        <source>none on record</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Approved by (second person)</source>
        <translation>批准人（第二人）</translation>
    </message>
    <message>
        <source>name; an oral approval counts</source>
        <translation>姓名；口头批准有效</translation>
    </message>
    <message>
        <source>no number that works</source>
        <translation>没有可用号码</translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) dead</source>
        <translation>
            <numerusform>%n 个号码不通</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>straight line, no road known</source>
        <translation>直线距离，无已知道路</translation>
    </message>
    <message>
        <source>{distance} inside a zone</source>
        <translation>区内 {distance}</translation>
    </message>
    <message>
        <source>none found: report to the gate</source>
        <translation>未找到：到大门报到</translation>
    </message>
    <message>
        <source>upwind</source>
        <translation>上风向</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>静风</translation>
    </message>
</context>
<context>
    <name>OrdersPane</name>
    <message>
        <source>issue → sign → do → report</source>
        <translation>下达 → 签收 → 执行 → 反馈</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>指令</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>Where does it come from?</source>
        <translation>泄漏来自哪里？</translation>
    </message>
</context>
<context>
    <name>PagesSheet</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Trend pages</source>
        <translation>趋势页面</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n 个测点</numerusform>
        </translation>
    </message>
    <message>
        <source>{source}: on screen {count}, {length}</source>
        <translation>{source}：当前 {count}，{length}</translation>
    </message>
    <message>
        <source>No hazard source</source>
        <translation>无危险源</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find an action, place, person, tag or incident: Chinese, pinyin or English</source>
        <translation>查找操作、地点、人员、测点或事件：可用汉字、拼音、首字母或英文</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter open · Esc close</source>
        <translation>↑ ↓ 选择 · Enter 打开 · Esc 关闭</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
</context>
<context>
    <name>PeopleSheet</name>
    <message>
        <source>Dead</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>Seriously injured</source>
        <translation>重伤</translation>
    </message>
    <message>
        <source>Slightly injured</source>
        <translation>轻伤</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>失联</translation>
    </message>
    <message>
        <source>Trapped</source>
        <translation>被困</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>to be verified</source>
        <translation>待核实</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>An empty count stays “to be verified”, never zero.</source>
        <translation>空着表示“待核实”，不是零。</translation>
    </message>
    <message>
        <source>Record the counts</source>
        <translation>记录人数</translation>
    </message>
    <message>
        <source>Roll calls: stand-down is refused while one is open</source>
        <translation>点名：未结束前不得解除响应</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>应到人数</translation>
    </message>
    <message>
        <source>Open a roll call</source>
        <translation>开始点名</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PlaceSheet</name>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Who said so</source>
        <translation>何人告知</translation>
    </message>
    <message>
        <source>Place of the incident</source>
        <translation>事发地点</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>无坐标</translation>
    </message>
    <message>
        <source>So far: {place} · {where}</source>
        <translation>目前：{place} · {where}</translation>
    </message>
    <message>
        <source>The circle is drawn at once. Zones of another place stay, marked OUT OF DATE, until you withdraw them (Ctrl+W).</source>
        <translation>隔离圈立即重画。原地点的威胁区标为“已过时”并保留，直至您撤销（Ctrl+W）。</translation>
    </message>
    <message>
        <source>Set the place</source>
        <translation>确定地点</translation>
    </message>
    <message>
        <source>Pick on the map</source>
        <translation>在地图上选点</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>name, pinyin, initials, code or coordinates</source>
        <translation>名称、拼音、首字母、编码或坐标</translation>
    </message>
    <message>
        <source>Point on the map</source>
        <translation>地图选点</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>{place} (sounds alike)</source>
        <translation>{place}（音近）</translation>
    </message>
</context>
<context>
    <name>PlatePage</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n 个测点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in alarm</source>
        <translation>
            <numerusform>%n 个报警</numerusform>
        </translation>
    </message>
    <message>
        <source>LIVE values, not of the replay</source>
        <translation>实时数值，不是回放时刻的</translation>
    </message>
    <message>
        <source>Faceplates</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Next tag</source>
        <translation>下一个测点</translation>
    </message>
    <message>
        <source>Tag before</source>
        <translation>上一个测点</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在图上</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
</context>
<context>
    <name>PlateReader</name>
    <message>
        <source>stale since {time}</source>
        <translation>{time} 起过期</translation>
    </message>
    <message>
        <source>not in a replay</source>
        <translation>回放时不可用</translation>
    </message>
    <message>
        <source>no value yet</source>
        <translation>尚无数值</translation>
    </message>
    <message>
        <source>bad since {time}</source>
        <translation>{time} 起质量坏</translation>
    </message>
    <message>
        <source>bad, seen since {time}</source>
        <translation>质量坏，{time} 已如此</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>Liquid level</source>
        <translation>液位</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>压力</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Detectors</source>
        <translation>探测器</translation>
    </message>
    <message>
        <source>Contacts and trips</source>
        <translation>开关量与联锁</translation>
    </message>
    <message>
        <source>Other tags</source>
        <translation>其他测点</translation>
    </message>
    <message numerus="yes">
        <source>%n without data</source>
        <translation>
            <numerusform>%n 个无数据</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more tag(s)</source>
        <translation>
            <numerusform>另有 %n 个测点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in alarm</source>
        <translation>
            <numerusform>%n 个报警</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlotPane</name>
    <message>
        <source>{count} of {limit} tags</source>
        <translation>测点 {count} / {limit}</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
</context>
<context>
    <name>PointSheet</name>
    <message>
        <source>What passes here</source>
        <translation>此处浓度过程</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>What passes at {place}</source>
        <translation>{place} 的浓度过程</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>No model's zone stands for this incident: enter a rate first.</source>
        <translation>该事件没有模型计算的影响区：请先输入泄漏速率。</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>minutes since the release began</source>
        <translation>泄漏开始后的分钟数</translation>
    </message>
    <message>
        <source>outdoors</source>
        <translation>室外</translation>
    </message>
    <message>
        <source>in a closed building</source>
        <translation>密闭建筑内</translation>
    </message>
    <message>
        <source>{distance} downwind, {side} to the side</source>
        <translation>下风向 {distance}，横向 {side}</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Outdoors</source>
        <translation>室外</translation>
    </message>
    <message>
        <source>nothing by this model: not the same as clear</source>
        <translation>本模型算得为零：不等于没有危险</translation>
    </message>
    <message>
        <source>In a closed building</source>
        <translation>密闭建筑内</translation>
    </message>
    <message>
        <source>Shelter</source>
        <translation>就地掩蔽</translation>
    </message>
    <message>
        <source>Come out</source>
        <translation>离开室内</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>剂量</translation>
    </message>
    <message>
        <source>no toxic probit is on record</source>
        <translation>没有该物质的毒性概率函数</translation>
    </message>
    <message>
        <source>NEVER HERE: 10 % of the explosive limit is reached, a building is no shelter</source>
        <translation>此处严禁：已达爆炸下限的 10 %，建筑物不能作为掩蔽所</translation>
    </message>
    <message>
        <source>at most {ppm} ppm, {minutes} min after the release began</source>
        <translation>最高 {ppm} ppm，泄漏开始后 {minutes} 分钟</translation>
    </message>
    <message>
        <source>the cloud is still there after {hours} h</source>
        <translation>{hours} 小时后云团仍未散去</translation>
    </message>
    <message>
        <source>{minutes} min after the release began: come out and ventilate</source>
        <translation>泄漏开始后 {minutes} 分钟：离开室内并通风</translation>
    </message>
    <message>
        <source>Whole stay indoors</source>
        <translation>全程在室内</translation>
    </message>
    <message>
        <source>Whole stay outdoors</source>
        <translation>全程在室外</translation>
    </message>
    <message>
        <source>below 0.1 %</source>
        <translation>低于 0.1 %</translation>
    </message>
    <message>
        <source>{share} by a probit that is uncertain by far more ({source})</source>
        <translation>死亡比例 {share}，按概率函数估算，不确定性远大于此（{source}）</translation>
    </message>
    <message>
        <source>Model {model} {version}, no measurement.</source>
        <translation>模型 {model} {version}，并非实测。</translation>
    </message>
    <message>
        <source>Assumed: closed before the cloud came, {changes} air changes an hour, nothing absorbed.</source>
        <translation>假定：云团到达前已关闭门窗，换气 {changes} 次/小时，不计吸附。</translation>
    </message>
    <message>
        <source>Walls keep poison out for a time, never fire or blast: this is no advice to stay.</source>
        <translation>墙体只能暂时阻挡毒气，不能抵御火灾或爆炸：以上并非留守建议。</translation>
    </message>
    <message>
        <source>OUTSIDE THE MODEL'S RANGE</source>
        <translation>超出模型适用范围</translation>
    </message>
</context>
<context>
    <name>Pointing</name>
    <message>
        <source>What passes here</source>
        <translation>此处浓度过程</translation>
    </message>
</context>
<context>
    <name>PublishSheet</name>
    <message>
        <source>Signed by</source>
        <translation>签发人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Publish the official map No. {0}</source>
        <translation>发布正式态势图第 {0} 版</translation>
    </message>
    <message>
        <source>Every desk sees this as the official map. It changes as follows:</source>
        <translation>所有席位都以此为正式态势图，变动如下：</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Sign and publish</source>
        <translation>签发</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Watch</source>
        <translation>值守</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>一张图</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>监测</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>指挥</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>资源库</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>工位</translation>
    </message>
</context>
<context>
    <name>RateSheet</name>
    <message>
        <source>Release rate</source>
        <translation>泄漏速率</translation>
    </message>
    <message>
        <source>The rate is marked as assumed wherever the zone is shown.</source>
        <translation>凡显示该区域之处，速率均标为假设值。</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>持续时间</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>by the site and its buildings</source>
        <translation>按场址设置和周边建筑</translation>
    </message>
    <message>
        <source>rural (open land)</source>
        <translation>乡村（开阔地）</translation>
    </message>
    <message>
        <source>urban (built-up)</source>
        <translation>城区（建筑密集）</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Use this rate</source>
        <translation>采用此速率</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>No mast speaks: enter the wind as it is on site.</source>
        <translation>没有气象站数据：请输入现场风。</translation>
    </message>
    <message>
        <source>Wind from</source>
        <translation>来风方向</translation>
    </message>
    <message>
        <source>Wind speed</source>
        <translation>风速</translation>
    </message>
    <message>
        <source>Stability class</source>
        <translation>稳定度等级</translation>
    </message>
</context>
<context>
    <name>RecordColumns</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>编号</translation>
    </message>
</context>
<context>
    <name>RecordDetails</name>
    <message>
        <source>Also</source>
        <translation>另有</translation>
    </message>
    <message>
        <source>Warning colour</source>
        <translation>预警颜色</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>性质</translation>
    </message>
    <message>
        <source>fictitious</source>
        <translation>虚构</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>{people} people · {vehicles} vehicles</source>
        <translation>{people} 人 · {vehicles} 车</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Status now</source>
        <translation>当前状态</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>专业</translation>
    </message>
    <message>
        <source>Substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>存量</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>白天</translation>
    </message>
    <message>
        <source>By night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Chemicals</source>
        <translation>化学品</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Guardian</source>
        <translation>监护人</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Failure mode</source>
        <translation>失效模式</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>no date on record</source>
        <translation>无日期记录</translation>
    </message>
    <message>
        <source>EXPIRED {date}</source>
        <translation>已于 {date} 过期</translation>
    </message>
    <message>
        <source>Covers</source>
        <translation>适用</translation>
    </message>
    <message>
        <source>Substances</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Hazard sources</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>FIRST ORDER</source>
        <translation>首令</translation>
    </message>
    <message>
        <source>Clauses</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>Response levels</source>
        <translation>响应级别</translation>
    </message>
    <message>
        <source>expected: {text}</source>
        <translation>预期：{text}</translation>
    </message>
    <message>
        <source>Injects</source>
        <translation>注入事件</translation>
    </message>
    <message>
        <source>Objectives</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>已发生</translation>
    </message>
    <message>
        <source>Deaths</source>
        <translation>死亡</translation>
    </message>
    <message>
        <source>Injuries</source>
        <translation>受伤</translation>
    </message>
    <message>
        <source>not on record</source>
        <translation>无记录</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>教训</translation>
    </message>
    <message>
        <source>Don't</source>
        <translation>禁忌</translation>
    </message>
    <message>
        <source>ASSUMED</source>
        <translation>假设值</translation>
    </message>
    <message>
        <source>Typical releases</source>
        <translation>典型泄漏情景</translation>
    </message>
    <message>
        <source>Hazard sources above blue</source>
        <translation>黄色及以上的危险源</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处置措施</translation>
    </message>
    <message>
        <source>Guidance on alarms</source>
        <translation>报警处置指引</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>{quantity} {unit} on record, {moved} in this operation</source>
        <translation>账面 {quantity} {unit}，本次变动 {moved}</translation>
    </message>
    <message>
        <source>In stock now</source>
        <translation>现有库存</translation>
    </message>
    <message>
        <source>Numbers in calling order</source>
        <translation>电话（按呼叫顺序）</translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message>
        <source>Filter rows</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Name, pinyin or initials, key, code</source>
        <translation>名称、拼音或首字母、编号、代码</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>The rows are on their way.</source>
        <translation>数据读取中。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>Esc empties the filter and shows all rows.</source>
        <translation>Esc 清空筛选，显示全部。</translation>
    </message>
    <message>
        <source>No rows of this kind</source>
        <translation>没有此类数据</translation>
    </message>
    <message>
        <source>Import a file: Ctrl+I.</source>
        <translation>导入文件：Ctrl+I。</translation>
    </message>
</context>
<context>
    <name>RecordsPane</name>
    <message>
        <source>reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>storing…</source>
        <translation>正在入库…</translation>
    </message>
    <message>
        <source>taking back…</source>
        <translation>正在撤回…</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} / {all}</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>资源库</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止读取</translation>
    </message>
</context>
<context>
    <name>ReferenceChanges</name>
    <message>
        <source>{file}: {added} new, {changed} changed, {same} as before, {refused} refused</source>
        <translation>{file}：新增 {added}，更新 {changed}，未变 {same}，拒收 {refused}</translation>
    </message>
    <message>
        <source>change {undone} by change {new}</source>
        <translation>变更 {undone}（见变更 {new}）</translation>
    </message>
</context>
<context>
    <name>RegistryColumns</name>
    <message>
        <source>Industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>Chemicals</source>
        <translation>化学品</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>存量</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>白天</translation>
    </message>
    <message>
        <source>By night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>Calls first</source>
        <translation>首呼</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Hazard source</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>Last picture</source>
        <translation>最近画面</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
</context>
<context>
    <name>ReleaseChoice</name>
    <message>
        <source>by hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>No typical releases: the register holds no inventory of this source.</source>
        <translation>无法给出典型泄漏：登记册中没有该危险源的存量。</translation>
    </message>
    <message>
        <source>No typical releases of this source: {reason}</source>
        <translation>无法给出该危险源的典型泄漏：{reason}</translation>
    </message>
    <message>
        <source>Worked out from {tonnes} t in the register, at its highest.</source>
        <translation>按登记存量 {tonnes} t 推算，取最大速率。</translation>
    </message>
    <message>
        <source>Taken for granted: {names}.</source>
        <translation>假定：{names}。</translation>
    </message>
    <message>
        <source>The hole sizes are not verified: {source}.</source>
        <translation>孔径未经核实：{source}。</translation>
    </message>
    <message>
        <source>25 °C in the vessel</source>
        <translation>容器内温度 25 °C</translation>
    </message>
    <message>
        <source>its own vapour pressure</source>
        <translation>自身饱和蒸气压</translation>
    </message>
    <message>
        <source>a pipe of 100 mm</source>
        <translation>管径 100 mm</translation>
    </message>
    <message>
        <source>2 m of liquid above the hole</source>
        <translation>孔口以上液位 2 m</translation>
    </message>
    <message>
        <source>air of 25 °C</source>
        <translation>气温 25 °C</translation>
    </message>
    <message>
        <source>a wind of 3 m/s</source>
        <translation>风速 3 m/s</translation>
    </message>
    <message>
        <source>no bund</source>
        <translation>无围堰</translation>
    </message>
    <message>
        <source>substance</source>
        <translation>物质</translation>
    </message>
    <message>
        <source>state of the substance</source>
        <translation>物质状态</translation>
    </message>
</context>
<context>
    <name>ReplayBar</name>
    <message>
        <source>REPLAY</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Time on the map</source>
        <translation>图上时间</translation>
    </message>
</context>
<context>
    <name>ReportSheet</name>
    <message>
        <source>Report draft</source>
        <translation>报告草稿</translation>
    </message>
    <message>
        <source>Keep the draft</source>
        <translation>保留草稿</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签发</translation>
    </message>
    <message>
        <source>Mark as sent</source>
        <translation>标记为已报送</translation>
    </message>
    <message>
        <source>From the record up to #{seq} · {hash}</source>
        <translation>依据记录 #{seq} 之前的内容 · {hash}</translation>
    </message>
</context>
<context>
    <name>ReviewStation</name>
    <message>
        <source>Play / pause</source>
        <translation>播放 / 暂停</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Back 10 s</source>
        <translation>后退 10 秒</translation>
    </message>
    <message>
        <source>On 10 s</source>
        <translation>前进 10 秒</translation>
    </message>
    <message>
        <source>Alarm figures</source>
        <translation>报警指标</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到当前</translation>
    </message>
</context>
<context>
    <name>RevisionsPane</name>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>What</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>takes back {number} · {kind}</source>
        <translation>撤回 {number} · {kind}</translation>
    </message>
    <message>
        <source>{accepted} taken, {rejected} refused of {rows}</source>
        <translation>共 {rows} 条，导入 {accepted}，拒收 {rejected}</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>ScenarioPane</name>
    <message>
        <source>Objectives</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
</context>
<context>
    <name>ScenariosPane</name>
    <message>
        <source>Scenario</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Injects</source>
        <translation>注入事件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>已入库</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Switch to Chinese / English</source>
        <translation>切换中文 / English</translation>
    </message>
    <message>
        <source>Import a map layer</source>
        <translation>导入图层</translation>
    </message>
    <message>
        <source>Export what is picked</source>
        <translation>导出所选</translation>
    </message>
    <message>
        <source>Next theme</source>
        <translation>切换主题</translation>
    </message>
    <message>
        <source>Coordinates: decimal / degrees, minutes, seconds / UTM</source>
        <translation>坐标格式：十进制度 / 度分秒 / UTM</translation>
    </message>
</context>
<context>
    <name>ScrubPane</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>not replaying: choose an operation and press Enter</source>
        <translation>未在回放：选择一次值守后按 Enter</translation>
    </message>
    <message>
        <source>playing ×{speed}</source>
        <translation>播放 ×{speed}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>SelectionExport</name>
    <message>
        <source>Export what is picked</source>
        <translation>导出所选</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选对象</translation>
    </message>
    <message>
        <source>{file}: {rows} things</source>
        <translation>{file}：{rows} 个对象</translation>
    </message>
</context>
<context>
    <name>ServiceSheet</name>
    <message>
        <source>Return {alarm} to service</source>
        <translation>恢复投用 {alarm}</translation>
    </message>
    <message>
        <source>Return to service</source>
        <translation>恢复投用</translation>
    </message>
    <message>
        <source>Take {alarm} out of service</source>
        <translation>停用 {alarm}</translation>
    </message>
    <message>
        <source>Take out of service</source>
        <translation>停用</translation>
    </message>
</context>
<context>
    <name>ShelterSheet</name>
    <message>
        <source>Advice</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What, until when</source>
        <translation>做什么、到何时</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Load in : out</source>
        <translation>室内 : 途中</translation>
    </message>
    <message>
        <source>Shelter or leave</source>
        <translation>掩蔽还是撤离</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>As of {clock}: an advice by a model, the commander decides.</source>
        <translation>截至 {clock}：模型给出的建议，由指挥员决定。</translation>
    </message>
    <message>
        <source>No receptor of the library lies in the zone: not the same as clear.</source>
        <translation>区域内没有资料库中的保护目标：不等于安全。</translation>
    </message>
    <message>
        <source>No model's zone stands for this incident: enter a rate first.</source>
        <translation>该事件没有模型计算的影响区：请先输入泄漏速率。</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>No advice was on record at this moment.</source>
        <translation>此刻尚无记录在案的建议。</translation>
    </message>
    <message>
        <source>to be verified</source>
        <translation>待核实</translation>
    </message>
</context>
<context>
    <name>ShelterWords</name>
    <message>
        <source>shelter</source>
        <translation>掩蔽</translation>
    </message>
    <message>
        <source>LEAVE</source>
        <translation>撤离</translation>
    </message>
    <message>
        <source>come out</source>
        <translation>出来</translation>
    </message>
    <message>
        <source>NO ADVICE</source>
        <translation>无建议</translation>
    </message>
    <message>
        <source>close up; at {clock} come out and ventilate</source>
        <translation>关闭门窗；{clock} 离开室内并通风</translation>
    </message>
    <message>
        <source>the cloud should have passed: measure outdoors, then come out and ventilate</source>
        <translation>云团应已过去：先测室外浓度，再离开室内并通风</translation>
    </message>
    <message>
        <source>the commander decides on site</source>
        <translation>由现场指挥员决定</translation>
    </message>
    <message>
        <source>flammable, fire, blast or isolation: no building shelters</source>
        <translation>可燃、火灾、爆炸或隔离区：建筑物不能掩蔽</translation>
    </message>
    <message>
        <source>no building shelters, and every way crosses the danger</source>
        <translation>建筑物不能掩蔽，且各方向都要穿过危险区</translation>
    </message>
    <message>
        <source>nothing by this model: not the same as clear</source>
        <translation>本模型算得为零：不等于没有危险</translation>
    </message>
    <message>
        <source>the cloud doesn't end: a shelter without an end is none</source>
        <translation>云团没有结束时间：没有期限的掩蔽不成立</translation>
    </message>
    <message>
        <source>no end of the cloud, and every way crosses the danger</source>
        <translation>云团没有结束时间，且各方向都要穿过危险区</translation>
    </message>
    <message>
        <source>indoors is worse than outdoors by now</source>
        <translation>此时室内已比室外差</translation>
    </message>
    <message>
        <source>every way crosses the danger; the stay has an end</source>
        <translation>各方向都要穿过危险区；掩蔽有期限</translation>
    </message>
    <message>
        <source>indoors less than 60 min at the second level</source>
        <translation>室内低于第二级浓度 60 分钟</translation>
    </message>
    <message>
        <source>the load is less indoors than on the way</source>
        <translation>室内毒负荷低于途中</translation>
    </message>
    <message>
        <source>the load is less on the way than indoors</source>
        <translation>途中毒负荷低于室内</translation>
    </message>
    <message>
        <source>{reason}, but both are alike</source>
        <translation>{reason}，但两者相近</translation>
    </message>
    <message>
        <source>one of them is nothing</source>
        <translation>其一为零</translation>
    </message>
    <message>
        <source>ASSUMED</source>
        <translation>假设值</translation>
    </message>
    <message>
        <source>{rate} kg/s for {minutes} min, wind {wind} m/s from {direction}°</source>
        <translation>{rate} kg/s，{minutes} 分钟；风速 {wind} m/s，风向 {direction}°</translation>
    </message>
    <message>
        <source>Assumed: release began {began}; {changes} air changes an hour; warned after {warned} min, on the way {ready} min later ({slow} min where people need help), {pace} m/s ({slow_pace} m/s), {detour} times the straight line.</source>
        <translation>假设：{began} 开始泄漏；每小时换气 {changes} 次；{warned} 分钟后接到通知，再过 {ready} 分钟出发（需协助者 {slow} 分钟），步速 {pace} m/s（{slow_pace} m/s），路程为直线的 {detour} 倍。</translation>
    </message>
    <message>
        <source>Load ∫C^n dt with n = {n}: {source}</source>
        <translation>毒负荷 ∫C^n dt，n = {n}：{source}</translation>
    </message>
    <message>
        <source>assumed, no toxic probit is on record</source>
        <translation>假设值，没有记录毒性概率函数</translation>
    </message>
    <message>
        <source>Times, buildings and pace are judged, not known of these places.</source>
        <translation>时间、建筑和步速为经验判断，并非这些地点的实测。</translation>
    </message>
    <message>
        <source>Ways are straight lines on foot: check roads, walls and water.</source>
        <translation>路线为步行直线：请核对道路、围墙和水体。</translation>
    </message>
    <message>
        <source>If wind or rate change, ask again.</source>
        <translation>风或泄漏速率变化后请重新计算。</translation>
    </message>
    <message>
        <source>Before anybody comes out: make sure that the leak has stopped, and measure.</source>
        <translation>任何人离开室内之前：确认泄漏已停止，并检测浓度。</translation>
    </message>
    <message>
        <source>No toxic probit: loads are compared with n = 1.</source>
        <translation>没有毒性概率函数：按 n = 1 比较毒负荷。</translation>
    </message>
    <message>
        <source>The toxic exponent is recalled and unverified.</source>
        <translation>毒性指数凭记忆录入，未经核实。</translation>
    </message>
    <message>
        <source>It burns: no explosion is computed here.</source>
        <translation>该物质可燃：此处未计算爆炸。</translation>
    </message>
    <message>
        <source>to the {side} ({bearing}°), {distance} on foot, out by {clock}</source>
        <translation>向{side}（{bearing}°）步行 {distance}，{clock} 前走出</translation>
    </message>
    <message>
        <source>north</source>
        <translation>北</translation>
    </message>
    <message>
        <source>north-east</source>
        <translation>东北</translation>
    </message>
    <message>
        <source>east</source>
        <translation>东</translation>
    </message>
    <message>
        <source>south-east</source>
        <translation>东南</translation>
    </message>
    <message>
        <source>south</source>
        <translation>南</translation>
    </message>
    <message>
        <source>south-west</source>
        <translation>西南</translation>
    </message>
    <message>
        <source>west</source>
        <translation>西</translation>
    </message>
    <message>
        <source>north-west</source>
        <translation>西北</translation>
    </message>
</context>
<context>
    <name>ShelveSheet</name>
    <message>
        <source>Take {alarm} off the shelf</source>
        <translation>取消搁置 {alarm}</translation>
    </message>
    <message>
        <source>Take off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message>
        <source>Shelve {alarm}</source>
        <translation>搁置 {alarm}</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>搁置</translation>
    </message>
</context>
<context>
    <name>ShiftSheet</name>
    <message>
        <source>Who has the watch?</source>
        <translation>谁在值守？</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Reason of the takeover</source>
        <translation>接班理由</translation>
    </message>
    <message>
        <source>duty leader</source>
        <translation>值班长</translation>
    </message>
    <message>
        <source>duty officer</source>
        <translation>值班员</translation>
    </message>
    <message>
        <source>commander</source>
        <translation>指挥长</translation>
    </message>
    <message>
        <source>Take the watch</source>
        <translation>接班值守</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Nobody has the watch. Acts are recorded under this desk ({desk}).</source>
        <translation>无人值守。操作记在本席位（{desk}）名下。</translation>
    </message>
    <message>
        <source>{person} has had the watch since {time}.</source>
        <translation>{person} 自 {time} 起值守。</translation>
    </message>
    <message>
        <source>change of shift by the roster</source>
        <translation>按排班表换班</translation>
    </message>
</context>
<context>
    <name>SketchWords</name>
    <message>
        <source>Point</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Sector</source>
        <translation>扇形</translation>
    </message>
    <message>
        <source>No meaning</source>
        <translation>无含义</translation>
    </message>
    <message>
        <source>Hot zone line</source>
        <translation>热区线</translation>
    </message>
    <message>
        <source>Warm zone line</source>
        <translation>温区线</translation>
    </message>
    <message>
        <source>Cold zone line</source>
        <translation>冷区线</translation>
    </message>
    <message>
        <source>Staging area</source>
        <translation>集结区</translation>
    </message>
    <message>
        <source>Command post</source>
        <translation>指挥部</translation>
    </message>
    <message>
        <source>Decontamination</source>
        <translation>洗消点</translation>
    </message>
    <message>
        <source>Water supply</source>
        <translation>供水点</translation>
    </message>
    <message>
        <source>Casualty collection point</source>
        <translation>伤员集中点</translation>
    </message>
    <message>
        <source>Evacuation route</source>
        <translation>疏散路线</translation>
    </message>
    <message>
        <source>Assembly point or shelter</source>
        <translation>集合点／避难所</translation>
    </message>
    <message>
        <source>Road block</source>
        <translation>路障</translation>
    </message>
    <message>
        <source>Entry point</source>
        <translation>进入点</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>中性</translation>
    </message>
    <message>
        <source>Own forces</source>
        <translation>己方</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>危险</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Safe</source>
        <translation>安全</translation>
    </message>
</context>
<context>
    <name>SoundLabel</name>
    <message>
        <source>no sound</source>
        <translation>无音响</translation>
    </message>
    <message>
        <source>No sound device: alarm tones can not be heard.</source>
        <translation>没有音响设备：听不到报警声。</translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s) sounding</source>
        <translation>
            <numerusform>%n 条报警在响</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceFacts</name>
    <message>
        <source>{colour} · index {index}</source>
        <translation>{colour} · 指数 {index}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>自 {time}</translation>
    </message>
    <message>
        <source>nothing adds to the index</source>
        <translation>没有计入指数的因素</translation>
    </message>
    <message>
        <source>by its index {colour}; told when that has lasted</source>
        <translation>按指数应为{colour}，持续后变更</translation>
    </message>
    <message>
        <source>no normal course yet: it is trained after an hour of values</source>
        <translation>尚无常态模型：有一小时数据后自动训练</translation>
    </message>
    <message>
        <source>normal course {version}: {rows} rows, trained {time}</source>
        <translation>常态模型第 {version} 版：{rows} 行，{time} 训练</translation>
    </message>
    <message>
        <source>training asked for</source>
        <translation>已要求训练</translation>
    </message>
    <message>
        <source>not trained: {why}</source>
        <translation>未训练：{why}</translation>
    </message>
</context>
<context>
    <name>SourceTable</name>
    <message>
        <source>Filter hazard sources</source>
        <translation>筛选危险源</translation>
    </message>
    <message>
        <source>Name, pinyin, key or tag</source>
        <translation>名称、拼音、编号或测点</translation>
    </message>
    <message>
        <source>Hazard sources</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>全部测点</translation>
    </message>
    <message>
        <source>At no hazard source</source>
        <translation>不属于任何危险源</translation>
    </message>
    <message>
        <source>Hazard source</source>
        <translation>危险源</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) stale</source>
        <translation>
            <numerusform>%n 个测点数据过期</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesPane</name>
    <message numerus="yes">
        <source>%n in alarm</source>
        <translation>
            <numerusform>%n 个报警</numerusform>
        </translation>
    </message>
    <message>
        <source>Hazard sources</source>
        <translation>危险源</translation>
    </message>
</context>
<context>
    <name>StateLine</name>
    <message>
        <source>{from_time} to {to_time}</source>
        <translation>{from_time} 至 {to_time}</translation>
    </message>
    <message>
        <source>ends {time} ago</source>
        <translation>止于 {time} 前</translation>
    </message>
    <message>
        <source>faint: the day before, from {time}</source>
        <translation>淡色：前一天，自 {time}</translation>
    </message>
    <message>
        <source>faint: incident {number}, from {time}</source>
        <translation>淡色：事故 {number}，自 {time}</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>LIVE DATA</source>
        <translation>实时数据</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Not answered yet</source>
        <translation>尚未答复</translation>
    </message>
    <message>
        <source>nobody owes an answer</source>
        <translation>无人欠答复</translation>
    </message>
    <message>
        <source>no report clock running</source>
        <translation>没有计时中的报告</translation>
    </message>
    <message>
        <source>{who}: to sign, {left}</source>
        <translation>{who} 签收 {left}</translation>
    </message>
    <message>
        <source>{text} · ☎ no number</source>
        <translation>{text} · ☎ 无号码</translation>
    </message>
    <message>
        <source>{text} · now calling {person}</source>
        <translation>{text} · 正呼 {person}</translation>
    </message>
    <message>
        <source>{who}: feedback, {left}</source>
        <translation>{who} 反馈 {left}</translation>
    </message>
    <message>
        <source>{who}: callback of {person}, {left}</source>
        <translation>{who}：{person} 回话，{left}</translation>
    </message>
    <message>
        <source>{report}: {left} of {whole} · {source}</source>
        <translation>{report} {left} / {whole} · {source}</translation>
    </message>
</context>
<context>
    <name>TagTable</name>
    <message>
        <source>Tags</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Age and quality</source>
        <translation>时效与质量</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>stale since {time}</source>
        <translation>{time} 起过期</translation>
    </message>
    <message>
        <source>not in a replay</source>
        <translation>回放时不可用</translation>
    </message>
    <message>
        <source>no value yet</source>
        <translation>尚无数值</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>bad quality</source>
        <translation>质量坏</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>过期</translation>
    </message>
</context>
<context>
    <name>TagsPane</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n 个测点</numerusform>
        </translation>
    </message>
    <message>
        <source>Space puts a tag into the plot or takes it out</source>
        <translation>空格键将测点加入或移出曲线</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>测点</translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message>
        <source>No plan runs for this incident</source>
        <translation>该事件没有运行中的预案</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>not yet</source>
        <translation>未到</translation>
    </message>
</context>
<context>
    <name>TasksPane</name>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
</context>
<context>
    <name>TeamRow</name>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>crosses zone</source>
        <translation>穿越区域</translation>
    </message>
    <message>
        <source>no road known</source>
        <translation>无已知道路</translation>
    </message>
    <message>
        <source>partly able</source>
        <translation>部分满足</translation>
    </message>
</context>
<context>
    <name>ThreatNews</name>
    <message>
        <source>people to protect</source>
        <translation>保护目标</translation>
    </message>
    <message>
        <source>teams</source>
        <translation>队伍</translation>
    </message>
    <message>
        <source>staging of</source>
        <translation>集结点</translation>
    </message>
    <message>
        <source>route of</source>
        <translation>行进路线</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>标绘</translation>
    </message>
</context>
<context>
    <name>TimelinePane</name>
    <message>
        <source>Recorded</source>
        <translation>入库</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>已发生</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>What</source>
        <translation>情况</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
</context>
<context>
    <name>ToolStrip</name>
    <message>
        <source>Drawing tools</source>
        <translation>标绘工具</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>正式图</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>工作图</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Which map is shown (Shift+O)</source>
        <translation>显示哪张图（Shift+O）</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>战术符号</translation>
    </message>
    <message>
        <source>What can be undone</source>
        <translation>可撤销的步骤</translation>
    </message>
    <message>
        <source>Coordinates, radius or bearing</source>
        <translation>坐标、半径或方位</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>标绘</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{act}, undone</source>
        <translation>{act}（已撤销）</translation>
    </message>
    <message>
        <source>Nothing drawn by you yet</source>
        <translation>您尚未标绘</translation>
    </message>
    <message>
        <source>32.2015, 118.8020 · 300 m</source>
        <translation>32.2015, 118.8020 · 300 m</translation>
    </message>
    <message>
        <source>Type the words, then Enter</source>
        <translation>输入文字后按 Enter</translation>
    </message>
    <message>
        <source>radius bearing opening: 900 247 40</source>
        <translation>半径 方位 张角：900 247 40</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>nobody has the watch</source>
        <translation>无人值守</translation>
    </message>
    <message>
        <source>from the record</source>
        <translation>来自记录</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>gateway away</source>
        <translation>网关断开</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) stale</source>
        <translation>
            <numerusform>%n 个测点数据过期</numerusform>
        </translation>
    </message>
    <message>
        <source>in sync</source>
        <translation>已同步</translation>
    </message>
</context>
<context>
    <name>TrendActs</name>
    <message>
        <source>Pause / live</source>
        <translation>暂停/实时</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>回到实时</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>One span earlier</source>
        <translation>前一时段</translation>
    </message>
    <message>
        <source>One span later</source>
        <translation>后一时段</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Cursor back</source>
        <translation>光标后退</translation>
    </message>
    <message>
        <source>Cursor on</source>
        <translation>光标前进</translation>
    </message>
    <message>
        <source>Cursor a bit back</source>
        <translation>光标微退</translation>
    </message>
    <message>
        <source>Cursor a bit on</source>
        <translation>光标微进</translation>
    </message>
    <message>
        <source>Mark before</source>
        <translation>上一标记</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>下一标记</translation>
    </message>
    <message>
        <source>Hold cursor</source>
        <translation>固定光标</translation>
    </message>
    <message>
        <source>Take the cursors away</source>
        <translation>去掉光标</translation>
    </message>
</context>
<context>
    <name>TrendDress</name>
    <message>
        <source>uncertain</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>bad quality</source>
        <translation>质量坏</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
</context>
<context>
    <name>TrendExport</name>
    <message>
        <source>{from_time} to {to_time}</source>
        <translation>{from_time} 至 {to_time}</translation>
    </message>
    <message>
        <source>Thinned out: lowest, highest and last values are kept</source>
        <translation>已抽稀：保留最低、最高和最后的值</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>测点</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>可疑</translation>
    </message>
    <message>
        <source>bad quality</source>
        <translation>质量坏</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Export the trend</source>
        <translation>导出趋势</translation>
    </message>
</context>
<context>
    <name>TrendPage</name>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Next curve</source>
        <translation>下一曲线</translation>
    </message>
    <message>
        <source>Previous curve</source>
        <translation>上一曲线</translation>
    </message>
    <message>
        <source>All curves alike</source>
        <translation>各曲线同等显示</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出曲线</translation>
    </message>
    <message>
        <source>Day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>Last incident</source>
        <translation>上次事故</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面列表</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>导出 CSV</translation>
    </message>
    <message>
        <source>Export picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Withdraw the note</source>
        <translation>撤回备注</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
</context>
<context>
    <name>TrendPane</name>
    <message>
        <source>up to 30 min</source>
        <translation>至多 30 分钟</translation>
    </message>
    <message>
        <source>choose a situation, an alarm or a tag</source>
        <translation>请选择警情、报警或测点</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
</context>
<context>
    <name>TrendPlot</name>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>No tag chosen</source>
        <translation>未选择测点</translation>
    </message>
    <message>
        <source>Choose a situation, an alarm or a tag to see it.</source>
        <translation>选择警情、报警或测点以查看。</translation>
    </message>
</context>
<context>
    <name>UnitSheet</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>State of unit {unit}</source>
        <translation>装置 {unit} 的状态</translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s) are suppressed by design in these states.</source>
        <translation>
            <numerusform>在这些状态下按设计抑制 %n 条报警。</numerusform>
        </translation>
    </message>
    <message>
        <source>Alarms that guard lives never are.</source>
        <translation>保命报警从不抑制。</translation>
    </message>
    <message>
        <source>normal operation</source>
        <translation>正常运行</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>WallPage</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>only in alarm</source>
        <translation>仅报警中</translation>
    </message>
    <message>
        <source>only unacknowledged</source>
        <translation>仅未确认</translation>
    </message>
    <message>
        <source>only without data</source>
        <translation>仅无数据</translation>
    </message>
    <message>
        <source>page {page} of {pages}</source>
        <translation>第 {page} / {pages} 页</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>worst first</source>
        <translation>最差优先</translation>
    </message>
    <message>
        <source>{shown} of {all} sources</source>
        <translation>{shown} / {all} 个危险源</translation>
    </message>
    <message>
        <source>LIVE values, not of the replay</source>
        <translation>实时数值，不是回放时刻的</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>大屏</translation>
    </message>
    <message>
        <source>No hazard source here</source>
        <translation>这里没有危险源</translation>
    </message>
    <message>
        <source>No source with tags is in this filter; F changes it.</source>
        <translation>此筛选下没有带测点的危险源；按 F 更换筛选。</translation>
    </message>
    <message>
        <source>At no hazard source</source>
        <translation>不属于任何危险源</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next filter</source>
        <translation>换筛选</translation>
    </message>
    <message>
        <source>Worst first / by name</source>
        <translation>最差优先 / 按名称</translation>
    </message>
    <message>
        <source>Its faceplates</source>
        <translation>查看面板</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在图上</translation>
    </message>
    <message>
        <source>Source to the right</source>
        <translation>右侧危险源</translation>
    </message>
    <message>
        <source>Source to the left</source>
        <translation>左侧危险源</translation>
    </message>
    <message>
        <source>Source below</source>
        <translation>下方危险源</translation>
    </message>
    <message>
        <source>Source above</source>
        <translation>上方危险源</translation>
    </message>
</context>
<context>
    <name>WarningWords</name>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s), {priority}</source>
        <translation>
            <numerusform>%n 条报警（{priority}）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n early warning(s)</source>
        <translation>
            <numerusform>%n 条早期预警</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alarm(s) shelved, suppressed or out of service</source>
        <translation>
            <numerusform>%n 条报警被搁置、抑制或停用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) without data</source>
        <translation>
            <numerusform>%n 个测点无数据</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n interlock(s) bypassed</source>
        <translation>
            <numerusform>%n 处联锁旁路</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n special work permit(s) in force</source>
        <translation>
            <numerusform>%n 张特殊作业票生效</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden danger(s) open</source>
        <translation>
            <numerusform>%n 项隐患未整改</numerusform>
        </translation>
    </message>
    <message>
        <source>grade {grade} × {factor}</source>
        <translation>重大危险源{grade} × {factor}</translation>
    </message>
    <message>
        <source>red because an alarm stands that may kill</source>
        <translation>有危及生命的报警未消除，红色</translation>
    </message>
    <message>
        <source>orange at least because a critical alarm stands</source>
        <translation>有紧急报警未消除，至少橙色</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchKeeping</name>
    <message>
        <source>Handover document</source>
        <translation>交接班记录</translation>
    </message>
    <message>
        <source>Take the watch</source>
        <translation>接班值守</translation>
    </message>
</context>
<context>
    <name>WatchStation</name>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Open incident</source>
        <translation>启动事件</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在图上</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Next situation</source>
        <translation>下一个警情</translation>
    </message>
    <message>
        <source>Number dead</source>
        <translation>号码不通</translation>
    </message>
    <message>
        <source>Next enterprise above blue</source>
        <translation>下一家预警企业</translation>
    </message>
    <message>
        <source>Shelve / unshelve the alarm</source>
        <translation>搁置 / 取消搁置报警</translation>
    </message>
    <message>
        <source>Reset the latched alarm</source>
        <translation>复位锁存报警</translation>
    </message>
    <message>
        <source>Out of / into service</source>
        <translation>停用 / 投用报警</translation>
    </message>
    <message>
        <source>State of the unit</source>
        <translation>装置状态</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>新来电</translation>
    </message>
    <message>
        <source>Open incident from the call</source>
        <translation>由来电启动事件</translation>
    </message>
    <message>
        <source>Verification key {number}</source>
        <translation>核实键 {number}</translation>
    </message>
</context>
<context>
    <name>WhatIfSheet</name>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>B: sliders</source>
        <translation>B：滑块</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假如</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Keep B as A</source>
        <translation>把 B 留作 A</translation>
    </message>
    <message>
        <source>Draw B as a zone</source>
        <translation>把 B 画为区域</translation>
    </message>
    <message>
        <source>Two scenarios side by side</source>
        <translation>两个方案对比</translation>
    </message>
    <message>
        <source>No model's zone stands for this incident: enter a rate first.</source>
        <translation>该事件没有模型计算的影响区：请先输入泄漏速率。</translation>
    </message>
    <message>
        <source>It could not be computed: {reason}</source>
        <translation>无法计算：{reason}</translation>
    </message>
    <message>
        <source>Another zone stands by now: open this sheet again.</source>
        <translation>已有新的区域：请重新打开本表。</translation>
    </message>
    <message>
        <source>A preview: nothing is on record until B is drawn as a zone.</source>
        <translation>预览：把 B 画为区域之前，不记入日志。</translation>
    </message>
    <message>
        <source>A: zone on record</source>
        <translation>A：在册区域</translation>
    </message>
    <message>
        <source>A: kept</source>
        <translation>A：保留的方案</translation>
    </message>
    <message>
        <source>Places inside: A {one}, B {other}</source>
        <translation>区内保护目标：A {one} 处，B {other} 处</translation>
    </message>
    <message>
        <source>Only in A: {names}</source>
        <translation>仅在 A 内：{names}</translation>
    </message>
    <message>
        <source>Only in B: {names}</source>
        <translation>仅在 B 内：{names}</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>无处达到</translation>
    </message>
</context>
<context>
    <name>WhatIfSliders</name>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Hole</source>
        <translation>孔径</translation>
    </message>
    <message>
        <source>Wind from</source>
        <translation>来风方向</translation>
    </message>
    <message>
        <source>Wind speed</source>
        <translation>风速</translation>
    </message>
    <message>
        <source>Stability class</source>
        <translation>稳定度等级</translation>
    </message>
</context>
<context>
    <name>WindLabels</name>
    <message>
        <source>masts disagree</source>
        <translation>气象杆不一致</translation>
    </message>
    <message>
        <source>no wind observed</source>
        <translation>没有风的观测</translation>
    </message>
</context>
<context>
    <name>WithdrawSheet</name>
    <message>
        <source>Why it doesn't hold</source>
        <translation>撤回原因</translation>
    </message>
    <message>
        <source>Withdraw the note at the trend</source>
        <translation>撤回趋势备注</translation>
    </message>
</context>
<context>
    <name>Withdrawing</name>
    <message>
        <source>Withdraw zones</source>
        <translation>撤回区域</translation>
    </message>
    <message numerus="yes">
        <source>%n zone(s) out of date</source>
        <translation>
            <numerusform>%n 个区域已过时</numerusform>
        </translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>{days} d {rest}</source>
        <translation>{days} 天 {rest}</translation>
    </message>
    <message>
        <source>overdue {time}</source>
        <translation>超时 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>还剩 {time}</translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation>{n} 秒前</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>{n} 小时前</translation>
    </message>
    <message>
        <source>{arrow} {speed} m/s from {degrees}° · stability {stability}</source>
        <translation>{arrow} {speed} m/s 自 {degrees}° · 稳定度 {stability}</translation>
    </message>
    <message>
        <source>rule of thumb</source>
        <translation>经验距离</translation>
    </message>
    <message>
        <source>drawn by hand</source>
        <translation>人工划定</translation>
    </message>
    <message>
        <source>{model} (imported)</source>
        <translation>{model}（导入）</translation>
    </message>
    <message>
        <source>Dense gas (layer model)</source>
        <translation>重气（浅层模型）</translation>
    </message>
    <message>
        <source>Pool fire (solid flame)</source>
        <translation>池火（固体火焰模型）</translation>
    </message>
    <message>
        <source>Jet fire (point source)</source>
        <translation>喷射火（点源模型）</translation>
    </message>
    <message>
        <source>Fireball (BLEVE)</source>
        <translation>火球（沸腾液体扩展蒸气爆炸）</translation>
    </message>
    <message>
        <source>Blast (TNT equivalence)</source>
        <translation>爆炸（TNT 当量法）</translation>
    </message>
    <message>
        <source>Gaussian plume (ISC3)</source>
        <translation>高斯烟羽（ISC3）</translation>
    </message>
    <message>
        <source>{consequence}, {time} to respond</source>
        <translation>{consequence}，响应时间 {time}</translation>
    </message>
    <message>
        <source>{reason}; by the grid it would be {priority}</source>
        <translation>{reason}；按分级表应为“{priority}”</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>unack</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>acked</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>latched, unack</source>
        <translation>锁存未确认</translation>
    </message>
    <message>
        <source>to be reset</source>
        <translation>待复位</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>suppressed</source>
        <translation>抑制</translation>
    </message>
    <message>
        <source>out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>未签收</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>执行中</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>in hand</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>not verified</source>
        <translation>未核实</translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>核实中</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>real</source>
        <translation>属实</translation>
    </message>
    <message>
        <source>process upset</source>
        <translation>工艺波动</translation>
    </message>
    <message>
        <source>instrument fault</source>
        <translation>仪表故障</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>标定</translation>
    </message>
    <message>
        <source>permitted work</source>
        <translation>票证作业</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>待命</translation>
    </message>
    <message>
        <source>committed</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>unavailable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>First report</source>
        <translation>初报</translation>
    </message>
    <message>
        <source>Follow-up report</source>
        <translation>续报</translation>
    </message>
    <message>
        <source>Final report</source>
        <translation>终报</translation>
    </message>
    <message>
        <source>Supplementary report</source>
        <translation>补报</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>minor consequence</source>
        <translation>后果轻微</translation>
    </message>
    <message>
        <source>moderate consequence</source>
        <translation>后果中等</translation>
    </message>
    <message>
        <source>major consequence</source>
        <translation>后果严重</translation>
    </message>
    <message>
        <source>severe consequence</source>
        <translation>后果特别严重</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>实战 LIVE</translation>
    </message>
    <message>
        <source>DRILL</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>DEMONSTRATION</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>回放</translation>
    </message>
</context>
<context>
    <name>ZoneFileSheet</name>
    <message>
        <source>Import a threat zone</source>
        <translation>导入威胁区</translation>
    </message>
    <message>
        <source>{file} · {program} · {count} outlines</source>
        <translation>{file} · {program} · {count} 个轮廓</translation>
    </message>
    <message>
        <source>The file says nothing else.</source>
        <translation>文件中没有其他说明。</translation>
    </message>
    <message>
        <source>which level?</source>
        <translation>哪一级？</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Draw as a zone</source>
        <translation>划定为区域</translation>
    </message>
    <message>
        <source>{name} · how far the wind may turn it</source>
        <translation>{name} · 风向可能偏转的范围</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>计算中…</translation>
    </message>
    <message>
        <source>The file doesn't tell every level: choose it, or leave it out.</source>
        <translation>文件未说明每个轮廓的级别：请选择级别，或略去。</translation>
    </message>
    <message>
        <source>This can be no zone: {reason}</source>
        <translation>不能划定为区域：{reason}</translation>
    </message>
</context>
<context>
    <name>_LineSheet</name>
    <message>
        <source>Put on record</source>
        <translation>记入日志</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>{from_time} to {to_time}</source>
        <translation>{from_time} 至 {to_time}</translation>
    </message>
</context>
<context>
    <name>_NoticeRow</name>
    <message>
        <source>Close notice</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>_RollCallRow</name>
    <message>
        <source>present</source>
        <translation>实到</translation>
    </message>
    <message>
        <source>All accounted for</source>
        <translation>人数已齐</translation>
    </message>
</context>
</TS>
