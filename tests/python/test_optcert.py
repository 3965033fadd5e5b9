#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_optcert.py OPTCERT: the Python module against the program, and against its own promises."""
import array
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "impl", "python"))
import optcert  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop(1))
ADAM = {"lr": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}


def program(*arguments):
    run = subprocess.run([PROGRAM, "scale", *arguments, "--json"], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def gradients(rows, columns):
    source = random.Random(1)
    return [[0.5 * (j % 2) + source.gauss(0, 1) for j in range(columns)] for _ in range(rows)]


def write_npy(path, rows):
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }" % (len(rows), len(rows[0]))
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as out:
        out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        for row in rows:
            out.write(struct.pack("<%dd" % len(row), *row))


class FakeTensor:
    """As much of torch.Tensor as the module uses."""

    def __init__(self, rows):
        self.shape = (len(rows), len(rows[0]))
        self.flat = array.array("d", (x for row in rows for x in row))

    def detach(self):
        return self

    cpu = double = contiguous = detach

    def dim(self):
        return 2

    def data_ptr(self):
        return self.flat.buffer_info()[0]


class Scale(unittest.TestCase):
    def near(self, ours, theirs):
        for key, value in ours.items():
            self.assertAlmostEqual(value, theirs[key], delta=4e-15 * max(1, abs(value)), msg=key)

    def test_like_the_program(self):
        words = ["--lr", "1e-3", "--beta1", "0.9", "--beta2", "0.999", "--eps", "1e-8"]
        to = program("adam", "--batch", "256", "--to", "1024", *words)["to"]
        self.near(optcert.scale("adam", batch=256, to=1024, **ADAM), to)
        to = program("adamw", "--batch", "2", "--to", "3", "--weight-decay", "0.1", *words)["to"]
        self.near(optcert.scale("adamw", kappa=1.5, weight_decay=0.1, **ADAM), to)
        to = program("rmsprop", "--batch", "1", "--to", "9", "--lr", "0.01", "--beta", "0.99", "--eps", "0")["to"]
        self.near(optcert.scale("rmsprop", kappa=9, lr=0.01, beta2=0.99, eps=0), to)
        to = program("sgd", "--batch", "3", "--to", "12", "--lr", "0.1", "--ema", "0.9", "--steps", "100")["to"]
        self.near(optcert.scale("sgd", batch=3, to=12, lr=0.1, steps=100), to)
        self.assertAlmostEqual(optcert.scale_ema(0.9, kappa=4), to["ema"], delta=1e-15)

    def test_refusals(self):
        for call, text in [
            (lambda: optcert.scale("adam", batch=256, to=4096, **ADAM), "kappa"),
            (lambda: optcert.scale("lion", kappa=2, lr=1), "'lion' has no scaling rule here"),
            (lambda: optcert.scale("sgd", kappa=2, lr=1, beta1=0.9), "sgd needs exactly lr"),
            (lambda: optcert.scale("sgd", kappa=2, batch=1, to=2, lr=1), "either kappa, or batch and to"),
            (lambda: optcert.scale("sgd", kappa=float("nan"), lr=1), "kappa"),
            (lambda: optcert.scale("sgd", kappa=2, lr=-1), r"scaling sgd by 2 \(lr=-1\): the learning rate"),
            (lambda: optcert.svag(0.5), "SVAG's weights for l = 0.5"),
            (lambda: optcert.gradients([[1.0]] * 3, batch=1, to=2), "3 gradients are too few"),
            (lambda: optcert.gradients([[1.0], [1.0, 2.0]], batch=1, to=2), "not all of one length"),
            (lambda: optcert.gradients([], batch=1, to=2), "0 gradients are too few"),
        ]:
            with self.assertRaisesRegex(optcert.OptcertError, text):
                call()

    def test_torch_groups(self):
        optimizer = type("AdamW", (), {})()
        optimizer.param_groups = [{"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.01, "amsgrad": False}]
        optcert.scale_torch(optimizer, 4)
        group = optimizer.param_groups[0]
        self.assertAlmostEqual(group["lr"], 2e-3)
        self.assertAlmostEqual(group["betas"][0], 0.6)
        self.assertAlmostEqual(group["weight_decay"], 0.02)
        before = dict(group)
        with self.assertRaises(optcert.OptcertError):
            optcert.scale_torch(optimizer, 16)
        self.assertEqual(group, before)
        plain = type("RMSprop", (), {})()
        plain.param_groups = [{"lr": 1e-2, "alpha": 0.99, "eps": 1e-8, "weight_decay": 0.1, "momentum": 0}]
        optcert.scale_torch(plain, 4)
        self.assertAlmostEqual(plain.param_groups[0]["alpha"], 0.96)
        self.assertEqual(plain.param_groups[0]["weight_decay"], 0.1)


class Svag(unittest.TestCase):
    def test_weights(self):
        self.assertEqual(optcert.svag(1), (1.0, 0.0))
        for precision, unit in ((64, 2.0**-53), (32, 2.0**-24)):
            r1, r2 = optcert.svag(4, precision)
            self.assertAlmostEqual(r1 + r2, 1, delta=16 * unit)
            self.assertAlmostEqual(r1 * r1 + r2 * r2, 16, delta=128 * unit)

    def test_run(self):
        run = optcert.svag_hyper("adam", 2, steps=10, **ADAM)
        self.assertAlmostEqual(run["lr"], 5e-4)
        self.assertAlmostEqual(run["eps"], 2e-8)
        self.assertEqual(run["steps"], 40)


class Gradients(unittest.TestCase):
    def test_like_the_program(self):
        rows = gradients(24, 5)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "g.npy")
            write_npy(path, rows)
            theirs = program("sgd", "--lr", "1", "--batch", "16", "--to", "64", "--gradients", path)["gradients"]
        self.assertEqual(optcert.gradients(rows, batch=16, to=64), theirs)
        self.assertEqual(optcert.gradients(FakeTensor(rows), batch=16, to=64), theirs)
        flat = array.array("d", (x for row in rows for x in row))
        self.assertEqual(optcert.gradients(memoryview(flat).cast("B").cast("d", (24, 5)), batch=16, to=64), theirs)

    def test_sentence(self):
        report = optcert.gradients([[3.0 + 0.01 * x for x in row] for row in gradients(16, 3)], batch=1, to=2)
        self.assertIn("do not expect the rule to hold", report["sentences"][0])
        self.assertEqual(report["dominates"], "mean")


if __name__ == "__main__":
    unittest.main()
