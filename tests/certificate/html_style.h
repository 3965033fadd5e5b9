/* SPDX-License-Identifier: GPL-3.0-or-later
 * The style sheet of the page: light, dark, and paper. Verdicts differ in words too, not in colour alone. */
#ifndef OPTCERT_HTML_STYLE_H
#define OPTCERT_HTML_STYLE_H

static const char *const optcert_html_style[] = {
    ":root{--ink:#1c1e21;--soft:#5c6269;--paper:#fff;--line:#d8dce0;--passed:#1a7f37;--failed:#c62828;"
    "--inconclusive:#9a6700;--bars:#4a6fa5;color-scheme:light dark}\n",
    "@media (prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#a0a6ad;--paper:#16181b;--line:#3a3f45;"
    "--passed:#4cc46b;--failed:#ff7b72;--inconclusive:#e3b341;--bars:#7f9fd0}}\n",
    "body{font:16px/1.5 "
    "system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}\n",
    "h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.3rem 0}\n",
    "table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;"
    "padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}\n",
    "th{color:var(--soft);font-weight:600}td.number{font-variant-numeric:tabular-nums;white-space:nowrap}.verdict{white-space:nowrap}"
    "code{font-size:.95em;overflow-wrap:anywhere}td:first-child>code,th{white-space:nowrap}td.soft,p.soft{color:var(--soft)}\n",
    ".verdict{font-weight:700}.verdict.passed{color:var(--passed)}.verdict.failed{color:var(--failed)}"
    ".verdict.inconclusive{color:var(--inconclusive)}\n",
    ".bar{width:8rem;height:.9rem;display:block}.bar .axis{fill:var(--line)}.bar .threshold{fill:var(--ink)}"
    ".bar .interval{fill:var(--ink)}.bar.passed .seen{fill:var(--passed)}.bar.failed "
    ".seen{fill:var(--failed)}"
    ".bar.inconclusive .seen{fill:var(--inconclusive)}\n",
    "figure{margin:.6rem 0}.histogram{width:100%;max-width:44rem;display:block}.histogram rect{fill:var(--bars)}"
    ".histogram text{fill:var(--ink);font-size:11px;text-anchor:middle}\n",
    ".curve{width:100%;max-width:36rem;display:block}.curve text{fill:var(--ink);font-size:12px}.curve .grid{stroke:var(--line)}"
    ".curve line,.curve polyline{stroke:var(--ink);fill:none}.curve polyline.seen{stroke:var(--bars);stroke-width:2}"
    ".curve circle.seen{fill:var(--bars)}.curve .threshold{stroke-dasharray:7 4}.curve .slope{stroke:var(--soft);"
    "stroke-dasharray:2 4}.limit.passed{fill:var(--passed)}.limit.failed{fill:var(--failed)}"
    ".limit.inconclusive{fill:var(--inconclusive)}\n",
    "@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--line:#bbb;--passed:#1a7f37;--failed:#c62828;"
    "--inconclusive:#9a6700}body{max-width:none;margin:0;font-size:10pt}tr,svg,figure{break-inside:avoid}"
    "h2{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n",
};

#endif
