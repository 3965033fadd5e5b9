#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PyTorch's optimizers behind the exec protocol: torch_optimizer.py NAME [--f32] [--foreach]."""
import argparse, json, os, sys, torch

BETAS, SLOTS = ("betas", "eps"), {"m": "exp_avg", "v": "exp_avg_sq"}
KNOWN = {  # name: dialect, class, what it takes beside lr, constants, slots
    "sgd": ("sgd", "SGD", (), {}, {}),
    "sgd-momentum": ("sgd-momentum", "SGD", ("momentum",), {}, {"m": "momentum_buffer"}),
    "rmsprop": ("rmsprop/new-v", "RMSprop", ("alpha", "eps"), {}, {"v": "square_avg"}),
    "adam": ("adam", "Adam", BETAS, {}, SLOTS),
    "amsgrad": ("adam/amsgrad", "Adam", BETAS, {"amsgrad": True}, {**SLOTS, "vmax": "max_exp_avg_sq"}),
    "adamw": ("adamw", "AdamW", BETAS + ("weight_decay",), {}, SLOTS),
    "radam": ("radam", "RAdam", BETAS, {}, SLOTS),
    "adagrad": ("adagrad", "Adagrad", ("eps",), {}, {"v": "sum"}),
    "nadam": ("nadam/mu-twice" if torch.__version__ < "2" else "nadam", "NAdam", BETAS, {}, SLOTS),
}
parser = argparse.ArgumentParser()
parser.add_argument("name", choices=KNOWN)
for flag in ("--f32", "--foreach"):
    parser.add_argument(flag, action="store_true")
args = parser.parse_args()
dialect, kind, takes, constants, slots = KNOWN[args.name]
dtype, scalar = (torch.float32, "f32") if args.f32 else (torch.float64, "f64")
requests, answers, instances = sys.stdin.buffer, os.fdopen(os.dup(1), "wb"), {}
os.dup2(2, 1)  # whatever a library prints must not land among the answers
torch.set_num_threads(1)
def serve(call, instance=0, n=0, hyper=None, bytes=0, slot="", step=0, **_):
    data = torch.frombuffer(bytearray(requests.read(bytes)), dtype=dtype) if bytes else torch.empty(0, dtype=dtype)
    if call == "describe":
        name = f"torch-{torch.__version__}-{args.name}{'-foreach' * args.foreach}"
        return {"abi": 1, "name": name, "claims": dialect, "scalar": scalar, "get": True, "set": kind != "NAdam"}, data
    if call == "create":
        theta, given = torch.nn.Parameter(torch.zeros(n, dtype=dtype)), {k: float(v) for k, v in hyper.items()}
        given.update(betas=(given["beta1"], given["beta2"]), alpha=given["beta2"])
        options = {key: given[key] for key in ("lr",) + takes}
        instances[instance] = theta, getattr(torch.optim, kind)([theta], **options, **constants, foreach=args.foreach)
        return {}, data
    theta, optimizer = instances[instance]
    if call == "step" or (call == "set" and not optimizer.state[theta]):  # torch makes its state at the first step
        theta.data, theta.grad = (data[:n], data[n:]) if call == "step" else (torch.zeros_like(data),) * 2
        optimizer.step()
    if call == "set":
        state = optimizer.state[theta]
        state[slots[slot]].copy_(data)
        if "step" in state:
            state["step"] = torch.tensor(float(step)) if torch.is_tensor(state["step"]) else step
    if call == "destroy":
        del instances[instance]
    return {}, theta.data if call == "step" else optimizer.state[theta][slots[slot]] if call == "get" else data[:0]

for line in requests:
    try:
        fields, array = serve(**json.loads(line))
        fields, array = {"ok": True, "bytes": array.numel() * array.element_size(), **fields}, array.numpy().tobytes()
    except (ValueError, KeyError, AttributeError) as error:
        fields, array = {"ok": False, "error": str(error)}, b""
    answers.write(json.dumps(fields).encode() + b"\n" + array)
    answers.flush()
