/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by bounds_integrators.c: the library's integrators on one coordinate. x[0] is h. */
static double OC_NAME(euler)(const double *x)
{
    OC_NAME(oc_time_step) step;
    OC_REAL y = (OC_REAL)x[1];
    const OC_REAL a = (OC_REAL)x[2], b = (OC_REAL)x[3], z = (OC_REAL)x[4];
    if (OC_NAME(oc_time_step_init)(&step, x[0]) != OC_OK) {
        return NAN;
    }
    OC_NAME(oc_euler_maruyama_step)(&step, 1, &y, &a, &b, &z);
    return (double)y;
}

static double OC_NAME(milstein)(const double *x)
{
    OC_NAME(oc_time_step) step;
    OC_REAL y = (OC_REAL)x[1];
    const OC_REAL a = (OC_REAL)x[2], b = (OC_REAL)x[3], db = (OC_REAL)x[4], z = (OC_REAL)x[5];
    if (OC_NAME(oc_time_step_init)(&step, x[0]) != OC_OK) {
        return NAN;
    }
    OC_NAME(oc_milstein_step)(&step, 1, &y, &a, &b, &db, &z);
    return (double)y;
}

static double OC_NAME(heun)(const double *x)
{
    OC_NAME(oc_time_step) step;
    OC_REAL y = (OC_REAL)x[1];
    const OC_REAL a = (OC_REAL)x[2], a2 = (OC_REAL)x[3], b = (OC_REAL)x[4], b2 = (OC_REAL)x[5], z = (OC_REAL)x[6];
    if (OC_NAME(oc_time_step_init)(&step, x[0]) != OC_OK) {
        return NAN;
    }
    OC_NAME(oc_heun_correct)(&step, 1, &y, &a, &a2, &b, &b2, &z);
    return (double)y;
}

static double OC_NAME(platen)(const double *x)
{
    OC_NAME(oc_time_step) step;
    OC_REAL y = (OC_REAL)x[1];
    const OC_REAL a = (OC_REAL)x[2], ay = (OC_REAL)x[3], b = (OC_REAL)x[4], up = (OC_REAL)x[5],
                  down = (OC_REAL)x[6], z = (OC_REAL)x[7];
    if (OC_NAME(oc_time_step_init)(&step, x[0]) != OC_OK) {
        return NAN;
    }
    OC_NAME(oc_platen_step)(&step, 1, &y, &a, &ay, &b, &up, &down, &z);
    return (double)y;
}

static double OC_NAME(sra1)(const double *x)
{
    OC_NAME(oc_time_step) step;
    OC_REAL y = (OC_REAL)x[1];
    const OC_REAL a = (OC_REAL)x[2], ay = (OC_REAL)x[3], b0 = (OC_REAL)x[4], b1 = (OC_REAL)x[5],
                  z1 = (OC_REAL)x[6], z2 = (OC_REAL)x[7];
    if (OC_NAME(oc_time_step_init)(&step, x[0]) != OC_OK) {
        return NAN;
    }
    OC_NAME(oc_sra1_step)(&step, 1, &y, &a, &ay, &b0, &b1, &z1, &z2);
    return (double)y;
}

