/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures: whatever folder they lie in and whatever they are called, gnuplot finds script and data. */
#include "gnuplot.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONG "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"

static const struct {
    const char *folder, *name;
    int refused; /* errno when the files are begun; 0: the picture is drawn */
    const char *origin;
} prefixes[] = {
    {NULL, "p", 0, "the current folder"},
    {"plain", "p", 0, "a folder below"},
    {"o'clock", "p", 0, "a quote in the folder's name"},
    {LONG, LONG, 0, "a path of over 200 characters"},
    {"a b\"$(c)\n`d`\\", "p", 0, "other characters of shells and of gnuplot in the folder's name"},
    {"-f", "p", 0, "a folder that looks like an option"},
    {NULL, "it's ''", 0, "quotes in the picture's name"},
    {NULL, "-e", 0, "a picture that looks like an option"},
    {NULL, "<touch touched", 0, "a picture that looks like a command to gnuplot"},
    {NULL, "`touch touched`\"$\\n", 0, "characters of shells and of gnuplot in the picture's name"},
    {"plain", "a\nb", EINVAL, "a line break, which gnuplot cannot quote"},
    {"nowhere/below", "p", ENOENT, "no such folder"},
};

static bool draws(const char *prefix, const char *plot)
{
    optcert_whole_file file;
    FILE *out = optcert_plot_data(&file, prefix, ".dat");
    if (out == NULL || fputs("1 2\n2 3\n", out) < 0 || !optcert_whole_close(&file)) {
        return false;
    }
    out = optcert_plot_script(&file, prefix, ".gp");
    if (out == NULL) {
        return false;
    }
    fprintf(out, "set terminal svg\nset output name.'.svg'\n%s", plot);
    return optcert_plot_draw(&file);
}

static bool begins_with(const char *path, const char *text)
{
    char got[16] = "";
    FILE *file = fopen(path, "re");
    const bool same = file != NULL && fgets(got, sizeof got, file) != NULL && strncmp(got, text, strlen(text)) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return same;
}

static void try_prefix(size_t i, const char *above)
{
    char prefix[512], picture[520];
    if (prefixes[i].folder == NULL) {
        snprintf(prefix, sizeof prefix, "%s", prefixes[i].name);
    } else {
        mkdir(prefixes[i].folder, 0777); /* where it lies in one that is missing, it is missing */
        snprintf(prefix, sizeof prefix, "%s%s/%s", above, prefixes[i].folder, prefixes[i].name);
    }
    snprintf(picture, sizeof picture, "%s.svg", prefix);
    unlink(picture);
    errno = 0;
    const bool drawn = draws(prefix, "plot name.'.dat' using 1:2 with lines\n");
    UNIT_CHECK(drawn == (prefixes[i].refused == 0) && (drawn || errno == prefixes[i].refused), "%s: %s, errno %d",
               prefixes[i].origin, drawn ? "drawn" : "refused", errno);
    UNIT_CHECK(!drawn || begins_with(picture, "<?xml"), "%s: no picture", prefixes[i].origin);
}

static void names(void)
{
    char folder[] = "/tmp/optcert-test-XXXXXX", above[64], before[4096], remove[64], longest[OPTCERT_WHOLE_PATH + 1];
    if (!UNIT_CHECK(getcwd(before, sizeof before) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0, "no folder")) {
        return;
    }
    snprintf(above, sizeof above, "%s/", folder);
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        try_prefix(i, "");
        if (prefixes[i].folder != NULL) {
            try_prefix(i, above);
        }
    }
    UNIT_CHECK(access("touched", F_OK) != 0, "a name was run as a command");
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    UNIT_CHECK(!draws(longest, "") && errno == ENAMETOOLONG, "a path that is too long");
    UNIT_CHECK(!draws("wrong", "plot nothing that is there\n"), "a script that fails");
    setenv("PATH", "/nonexistent", 1);
    UNIT_CHECK(!draws("without", "plot 1\n"), "no gnuplot");
    snprintf(remove, sizeof remove, "/bin/rm -r '%s'", folder);
    UNIT_CHECK(chdir(before) == 0 && system(remove) == 0, "%s is still there", folder);
}

/* gnuplot's complaints about scripts that are meant to fail are not the tests'. */
static void quietly(void)
{
    char *path = strdup(getenv("PATH"));
    const int before = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(null, STDERR_FILENO);
    names();
    dup2(before, STDERR_FILENO);
    close(before);
    close(null);
    setenv("PATH", path, 1);
    free(path);
}

UNIT_SUITE(gnuplot, {"names", quietly})
