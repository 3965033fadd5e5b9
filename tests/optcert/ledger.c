/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ledger of proofs: its units, their entries, and how they are run. */
#include "ledger.h"
#include "options.h"

#include <glob.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

bool optcert_ledger_run(const char *unit, bool digests_only, unsigned jobs)
{
    char unit_word[128], jobs_word[32];
    snprintf(unit_word, sizeof unit_word, "UNIT=%s", unit);
    snprintf(jobs_word, sizeof jobs_word, "-j%u", jobs);
    char target[] = "compare", target_digests[] = "check", make[] = "make", quiet[] = "--no-print-directory";
    char file_option[] = "-f", file[] = "proofs/wp.mk", silent[] = "-s", go_on[] = "-k";
    char *const words[] = {make,  silent,    go_on,     quiet, file_option,
                           file,  jobs_word, unit_word, digests_only ? target_digests : target, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int status = 1;
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO) != 0 ||
        posix_spawnp(&child, "make", &actions, NULL, words, environ) != 0 || waitpid(child, &status, 0) < 0) {
        optcert_broken("cannot run make");
    }
    posix_spawn_file_actions_destroy(&actions);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* What wp.mk takes for the list of units. */
json_t *optcert_ledger_units(void)
{
    FILE *list = access("proofs/wp.mk", R_OK) == 0 ? popen("make -s -f proofs/wp.mk units", "re") : NULL;
    if (list == NULL) {
        return NULL;
    }
    json_t *units = json_array();
    char line[128];
    while (fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        json_array_append_new(units, json_string(line));
    }
    if (pclose(list) != 0) {
        optcert_broken("cannot list the units");
    }
    return units;
}

/* The source that a unit's findings point at. */
static json_t *source_of(const char *unit)
{
    char path[256];
    snprintf(path, sizeof path, "impl/%s.c", unit);
    return access(path, R_OK) == 0 ? json_string(path) : json_sprintf("impl/%s.h", unit);
}

static void add_finding(json_t *findings, const char *goal, const char *message)
{
    json_array_append_new(findings, json_pack("{s:s, s:s}", "goal", goal, "message", message));
}

/* The goals that the last run left: lines "NAME TAB STATUS", one file a run. */
static void add_unproved(const char *unit, json_t *findings)
{
    char pattern[256], line[512];
    glob_t files;
    snprintf(pattern, sizeof pattern, "%s/wp/%s.*/unproved", getenv("BUILD") != NULL ? getenv("BUILD") : "build", unit);
    if (glob(pattern, 0, NULL, &files) != 0) {
        return;
    }
    for (size_t i = 0; i < files.gl_pathc; i++) {
        FILE *file = fopen(files.gl_pathv[i], "re");
        while (file != NULL && fgets(line, sizeof line, file) != NULL) {
            line[strcspn(line, "\t\n")] = '\0';
            add_finding(findings, line,
                        strstr(line, "_wp_smoke_") != NULL ? "no execution reaches this: a contract is contradictory"
                                                           : "no prover of the project proves this goal");
        }
        if (file != NULL) {
            fclose(file);
        }
    }
    globfree(&files);
}

/* An entry that does not hold speaks of other sources or tools: it proves nothing of these. */
static void withdraw(json_t *entry, const json_t *findings)
{
    size_t i, k;
    json_t *goal, *finding;
    json_array_foreach(json_object_get(entry, "goals"), i, goal)
    {
        const char *status = "stale";
        json_array_foreach(findings, k, finding)
        {
            if (json_equal(json_object_get(finding, "goal"), json_object_get(goal, "goal"))) {
                status = "unproved";
            }
        }
        json_object_set_new(goal, "status", json_string(status));
    }
    json_object_set_new(entry, "proved", json_integer(0));
}

json_t *optcert_ledger_unit(const char *unit, bool holds)
{
    char path[256];
    snprintf(path, sizeof path, "proofs/wp/%s.json", unit);
    json_error_t error;
    json_t *entry = json_load_file(path, 0, &error);
    if (entry == NULL && access(path, F_OK) == 0) {
        optcert_broken("cannot read %s: %s", path, error.text);
    }
    json_t *findings = json_array();
    const bool present = json_is_object(entry);
    if (!holds) {
        add_unproved(unit, findings);
        const bool stale = json_array_size(findings) == 0;
        if (!present || stale) {
            add_finding(findings, "ledger",
                        present ? "the ledger entry does not belong to these sources and tools"
                                : "the unit has no ledger entry");
        }
    }
    if (!present) {
        json_decref(entry);
        entry = json_pack("{s:s, s:[]}", "unit", unit, "goals");
    }
    if (!holds) {
        withdraw(entry, findings);
    }
    size_t index;
    json_t *goal;
    json_array_foreach(json_object_get(entry, "goals"), index, goal)
    {
        json_object_set(goal, "digest", json_object_get(entry, "digest"));
    }
    json_object_set_new(entry, "source", source_of(unit));
    json_object_set_new(entry, "status", json_string(holds ? "proved" : "not proved"));
    json_object_set_new(entry, "unproved", findings);
    return entry;
}
