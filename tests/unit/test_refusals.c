/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the commands refuse: exit 2, one line that names the value and the rule, nothing on stdout. Each line is run by the command's own
 * function in a process of its own: the program beside the tests would take many times as long to start. */
#include "npy_write.h"
#include "program.h"
#include "small_data.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *line, *says;
} lines[] = {
    {"scale adam sgd --batch 1 --to 2 --lr 1", "'sgd' is one argument too many"},
    {"scale lion --batch 1 --to 2 --lr 1",
     "'lion' has no scaling rule here: sgd, sgd-momentum, rmsprop, adam, adamw or ema"},
    {"scale adam --to 2 --lr 1", "--batch and --to are needed"},
    {"scale adam --batch 1 --lr 1", "--batch and --to are needed"},
    {"scale adam --batch 1 --to 2 --lr 0", "--lr 0 must be > 0"},
    {"scale adam --batch 1 --to 2 --lr -1", "--lr -1 must be > 0"},
    {"scale adam --batch 1 --to 2 --lr 1 --beta1 1",
     "--beta1 1 must be < 1, also after rounding to double precision"},
    {"scale adam --batch 1 --to 2 --lr 1 --beta1 -0.1", "--beta1 -0.1 must be >= 0"},
    {"scale adam --batch 1 --to 2 --lr 1 --beta2 2",
     "--beta2 2 must be < 1, also after rounding to double precision"},
    {"scale adam --batch 1 --to 2 --lr 1 --eps -1", "--eps -1 must be >= 0"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 0", "--steps 0 must be > 0"},
    {"scale ema --batch 1 --to 2 --ema 1", "--ema 1 must be < 1, also after rounding to double precision"},
    {"scale ema --batch 1 --to 2 --ema 0", "--ema 0 must be > 0"},
    {"scale adam --batch 1 --to 10 --lr 1e308",
     "kappa 10 is not allowed: kappa*(1-beta1) must be < 1, so kappa < 10 (largest batch 9)"},
    {"scale adam --batch 1 --to 1000000 --lr 1e-3 --eps 5e-324",
     "kappa 1000000 is not allowed: kappa*(1-beta1) must be < 1, so kappa < 10 (largest batch 9)"},
    {"scale sgd --batch 1 --to 2 --lr 1 --coordinates 2",
     "are about --gradients, and there are none"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradient-batch 2",
     "are about --gradients, and there are none"},
    {"scale sgd --batch 1 --to 2 --lr 1 --set a=1",
     "--set, --noise and --sample-noise describe a --problem, and there is none"},
    {"scale sgd --batch 1 --to 2 --lr 1 --noise gaussian",
     "--set, --noise and --sample-noise describe a --problem, and there is none"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients ok.npy --gradient-batch 0",
     "--gradient-batch '0' is not a whole number from 1 to 9007199254740992"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients ok.npy --coordinates x",
     "--coordinates 'x' is not a whole number from 0 to 9007199254740992"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients few.npy",
     "--gradients few.npy: 2 gradients are too few: at least 8 are needed"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients nan.npy",
     "--gradients nan.npy: gradient 0, coordinate 0 (both from 0) is nan: it must be a number of at most 1e+70 in size"},
    {"scale sgd --batch 1 --to 2 --lr 1 --gradients empty.npy", "--gradients empty.npy: it is empty: 9 x 0"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 9 --problem quadratic --sample-noise 0",
     "--sample-noise '0' must be a finite number > 0"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 9 --problem quadratic --sample-noise x",
     "--sample-noise 'x' must be a finite number > 0"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 9 --problem quadratic --noise pink",
     "--noise 'pink' is not one of those that optcert list shows"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 9 --problem quadratic --set zz=1",
     "--set 'zz=1' is not KEY=VALUE with a key of a, b, S0, S1, B, sigma0, eps0, c1, c2, lambda0, T, t0, theta0, m0, u0, d, couple, rho"},
    {"scale sgd --batch 1 --to 2 --lr 1 --steps 9 --problem quadratic --set a=1,sigma0=1",
     "--set 'a=1,sigma0=1': sigma0 follows from the hyper-parameters"},
    {"scale adam --batch 1 --to 2 --lr 1e-3 --beta2 0.5 --steps 900 --problem quadratic",
     "kappa 2 is not allowed: kappa*(1-beta2) must be < 1, so kappa < 2 (largest batch 1)"},
    {"certify builtin:adam-f64 extra", "'extra' is one argument too many"},
    {"certify builtin:adam-f64 --resolution 2",
     "--resolution '2' is no distance of laws to tell from none: it must be > 0 and < 1.41"},
    {"certify builtin:adam-f64 --resolution x", "--resolution 'x' is not a finite number"},
    {"identify builtin:adam builtin:adam", "'builtin:adam' is one argument too many"},
    {"calibrate --seeds 0", "--seeds '0' is not a whole number from 1 to 1000000"},
    {"calibrate --share 0", "--share '0' is not a whole number from 1 to 1000"},
    {"calibrate --only nosuchbuild", "--only 'nosuchbuild' is in no build's name, and neither right nor wrong"},
    {"calibrate --names --only nosuchbuild",
     "--only 'nosuchbuild' is in no build's name, and neither right nor wrong"},
    {"calibrate --suite identify", "--suite 'identify' is neither conformance nor scaling"},
    {"calibrate --suite scaling --only lion", "--only 'lion' is not sgd, ema, rmsprop, adam or adamw"},
    {"calibrate --only right-sgd-fma --record notjson", "--record 'notjson' is not JSON"},
    {"calibrate --only right-sgd-fma --record rec.json",
     "--record 'rec.json' was made by other sources than this program's: take another file"},
    {"equivalence --level slow", "--level 'slow' is neither quick nor full"},
    {"equivalence --elements 0", "--elements '0' is not a whole number from 1 to 1000000000000"},
    {"equivalence --contexts 9", "--contexts '9' is not a whole number from 0 to 8"},
    {"equivalence --seconds 3", "--seconds needs --record, where a later run goes on"},
    {"equivalence --seconds x", "--seconds 'x' is not a whole number from 0 to 1000000000"},
    {"equivalence --plant nosuch", "--plant 'nosuch' is not a known defect of kernels (optcert list shows them)"},
    {"equivalence sgd adam", "'adam' is one argument too many"},
    {"equivalence lion", "'lion' is not a unit with a fast path or blas (spec/fast.md)"},
    {"equivalence sgd --record notjson", "--record 'notjson': it is not a record of exhausted contexts"},
    {"prove", "the current folder is not optcert's source tree: it has no proofs/wp.mk"},
    {"keygen --json", "a prefix for the two files' names is needed"},
    {"verify a b c", "'c' is one argument too many"},
    {"sign a b --key c --out d", "'b' is one argument too many"},
    {"experiment", "'' is not an experiment: digits or text"},
    {"experiment mnist", "'mnist' is not an experiment: digits or text"},
    {"experiment digits text", "'text' is one argument too many"},
    {"experiment digits --level slow", "--level 'slow' is neither quick nor full"},
    {"experiment digits --seeds 0", "--seeds '0' is not a whole number from 2 to 64"},
    {"experiment digits --data /nonexistent",
     "/nonexistent/digits.csv.gz: the digits are not there; `make data` fetches them"},
    {"experiment text --data /nonexistent",
     "/nonexistent/english.txt: the text is not there; `make data` fetches it"},
    {"converge", "a suite is needed: limit, order2, scaling, svag, integrator"},
    {"converge nosuch", "'nosuch' is not a suite (limit, order2, scaling, svag, integrator)"},
    {"converge limit order2", "'order2' is one argument too many: the suite is 'limit'"},
    {"converge limit --integrator heun", "--integrator 'heun' means nothing here: it belongs to suite integrator"},
    {"converge limit --optimizer lion", "--optimizer 'lion' is not sgd, rmsprop, rmsprop/new-v, adam or adamw"},
    {"converge limit --problem cubic",
     "--problem 'cubic' is not linear, quadratic, double-well, state-noise, least-squares or label-noise"},
    {"converge limit --noise pink",
     "--noise 'pink' is not gaussian, rademacher, uniform, three-point, minibatch, minibatch/without-replacement, labels, exponential or student3"},
    {"converge limit --engine quantum", "--engine 'quantum' is not deterministic or monte-carlo"},
    {"converge order2 --engine monte-carlo",
     "--engine 'monte-carlo' is not allowed: suite order2 is computed without sampling"},
    {"converge limit --paths 1000", "--paths means nothing here: it belongs to --engine monte-carlo"},
    {"converge limit --resume x", "--resume means nothing here: it belongs to --engine monte-carlo"},
    {"converge svag --hessian eye.npy",
     "--hessian means nothing here: it belongs to suites limit and order2, or to --engine monte-carlo"},
    {"converge svag --covariance eye.npy",
     "--covariance means nothing here: it belongs to suites limit and order2, or to --engine monte-carlo"},
    {"converge limit --data cars", "--data 'cars' means nothing here: problem quadratic has no data"},
    {"converge limit --problem least-squares --data /nonexistent", "--data '/nonexistent': it cannot be read"},
    {"converge limit --problem least-squares --data three.txt",
     "--data 'three.txt': samples have dimension 2, this engine's problems have 1"},
    {"converge limit --hessian few.npy",
     "--hessian, --covariance: 'few.npy': it is 2 x 3, but must be square, with at most 4096 rows"},
    {"converge limit --hessian eye.npy --problem linear",
     "--hessian is not allowed with --problem 'linear': it belongs to quadratic"},
    {"converge limit --hessian eye.npy --set a=2", "--set 'a=2' means nothing beside --hessian"},
    {"converge limit --hessian eye.npy --set d=2,couple=0.1", "--set 'couple=0.1' means nothing beside --hessian"},
    {"converge limit --covariance eye.npy --noise rademacher",
     "--covariance is not allowed with problem quadratic and noise 'rademacher': it belongs to gaussian noise that does not depend on theta"},
    {"converge limit --covariance eye.npy --set S0=2", "--set 'S0=2' means nothing beside --covariance"},
    {"converge limit --covariance eye.npy --set d=2,rho=0.1", "--set 'rho=0.1' means nothing beside --covariance"},
    {"converge limit --hessian eye.npy --set d=3", "--set 'd=3' is not allowed: the matrices have dimension 2"},
    {"converge limit --set zz=1",
     "--set 'zz=1' is not KEY=VALUE with a key of a, b, S0, S1, B, sigma0, eps0, c1, c2, lambda0, T, t0, theta0, m0, u0, d, couple, rho"},
    {"converge limit --set a",
     "--set 'a' is not KEY=VALUE with a key of a, b, S0, S1, B, sigma0, eps0, c1, c2, lambda0, T, t0, theta0, m0, u0, d, couple, rho"},
    {"converge limit --set a=x", "--set 'a=x' is not allowed: a must be a finite number"},
    {"converge limit --set T=0", "--set 'T=0' is not allowed: T must be > 0"},
    {"converge limit --phi zeta",
     "--phi 'zeta' is not a product of powers (1 to 6) of theta, m, u, cos(theta) or sin(theta)"},
    {"converge limit --phi theta,", "--phi '' is not a list of words separated by commas"},
    {"converge limit --phi theta^0",
     "--phi 'theta^0' is not a product of powers (1 to 6) of theta, m, u, cos(theta) or sin(theta)"},
    {"converge limit --phi theta^12",
     "--phi 'theta^12' is not a product of powers (1 to 6) of theta, m, u, cos(theta) or sin(theta)"},
    {"converge limit --phi thetax",
     "--phi 'thetax' is not a product of powers (1 to 6) of theta, m, u, cos(theta) or sin(theta)"},
    {"converge limit --phi m --optimizer rmsprop", "--phi 'm' is not a function of rmsprop's state (theta, u)"},
    {"converge limit --phi theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta,theta",
     "--phi names more than 8 test functions"},
    {"converge limit --steps 0", "--steps '0' is not a whole number from 2 to 4096"},
    {"converge limit --steps 4,4", "--steps names 4 twice"},
    {"converge limit --steps x", "--steps 'x' is not a whole number from 2 to 4096"},
    {"converge limit --steps 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
     "--steps '1' is not a whole number from 2 to 4096"},
    {"converge limit --kappa 2", "--kappa means nothing here: it belongs to suite scaling"},
    {"converge limit --ell 2", "--ell means nothing here: it belongs to suite svag"},
    {"converge limit --control nosuch",
     "--control 'nosuch' is not missing-preconditioner, time-unit, no-gamma, stratonovich, skewed-noise or heavy-tails"},
    {"converge limit --resolution 0.1",
     "--resolution '0.1' means nothing for suite limit: it is of suite scaling with --engine monte-carlo"},
    {"converge limit --steps 1 --set c2=100", "--steps '1' is not a whole number from 2 to 4096"},
    {"converge svag --kappa 2", "--kappa '2' means nothing here: it belongs to suite scaling"},
    {"converge svag --steps 16,32", "--steps '16,32' is not one step count: SVAG(l) makes l^2 times as many"},
    {"converge svag --ell 1", "--ell '1' names 1 values: an order needs 5"},
    {"converge svag --ell 0", "--ell '0' is not a whole number from 1 to 64"},
    {"converge svag --ell 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", "--ell names more than 8 values"},
    {"converge svag --optimizer adam --set t0=0",
     "--set 't0=0' is not allowed: suite svag starts at t0 > 0, only limit at 0 too"},
    {"converge svag --steps 16384", "--steps '16384' is not a whole number from 2 to 4096"},
    {"converge svag --control kept-eps --optimizer sgd", "--control 'kept-eps' changes nothing for sgd/scaled"},
    {"converge scaling --kappa 1", "--kappa '1' is not a whole number from 2 to 1024"},
    {"converge scaling --kappa 2,4,8,16,32,64,128", "--kappa names more than 6 ratios"},
    {"converge scaling --control nosuch",
     "--control 'nosuch' is not a mistake in the scaling rule (optcert converge --controls lists them)"},
    {"converge scaling --optimizer lion", "--optimizer 'lion' is not sgd, rmsprop, rmsprop/new-v, adam or adamw"},
    {"converge scaling --optimizer ema --problem linear",
     "--problem 'linear' is not allowed: averages are compared on quadratic"},
    {"converge scaling --optimizer ema --phi theta",
     "--phi 'theta' is not allowed: averages are compared by all moments up to 2"},
    {"converge scaling --optimizer sgd --control kept-eps",
     "--control 'kept-eps' changes nothing for sgd/scaled with these values"},
    {"converge scaling --problem double-well --resolution 0.1",
     "--resolution '0.1' means nothing without --engine monte-carlo: this engine has no sampling noise"},
    {"converge scaling --engine quantum", "--engine 'quantum' is not deterministic or monte-carlo"},
    {"converge scaling --engine monte-carlo --optimizer lion",
     "--optimizer 'lion' is not sgd, ema, rmsprop, adam or adamw"},
    {"converge scaling --engine monte-carlo --problem quadratic",
     "--problem 'quadratic' is not bowl, skewed or stackloss"},
    {"converge scaling --engine monte-carlo --noise gaussian",
     "--noise 'gaussian' means nothing here: the sampled scaling suite has cases of its own"},
    {"converge scaling --engine monte-carlo --steps 8",
     "--steps '8' means nothing here: the sampled scaling suite has cases of its own"},
    {"converge scaling --engine monte-carlo --phi theta",
     "--phi 'theta' means nothing here: the sampled scaling suite has cases of its own"},
    {"converge scaling --engine monte-carlo --kappa 3",
     "--kappa '3' is not 2, 4, 8 or 16: with --engine monte-carlo it must be a power of 2"},
    {"converge scaling --engine monte-carlo --paths 5", "--paths '5' is not a whole number from 1024 to 16777216"},
    {"converge scaling --engine monte-carlo --resolution 2",
     "--resolution '2' is no distance of laws to tell from none: it must be > 0 and < 1.41"},
    {"converge scaling --engine monte-carlo --control nosuch",
     "--control 'nosuch' is not a mistake in the scaling rule (optcert converge --controls lists them)"},
    {"converge scaling --engine monte-carlo --optimizer sgd --control kept-eps",
     "--control 'kept-eps' changes nothing for sgd"},
    {"converge scaling --engine monte-carlo --set a=1",
     "--set 'a=1' means nothing here: the sampled scaling suite has cases of its own"},
    {"converge integrator --optimizer sgd",
     "--optimizer 'sgd' means nothing here: suite integrator takes --integrator, --problem, --set, --steps, --engine, --paths, --control"},
    {"converge integrator --engine quantum",
     "--engine 'quantum' is not deterministic (weak order) or monte-carlo (strong order)"},
    {"converge integrator --integrator nosuch",
     "--integrator 'nosuch' is not euler-maruyama, milstein, heun, platen, platen-simplified, sra1 or talay-tubaro"},
    {"converge integrator --problem nosuch", "--problem 'nosuch' is not ou, gbm, sinh or mixed"},
    {"converge integrator --integrator sra1 --problem gbm",
     "--problem 'gbm' is not allowed with sra1, which is for additive noise (ou)"},
    {"converge integrator --set a", "--set 'a' is not KEY=VALUE with a key of a, s, x0, T"},
    {"converge integrator --set zz=1", "--set 'zz=1' is not KEY=VALUE with a key of a, s, x0, T"},
    {"converge integrator --set a=x", "--set 'a=x' is not allowed: a must be a number, at most 100 in size"},
    {"converge integrator --set T=-1", "--set 'T=-1' is not allowed: T must be a number > 0, at most 100 in size"},
    {"converge integrator --set T=101", "--set 'T=101' is not allowed: T must be a number > 0, at most 100 in size"},
    {"converge limit --optimizer sgd --engine monte-carlo --problem state-noise --control stratonovich",
     "--control 'stratonovich' changes nothing for sgd on state-noise that sampling shows"},
    {"converge integrator --control nosuch", "--control 'nosuch' is not ito-stratonovich, wrong-drift or commuting"},
    {"converge integrator --control ito-stratonovich --problem ou",
     "--control 'ito-stratonovich' changes nothing for the weak order of euler-maruyama on ou"},
    {"converge integrator --control commuting",
     "--control 'commuting' changes nothing for the weak order of euler-maruyama on gbm"},
    {"converge integrator --control wrong-drift --problem mixed --engine monte-carlo",
     "--control 'wrong-drift' changes nothing for the strong order of euler-maruyama on mixed"},
    {"converge integrator --engine monte-carlo --integrator talay-tubaro",
     "--engine 'monte-carlo' is not allowed: no strong order is claimed for talay-tubaro, as it extrapolates expectations and has no path"},
    {"converge integrator --paths 100", "--paths '100' means nothing here: it belongs to --engine monte-carlo"},
    {"converge integrator --engine monte-carlo --paths 5", "--paths '5' is not a whole number from 100 to 16777216"},
    {"converge order2 --optimizer adam --set t0=0",
     "--set 't0=0' is not allowed: corrections of order h are singular there"},
    {"converge order2 --set d=2",
     "problem quadratic does not close without sampling in more than one dimension: its gradient, which dr"},
    {"converge limit --set d=2 --phi cos(theta)",
     "--phi 'cos(theta)' does not close without sampling: the mean of 1/(sigma0 sqrt(u) + eps0), by which "},
    {"converge limit --set d=2.5", "--set 'd=2.5' is not allowed: d must be a whole number from 1 to 100000"},
    {"converge limit --set d=100000",
     "problem quadratic does not close without sampling in more than one dimension: its gradient, which dr"},
    {"converge limit --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1 --set a=1",
     "--set is given more than 16 times"},
    {"scale sgd --batch 1 --to 2 --lr 1 --junit x", "--junit: there are no claims in what this command answers"},
    {"list --seed x", "--seed 'x' is not a whole number from 0 to 9007199254740992"},
    {"list --seed 9007199254740993", "--seed '9007199254740993' is not a whole number from 0 to 9007199254740992"},
    {"list --jobs 0", "--jobs '0' is not a whole number from 1 to 4096"},
    {"converge scaling --ell 2", "--ell '2' means nothing here: it belongs to suite svag"},
    {"converge scaling --kappa 2,4,2", "--kappa names 2 twice"},
    {"converge scaling --engine monte-carlo --kappa 2,2", "--kappa names 2 twice"},
    {"converge scaling --engine monte-carlo --kappa 2,4,8,16,2", "--kappa names more than 4 ratios"},
    {"converge scaling --engine monte-carlo --hessian eye.npy",
     "--hessian 'eye.npy' means nothing here: the sampled scaling suite has cases of its own"},
    {"converge scaling --steps 8,16", "--steps '8,16' names 2 step counts: an order needs 5"},
    {"equivalence sgd --record record --plant low-bit", "--record keeps nothing of a run with --plant"},
    {"converge svag --noise student3",
     "--noise 'student3' is not allowed: two calls of a law without fourth moment have no quadrature here"},
    {"converge svag --steps 4096 --ell 1,2,3,4,64",
     "--steps 4096 with l = 64 makes 16777216 steps: at most 16384 are allowed"},
    {"converge svag --steps 2 --set c2=100", "--steps 2 is not allowed: c h = 50 must be < 1 (h = T/N, so N > 100)"},
    {"converge scaling --steps 4,8,16,32,64 --kappa 4",
     "--kappa 4 is not allowed with 4 steps: kappa * (1 - beta) must be < 1"},
    {"converge scaling --steps 8,16,32,64,128 --set c2=100",
     "--steps 8 is not allowed: c h = 12.5 must be < 1 (h = T/N, so N > 100)"},
    {"scale adam --batch 64 --to 128 --lr 1e-3 --steps 1000000 --problem quadratic",
     "--steps 1e+06 is not allowed with --problem: (1-beta)*steps = 100000 must be < 64, what the engine resolves"},
    {"scale sgd --batch 64 --to 128 --lr 1e-3 --steps 9 --problem quadratic --sample-noise 1e400",
     "--sample-noise '1e400' must be a finite number > 0"},
    {"certify --level full --resolution 0.1 builtin:adam more", "'more' is one argument too many"},
    {"experiment digits --level full text", "'text' is one argument too many"},
    {"experiment digits --level quick text", "'text' is one argument too many"},
    {"calibrate --share 2 --seeds 0", "--seeds '0' is not a whole number from 1 to 1000000"},
    {"converge integrator --set a=-1 --problem ou",
     "--set 'a=-1' is not allowed: a must be a number > 0, at most 100 in size"},
    {"converge integrator --set T", "--set 'T' is not KEY=VALUE with a key of a, s, x0, T"},
    {"converge integrator --engine deterministic --paths 100",
     "--paths '100' means nothing here: it belongs to --engine monte-carlo"},
    {"converge limit --phi thetathetathetathetathetathetathetathetathetathetathetathetathetatheta",
     "--phi 'thetathetathetathetathetathetathetathetathetathetathetathetathetatheta' is not a list of words separated by commas"},
    {"converge limit --covariance eye.npy --problem state-noise",
     "--covariance is not allowed with problem state-noise and noise 'gaussian': it belongs to gaussian noise that does not depend on theta"},
    {"converge limit --hessian eye.npy --problem double-well",
     "--hessian is not allowed with --problem 'double-well': it belongs to quadratic"},
    {"converge scaling --optimizer adam --set t0=0",
     "--set 't0=0' is not allowed: suite scaling starts at t0 > 0, only limit at 0 too"},
    {"converge limit --steps 4096,4096", "--steps names 4096 twice"},
    {"converge limit --set aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1",
     "--set 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' is too long"},
    {"converge limit --control no-gamma --optimizer sgd",
     "--control 'no-gamma' changes nothing for sgd on quadratic"},
    {"converge limit --control missing-preconditioner --optimizer sgd",
     "--control 'missing-preconditioner' changes nothing for sgd on quadratic"},
    {"converge limit --noise labels", "'labels' is the noise of problem label-noise, not of quadratic"},
    {"converge limit --noise minibatch", "'minibatch' is the noise of problem least-squares, not of quadratic"},
    {"converge limit --problem least-squares --noise labels",
     "'labels' is the noise of problem label-noise, not of least-squares"},
    {"scale sgd --batch 4 --to 8 --lr 1 --gradients ok.npy --gradient-batch 9007199254740993",
     "--gradient-batch '9007199254740993' is not a whole number from 1 to 9007199254740992"},
    {"certify exec:/bin/true", "it claims no dialect: give --claims for a certificate that says so"},
    {"certify exec:./mute", "claims no dialect: give --claims (optcert list shows them)"},
    {"identify exec:/bin/true", "exited: the command ended with exit status 0"},
    {"verify rec.json /nonexistent/build", "cannot read /nonexistent/build"},
    {"verify .", "cannot read .: Is a directory"},
    {"verify big", "cannot read big: it is too large"},
    {"keygen half", "half.key is already there: it is not written over"},
    {"converge limit --hessian eye.npy --set a=0.5", "--set 'a=0.5' means nothing beside --hessian"},
    {"converge limit --covariance eye.npy --set S0=0.5", "--set 'S0=0.5' means nothing beside --covariance"},
    {"converge svag --engine monte-carlo --ell 1,2", "--ell '1,2' names 2 values"},
    {"scale sgd --batch 1 --to 2 --lr 1.2.3", "--lr 1.2.3 is not a finite number"},
    {"experiment digits --data . --out notjson/x", "--out 'notjson/x': Not a directory"},
    {"experiment digits --data . --gradients notjson/x", "--gradients 'notjson/x': Not a directory"},
    {"experiment digits --data . --resume /nonexistent/x", "--resume /nonexistent/x"},
    {"scale rmsprop --batch 64 --to 128 --lr 1e-3 --beta 0.9 --beta2 0.9",
     "--beta and --beta2 are two names of one hyper-parameter of rmsprop: give one"},
};

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "we");
    UNIT_CHECK(file != NULL && fwrite(bytes, 1, size, file) == size && fclose(file) == 0, "%s is not written", name);
}

/* A .npy file of binary64 with these numbers again and again. */
static void write_npy(const char *name, size_t rows, size_t columns, const double *value, size_t values)
{
    FILE *file = fopen(name, "we");
    if (!UNIT_CHECK(file != NULL, "%s is not written", name)) {
        return;
    }
    optcert_npy_head(file, "<f8", rows, columns);
    for (size_t i = 0; i < rows * columns; i++) {
        fwrite(&value[i % values], sizeof *value, 1, file);
    }
    UNIT_CHECK(fclose(file) == 0, "%s is not written", name);
}

static const char no_columns[] = "\x93NUMPY\x01\x00\x36\x00"
                                 "{'descr':'<f8','fortran_order':False,'shape':(9,0)}  \n";

/* A build behind exec: that says nothing of what it computes. */
static const char mute[] = "#!/bin/sh\nread l; printf '{\"ok\":true,\"abi\":1,\"name\":\"x\",\"claims\":\"\",\"scalar\":\"f64\"}\\n'; read l\n";

static void write_files(void)
{
    write_npy("eye.npy", 2, 2, (const double[]){1, 0, 0, 1}, 4);
    write_npy("few.npy", 2, 3, (const double[]){1}, 1);
    write_npy("nan.npy", 9, 1, (const double[]){(double)NAN}, 1);
    write_npy("ok.npy", 9, 2, (const double[]){0.1, 0.7, -0.3, 0.2, 1.1}, 5);
    write_file("empty.npy", no_columns, sizeof no_columns - 1);
    write_file("three.txt", "1 2 3\n4 5 6\n", 12);
    write_file("notjson", "x", 1);
    write_file("half.key", "x", 1);
    write_file("mute", mute, sizeof mute - 1);
    write_file("big", "", 0);
    UNIT_CHECK(chmod("mute", 0755) == 0 && truncate("big", (64 << 20) + 1) == 0, "mute and big");
    unit_write_digits("digits.csv.gz", 1797, NULL);
    write_file("rec.json", "{\"calibration\":\"conformance\",\"source_sha256\":\"0\"}", 49);
}

static void check_line(size_t i)
{
    static program_said said;
    const int code = program_run_here(lines[i].line, 20, &said);
    UNIT_CHECK(code == 2 && said.out[0] == '\0', "optcert %s: exit %d: %.300s%s", lines[i].line, code, said.out, said.err);
    UNIT_CHECK(strstr(said.err, lines[i].says) != NULL, "optcert %s: '%s' lacks '%s'", lines[i].line, said.err, lines[i].says);
    const char *end = strchr(said.err, '\n');
    UNIT_CHECK(strncmp(said.err, "optcert: ", 9) == 0 && end != NULL && end[1] == '\0', "optcert %s: not one line: %s", lines[i].line, said.err);
}

static void bad_lines(void)
{
    char folder[] = "/tmp/optcert-test-XXXXXX", before[4096], remove[64];
    if (!UNIT_CHECK(getcwd(before, sizeof before) != NULL && mkdtemp(folder) != NULL && chdir(folder) == 0, "no folder")) {
        return;
    }
    write_files();
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        check_line(i);
    }
    snprintf(remove, sizeof remove, "rm -r '%s'", folder);
    UNIT_CHECK(chdir(before) == 0 && system(remove) == 0, "%s is still there", folder);
}

UNIT_SUITE(refusals, {"bad_lines", bad_lines})
