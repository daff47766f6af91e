#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/kinds_known.h"
#include "cli/lang.h"
#include "cli/out.h"
#include "cli/plugin_words.h"
#include "engine/scorecard.h"
#include "host/absent.h"
#include "host/dispatch_order.h"

/* What may be meant so, and what no match takes; texts that begin with their place. */
typedef struct findings {
    value warnings, faults;
} findings;

static void warn(value *warnings, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void warn(value *warnings, const char *format, ...)
{
    va_list args;
    buf text = {0};
    va_start(args, format);
    buf_vfmt(&text, format, args);
    va_end(args);
    value_push(warnings, value_text(buf_text(&text)));
    buf_free(&text);
}

static void check_manifest(const plugin *p, value *warnings)
{
    char *readme = file_join(p->path, "README.md");
    if (strcmp(lang_title(value_get(&p->manifest, "title"), p->name), p->name) == 0)
        warn(warnings, "plugin.json: no title; people see the name");
    if (!*value_get_str(&p->manifest, "contact", ""))
        warn(warnings, "plugin.json: no contact, so errors can't say whom to tell");
    if (!value_get(&p->files, "test.lua"))
        warn(warnings, "no test.lua: nothing checks the rules (`polder plugin test`)");
    if (!file_exists(readme))
        warn(warnings, "no README.md: say what the rules follow from");
    free(readme);
}

static void check_title(const contribution *one, value *warnings)
{
    const value *title = value_get(one->spec, "title");
    if (!title || !*value_get_str(title, "nl", "") || !*value_get_str(title, "en", ""))
        warn(warnings, "%s:%d: %s \"%s\" has no title in nl and en", one->file, one->line,
             one->type, one->name);
}

/* What a plugin that isn't here may bring is no fault. */
static void tell(const host *h, const contribution *one, const char *whose, err *why, findings *f)
{
    bool elsewhere = absent_elsewhere(host_plugins(h), why);
    absent_hint(host_plugins(h), why);
    warn(elsewhere ? &f->warnings : &f->faults, "%s:%d: %s%s%s%s", one->file, one->line, whose,
         why->message, *why->hint ? "; " : "", why->hint);
}

/* Rules and gates that a scorecard names are looked up only when it is used; a wrong name shows
 * here first. */
static bool check_name(const host *h, const contribution *scorecard, const char *type,
                       const char *name, findings *f)
{
    err why = {0};
    buf whose = {0};
    if (registry_find(host_registry(h), type, name, scorecard->plugin, &why))
        return true;
    buf_fmt(&whose, "scorecard \"%s\": ", scorecard->name);
    tell(h, scorecard, buf_text(&whose), &why, f);
    buf_free(&whose);
    return false;
}

/* The place in an error of a plan stands in the text already, unless it is another scorecard's. */
static void check_plan(const host *h, const contribution *one, findings *f)
{
    plan made = {0};
    err why = {0};
    if (!plan_make(host_registry(h), one->full, &made, &why))
        tell(h, one, "", &why, f);
    plan_free(&made);
}

static void check_scorecard(const host *h, const contribution *one, findings *f)
{
    const value *rules = value_get(one->spec, "rules"), *gates = value_get(one->spec, "gates");
    const char *extends = value_get_str(one->spec, "extends", NULL);
    bool all = !extends || check_name(h, one, "scorecard", extends, f);
    for (size_t i = 0; value_is(rules, VALUE_MAP) && i < value_len(rules); i++)
        all = check_name(h, one, "rule", rules->as.map.items[i].key, f) && all;
    for (size_t i = 0; i < value_len(gates); i++)
        all = check_name(h, one, "rule", value_str(value_at(gates, i), ""), f) && all;
    if (all) /* but does it fit together? */
        check_plan(h, one, f);
}

static void check_field(const contribution *rule, const value *schema, const char *kind,
                        const char *field, value *warnings)
{
    if (choices_have("id|kind|version", field) || kinds_field(schema, field))
        return;
    const char *near = kinds_nearest_field(schema, field);
    warn(warnings, "%s:%d: rule \"%s\" needs %s.%s, which no plugin declares%s%s%s", rule->file,
         rule->line, rule->name, kind, field, near ? "; did you mean \"" : "", near ? near : "",
         near ? "\"?" : "");
}

/* A field that no kind has is always nil: the rule runs, and its answer is wrong. */
static void check_needs(const host *h, const contribution *rule, value *warnings)
{
    const value *needs = value_get(rule->spec, "needs");
    for (size_t i = 0; value_is(needs, VALUE_MAP) && i < value_len(needs); i++) {
        const value_entry *side = &needs->as.map.items[i];
        const contribution *kind = registry_find(host_registry(h), "kind", side->key, NULL, NULL);
        for (size_t k = 0; kind && k < value_len(&side->value); k++)
            check_field(rule, kind->spec, side->key, value_str(value_at(&side->value, k), ""),
                        warnings);
    }
}

/* A kind that nobody declares has no records: such a reference leads nowhere, and what is meant is
 * refused. */
static void check_references(const host *h, const contribution *kind, value *warnings)
{
    const value *fields = value_get(kind->spec, "fields");
    for (size_t i = 0; i < value_len(fields); i++) {
        const value *field = value_at(fields, i);
        const char *to = value_get_str(field, "kind", NULL);
        err why = {0};
        if (!to || registry_find(host_registry(h), "kind", to, NULL, &why) ||
            why.code != ERR_NOT_FOUND)
            continue;
        absent_hint(host_plugins(h), &why);
        warn(warnings, "%s:%d: kind \"%s\": %s: %s%s%s", kind->file, kind->line, kind->name,
             value_get_str(field, "name", ""), why.message, *why.hint ? "; " : "", why.hint);
    }
}

/* Such a handler or check is never asked. */
static void check_kind(const host *h, const contribution *one, value *warnings)
{
    const char *kind = value_get_str(one->spec, "kind", NULL);
    err why = {0};
    if (!kind || registry_find(host_registry(h), "kind", kind, NULL, &why) ||
        why.code != ERR_NOT_FOUND)
        return;
    absent_hint(host_plugins(h), &why);
    warn(warnings, "%s:%d: %s \"%s\": %s: it is never asked%s%s", one->file, one->line, one->type,
         one->name, why.message, *why.hint ? "; " : "", why.hint);
}

static bool names_handler(const registry *r, const contribution *one, const char *glob)
{
    for (size_t i = 0; i < registry_len(r); i++) {
        const contribution *other = registry_at(r, i);
        if (other != one && strcmp(other->type, "handler") == 0 && text_glob(glob, other->full))
            return true;
    }
    return false;
}

static void check_after(const host *h, const contribution *handler, value *warnings)
{
    const value *after = value_get(handler->spec, "after");
    for (size_t i = 0; i < value_len(after); i++) {
        const char *glob = value_str(value_at(after, i), "");
        if (!names_handler(host_registry(h), handler, glob))
            warn(warnings, "%s:%d: handler \"%s\": after \"%s\": no other handler is called so",
                 handler->file, handler->line, handler->name, glob);
    }
}

static void check_contributions(const host *h, const plugin *p, findings *f)
{
    const registry *r = host_registry(h);
    value *warnings = &f->warnings;
    if (p->contributions == 0)
        warn(warnings, "it contributes nothing");
    for (size_t i = 0; i < registry_len(r); i++) {
        const contribution *one = registry_at(r, i);
        if (strcmp(one->plugin, p->name) != 0)
            continue;
        check_title(one, warnings);
        if (strcmp(one->type, "scorecard") == 0)
            check_scorecard(h, one, f);
        else if (strcmp(one->type, "rule") == 0)
            check_needs(h, one, warnings);
        else if (strcmp(one->type, "kind") == 0)
            check_references(h, one, warnings);
        else if (choices_have("handler|check", one->type))
            check_kind(h, one, warnings);
        if (strcmp(one->type, "handler") == 0)
            check_after(h, one, warnings);
    }
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Events would come to them by name, whatever `after` says. */
static bool check_order(const host *h, const plugin *p, err *e)
{
    buf circle = {0};
    bool ok = !dispatch_circle(host_registry(h), p->name, &circle);
    if (!ok) {
        err_set(e, ERR_BAD_DATA, "handlers wait for each other in a circle: %s", buf_text(&circle));
        err_where(e, "%s", p->path);
        err_hint(e, "take one of them out of an `after`; until then they get each event by name");
    }
    buf_free(&circle);
    return ok;
}

/* Each of these a match refuses. */
static bool check_faults(const plugin *p, const findings *f, err *e)
{
    size_t count = value_len(&f->faults);
    if (!count)
        return true;
    err_set(e, ERR_BAD_DATA, "the plugin %s has %zu fault%s in its scorecards: no match takes them",
            p->name, count, plural(count));
    err_where(e, "%s", p->path);
    return err_hint(e, "mend what is told as wrong, then check again");
}

static void print_each(const char *head, const value *texts)
{
    for (size_t i = 0; i < value_len(texts); i++) {
        out_str(head);
        out_wrapped(value_str(value_at(texts, i), ""), 9, 9);
    }
}

static void print_check(const cli *c, const host *h, const plugin *p, const findings *f, bool good)
{
    const value *warnings = &f->warnings;
    if (c->json) {
        value document = value_map();
        value_add(&document, "name", value_text(p->name));
        value_add(&document, "version", value_text(value_get_str(&p->manifest, "version", NULL)));
        value_add(&document, "state", value_text(plugin_state_name(p->state)));
        value_add(&document, "contributions", plugin_contributions(h, p->name));
        value_add(&document, "warnings", value_copy(warnings));
        value_add(&document, "faults", value_copy(&f->faults));
        out_json(&document);
        value_free(&document);
        return;
    }
    print_each("warning: ", warnings);
    print_each("wrong:   ", &f->faults);
    if (good)
        out_fmt("%s %s is good: %zu file%s, %zu contribution%s, %zu warning%s\n", p->name,
                value_get_str(&p->manifest, "version", ""), value_len(&p->files),
                plural(value_len(&p->files)), p->contributions, plural(p->contributions),
                value_len(warnings), plural(value_len(warnings)));
}

/* A plugin that is disabled is not wrong, but nothing was tried. */
static bool judge(const plugin *p, err *e)
{
    if (p->state == PLUGIN_ENABLED)
        return true;
    *e = p->error;
    if (p->state == PLUGIN_DISABLED || !e->code)
        err_set(e, ERR_NOT_ALLOWED, "the plugin %s is %s", p->name,
                *p->error.message ? p->error.message : plugin_state_name(p->state));
    return false;
}

bool plugin_check(cli *c, err *e)
{
    plugin_target t = {0};
    findings f = {value_list(), value_list()};
    bool ok = plugin_target_open(c, args_word(&c->args, 1), &t, e);
    if (ok) {
        if (value_is(&t.plugin->manifest, VALUE_MAP))
            check_manifest(t.plugin, &f.warnings);
        if (t.plugin->state == PLUGIN_ENABLED)
            check_contributions(t.host, t.plugin, &f);
        ok =
            judge(t.plugin, e) && check_faults(t.plugin, &f, e) && check_order(t.host, t.plugin, e);
        print_check(c, t.host, t.plugin, &f, ok);
    }
    value_free(&f.warnings);
    value_free(&f.faults);
    plugin_target_close(c, &t);
    return ok && out_ok(e);
}
