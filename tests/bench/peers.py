#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""peers.py [--quick] [--only NAME] | --turns: times of PyTorch's optimizers and NumPy's loops and normals, where they can be imported (torchsde
too, where PYTHONPATH leads to it): one line a result, tab-separated:
what, who, bits, threads, n, median ns, least ns; an element is a parameter, a normal, or a step of a path. With --turns it runs
PyTorch's steps when it is told to (turns.c): "prepare STEP BITS THREADS N", answered by who that is, or by an empty line; "run RUNS",
answered by the seconds that it took."""
import math
import sys
import time

ROUNDS, ROUND_TIME = (5, 0.02) if "--quick" in sys.argv else (11, 0.05)
ONLY = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""  # results with that in their names


def measure(run, elements, threads):
    """Median and least ns an element: processor time on one thread, as bench has it, else the clock on the wall."""
    clock = clock_of(threads)
    runs, spent = 1, 0.0
    while True:
        start = clock()
        for _ in range(runs):
            run()
        spent = clock() - start
        if spent > ROUND_TIME / 2:
            break
        runs *= 2
    times = []
    for _ in range(ROUNDS):
        start = clock()
        for _ in range(runs):
            run()
        times.append((clock() - start) / runs / elements * 1e9)
    times.sort()
    return times[len(times) // 2], times[0]


def report(what, who, bits, threads, n, run, elements=None):
    if ONLY not in what:
        return
    median, least = measure(run, elements or n, threads)
    print(f"{what}\t{who}\t{bits}\t{threads}\t{n}\t{median:.6g}\t{least:.6g}", flush=True)


def clock_of(threads):
    return time.thread_time if threads == 1 else time.perf_counter


TORCH = {
    "sgd_step": lambda torch, p: torch.optim.SGD([p], lr=1e-3),
    "rmsprop_newv_step": lambda torch, p: torch.optim.RMSprop([p], lr=1e-3),
    "adam_step": lambda torch, p: torch.optim.Adam([p], lr=1e-3),
    "adamw_step": lambda torch, p: torch.optim.AdamW([p], lr=1e-3),
}


def torch_step(torch, what, bits, n):
    theta = torch.nn.Parameter(torch.ones(n, dtype=torch.float32 if bits == 32 else torch.float64))
    theta.grad = torch.ones_like(theta)
    return TORCH[what](torch, theta).step


def torch_steps(torch, who):
    """Those that take no turns."""
    for threads in (1, 2):
        torch.set_num_threads(threads)
        for bits in (32, 64):
            for n in (1000, 100000):
                for what in TORCH:
                    report(what, who, bits, threads, n, torch_step(torch, what, bits, n))


def take_turns():
    try:
        import torch

        who = f"PyTorch {torch.__version__.split('+')[0]}"
    except ImportError:
        who = ""
    step, clock = None, None
    for line in sys.stdin:
        order, *words = line.split()
        if order == "prepare":
            what, bits, threads, n = words[0], *map(int, words[1:])
            known = who != "" and what in TORCH
            if known:
                torch.set_num_threads(threads)
                step, clock = torch_step(torch, what, bits, n), clock_of(threads)
            print(who if known else "", flush=True)
        else:
            start = clock()
            for _ in range(int(words[0])):
                step()
            print(f"{clock() - start:.9g}", flush=True)


def torch_normals(torch, who):
    torch.set_num_threads(1)
    out = torch.empty(100000, dtype=torch.float64)
    report("normals", who, 64, 1, 100000, out.normal_)


def numpy_adam(np, who):
    for bits, dtype in ((32, np.float32), (64, np.float64)):
        for n in (1000, 100000, 10000000):
            theta, m, v, g = (np.full(n, x, dtype) for x in (1.0, 0.1, 0.01, 1.0))
            t, d = np.empty(n, dtype), np.empty(n, dtype)
            lr, b1, b2, eps = (dtype(x) for x in (1e-3, 0.9, 0.999, 1e-8))

            def step():
                np.multiply(m, b1, out=m)
                np.multiply(g, 1 - b1, out=t)
                np.add(m, t, out=m)
                np.multiply(v, b2, out=v)
                np.multiply(g, g, out=t)
                np.multiply(t, 1 - b2, out=t)
                np.add(v, t, out=v)
                np.sqrt(v, out=d)
                np.add(d, eps, out=d)
                np.divide(m, d, out=t)
                np.multiply(t, lr, out=t)
                np.subtract(theta, t, out=theta)

            report("adam_step", who, bits, 1, n, step)


def numpy_paths(np, who):
    """One-dimensional RMSprop SDE, f = theta^2/2, Sigma = 1, by Euler-Maruyama: 1000 paths."""
    rng = np.random.Generator(np.random.Philox(1))
    out = np.empty(100000)
    report("normals", who, 64, 1, 100000, lambda: rng.standard_normal(out=out))
    n, h, sigma0, eps0, c2 = 1000, 1e-3, 0.5, 0.1, 1.0
    theta, u = np.ones(n), np.ones(n)
    root = math.sqrt(h)

    def path_step(z):
        nonlocal theta, u
        p = sigma0 * np.sqrt(u) + eps0
        theta = theta - theta / p * h - sigma0 / p * root * z
        u = u + c2 * (1.0 - u) * h

    report("path-step gaussian", who, 64, 1, n, lambda: path_step(rng.standard_normal(n)))
    report("path-step two-point", who, 64, 1, n, lambda: path_step(2.0 * rng.integers(0, 2, n) - 1.0))


def torchsde_paths(torch, torchsde, who):
    class Rmsprop(torch.nn.Module):
        noise_type, sde_type = "diagonal", "ito"

        def f(self, _t, y):
            p = 0.5 * torch.sqrt(y[:, 1:2]) + 0.1
            return torch.cat([-y[:, 0:1] / p, 1.0 - y[:, 1:2]], 1)

        def g(self, _t, y):
            p = 0.5 * torch.sqrt(y[:, 1:2]) + 0.1
            return torch.cat([-0.5 / p, torch.zeros_like(p)], 1)

    paths, steps = 1000, 100
    start = torch.ones(paths, 2, dtype=torch.float64)
    times = torch.tensor([0.0, 1e-3 * steps])
    report("path-step gaussian", who, 64, 1, paths,
           lambda: torchsde.sdeint(Rmsprop(), start, times, dt=1e-3, method="euler"), paths * steps)


def main():
    try:
        import numpy as np

        numpy_adam(np, f"NumPy {np.__version__}")
        numpy_paths(np, f"NumPy {np.__version__}")
    except ImportError:
        print("peers: no NumPy here", file=sys.stderr)
    try:
        import torch
    except ImportError:
        print("peers: no PyTorch here", file=sys.stderr)
        return
    who = f"PyTorch {torch.__version__.split('+')[0]}"
    torch_normals(torch, who)
    torch_steps(torch, who)
    try:
        import torchsde

        torchsde_paths(torch, torchsde, f"torchsde {torchsde.__version__}")
    except ImportError:
        print("peers: no torchsde here", file=sys.stderr)


if "--turns" in sys.argv:
    take_turns()
else:
    main()
