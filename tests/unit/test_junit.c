/* SPDX-License-Identifier: GPL-3.0-or-later
 * The runner's own JUnit report: every character escaped, counts right, an unwritable file told. */
#include "junit.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char expected[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<testsuite name=\"optcert unit\" tests=\"2\" failures=\"1\" errors=\"0\" time=\"0.750000\">\n"
    "  <testcase classname=\"a\" name=\"good\" time=\"0.250000\" assertions=\"3\"/>\n"
    "  <testcase classname=\"a\" name=\"bad\" time=\"0.500000\" assertions=\"5\">\n"
    "    <failure message=\"2 of 5 assertions failed\">x &lt; &amp; &gt; &quot;y&quot;?\n\tz</failure>\n"
    "  </testcase>\n"
    "</testsuite>\n";

static void report(void)
{
    static char message[] = "x < & > \"y\"\033\n\tz";
    const unit_result results[] = {{"a", "good", 0.25, 3, 0, NULL}, {"a", "bad", 0.5, 5, 2, message}};
    char path[] = "/tmp/optcert-unit-XXXXXX";
    const int fd = mkstemp(path);
    if (!UNIT_CHECK(fd >= 0, "no temporary file")) {
        return;
    }
    UNIT_CHECK(unit_write_junit(path, results, 2), "not written");
    char text[sizeof expected + 64] = "";
    const ssize_t size = read(fd, text, sizeof text - 1);
    UNIT_CHECK(size == (ssize_t)strlen(expected) && strcmp(text, expected) == 0, "wrote: %s", text);
    close(fd);
    unlink(path);
}

static void unwritable(void)
{
    UNIT_CHECK(!unit_write_junit("/nonexistent/report.xml", NULL, 0), "a report where none can be");
    UNIT_CHECK(!unit_write_junit("/dev/full", NULL, 0), "a report on a full device");
}

UNIT_SUITE(junit, {"report", report}, {"unwritable", unwritable})
