---@meta polder
-- Types of the plugin API, version 1, for editors that read LuaLS annotations, and its reference. A test compares this
-- file with the live API: every function, field and option is here, and nothing else.
-- luacheck: ignore 212 241 631 (parameters are only named here; a field's type and sentence share a line)

---@class polder
---@field api integer the version of this API, a whole number
---@field version string the version of Polder, a text
---@field null userdata no value: polder.put(id, { field = polder.null }) takes the field away
---@field settings table<string, any> the plugin's settings, read-only
local polder = {}

---A text for both languages, or one for each.
---@alias polder.Title string|{nl: string, en: string}

---A list of texts is list and set in one: `#list`, `ipairs(list)`, `list.maritime`. Read-only.
---@alias polder.List table<integer|string, any>

---A record as a rule sees it: the fields that it needs, read-only. An absent field is nil; an absent field of many is an empty list.
---@alias polder.Record table<string, any>

---What a rule is given beside its records. Read-only.
---@class polder.Context
---@field settings table<string, any> the plugin's settings
---@field today string the day of the run, "2026-11-24"
---@field text fun(query: string?, document: string?): number how alike two texts are, 0 to 1; each of at most 16 MiB

---@class polder.FieldOptions
---@field name string "delivery_days"
---@field type "text"|"integer"|"decimal"|"boolean"|"date"|"time"|"money"|"url"|"email"|"term"|"reference"|"place" what its values are
---@field title? polder.Title what people read; the name when left out
---@field required? boolean a record without it is refused
---@field unique? boolean no two records have the same
---@field personal? boolean about a person: can be forgotten
---@field many? boolean a list of values
---@field kind? string of the records a reference points at
---@field terms? polder.TermOptions[] what a term can be
---@field open? boolean terms outside the list are kept, and told of
---@field minimum? number of integer, decimal and money
---@field maximum? number of integer, decimal and money
---@field unit? string "days"; of money its only currency: "EUR"; reasons write a "year" without points

---@class polder.TermOptions
---@field name string as records hold it
---@field nl? string in Dutch
---@field en? string in English
---@field parent? string the name of the wider term

---@class polder.KindOptions
---@field name string "solution": the first half of its records' ids
---@field title? polder.Title what people read; the name when left out
---@field fields polder.FieldOptions[] list of fields

---@class polder.RuleOptions
---@field name string "min-trl"; other plugins say "plugin/min-trl"
---@field title? polder.Title what people read; the name when left out
---@field on? "solution"|"demand"|"pair" what it is called for; of a measure, its fields tell
---@field max? number most points of a score; none for a gate
---@field needs? {solution?: string[], demand?: string[]} the fields it reads; it gets no others; of a measure, it names them
---@field score? fun(...): number?, string? returns points and a reason, or nil and a reason
---@field gate? polder.Measure|fun(...): boolean, string? in place of score: returns true or false and a reason; or a measure, passed above 0
---@field measure? polder.Measure in place of score: its share of max is the points
---@field reason? string|polder.Reasons of a measure: what people read, with {value} and the like in it, or outcome to text

---What polder.overlap and the like make. A rule whose needs cover the measure's fields calls it: `local share, reason = fit(solution, demand)`,
---with one record where it looks at one side: `fit(solution)`. The share is from 0 to 1, or nil: not applicable.
---@class polder.Measure
---@overload fun(solution_or_demand: polder.Record, demand?: polder.Record): number?, string

---"solution.NAME" or "demand.NAME"; "solution.price.amount" is one entry of a field that holds a table.
---@alias polder.Field string

---What people read, by outcome of a measure. Within braces: asked, found, terms, missing, value, other, km, days, share, title.
---@class polder.Reasons
---@field full? string the share is 1
---@field part? string the share lies between
---@field none? string the share is 0
---@field absent_demand? string the demand says nothing about it
---@field absent_solution? string the solution says nothing about it
---@field unlike? string the two can't be compared: other currencies
---@field past? string of dates: the second lies before the first, by so many {days}

---@class polder.OverlapOptions
---@field as? "share"|"jaccard" of all asked, or of all that either names
---@field weights? table<string, number> term to weight; 1 when left out
---@field parents? table<string, string> term to wider term: a narrower one answers whole
---@field wider? number how far a wider term answers; 0 when left out
---@field titles? table<string, string> term to what people read
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.TreeOptions
---@field parents? table<string, string> term to wider term
---@field codes? "cpv"|"nuts" in place of parents: the codes tell it themselves
---@field titles? table<string, string> term to what people read
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.NumberOptions
---@field at_least? polder.Field|number 1 from this field or number on, else 0
---@field at_most? polder.Field|number 1 up to this field or number, else 0
---@field between? (polder.Field|number)[] 1 from the first to the second of these two, else 0
---@field of? "value"|"difference"|"ratio"|"distance" what the shape is over: a, a - with, a / with, or how far they are apart
---@field with? polder.Field|number the other field or number
---@field curve? number[][] points { x, share }, straight between them; x is what `of` says
---@field full? number the share is 1 up to here
---@field zero? number with full: the share falls to 0 here; below full it turns round
---@field half? number with full: the share is 0.5 here, 0.25 twice as far; below full it turns round
---@field inverse? boolean with full: above it the share is full / x
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.PlaceOptions
---@field same? polder.Field[] two fields: when they are equal the share is 1, wherever the places are
---@field curve? number[][] points { x, share }, straight between them; x is kilometres
---@field full? number the share is 1 up to here
---@field zero? number with full: the share falls to 0 here; below full it turns round
---@field half? number with full: the share is 0.5 here, 0.25 twice as far; below full it turns round
---@field inverse? boolean with full: above it the share is full / x
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.TextOptions
---@field full? number the likeness that gives share 1; 1 when left out
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.DatesOptions
---@field curve? number[][] points { x, share }, straight between them; x is days
---@field full? number the share is 1 up to here
---@field zero? number with full: the share falls to 0 here; below full it turns round
---@field half? number with full: the share is 0.5 here, 0.25 twice as far; below full it turns round
---@field inverse? boolean with full: above it the share is full / x
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.ValueOptions
---@field map? table<string, number> term to share; of a list the best counts
---@field other? number with map: the share of other terms; 0 when left out
---@field prefix? boolean with map: or of what begins with it, the longest first: NL342 in NL34
---@field titles? table<string, string> with map: term to what people read
---@field length? number a text of this many characters gives 1
---@field present? boolean 1 when there is a value, else 0
---@field curve? number[][] points { x, share }, straight between them; x is the value
---@field full? number the share is 1 up to here
---@field zero? number with full: the share falls to 0 here; below full it turns round
---@field half? number with full: the share is 0.5 here, 0.25 twice as far; below full it turns round
---@field inverse? boolean with full: above it the share is full / x
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.MemberOptions
---@field prefix? boolean or what begins with one of these: NL342 in NL34
---@field without? {solution?: number, demand?: number} the share when that side's field is absent

---@class polder.ScorecardOptions
---@field name string "zeeland"
---@field title? polder.Title what people read; the name when left out
---@field extends? string the scorecard whose gates and rules it takes over
---@field gates? string[] gates that a pair must pass, added to those
---@field rules? table<string, number> rule to weight; 0 drops an inherited rule

---One event of the log, as a handler gets it.
---@class polder.Event
---@field seq integer its place in the log
---@field time string "2026-02-23T13:05:09.120Z"
---@field actor string who did it: "cli:anna", "plugin:zeeland"
---@field type string "record.changed"
---@field subject string what it is about: a record's id
---@field kind? string of that record
---@field data table what happened: {version, fields, claims} for a record; `cause` is the event that woke the handler that did it, `handler` its full name

---One event of the log, as polder.events gives it.
---@class polder.LoggedEvent: polder.Event
---@field by string who set it going: the actor of the first event in the chain of its causes, "cli:anna"

---A change that is not kept yet, as a check gets it. A record is {id, kind, …fields}.
---@class polder.Change
---@field id string
---@field kind string
---@field before? table the record as it is; nil when it is new
---@field after? table the record as it would be; nil when it would be deleted
---@field source? string id of the source that states it

---@class polder.HandlerOptions
---@field name string "warn-buyer"; its place in the log is kept under "plugin/warn-buyer"
---@field title? polder.Title what people read; the name when left out
---@field event string types of events that wake it: "record.*"
---@field kind? string only events about records of this kind
---@field after? string[] handlers that get each event before it: "partnership/*"
---@field handler fun(event: polder.Event, ctx: polder.ActingContext) acts on one event; what it writes is kept when it returns

---@class polder.CheckOptions
---@field name string "buyer-known"
---@field title? polder.Title what people read; the name when left out
---@field kind string of the records that it guards
---@field check fun(change: polder.Change, ctx: polder.CheckContext): boolean, string? returns true, or false and the reason

---@class polder.CommandOptions
---@field name string "plan": for `polder PLUGIN plan`
---@field title? polder.Title what it does, in a phrase; the name when left out
---@field help? polder.Title the same in sentences
---@field example? string a command line that works
---@field args? polder.ArgOptions[] list of arguments, in the order in which they may be typed
---@field output? boolean true: it isn't run without -o DIR, for its files can't be made again
---@field run fun(args: table<string, any>, ctx: polder.CommandContext): table?, string?, polder.Refusal? does it; what it writes is kept when it returns, what it returns is shown

---@class polder.ArgOptions
---@field name string "event": typed as event=… or in its place
---@field type? "text"|"integer"|"number"|"boolean"|"date"|"choice"|"record" what is typed is read as; text when left out
---@field title? polder.Title what people read; the name when left out
---@field required? boolean the command is not run without it
---@field default? any as if typed
---@field many? boolean may be given more than once; a list
---@field choices? string[] of a choice
---@field kind? string of a record: the first half of its id
---@field minimum? number of integer and number
---@field maximum? number of integer and number

---With which exit code a command says no: 3, 4, 5, 2, 1.
---@alias polder.Refusal "bad_data"|"not_found"|"not_allowed"|"usage"|"partial"

---What a handler or a check is given; commands and reports have more. Read-only.
---@class polder.ActingContext: polder.Context
---@field now string the time by the host's clock, "2026-11-24T10:00:00.000Z"

---What a check is given beside the change. Read-only.
---@class polder.CheckContext: polder.ActingContext
---@field lang "nl"|"en" the language of whoever makes the change: for the reason, never for the answer
---@field say fun(nl: any, en: any): any the one of the two in that language

---What a command is given beside its arguments. Read-only; `today` follows --today, `now` doesn't.
---@class polder.CommandContext: polder.ActingContext
---@field secret string 64 hex digits of the system's randomness, others each time; Polder keeps them nowhere
---@field lang "nl"|"en" the language of whoever gave the command
---@field say fun(nl: any, en: any): any the one of the two in that language
---@field print fun(...) a line for whoever gave the command
---@field progress fun(done: number, of: number) how far it is

---@class polder.MatchOptions
---@field scorecard string "zeeland"
---@field demands? string[] ids; all when left out
---@field top? number ranked solutions for each demand; 10 when left out
---@field today? string the day that rules reckon from; ctx.today when left out
---@field keep? boolean false: the run is not stored, and has no id
---@field by? "solution" "solution": also `solutions`, each with the demand that it fits best

---@class polder.ExplainOptions
---@field scorecard? string "zeeland": the pair as it is now
---@field run? string "run/…" in its place: the pair as it was in that match
---@field demand string its id
---@field solution string its id
---@field today? string the day that rules reckon from; ctx.today when left out
---@field what_if? boolean true: also `changes`, the smallest of each field that gains a rank, and `untried`

---@class polder.ReportOptions
---@field name string "council": `polder report council`
---@field title? polder.Title what people read; the name when left out
---@field formats? ("md"|"html"|"csv"|"json")[] those it is good in, the usual one first: md, html, csv, json; all when left out
---@field lang? "nl"|"en" the only language it is written in; both when left out
---@field args? polder.ArgOptions[] list of arguments, in the order in which they may be typed
---@field write fun(report: polder.Report, args: table<string, any>, ctx: polder.ReportContext) writes the report

---What a report is given beside its arguments. Read-only.
---@class polder.ReportContext: polder.ActingContext
---@field lang "nl"|"en" the language that the reader asked for
---@field say fun(nl: any, en: any): any the one of the two in that language

---A text, or a list of pieces: texts, numbers, and what report:link, strong, date, money, number and percentage give.
---@alias polder.Text string|table

---How a column, a key number or a figure shows its values. "text" in a table when left out, "number" elsewhere.
---@alias polder.CellType "text"|"number"|"money"|"date"|"time"|"percentage"|"boolean"

---@class polder.Column
---@field name string its cells' name in each row
---@field title? string what people read; the name when left out
---@field type? polder.CellType
---@field unit? string "km", behind each number
---@field decimals? integer 0 to 9

---The writer of a report. Every method adds one block; a mistake is an error that names the line.
---@class polder.Report
---@field title fun(self: polder.Report, text: string, subtitle?: string) over the report, in place of its own title
---@field section fun(self: polder.Report, title: string, level?: integer) a heading, level 1 to 3
---@field text fun(self: polder.Report, ...: polder.Text) a paragraph of one or more pieces
---@field note fun(self: polder.Report, ...: polder.Text) a paragraph that stands out
---@field list fun(self: polder.Report, items: polder.Text[], options?: {ordered?: boolean})
---@field table fun(self: polder.Report, table: {caption: string, columns: polder.Column[], rows: table<string, any>[], total?: table<string, any>, note?: polder.Text})
---@field numbers fun(self: polder.Report, items: {title: string, value?: any, type?: polder.CellType, unit?: string, decimals?: integer, note?: polder.Text}[]) key numbers
---@field bars fun(self: polder.Report, figure: {caption: string, label?: string, measure?: string, type?: polder.CellType, unit?: string, decimals?: integer, items: {title: string, value?: any}[]})
---@field lines fun(self: polder.Report, figure: {caption: string, label?: string, type?: polder.CellType, unit?: string, decimals?: integer, x: string[], series: {title: string, values: table}[]}) `values` in the order of x, or by its texts
---@field map fun(self: polder.Report, figure: {caption: string, label?: string, measure?: string, type?: polder.CellType, unit?: string, decimals?: integer, outlines?: {title: string, rings: number[][][], value?: any}[], points?: {title: string, lon: number, lat: number, value?: any}[]})
---@field network fun(self: polder.Report, figure: {caption: string, nodes: {id: string, title: string, group?: string, x?: number, y?: number}[], links: {from: string, to: string, title?: string}[]}) in a column for each group, or at x and y from 0 to 1
---@field sources fun(self: polder.Report, items: {title: string, url?: string, publisher?: string, date?: string, reliability?: string, note?: string}[])
---@field page fun(self: polder.Report) what follows begins on a new page when printed
---@field link fun(self: polder.Report, text: string, url: string): table a piece of text
---@field strong fun(self: polder.Report, text: string): table
---@field said fun(self: polder.Report, text: string, lang: "nl"|"en"): table a text in another language than the report
---@field date fun(self: polder.Report, day?: string): table
---@field money fun(self: polder.Report, amount?: any, decimals?: integer): table
---@field number fun(self: polder.Report, number?: number, decimals?: integer, unit?: string): table
---@field percentage fun(self: polder.Report, share?: number, decimals?: integer): table 0.25 is 25%

---A run that was kept. `inputs` only of the sorts that "runs" in plugin.json lists, without plugins and their settings: of a match
---{scorecard, demands, today, top, …}, and no demands means all; of a report {report, args, lang, …}.
---@class polder.Run
---@field id string
---@field what string "match", "report"
---@field time string when it was made, "2026-02-23T13:05:09.120Z"
---@field log integer the position in the log that it read at
---@field inputs? table what it was asked

---@class polder.QueryOptions
---@field kind string of the records
---@field where? string "trl >= 6 and region == 'NL34'"; all when left out
---@field order? string a field, "-field" for falling; by id when left out
---@field limit? number|"all" at most 10000, or "all"; more than 1000 without a limit is an error

---@class polder.EachOptions
---@field kind string of the records
---@field where? string "trl >= 6 and region == 'NL34'"; all when left out
---@field order? string a field, "-field" for falling; by id when left out, which is fastest
---@field fields? string[] only these, beside id, kind and version; all when left out

---@class polder.EventsOptions
---@field about string|string[] id of the record that they are about, or a list of ids
---@field type? string "record.*"; all when left out
---@field limit? number the oldest so many; all when left out

---@class polder.Stated
---@field source? string id of the source that states this; else the plugin's own word, of grade C
---@field place? string where in the source

---Declares a kind of records and its fields.
---@param options polder.KindOptions
function polder.kind(options) end

---Declares a rule that scores, or a gate that says yes or no. With on = "pair" it is called as `score(solution, demand, ctx)`, with
---on = "solution" as `score(solution, ctx)`, with on = "demand" as `score(demand, ctx)`.
---@param options polder.RuleOptions
function polder.rule(options) end

---Declares a choice of gates, and of rules with weights.
---@param options polder.ScorecardOptions
function polder.scorecard(options) end

---Declares a report, which `polder report NAME` writes. It reads records and writes blocks; the host gives them their form.
---@param options polder.ReportOptions
function polder.report(options) end

---Declares a handler: after an event is kept it acts on it, exactly once. What it writes and its place in the log are kept together.
---@param options polder.HandlerOptions
function polder.on(options) end

---Declares a check: before a change of a record is kept it may refuse it. One that fails refuses too.
---@param options polder.CheckOptions
function polder.check(options) end

---A measure: how far the terms of `a` (what is asked) are answered by those of `b`.
---@param a polder.Field
---@param b polder.Field
---@param options? polder.OverlapOptions
---@return polder.Measure
function polder.overlap(a, b, options) end

---A measure: how near the terms of `a` lie to those of `b` in a tree (Wu and Palmer 1994), the mean over those of `a`.
---@param a polder.Field
---@param b polder.Field
---@param options polder.TreeOptions
---@return polder.Measure
function polder.tree(a, b, options) end

---A measure: a number (or money) held against a limit, or a quantity made of it, through a shape.
---@param a polder.Field
---@param options polder.NumberOptions
---@return polder.Measure
function polder.number(a, options) end

---A measure: kilometres between two places, through a shape.
---@param a polder.Field
---@param b polder.Field
---@param options polder.PlaceOptions
---@return polder.Measure
function polder.place(a, b, options) end

---A measure: how alike texts are, as ctx.text is, over more fields at once.
---@param query polder.Field|polder.Field[]|table<polder.Field, number> of the demand
---@param document polder.Field|polder.Field[]|table<polder.Field, number> of the solution
---@param options? polder.TextOptions
---@return polder.Measure
function polder.text(query, document, options) end

---A measure: the days from `a` to `b` through a shape; of two windows, without a shape, the part of `a` that `b` covers.
---@param a polder.Field|"today"|polder.Field[]
---@param b polder.Field|"today"|polder.Field[]
---@param options? polder.DatesOptions
---@return polder.Measure
function polder.dates(a, b, options) end

---A measure: one field of one record, through a table or a shape.
---@param a polder.Field
---@param options polder.ValueOptions
---@return polder.Measure
function polder.value(a, options) end

---A measure: 1 when `a` is one of `b`, else 0.
---@param a polder.Field
---@param b polder.Field
---@param options? polder.MemberOptions
---@return polder.Measure
function polder.member(a, b, options) end

---Declares a command for people: `polder PLUGIN NAME [ARGUMENT=VALUE…]`. It may get, query, put, emit and match; all that it writes is
---kept in one transaction when `run` returns. It returns a table that is shown ({lines, columns, rows}; `files`, name to text, go to -o DIR), or
---nil and the reason why not: then nothing is kept.
---@param options polder.CommandOptions
function polder.command(options) end

---One record {id, kind, version, …fields}; nil when there is none. In handlers and commands, with what they have put laid over it, and in checks.
---@param id string
---@return table? record
function polder.get(id) end

---A list of records. In handlers and commands, with what they have put, and in checks.
---@param options polder.QueryOptions
---@return table[] records
function polder.query(options) end

---All records there are, one by one: `for record in polder.each { kind = "solution" } do`. However many there are, they come in pages, and
---those that you don't keep cost no memory. What is put meanwhile, or changed by others, may or may not be among them; none comes twice
---when they come by id. Where polder.query works.
---@param options polder.EachOptions
---@return fun(): table? next the next record; nil behind the last
function polder.each(options) end

---What is kept of a run as an execution: when, by which command, what it was asked; never what it gave. In handlers, commands, checks and
---reports, where plugin.json asks for it: "runs": ["match"].
---@param id string "run/…" as the run was told
---@return polder.Run? run nil when there is none of that id
function polder.run(id) end

---What the log has about one record, or about some, of kinds that the plugin may read, oldest first. In handlers, commands, checks and reports.
---@param options polder.EventsOptions
---@return polder.LoggedEvent[] events
function polder.events(options) end

---Makes or changes a record when the handler or command has ended. In these only.
---@param id string
---@param fields table<string, any>
---@param stated? polder.Stated
function polder.put(id, fields, stated) end

---Adds an event to the log when the handler or command has ended. In these only.
---@param type string "zeeland.overdue"
---@param data? table
---@param subject? string what it is about: a record's id, or a name without blanks; the plugin's name when left out
function polder.emit(type, data, subject) end

---Ranks solutions for demands by a scorecard: the document of `polder match --json`. In commands and reports, where plugin.json asks for it: "match": true.
---@param options polder.MatchOptions
---@return table match {run, scorecard, title, today, failed_rules, demands}; without run where none is kept; by solution also solutions: id → {demand, rank, score}
function polder.match(options) end

---Why a solution has its score for a demand: the document of `polder explain --json`. In commands and reports, where plugin.json asks for it:
---"match": true, and to read records of both kinds; for a run also "runs": ["match"].
---@param options polder.ExplainOptions
---@return table explained {scorecard, title, today, demand, solution, score, coverage, gates, rules, failed_rules}; counted where texts were counted as of an earlier event; of a run also run, rank, log and log_moved. Of each gate and rule title, matched (of a measure, what it found: terms, missing, sentence) and fields: {field, type, title, value, terms, sources, claims}
function polder.explain(options) end

---Writes a line to the log.
---@param text any
function polder.log(text) end

---The SHA-256 of a text, as sha256sum prints it.
---@param text string
---@return string digest 64 hex digits
function polder.digest(text) end

---Marks a table as a list, so that an empty one is an empty list.
---@generic T: table
---@param t? T
---@return T
function polder.list(t) end

---@class polder.Given
---@field solution? table
---@field demand? table
---@field settings? table<string, any> over the plugin's own
---@field today? string "2026-11-24"

---What `require "polder.test"` gives a plugin's test.lua.
---@class polder.test
local test = {}

---Runs a case now; one that fails is noted with its line, and the next one runs.
---@param name string a sentence about behaviour
---@param body fun()
function test.case(name, body) end

---Runs a rule or gate of this plugin as a match would: only the fields that it needs, points between 0 and max, or it fails.
---@param name string
---@param given polder.Given
---@return number|boolean|nil outcome
---@return string? reason
function test.rule(name, given) end

---Cases of a rule or gate, one a row: what it is about, what it is given, the points (nil: it does not apply), a pattern of the reason.
---@param name string
---@param cases { [1]: string, [2]: polder.Given, [3]: number|boolean|nil, [4]: string? }[]
function test.outcomes(name, cases) end

---Calls a handler as the host does, and gives what it did, in order: {put=id, fields=, removed= (names of fields that were
---taken away), source=} or {emit=type, data=, subject=}. polder.get, query and each are answered from `records` (id → fields);
---what one with a `where` finds is said by `found`, a list of ids; polder.run is answered from `runs` (id → {what, inputs}), polder.events from `events`.
---@param name string
---@param given { event: table, records: table<string, table>?, found: string[]?, runs: table<string, table>?, events: table[]?, settings: table?, today: string?, now: string? }
---@return table[] done
function test.handler(name, given) end

---Calls a check as the host does before a change of the record `id`.
---@param name string
---@param given { id: string, before: table?, after: table?, source: string?, records: table<string, table>?, found: string[]?, runs: table<string, table>?, events: table[]?, settings: table?, today: string?, now: string?, lang: string? }
---@return boolean allowed
---@return string? reason
function test.check(name, given) end

---@param got any
---@param expected any tables are compared by what is in them
---@param why? string
function test.equal(got, expected, why) end

---@param got number
---@param expected number
---@param within? number 1e-9 when left out
function test.near(got, expected, within) end

---@param got string
---@param pattern string
function test.match(got, pattern) end

---@param got any
function test.is_nil(got) end

---@param condition any
---@param why? string
function test.ok(condition, why) end

---@param body fun()
---@param pattern? string of the error's text
function test.fails(body, pattern) end

return polder
