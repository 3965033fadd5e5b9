/* SPDX-License-Identifier: GPL-3.0-or-later
 * Command lines that are refused: exit code 2 and one line that names the value and the rule it broke, before anything is
 * run; and short runs of the options that no other test takes. */
#include "npy_write.h"
#include "program.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each in place of COMMAND: common options first, then command by command in the order of its source. */
static const struct {
    const char *arguments, *says;
} refused[] = {
    {"list --seed -1", "--seed '-1' is not a whole number from 0 to 9007199254740992"},
    {"list --jobs 0", "--jobs '0' is not a whole number from 1 to 4096"},
    {"list --junit x", "--junit: there are no claims in what this command answers"},
    {"scale sgd adam", "'adam' is one argument too many"},
    {"scale lion --batch 1 --to 2", "'lion' has no scaling rule here"},
    {"scale sgd --lr 1", "--batch and --to are needed"},
    {"scale sgd --batch 2 --to 4 --lr 0", "--lr 0 must be > 0"},
    {"scale adam --batch 2 --to 4 --lr 1 --eps -1", "--eps -1 must be >= 0"},
    {"scale adam --batch 2 --to 4 --lr 1 --beta1 1", "--beta1 1 must be < 1"},
    {"scale sgd --batch 2 --to 4 --lr 1 --steps 1.5", "--steps 1.5 must be a whole number"},
    {"scale sgd --batch 1 --to 4 --lr 1e308", "the scaled lr is not a double-precision number in its range"},
    {"scale sgd --batch 1 --to 4 --lr 1 --coordinates 3", "--gradient-batch, --coordinates and --covariance are about --gradients"},
    {"scale sgd --batch 1 --to 4 --lr 1 --covariance x", "--gradient-batch, --coordinates and --covariance are about --gradients"},
    {"scale sgd --batch 1 --to 4 --lr 1 --problem linear --steps 4 --noise pink", "--noise 'pink'"},
    {"scale sgd --batch 1 --to 4 --lr 1 --problem linear --steps 4 --set q=1", "'q=1' is not KEY=VALUE"},
    {"scale sgd --batch 1 --to 4 --lr 1 --problem linear --steps 4 --sample-noise -1", "--sample-noise"},
    {"calibrate extra", "Too many arguments"},
    {"calibrate --seeds 0", "--seeds '0' is not a whole number from 1 to 1000000"},
    {"calibrate --suite svag", "--suite 'svag' is neither conformance nor scaling"},
    {"calibrate --only nothing-of-that-name", "--only 'nothing-of-that-name' is in no build's name, and neither right nor wrong"},
    {"calibrate --names --only nothing-of-that-name", "--only 'nothing-of-that-name' is in no build's name"},
    {"certify builtin:sgd-f32 --resolution 0", "--resolution '0' is no distance of laws to tell from none: it must be > 0 and < 1.41"},
    {"converge scaling --engine monte-carlo --resolution 1.5", "it must be > 0 and < 1.41"},
    {"converge scaling --resolution 0.1", "--resolution '0.1' means nothing without --engine monte-carlo"},
    {"converge svag --resolution 0.1", "--resolution '0.1' means nothing for suite svag"},
    {"calibrate --suite scaling --only lion", "--only 'lion' is not sgd, ema, rmsprop, adam or adamw"},
    {"equivalence --level slow", "--level 'slow' is neither quick nor full"},
    {"equivalence --elements x", "--elements 'x' is not a whole number"},
    {"equivalence --contexts 9", "--contexts '9' is not a whole number"},
    {"equivalence --plant nothing", "'nothing'"},
    {"equivalence nothing", "'nothing'"},
    {"equivalence adam adam", "'adam' is one argument too many"},
    {"identify a b", "'b' is one argument too many"},
    {"certify a b", "'b' is one argument too many"},
    {"certify builtin:sgd --seed x", "--seed 'x' is not a whole number"},
    {"certify exec:", "exec:"},
    {"certify exec:/nonexistent", "cannot run '/nonexistent'"},
    {"certify /etc/passwd", "/etc/passwd"},
    {"verify a b c", "'c' is one argument too many"},
    {"sign a b", "'b' is one argument too many"},
    {"prove", "the current folder is not optcert's source tree"},
    {"experiment", "'' is not an experiment: digits or text"},
    {"experiment images", "'images' is not an experiment: digits or text"},
    {"experiment digits text", "'text' is one argument too many"},
    {"experiment digits --level slow", "--level 'slow' is neither quick nor full"},
    {"experiment digits --resume /", "/"},
    {"experiment digits --seeds 1", "--seeds '1' is not a whole number from 2 to 64"},
    {"experiment digits --data /nonexistent", "/nonexistent"},
    {"experiment text --data /nonexistent", "/nonexistent"},
    {"converge", "a suite is needed: "},
    {"converge nothing", "'nothing' is not a suite ("},
    {"converge limit svag", "'svag' is one argument too many: the suite is 'limit'"},
    {"converge limit --optimizer lion", "--optimizer 'lion' is not sgd, rmsprop"},
    {"converge limit --problem cubic", "--problem 'cubic' is not linear, quadratic"},
    {"converge limit --noise pink", "--noise 'pink' is not gaussian"},
    {"converge limit --engine guess", "--engine 'guess' is not deterministic or monte-carlo"},
    {"converge limit --integrator heun", "--integrator 'heun' means nothing here"},
    {"converge limit --kappa 2", "--kappa means nothing here: it belongs to suite scaling"},
    {"converge limit --ell 2", "--ell means nothing here: it belongs to suite svag"},
    {"converge limit --paths 200", "--paths means nothing here: it belongs to --engine monte-carlo"},
    {"converge limit --resume x", "--resume means nothing here: it belongs to --engine monte-carlo"},
    {"converge limit --control nothing", "'nothing' is not missing-preconditioner"},
    {"converge limit --optimizer sgd --control no-gamma", "--control 'no-gamma' changes nothing for sgd on quadratic"},
    {"converge limit --steps 4,,8", "--steps ',8' is not a list of words separated by commas"},
    {"converge limit --steps 4,4", "--steps names 4 twice"},
    {"converge limit --steps 0", "--steps '0' is not a whole number"},
    {"converge limit --steps 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21", "--steps names more than"},
    {"converge limit --phi theta^9", "--phi 'theta^9' is not a product of powers"},
    {"converge limit --optimizer sgd --phi u", "--phi 'u' is not a function of sgd's state (theta)"},
    {"converge limit --optimizer rmsprop --phi m", "--phi 'm' is not a function of rmsprop's state (theta, u)"},
    {"converge limit --phi theta,theta^2,theta^3,theta^4,u,u^2,u^3,u^4,theta*u,theta^2*u", "--phi names more than"},
    {"converge limit --set T", "'T' is not KEY=VALUE"},
    {"converge limit --set c2=-1", "'c2=-1' is not allowed: c2 must be > 0"},
    {"converge limit --set eps0=-1", "'eps0=-1' is not allowed: eps0 must be >= 0"},
    {"converge limit --set a=inf", "'a=inf' is not allowed: a must be a finite number"},
    {"converge limit --optimizer sgd --set c2=1", "'c2=1' means nothing here: sgd on quadratic does not read c2"},
    {"converge scaling --set d=2", "does not read d without --engine monte-carlo"},
    {"converge scaling --hessian x", "--hessian means nothing here: it belongs to suites limit and order2"},
    {"converge limit --set d=2", "problem quadratic does not close without sampling"},
    {"converge limit --set couple=2", "--set 'couple=2' means nothing in one dimension: set d"},
    {"converge limit --optimizer sgd --set d=2 --phi theta^3", "--phi 'theta^3' does not close without sampling"},
    {"converge limit --optimizer adam --problem linear --set d=2 --control no-gamma", "'no-gamma' changes nothing for adam on linear"},
    {"converge limit --optimizer sgd --noise rademacher --set d=2,couple=1,rho=0.5", "only gaussian noise has this correlation"},
    {"converge limit --set c2=100 --steps 4,8", "must be < 1 (h = T/N, so N > 100)"},
    {"converge limit --data cars", "--data 'cars' means nothing here: problem quadratic has no data"},
    {"converge limit --problem least-squares --data /nonexistent", "--data '/nonexistent': it cannot be read"},
    {"converge limit --problem least-squares --data /dev/null", "it has 0 samples: at least 2 are needed"},
    {"converge limit --problem least-squares --data /etc/passwd", "--data '/etc/passwd': line 1 is not x_1 ... x_d y"},
    {"converge limit --noise minibatch", "'minibatch'"},
    {"converge limit --problem least-squares --noise minibatch --set B=1.5", "B=1.5 is not allowed"},
    {"converge order2 --engine monte-carlo", "--engine 'monte-carlo' is not allowed: suite order2 is computed without sampling"},
    {"converge limit --engine monte-carlo --noise minibatch --problem least-squares --set d=2,rho=0.5", "rho > 0 is not allowed here"},
    {"converge limit --engine monte-carlo --optimizer adam --set t0=0", "Euler's scheme cannot start where"},
    {"converge order2 --optimizer adam --set t0=0", "--set 't0=0' is not allowed: corrections of order h are singular"},
    {"converge svag --optimizer adam --set t0=0", "--set 't0=0' is not allowed: suite svag starts at t0 > 0"},
    {"converge scaling --optimizer adam --set t0=0", "--set 't0=0' is not allowed: suite scaling starts at t0 > 0"},
    {"converge integrator --integrator heun --problem mixed --control commuting", "--control 'commuting' changes nothing"},
    {"converge integrator --integrator talay-tubaro --engine monte-carlo", "as it extrapolates expectations and has no path"},
    {"converge limit --engine monte-carlo --paths 1", "--paths '1' is not a whole number from 128"},
    {"converge limit --engine monte-carlo --set d=1.5", "--set 'd=1.5' is not allowed: d must be a whole number"},
    {"converge limit --engine monte-carlo --set d=2,rho=2", "--set 'rho=2' is not allowed: rho must be <= 1"},
    {"converge limit --engine monte-carlo --optimizer sgd --problem linear --resume /nonexistent/db", "unable to open database file"},
    {"converge scaling --kappa 1,2,4,8,16,32,64,128,256", "--kappa"},
    {"converge scaling --kappa x", "--kappa 'x' is not a whole number"},
    {"converge scaling --optimizer ema --problem linear", "--problem 'linear' is not allowed: averages are compared on quadratic"},
    {"converge scaling --optimizer ema --phi theta", "--phi 'theta' is not allowed: averages are compared by all moments"},
    {"converge scaling --control nothing", "--control 'nothing' is not a mistake in the scaling rule"},
    {"converge scaling --steps 64,128", "--steps '64,128' names 2 step counts: an order needs 5"},
    {"converge scaling --engine monte-carlo --kappa 3", "--kappa '3' is not 2, 4, 8 or 16"},
    {"converge scaling --engine monte-carlo --kappa 2,4,8,16,2", "--kappa names more than"},
    {"converge scaling --engine monte-carlo --control nothing", "--control 'nothing' is not a mistake in the scaling rule"},
    {"converge scaling --engine monte-carlo --optimizer sgd --control kept-eps", "--control 'kept-eps' changes nothing for sgd"},
    {"converge scaling --engine monte-carlo --steps 4", "means nothing here: the sampled scaling suite has cases of its own"},
    {"converge scaling --engine monte-carlo --optimizer lion", "--optimizer 'lion' is not sgd, ema, rmsprop, adam or adamw"},
    {"converge scaling --engine monte-carlo --problem linear", "--problem 'linear' is not bowl, skewed or stackloss"},
    {"converge svag --ell 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20", "--ell names more than"},
    {"converge svag --optimizer sgd --ell 1,2", "--ell '1,2' names 2 values: an order needs 5"},
    {"converge svag --ell 65", "--ell '65' is not a whole number from 1 to 64"},
    {"converge svag --control nothing", "--control 'nothing' is not one-call, kept-eps or kept-betas"},
    {"converge svag --optimizer sgd --control kept-eps", "--control 'kept-eps' changes nothing for sgd"},
    {"converge integrator --integrator rk4", "--integrator 'rk4' is not euler-maruyama"},
    {"converge integrator --problem quadratic", "--problem 'quadratic' is not ou"},
    {"converge integrator --set a=0x", "--set 'a=0x' is not allowed"},
    {"converge integrator --set s=-1", "--set 's=-1' is not allowed"},
    {"converge integrator --set q=1", "--set 'q=1' is not KEY=VALUE with a key of a, s, x0, T"},
    {"converge integrator --control nothing", "--control 'nothing' is not ito-stratonovich"},
    {"converge integrator --problem ou --control ito-stratonovich", "--control 'ito-stratonovich' changes nothing for the weak order of euler-maruyama on ou"},
    {"converge integrator --problem gbm --integrator sra1", "which is for additive noise (ou)"},
    {"converge integrator --noise gaussian", "--noise 'gaussian' means nothing here: suite integrator takes"},
    {"converge integrator --engine guess", "--engine 'guess' is not deterministic (weak order) or monte-carlo (strong order)"},
    {"converge integrator --integrator talay-tubaro --engine monte-carlo", "no strong order is claimed for talay-tubaro"},
    {"converge integrator --paths 200", "--paths '200' means nothing here: it belongs to --engine monte-carlo"},
};

static void refusals(void)
{
    static char text[1 << 16];
    char before[4096];
    UNIT_CHECK(getcwd(before, sizeof before) != NULL && chdir("/") == 0, "the root is no folder of sources");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const int code = program_run(refused[i].arguments, "2>&1 </dev/null", text, sizeof text);
        UNIT_CHECK(code == 2, "optcert %s: exit %d: %s", refused[i].arguments, code, text);
        UNIT_CHECK(strstr(text, refused[i].says) != NULL, "optcert %s: '%.300s' lacks '%s'", refused[i].arguments, text,
                   refused[i].says);
        UNIT_CHECK(strncmp(text, "optcert", 7) == 0, "optcert %s: %.300s", refused[i].arguments, text);
    }
    UNIT_CHECK(chdir(before) == 0, "the folder is gone");
}

/* Run in an empty folder, in this order: what suites, engines, controls, noises and reports say of studies that take no time. */
static const struct {
    int code;
    const char *arguments, *says;
} runs[] = {
    {0, "converge limit --optimizer sgd --problem linear --steps 4,8,16,32,64 --phi theta", "converge.limit.theta.exact"},
    {0, "converge limit --optimizer sgd --problem double-well --steps 4,8,16,32,64 --phi theta --json", "\"verdict\": \"passed\""},
    {0, "converge limit --optimizer sgd --problem label-noise --noise labels --steps 8,16,32,64,128 --phi theta", "verdict: passed"},
    {0, "converge limit --optimizer sgd --problem least-squares --noise minibatch --set B=2 --data own --steps 8,16,32,64,128 --phi theta",
     "verdict: passed"},
    {2, "converge limit --optimizer sgd --problem least-squares --data two", "samples have dimension 2, this engine's problems have 1"},
    {2, "converge limit --optimizer sgd --problem least-squares --data bad", "line 2 is not x_1 ... x_d y"},
    {1, "converge limit --control missing-preconditioner --steps 8,16,32,64,128 --phi theta", "verdict: failed"},
    {0, "converge order2 --optimizer sgd --problem linear --steps 4,8,16,32,64 --phi theta", "verdict: passed"},
    {0, "converge svag --optimizer sgd --ell 1,2,4,8,16", "verdict: passed"},
    {0, "converge svag --optimizer sgd --ell 1,2,3,4,5 --control one-call --phi theta --json", "\"verdict\""},
    {0, "converge integrator --set a=0.5,x0=2,T=2,s=0.3 --steps 4,8,16,32,64 --plot p1 --junit j1", "verdict: passed"},
    {0, "converge integrator --integrator talay-tubaro --steps 4,8,16,32,64 --json", "\"verdict\": \"passed\""},
    {1, "converge integrator --integrator heun --problem gbm --control ito-stratonovich --steps 4,8,16,32,64", "verdict: failed"},
    {3, "converge integrator --integrator milstein --problem sinh --engine monte-carlo --steps 4,8,16 --paths 200", "inconclusive"},
    {4, "converge integrator --steps 4,8,16,32,64 --plot nowhere/p", "--plot 'nowhere/p': the files could not be written"},
    {0, "converge integrator --steps 4,8,16,32,64 --plot o\\'clock", "verdict: passed"},
    {4, "converge integrator --steps 4,8,16,32,64 --junit nowhere/j", "cannot write nowhere/j"},
    {0, "converge scaling --optimizer sgd --kappa 2 --steps 64,96,128,160,256 --plot p2 --junit j2", "verdict: passed"},
    {0, "converge scaling --optimizer ema --kappa 2 --steps 64,96,128,160,256 --json", "\"verdict\": \"passed\""},
    {1, "converge scaling --optimizer sgd --kappa 2 --control kept-lr --steps 64,96,128,160,256", "verdict: failed"},
    {4, "converge scaling --optimizer sgd --kappa 2 --steps 64,96,128,160,256 --plot nowhere/p", "--plot 'nowhere/p'"},
    {3, "converge limit --optimizer sgd --engine monte-carlo --noise student3 --paths 512 --steps 4,8 --phi theta --resume db --plot p3",
     "inconclusive"},
    {3, "converge limit --optimizer sgd --engine monte-carlo --noise student3 --paths 512 --steps 4,8 --phi theta --resume db", "inconclusive"},
    {2, "converge limit --optimizer sgd --engine monte-carlo --paths 512 --steps 4,8 --phi theta --resume db",
     "it holds another study (other options, seed or version)"},
    {2, "converge limit --optimizer sgd --engine monte-carlo --paths 512 --steps 4,8 --phi theta --resume own", "file is not a database"},
    {0, "scale sgd --batch 4 --to 8 --lr 0.1 --gradients g.npy --covariance s.npy", "covariance of one sample's gradient, 5 x 5: s.npy"},
    {3, "converge limit --optimizer sgd --engine monte-carlo --covariance s.npy --paths 512 --steps 4,8 --phi theta", "inconclusive"},
    {0, "scale sgd --batch 4 --to 8 --lr 0.1 --gradients few.npy --covariance s.npy", "it is singular, of rank 7 at most"},
    {0, "scale sgd --batch 4 --to 8 --lr 0.1 --gradients few.npy --covariance s.npy --json", "\"rank_at_most\": 7"},
    {2, "converge limit --optimizer sgd --engine monte-carlo --covariance s.npy", "it is not positive definite"},
    {2, "scale sgd --batch 4 --to 8 --lr 0.1 --gradients wide.npy --covariance s.npy", "4097 coordinates: a covariance is written for at most 4096"},
    {4, "scale sgd --batch 4 --to 8 --lr 0.1 --gradients g.npy --covariance nowhere/s", "cannot write nowhere/s"},
    {2, "experiment digits --data .", "./digits.csv.gz: not the digits table"},
    {2, "experiment text --data .", "./english.txt: shorter than the"},
    {0, "equivalence sgd --elements 512", "verdict: passed"},
    {0, "equivalence blas --elements 512 --json", "\"verdict\": \"passed\""},
    {1, "equivalence ema --elements 512 --plant low-bit --junit j3", "verdict: failed"},
    {0, "calibrate --only builtin:sgd-f32", "calibration.false-alarms"},
    {3, "calibrate --suite scaling --only ema --json --record counts", "\"false_alarms\""},
    {3, "calibrate --suite scaling --only ema --record counts", "verdict: inconclusive"},
    {2, "calibrate --suite scaling --only ema --record own", "--record 'own'"},
    {0, "converge scaling --engine monte-carlo --optimizer sgd --kappa 2 --paths 16384 --plot p4", "refused for sure from"},
    {3, "converge scaling --engine monte-carlo --optimizer sgd --kappa 2 --paths 1024 --resolution 0.001", "inconclusive"},
    {0, "list --json", "\"name\": \"adam/eps-hat\""},
    {0, "converge --controls", "kept-steps               as many steps as before"},
    {0, "converge --controls --json", "\"integrator\": {"},
    {0, "converge svag --engine monte-carlo --optimizer sgd --paths 128 --ell 1,2,4 --phi theta", "verdict: passed"},
    {3, "converge scaling --engine monte-carlo --paths 1024 --kappa 2", "scaling: rmsprop on bowl, 1024 coupled pairs of paths"},
    {4, "converge scaling --engine monte-carlo --optimizer sgd --kappa 2 --paths 1024 --plot nowhere/p", "the pictures could not be made"},
    {0, "equivalence sgd --level quick --elements 512", "verdict: passed"},
    {3, "equivalence sgd --level full --elements 512 --record exhausted --seconds 0", "8 of 8 contexts are left for a later run"},
    {3, "calibrate --suite scaling --only ema --seeds 11", "false alarms: 0 of 11"},
    {0, "calibrate --suite conformance --only builtin:sgd-f32 --record counted", "calibration.false-alarms"},
    {2, "calibrate --only builtin:sgd-f32 --record counted --share 2", "--record 'counted' is of --share 1"},
    {2, "calibrate --only builtin:sgd --record counted", "--record 'counted' is of 1 builds, not of"},
    {2, "calibrate --only builtin:sgd-f64 --record counted", "--record 'counted' does not hold builtin:sgd-f64"},
    {0, "certify builtin:sgd-f32", "computes sgd in binary32"},
    {0, "scale sgd --batch 64 --to 192 --lr +0.01 --steps 1000", "not a whole number: the nearest is 333, 0.001 of the run too few"},
    {0, "scale sgd --batch 64 --to 192 --lr 0.01 --steps 1001", "not a whole number: the nearest is 334, 0.001 of the run too many"},
    {0, "scale rmsprop --batch 4 --to 8 --lr 0.1 --beta 0.9 --steps 8 --problem quadratic --set a=2", "distance from the SDE on quadratic"},
    {0, "scale rmsprop --batch 9007199254740992 --to 9007199254740991 --lr 1e-3 --beta2 0.9999999999999999", "allowed: kappa < 1e+16 (beta)"},
    {0, "scale sgd --batch 4 --to 8 --lr 0.1 --gradients g.npy --coordinates all", "coordinate"},
};

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    UNIT_CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0, "%s is not written", path);
}

/* Gradients that no smaller space holds: golden-ratio points. */
static void put_gradients(const char *path, size_t rows, size_t columns)
{
    FILE *file = fopen(path, "we");
    if (UNIT_CHECK(file != NULL, "%s is not written", path)) {
        optcert_npy_head(file, "<f8", rows, columns);
        for (size_t i = 1; i <= rows * columns; i++) {
            const double x = fmod((double)i * 0.6180339887498949, 1.0);
            fwrite(&x, sizeof x, 1, file);
        }
        fclose(file);
    }
}

static void short_runs(void)
{
    static char text[1 << 18];
    char folder[] = "/tmp/optcert-test-XXXXXX", before[4096], remove[64];
    if (!UNIT_CHECK(getcwd(before, sizeof before) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0, "no folder")) {
        return;
    }
    put("own", "1 2\n2 3\n3 5\n-1 0\n");
    put("two", "1 2 3\n2 3 4\n");
    put("bad", "1 2\n2 x\n");
    put("digits.csv.gz", "1,2,3\n");
    put("english.txt", "short");
    put_gradients("g.npy", 40, 5);
    put_gradients("few.npy", 8, 12);
    put_gradients("wide.npy", 8, 4097);
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        char arguments[512];
        snprintf(arguments, sizeof arguments, "%s --jobs 1 --quiet", runs[i].arguments);
        const int code = program_run(arguments, "2>&1 </dev/null", text, sizeof text);
        UNIT_CHECK(code == runs[i].code, "optcert %s: exit %d, not %d: %.300s", arguments, code, runs[i].code, text);
        UNIT_CHECK(strstr(text, runs[i].says) != NULL, "optcert %s: '%.300s' lacks '%s'", arguments, text, runs[i].says);
    }
    for (const char *const *name = (const char *const[]){"p1.svg", "p2.png", "p4-kappa2.svg", "p4-kappa2.png", "p3-fan.svg", "o'clock.svg", "sgd.certificate.json", "j1", "j2", "j3", NULL}; *name != NULL; name++) {
        UNIT_CHECK(access(*name, F_OK) == 0, "%s was not written", *name);
    }
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(chdir(before) == 0 && system(remove) == 0, "%s is still there", folder);
}

UNIT_SUITE(program_lines, {"refusals", refusals}, {"short_runs", short_runs})
