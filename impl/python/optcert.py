# SPDX-License-Identifier: Apache-2.0
"""Scaling rules, SVAG and gradient diagnostics of optcert, beside any training code.

One file, no packages: it calls liboptcert.so (and, for gradients(), liboptcert-diagnostics.so), looked for in
$OPTCERT_LIB (a folder), beside this file, in the build tree, and where the system looks.

    import optcert
    optcert.scale("adam", batch=256, to=1024, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8)
    optcert.scale_torch(optimizer, 4)           # every param group of a torch.optim optimizer, in place
    r1, r2 = optcert.svag(4)                    # gradient = r1 * g1 + r2 * g2
    print(optcert.gradients(g, batch=256, to=8192)["sentences"][0])
"""
import array
import ctypes
import ctypes.util
import json
import os

__all__ = ["OptcertError", "scale", "scale_torch", "scale_ema", "svag", "svag_hyper", "gradients"]


class OptcertError(ValueError):
    """A value broke a rule; the text names both."""


class _Hyper(ctypes.Structure):  # oc_hyper, optcert/hyper.h
    _fields_ = [(name, ctypes.c_double) for name in ("lr", "beta1", "beta2", "eps", "weight_decay", "momentum")]
    _fields_ += [("flags", ctypes.c_uint)]


class _Svag64(ctypes.Structure):  # oc_svag_coef_f64, optcert/svag.h
    _fields_ = [("r1", ctypes.c_double), ("r2", ctypes.c_double)]


class _Svag32(ctypes.Structure):  # oc_svag_coef_f32
    _fields_ = [("r1", ctypes.c_float), ("r2", ctypes.c_float)]


# What each rule reads; the library leaves all else alone.
_RULES = {
    "sgd": ("oc_scale_sgd", ("lr",)),
    "rmsprop": ("oc_scale_rmsprop", ("lr", "beta2", "eps")),
    "adam": ("oc_scale_adam", ("lr", "beta1", "beta2", "eps")),
    "adamw": ("oc_scale_adamw", ("lr", "beta1", "beta2", "eps", "weight_decay")),
}
_ALLOW_ZERO_EPS = 1
_loaded = {}


def _folders():
    here = os.path.dirname(os.path.abspath(__file__))
    given = os.environ.get("OPTCERT_LIB")
    if given:
        yield given
    yield here
    yield os.path.join(here, "..", "..", "build")


def _library(name):
    if name not in _loaded:
        paths = [os.path.join(folder, "lib%s.so%s" % (name, end)) for folder in _folders() for end in ("", ".0")]
        path = next((p for p in paths if os.path.exists(p)), None) or ctypes.util.find_library(name)
        if path is None:
            raise OptcertError("lib%s.so is not found: build it with make, or name its folder in OPTCERT_LIB" % name)
        _loaded[name] = ctypes.CDLL(path)
    return _loaded[name]


def _check(status, what):
    if status != 0:
        text = _library("optcert").oc_status_text
        text.restype = ctypes.c_char_p
        raise OptcertError("%s: %s" % (what, text(status).decode()))


def _kappa(kappa, batch, to):
    if kappa is not None and batch is None and to is None:
        return float(kappa)
    if kappa is None and batch is not None and to is not None:
        if not (batch > 0 and to > 0):
            raise OptcertError("batch %r and to %r: both must be > 0" % (batch, to))
        return to / batch
    raise OptcertError("give either kappa, or batch and to")


def scale(optimizer, *, kappa=None, batch=None, to=None, steps=None, **hyper):
    """The hyper-parameters for a batch kappa = to/batch times as large, as a dict.

    optimizer: sgd, rmsprop, adam, adamw. hyper: lr, beta1, beta2 (RMSprop's beta too), eps, weight_decay: exactly
    those that the optimizer has. Raises OptcertError where the rule has no answer, kappa*(1-beta) >= 1 above all.
    """
    if optimizer not in _RULES:
        raise OptcertError("%r has no scaling rule here: %s" % (optimizer, ", ".join(_RULES)))
    function, names = _RULES[optimizer]
    if sorted(hyper) != sorted(names):
        raise OptcertError("%s needs exactly %s; given: %s" % (optimizer, ", ".join(names), ", ".join(hyper) or "none"))
    ratio = _kappa(kappa, batch, to)
    before, after = _Hyper(**{name: float(value) for name, value in hyper.items()}), _Hyper()
    before.flags = _ALLOW_ZERO_EPS if hyper.get("eps") == 0 else 0
    _check(getattr(_library("optcert"), function)(ctypes.byref(before), ctypes.c_double(ratio), ctypes.byref(after)),
           "scaling %s by %g (%s)" % (optimizer, ratio, ", ".join("%s=%g" % pair for pair in hyper.items())))
    scaled = {name: getattr(after, name) for name in names}
    if steps is not None:
        scaled["steps"] = steps / ratio
    return scaled


def scale_ema(rho, *, kappa=None, batch=None, to=None):
    """The decay of an average of the iterates: rho^kappa."""
    ratio, scaled = _kappa(kappa, batch, to), ctypes.c_double()
    _check(_library("optcert").oc_scale_ema(ctypes.c_double(rho), ctypes.c_double(ratio), ctypes.byref(scaled)),
           "scaling the decay %g by %g" % (rho, ratio))
    return scaled.value


def scale_torch(optimizer, kappa):
    """Scales every param group of a torch.optim SGD, RMSprop, Adam or AdamW in place.

    Momentum stays (Goyal et al. 2017), and so does weight_decay where it is part of the gradient (all but AdamW).
    Nothing is changed when one group is refused. Schedules and the number of steps are the caller's: divide by kappa.
    """
    name = type(optimizer).__name__.lower()
    if name not in _RULES:
        raise OptcertError("torch optimizer %s has no scaling rule here" % type(optimizer).__name__)
    changes = []
    for group in optimizer.param_groups:
        if name == "rmsprop" and group.get("momentum"):
            raise OptcertError("RMSprop with momentum has no scaling rule here")
        values = {"lr": group["lr"], "eps": group.get("eps"), "weight_decay": group.get("weight_decay"),
                  "beta1": group.get("betas", (None, None))[0], "beta2": group.get("betas", (None, group.get("alpha")))[1]}
        changes.append(scale(name, kappa=kappa, **{key: values[key] for key in _RULES[name][1]}))
    for group, new in zip(optimizer.param_groups, changes):
        group["lr"] = new["lr"]
        for key in ("eps", "weight_decay"):
            if key in new:
                group[key] = new[key]
        if "beta1" in new:
            group["betas"] = (new["beta1"], new["beta2"])
        elif "beta2" in new:
            group["alpha"] = new["beta2"]


def svag(l, precision=64):
    """The weights r1, r2 of SVAG(l): gradient = r1 g1 + r2 g2 of two independent minibatches has l times the noise."""
    if precision not in (32, 64):
        raise OptcertError("precision %r is neither 32 nor 64" % (precision,))
    coef = _Svag64() if precision == 64 else _Svag32()
    function = getattr(_library("optcert"), "oc_svag_coef_init_f%d" % precision)
    _check(function(ctypes.byref(coef), ctypes.c_double(l)), "SVAG's weights for l = %r" % (l,))
    return coef.r1, coef.r2


def svag_hyper(optimizer, l, steps=None, **hyper):
    """The hyper-parameters of an SVAG(l) run: lr/l, (1-beta)/l^2, eps*l, and l^2 times as many steps."""
    return scale(optimizer, kappa=1.0 / (l * l), steps=steps, **hyper)


def _rows(values):
    """(buffer of doubles, rows, columns) of a torch tensor, an object with the buffer protocol, or lists of numbers."""
    if hasattr(values, "detach"):
        values = values.detach().cpu().double().contiguous()
        if values.dim() != 2:
            raise OptcertError("gradients have %d dimensions: they must have 2" % values.dim())
        rows, columns = values.shape
        return values, ctypes.cast(values.data_ptr(), ctypes.POINTER(ctypes.c_double)), rows, columns
    try:
        view = memoryview(values)
    except TypeError:
        lists = [[float(x) for x in row] for row in values]
        columns = len(lists[0]) if lists else 0
        if any(len(row) != columns for row in lists):
            raise OptcertError("the gradients are not all of one length") from None
        flat, rows = array.array("d", (x for row in lists for x in row)), len(lists)
    else:
        if view.ndim != 2 or view.format not in ("d", "f"):
            raise OptcertError("gradients must be a 2-dimensional array of float32 or float64")
        rows, columns = view.shape
        flat = array.array("d", array.array(view.format, view.tobytes()))
    pointer = (ctypes.c_double * len(flat)).from_buffer(flat) if len(flat) else (ctypes.c_double * 1)()
    return flat, ctypes.cast(pointer, ctypes.POINTER(ctypes.c_double)), rows, columns


def gradients(values, *, batch, to, coordinates=8):
    """What K x d stochastic gradients at one point, each of `batch` samples, say about batch size `to`: the dict that
    `optcert scale --gradients` gives under "gradients" with --json. Plain sentences are under "sentences"."""
    library = _library("optcert-diagnostics")
    keep, pointer, rows, columns = _rows(values)
    why = ctypes.create_string_buffer(200)
    library.optcert_gradient_text.restype = ctypes.c_void_p
    text = library.optcert_gradient_text(pointer, ctypes.c_size_t(rows), ctypes.c_size_t(columns),
                                         ctypes.c_double(batch), ctypes.c_double(to), ctypes.c_size_t(coordinates), why)
    del keep
    if not text:
        raise OptcertError(why.value.decode())
    try:
        return json.loads(ctypes.string_at(text).decode())
    finally:
        library.optcert_gradient_text_free(ctypes.c_void_p(text))
