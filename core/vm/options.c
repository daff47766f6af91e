#include "vm/options.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "vm/measure_options.h"

enum { MAX_ROWS = 24, MAX_SHOWN = 48 };

#define FIELD_TYPES "text integer decimal boolean date time money url email term reference place"

const option_row OPTIONS_KIND[] = {
    {"name", OPTION_NAME, true, NULL, "\"solution\": the first half of its records' ids"},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"fields", OPTION_FIELDS, true, NULL, "list of fields"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_FIELD[] = {
    {"name", OPTION_FIELD_NAME, true, NULL, "\"delivery_days\""},
    {"type", OPTION_CHOICE, true, FIELD_TYPES, "what its values are"},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"required", OPTION_FLAG, false, NULL, "a record without it is refused"},
    {"unique", OPTION_FLAG, false, NULL, "no two records have the same"},
    {"personal", OPTION_FLAG, false, NULL, "about a person: can be forgotten"},
    {"many", OPTION_FLAG, false, NULL, "a list of values"},
    {"kind", OPTION_NAME, false, NULL, "of the records a reference points at"},
    {"terms", OPTION_TERMS, false, NULL, "what a term can be"},
    {"open", OPTION_FLAG, false, NULL, "terms outside the list are kept, and told of"},
    {"minimum", OPTION_NUMBER, false, NULL, "of integer, decimal and money"},
    {"maximum", OPTION_NUMBER, false, NULL, "of integer, decimal and money"},
    {"unit", OPTION_TEXT, false, NULL,
     "\"days\"; of money its only currency: \"EUR\"; reasons write a \"year\" without points"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_TERM[] = {
    {"name", OPTION_TEXT, true, NULL, "as records hold it"},
    {"nl", OPTION_TEXT, false, NULL, "in Dutch"},
    {"en", OPTION_TEXT, false, NULL, "in English"},
    {"parent", OPTION_TEXT, false, NULL, "the name of the wider term"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_RULE[] = {
    {"name", OPTION_NAME, true, NULL, "\"min-trl\"; other plugins say \"plugin/min-trl\""},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"on", OPTION_CHOICE, false, "solution demand pair",
     "what it is called for; of a measure, its fields tell"},
    {"max", OPTION_POSITIVE, false, NULL, "most points of a score; none for a gate"},
    {"needs", OPTION_NEEDS, false, NULL,
     "the fields it reads; it gets no others; of a measure, it names them"},
    {"score", OPTION_FUNCTION, false, NULL, "returns points and a reason, or nil and a reason"},
    {"gate", OPTION_GATE, false, NULL,
     "in place of score: returns true or false and a reason; or a measure, passed above 0"},
    {"measure", OPTION_MEASURE, false, NULL, "in place of score: its share of max is the points"},
    {"reason", OPTION_REASON, false, NULL,
     "of a measure: what people read, with {value} and the like in it, or outcome to text"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_SCORECARD[] = {
    {"name", OPTION_NAME, true, NULL, "\"zeeland\""},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"extends", OPTION_FULL_NAME, false, NULL, "the scorecard whose gates and rules it takes over"},
    {"gates", OPTION_FULL_NAMES, false, NULL, "gates that a pair must pass, added to those"},
    {"rules", OPTION_WEIGHTS, false, NULL, "rule to weight; 0 drops an inherited rule"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_HANDLER[] = {
    {"name", OPTION_NAME, true, NULL,
     "\"warn-buyer\"; its place in the log is kept under \"plugin/warn-buyer\""},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"event", OPTION_GLOB, true, NULL, "types of events that wake it: \"record.*\""},
    {"kind", OPTION_NAME, false, NULL, "only events about records of this kind"},
    {"after", OPTION_GLOBS, false, NULL,
     "handlers that get each event before it: \"partnership/*\""},
    {"handler", OPTION_FUNCTION, true, NULL,
     "acts on one event; what it writes is kept when it returns"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_CHECK[] = {
    {"name", OPTION_NAME, true, NULL, "\"buyer-known\""},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"kind", OPTION_NAME, true, NULL, "of the records that it guards"},
    {"check", OPTION_FUNCTION, true, NULL, "returns true, or false and the reason"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_COMMAND[] = {
    {"name", OPTION_NAME, true, NULL, "\"plan\": for `polder PLUGIN plan`"},
    {"title", OPTION_TITLE, false, NULL, "what it does, in a phrase; the name when left out"},
    {"help", OPTION_TITLE, false, NULL, "the same in sentences"},
    {"example", OPTION_TEXT, false, NULL, "a command line that works"},
    {"args", OPTION_ARGS, false, NULL,
     "list of arguments, in the order in which they may be typed"},
    {"output", OPTION_FLAG, false, NULL,
     "true: it isn't run without -o DIR, for its files can't be made again"},
    {"run", OPTION_FUNCTION, true, NULL,
     "does it; what it writes is kept when it returns, what it returns is shown"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_REPORT[] = {
    {"name", OPTION_NAME, true, NULL, "\"council\": `polder report council`"},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"formats", OPTION_FORMATS, false, NULL,
     "those it is good in, the usual one first: md, html, csv, json; all when left out"},
    {"lang", OPTION_CHOICE, false, "nl en",
     "the only language it is written in; both when left out"},
    {"args", OPTION_ARGS, false, NULL,
     "list of arguments, in the order in which they may be typed"},
    {"write", OPTION_FUNCTION, true, NULL, "writes the report"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_ARG[] = {
    {"name", OPTION_WORD, true, NULL, "\"event\": typed as event=… or in its place"},
    {"type", OPTION_CHOICE, false, "text integer number boolean date choice record",
     "what is typed is read as; text when left out"},
    {"title", OPTION_TITLE, false, NULL, "what people read; the name when left out"},
    {"required", OPTION_FLAG, false, NULL, "the command is not run without it"},
    {"default", OPTION_ANY, false, NULL, "as if typed"},
    {"many", OPTION_FLAG, false, NULL, "may be given more than once; a list"},
    {"choices", OPTION_TEXTS, false, NULL, "of a choice"},
    {"kind", OPTION_NAME, false, NULL, "of a record: the first half of its id"},
    {"minimum", OPTION_NUMBER, false, NULL, "of integer and number"},
    {"maximum", OPTION_NUMBER, false, NULL, "of integer and number"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_MATCH[] = {
    {"scorecard", OPTION_FULL_NAME, true, NULL, "\"zeeland\""},
    {"demands", OPTION_TEXTS, false, NULL, "ids; all when left out"},
    {"top", OPTION_POSITIVE, false, NULL, "ranked solutions for each demand; 10 when left out"},
    {"today", OPTION_TEXT, false, NULL, "the day that rules reckon from; ctx.today when left out"},
    {"keep", OPTION_FLAG, false, NULL, "false: the run is not stored, and has no id"},
    {"by", OPTION_CHOICE, false, "solution",
     "\"solution\": also `solutions`, each with the demand that it fits best"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_EXPLAIN[] = {
    {"scorecard", OPTION_FULL_NAME, false, NULL, "\"zeeland\": the pair as it is now"},
    {"run", OPTION_TEXT, false, NULL, "\"run/…\" in its place: the pair as it was in that match"},
    {"demand", OPTION_TEXT, true, NULL, "its id"},
    {"solution", OPTION_TEXT, true, NULL, "its id"},
    {"today", OPTION_TEXT, false, NULL, "the day that rules reckon from; ctx.today when left out"},
    {"what_if", OPTION_FLAG, false, NULL,
     "true: also `changes`, the smallest of each field that gains a rank, and `untried`"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_QUERY[] = {
    {"kind", OPTION_NAME, true, NULL, "of the records"},
    {"where", OPTION_TEXT, false, NULL, "\"trl >= 6 and region == 'NL34'\"; all when left out"},
    {"order", OPTION_TEXT, false, NULL, "a field, \"-field\" for falling; by id when left out"},
    {"limit", OPTION_LIMIT, false, NULL,
     "at most 10000, or \"all\"; more than 1000 without a limit is an error"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_EACH[] = {
    {"kind", OPTION_NAME, true, NULL, "of the records"},
    {"where", OPTION_TEXT, false, NULL, "\"trl >= 6 and region == 'NL34'\"; all when left out"},
    {"order", OPTION_TEXT, false, NULL,
     "a field, \"-field\" for falling; by id when left out, which is fastest"},
    {"fields", OPTION_TEXTS, false, NULL,
     "only these, beside id, kind and version; all when left out"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_EVENTS[] = {
    {"about", OPTION_SOME_TEXTS, true, NULL,
     "id of the record that they are about, or a list of ids"},
    {"type", OPTION_GLOB, false, NULL, "\"record.*\"; all when left out"},
    {"limit", OPTION_POSITIVE, false, NULL, "the oldest so many; all when left out"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

const option_row OPTIONS_STATED[] = {
    {"source", OPTION_TEXT, false, NULL,
     "id of the source that states this; else the plugin's own word, of grade C"},
    {"place", OPTION_TEXT, false, NULL, "where in the source"},
    {NULL, OPTION_TEXT, false, NULL, NULL},
};

static const option_row *find_row(const option_row *rows, const char *name)
{
    for (; rows->name; rows++) {
        if (strcmp(rows->name, name) == 0)
            return rows;
    }
    return NULL;
}

bool options_unknown(const option_row *rows, const char *name, err *e)
{
    const char *names[MAX_ROWS];
    size_t count = 0;
    for (; rows[count].name && count < MAX_ROWS; count++)
        names[count] = rows[count].name;
    buf shown = {0};
    text_escape(&shown, name, strlen(name), MAX_SHOWN);
    const char *near = text_nearest(name, names, count);
    buf all = {0};
    for (size_t i = 0; i < count; i++)
        buf_fmt(&all, "%s%s", i ? ", " : "", names[i]);
    err_set(e, ERR_BAD_DATA, "unknown option '%s'%s%s%s%s there are: %s", buf_text(&shown),
            near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", near ? "" : ";",
            buf_text(&all));
    buf_free(&all);
    buf_free(&shown);
    return false;
}

static bool check_row(const option_row *row, value *v, value *out, err *e)
{
    const value *given = value_get(v, row->name);
    if (!given) {
        if (!row->required || row->type == OPTION_FUNCTION) /* values hold none: options_agree */
            return true;
        buf choices = {0};
        option_choices(row->choices, &choices);
        err_set(e, ERR_BAD_DATA, "%s is missing: %s%s%s", row->name, row->doc,
                choices.len ? ", one of " : "", buf_text(&choices));
        buf_free(&choices);
        return false;
    }
    value copy = value_copy(given);
    if (option_check(row, &copy, e)) {
        value_add(out, row->name, copy);
        return true;
    }
    value_free(&copy);
    return err_prefix(e, "%s: ", row->name);
}

bool options_check(const option_row *rows, value *v, err *e)
{
    value out = value_map();
    for (size_t i = 0; i < v->as.map.len; i++) {
        const char *key = v->as.map.items[i].key;
        if (!find_row(rows, key)) {
            options_unknown(rows, key, e);
            goto done;
        }
    }
    for (const option_row *row = rows; row->name; row++) {
        if (!check_row(row, v, &out, e))
            goto done;
    }
    value_free(v);
    *v = out;
    return true;
done:
    value_free(&out);
    return false;
}

/* Every side that the rule is called with gets a list, so that readers need not ask. */
static bool needs_agree(value *spec, err *e)
{
    const char *on = value_get_str(spec, "on", "");
    const char *sides = strcmp(on, "pair") == 0 ? "solution demand" : on;
    value needs = value_map();
    const value *given = value_get(spec, "needs");
    for (size_t i = 0; i < value_len(given); i++) {
        const char *side = given->as.map.items[i].key;
        if (!option_is_among(side, sides)) {
            value_free(&needs);
            return err_set(e, ERR_BAD_DATA, "needs: a rule on \"%s\" is not given '%s'", on, side);
        }
    }
    static const char *const SIDES[] = {"solution", "demand"};
    for (int i = 0; i < 2; i++) {
        const value *list = value_get(given, SIDES[i]);
        if (option_is_among(SIDES[i], sides))
            value_add(&needs, SIDES[i], list ? value_copy(list) : value_list());
    }
    value_set(spec, "needs", needs);
    return true;
}

/* Just one of the three ways. */
static bool computes_once(const value *spec, const char *functions, err *e)
{
    bool given[] = {option_is_among("score", functions),
                    option_is_among("gate", functions) || value_get(spec, "gate"),
                    value_get(spec, "measure") != NULL};
    static const char *const NAMES[] = {"score", "gate", "measure"};
    for (int i = 0; i < 3; i++)
        for (int k = i + 1; k < 3; k++)
            if (given[i] && given[k])
                return err_set(e, ERR_BAD_DATA, "%s and %s: a rule is one of the two", NAMES[i],
                               NAMES[k]);
    return given[0] || given[1] || given[2] ||
           err_set(e, ERR_BAD_DATA, "score, gate or measure is missing");
}

/* What a measure looks at, it names itself. */
static bool measure_agrees(value *spec, err *e)
{
    static const char *const DERIVED[] = {"on", "needs"};
    for (int i = 0; i < 2; i++)
        if (value_get(spec, DERIVED[i]))
            return err_set(e, ERR_BAD_DATA,
                           "%s: the fields that a measure names tell; leave it out", DERIVED[i]);
    value needs = measure_needs(value_get(spec, "measure"));
    value_set(spec, "on", value_text(measure_on(&needs)));
    value_set(spec, "needs", needs);
    return true;
}

static bool function_agrees(value *spec, err *e)
{
    if (value_get(spec, "reason"))
        return err_set(e, ERR_BAD_DATA, "reason: a function returns its own; this is of a measure");
    if (!value_get(spec, "on"))
        return err_set(e, ERR_BAD_DATA, "on is missing: one of solution, demand, pair");
    return needs_agree(spec, e);
}

static bool rule_agrees(value *spec, const char *functions, err *e)
{
    bool gate = option_is_among("gate", functions) || value_get(spec, "gate");
    if (!computes_once(spec, functions, e))
        return false;
    if (!gate && !value_get(spec, "max"))
        return err_set(e, ERR_BAD_DATA, "max is missing: the most points that it can give");
    if (gate && value_get(spec, "max"))
        return err_set(e, ERR_BAD_DATA, "max: a gate gives no points");
    if (value_get(spec, "gate")) { /* a measure as a gate */
        value_set(spec, "measure", value_copy(value_get(spec, "gate")));
        value_drop(spec, "gate");
    }
    bool measure = value_get(spec, "measure") != NULL;
    if (!(measure ? measure_agrees(spec, e) : function_agrees(spec, e)))
        return false;
    value_set(spec, "computes", value_text(gate ? "gate" : measure ? "measure" : "score"));
    return true;
}

static void scorecard_complete(value *spec)
{
    if (!value_get(spec, "gates"))
        value_set(spec, "gates", value_list());
    if (!value_get(spec, "rules"))
        value_set(spec, "rules", value_map());
}

/* Readers need not ask whether there are formats and arguments. */
static void report_complete(value *spec)
{
    static const char *const ALL[] = {"md", "html", "csv", "json"};
    if (!value_get(spec, "formats")) {
        value *formats = value_set(spec, "formats", value_list());
        for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++)
            value_push(formats, value_text(ALL[i]));
    }
    if (!value_get(spec, "args"))
        value_set(spec, "args", value_list());
}

bool options_agree(const char *type, value *spec, const char *functions, err *e)
{
    const char *computes = strcmp(type, "handler") == 0 || strcmp(type, "check") == 0 ? type : NULL;
    if (strcmp(type, "command") == 0)
        computes = "run";
    if (strcmp(type, "report") == 0)
        computes = "write";
    option_add_title(spec);
    if (strcmp(type, "rule") == 0)
        return rule_agrees(spec, functions, e);
    if (computes && !option_is_among(computes, functions))
        return err_set(e, ERR_BAD_DATA, "%s is missing: the function to call", computes);
    if (strcmp(type, "scorecard") == 0)
        scorecard_complete(spec);
    if (strcmp(type, "report") == 0)
        report_complete(spec);
    return true;
}
