/* SPDX-License-Identifier: GPL-3.0-or-later
 * A data file holds one block per line of the picture; gnuplot draws block i with the title in its header. */
#include "picture.h"

#include "findings.h"
#include "gnuplot.h"

#include <stdio.h>

static bool open_data(const optcert_picture *picture, const char *what, char name[OPTCERT_PICTURE_NAME], optcert_whole_file *data)
{
    snprintf(name, OPTCERT_PICTURE_NAME, "%s-%s-%s", optcert_net_text(picture->study->net[picture->net]),
             optcert_trainer_text(picture->optimizer), what);
    char prefix[OPTCERT_WHOLE_PATH];
    snprintf(prefix, sizeof prefix, "%s/%s", picture->folder, name);
    return optcert_plot_data(data, prefix, ".dat") != NULL;
}

static const char style[] = "set grid; set key outside right top; set style fill transparent solid 0.15 noborder\n";

static int draw(const optcert_picture *picture, const char *name, const char *axes, const char *plot)
{
    optcert_whole_file script;
    char prefix[OPTCERT_WHOLE_PATH];
    snprintf(prefix, sizeof prefix, "%s/%s", picture->folder, name);
    FILE *out = optcert_plot_script(&script, prefix, ".gp");
    for (int png = 0; out != NULL && png < 2; png++) {
        fprintf(out, "set terminal %s size 900,520\nset output name.'.%s'\n%s%s\n%s\n",
                png ? "pngcairo" : "svg background 'white'", png ? "png" : "svg", style, axes, plot);
    }
    return out != NULL && optcert_plot_draw(&script) ? 0 : -1;
}

/* What a curve shows, and how. */
typedef struct axis {
    const char *name, *label, *scale;
    optcert_metric metric;
} axis;

static const axis loss_axis = {"curves", "training loss", "set logscale y; set autoscale yfix", optcert_metric_train_loss};
static const axis accuracy_axis = {"accuracy", "test accuracy", "unset logscale y", optcert_metric_test_accuracy};

/* The mean over the seeds and its band, against epochs. SVAG steps take l^2 times as many samples for the same time: the
 * group's plain run tells its epochs. */
static void curve_block(FILE *data, const optcert_picture *picture, const optcert_group *group, const axis *y,
                        const char *title)
{
    const size_t seeds = picture->study->seeds;
    const double epochs = (double)(group->base.steps * group->base.batch) / (double)picture->train;
    fprintf(data, "\"%s\"\n", title);
    for (size_t p = 0; p < OPTCERT_CURVE; p++) {
        double value[64];
        for (size_t s = 0; s < seeds; s++) {
            value[s] = y->metric(&group->curve[s * OPTCERT_CURVE + p]);
        }
        const optcert_estimate e = optcert_estimate_of(value, seeds);
        fprintf(data, "%.9g %.9g %.9g %.9g\n", epochs * (double)p / (OPTCERT_CURVE - 1), e.value, e.low, e.high);
    }
    fprintf(data, "\n\n");
}

static int draw_curves(const optcert_picture *picture, const axis *y, const char *name, const char *title)
{
    char axes[512];
    snprintf(axes, sizeof axes, "%s; set xlabel 'epochs'; set ylabel '%s'; set title '%s'", y->scale, y->label, title);
    return draw(picture, name, axes,
                "stats name.'.dat' using 0 nooutput\n"
                "plot for [i=0:STATS_blocks-1] name.'.dat' index i using 1:3:4 with filledcurves lc i+1 notitle, "
                "for [i=0:STATS_blocks-1] '' index i using 1:2 with lines lw 2 lc i+1 title columnheader(1)");
}

static int picture_rules(const optcert_picture *picture, const axis *y, char name[OPTCERT_PICTURE_NAME])
{
    optcert_whole_file data;
    if (!open_data(picture, y->name, name, &data)) {
        return -1;
    }
    optcert_arm arm = {.net = picture->study->net[picture->net], .optimizer = picture->optimizer, .kappa = 1, .svag = 1};
    curve_block(data.out, picture, optcert_groups_find(picture->groups, &arm), y, "kappa 1");
    arm.kappa = picture->study->kappa_max;
    for (arm.rule = OPTCERT_RULE_ROOT; arm.rule <= OPTCERT_RULE_NONE; arm.rule++) {
        const optcert_group *group = optcert_groups_find(picture->groups, &arm);
        if (group->status == OC_OK) {
            curve_block(data.out, picture, group, y, optcert_rule_text(arm.rule));
        }
    }
    if (!optcert_whole_close(&data)) {
        return -1;
    }
    char title[128];
    snprintf(title, sizeof title, "%s, %s: batch x %u against batch x 1 (95 %% bands)", optcert_net_text(arm.net),
             optcert_trainer_text(arm.optimizer), arm.kappa);
    return draw_curves(picture, y, name, title);
}

int optcert_picture_curves(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME])
{
    return picture_rules(picture, &loss_axis, name);
}

int optcert_picture_accuracy(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME])
{
    return picture_rules(picture, &accuracy_axis, name);
}

int optcert_picture_svag(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME])
{
    optcert_whole_file data;
    if (!open_data(picture, "svag", name, &data)) {
        return -1;
    }
    optcert_arm arm = {.net = picture->study->net[picture->net],
                       .optimizer = picture->optimizer,
                       .rule = OPTCERT_RULE_NONE,
                       .kappa = 1};
    for (arm.svag = 1; arm.svag <= picture->study->svag_max; arm.svag *= 2) {
        char title[32];
        snprintf(title, sizeof title, "l = %u", arm.svag);
        curve_block(data.out, picture, optcert_groups_find(picture->groups, &arm), &loss_axis, title);
    }
    if (!optcert_whole_close(&data)) {
        return -1;
    }
    char title[128];
    snprintf(title, sizeof title, "%s, %s: SVAG(l) (95 %% bands)", optcert_net_text(arm.net),
             optcert_trainer_text(arm.optimizer));
    return draw_curves(picture, &loss_axis, name, title);
}

int optcert_picture_distances(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME])
{
    optcert_whole_file data;
    if (!open_data(picture, "distances", name, &data)) {
        return -1;
    }
    optcert_arm arm = {.net = picture->study->net[picture->net], .optimizer = picture->optimizer, .svag = 1};
    for (arm.rule = OPTCERT_RULE_ROOT; arm.rule < OPTCERT_RULE_FIXED_DECAY; arm.rule++) {
        fprintf(data.out, "\"%s\"\n", optcert_rule_text(arm.rule));
        for (arm.kappa = 2; arm.kappa <= picture->study->kappa_max; arm.kappa *= 2) {
            const optcert_group *group = optcert_groups_find(picture->groups, &arm);
            if (group->status == OC_OK) {
                const optcert_estimate e =
                    optcert_distance(group, optcert_reference(picture->groups, group), picture->study->seeds);
                fprintf(data.out, "%u %.9g %.9g %.9g\n", arm.kappa, e.value, e.low, e.high);
            }
        }
        fprintf(data.out, "\n\n");
    }
    if (!optcert_whole_close(&data)) {
        return -1;
    }
    char axes[512], plot[128];
    snprintf(axes, sizeof axes,
             "set logscale x 2; set xrange [1.8:%g]; set yrange [0:*]; set xlabel 'kappa'; set ylabel 'distance of the loss curves'; "
             "set title '%s, %s: distance from batch x 1 (95 %% intervals)'",
             1.1 * picture->study->kappa_max, optcert_net_text(arm.net), optcert_trainer_text(arm.optimizer));
    snprintf(plot, sizeof plot,
             "plot for [i=0:%d] name.'.dat' index i using 1:2:3:4 with yerrorlines lw 2 title columnheader(1)",
             OPTCERT_RULE_FIXED_DECAY - 1);
    return draw(picture, name, axes, plot);
}
