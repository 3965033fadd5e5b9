/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert list: what this program knows. */
#include "catalogue.h"
#include "command.h"
#include "json_text.h"
#include "options.h"
#include "wrap.h"

#include <stdio.h>

static void print_section(const char *name, const json_t *entries)
{
    printf("%s\n", name);
    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        printf("  %s\n", json_string_value(json_object_get(entry, "name")));
        optcert_wrap("", 6, json_string_value(json_object_get(entry, "text")), stdout);
    }
}

int optcert_cmd_list(int argc, char **argv)
{
    optcert_options common;
    optcert_parse(&(optcert_line){.doc = "Lists what this program knows, by name."}, argc, argv, &common);
    json_t *catalogue = optcert_catalogue();
    if (common.json) {
        optcert_json_print(catalogue, stdout);
        return OPTCERT_EXIT_PASSED;
    }
    const char *name;
    json_t *entries;
    json_object_foreach(catalogue, name, entries)
    {
        print_section(name, entries);
    }
    json_decref(catalogue);
    return OPTCERT_EXIT_PASSED;
}
