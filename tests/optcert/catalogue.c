/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sections of `optcert list`. */
#include "catalogue.h"
#include "converge_suite.h"
#include "corpus.h"
#include "dialect.h"
#include "kernel_damage.h"
#include "noise.h"
#include "problem.h"
#include "scale_rule.h"
#include "suites.h"

#include <stdio.h>

#include <stdio.h>

static void append(json_t *array, const char *name, const char *text)
{
    json_array_append_new(array, json_pack("{s:s, s:s}", "name", name, "text", text));
}

static json_t *dialects(void)
{
    json_t *array = json_array();
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        const oc_ref_dialect *dialect = oc_ref_dialect_at(i);
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:b}", "name", dialect->name, "text",
                                               dialect->formula, "source", dialect->source, "shipped",
                                               dialect->exact != NULL));
    }
    return array;
}

static json_t *suites(void)
{
    json_t *array = json_array();
    for (const optcert_suite *one = optcert_suites; one->name != NULL; one++) {
        append(array, one->name, one->text);
    }
    for (const optcert_converge_suite *one = optcert_converge_suites; one->name != NULL; one++) {
        char text[200];
        snprintf(text, sizeof text, "converge: %s", one->text);
        append(array, one->name, text);
    }
    return array;
}

static json_t *scaling_rules(void)
{
    json_t *array = json_array();
    for (const optcert_scale_optimizer *one = optcert_scale_optimizers; one->name != NULL; one++) {
        char text[40];
        snprintf(text, sizeof text, "%s rule", one->rule);
        append(array, one->name, text);
    }
    return array;
}

static json_t *defects(void)
{
    static const char *const kind[] = {"wrong", "right", "hostile"};
    json_t *array = json_array();
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        const optcert_defect *defect = optcert_defect_at(i);
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", defect->name, "text",
                                               defect->says, "kind", kind[defect->kind], "claims",
                                               defect->claims, "origin", defect->origin));
    }
    return array;
}

static json_t *kernel_defects(void)
{
    json_t *array = json_array();
    for (const optcert_kernel_defect *one = optcert_kernel_defects; one->name != NULL; one++) {
        append(array, one->name, one->says);
    }
    return array;
}

static json_t *problems(void)
{
    json_t *array = json_array();
    for (const optcert_problem_kind *one = optcert_problem_kinds; one->name != NULL; one++) {
        append(array, one->name, one->text);
    }
    return array;
}

static json_t *noises(void)
{
    json_t *array = json_array();
    for (const optcert_noise *one = optcert_noises; one->name != NULL; one++) {
        append(array, one->name, one->text);
    }
    return array;
}

static const struct {
    const char *name;
    json_t *(*entries)(void);
} sections[] = {
    {"dialects", dialects}, {"suites", suites},         {"problems", problems},
    {"noises", noises},     {"scaling", scaling_rules}, {"defects", defects},
    {"kernel-defects", kernel_defects},
};

json_t *optcert_catalogue(void)
{
    json_t *catalogue = json_object();
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        json_object_set_new(catalogue, sections[i].name, sections[i].entries());
    }
    return catalogue;
}
