/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of commands, in the order in which --help shows them. */
#include "command.h"

const optcert_command optcert_commands[] = {
    {"list", "what this program knows, by name", optcert_cmd_list},
    {"certify", "hold a build to the dialect that it claims; write a certificate", optcert_cmd_certify},
    {"identify", "which dialect a build computes; if none, what is wrong with it", optcert_cmd_identify},
    {"calibrate", "how often the conformance suite is wrong", optcert_cmd_calibrate},
    {"scale", "hyper-parameters for another batch size", optcert_cmd_scale},
    {"verify", "whether a certificate is sound, and about the build at hand", optcert_cmd_verify},
    {"keygen", "a pair of keys for signing certificates", optcert_cmd_keygen},
    {"sign", "put a certificate in a signed envelope", optcert_cmd_sign},
    {"prove", "run the library's proofs and show their ledger", optcert_cmd_prove},
    {"equivalence", "whether the fast paths equal the proved code, bit for bit", optcert_cmd_equivalence},
    {"converge", "weak errors of an optimizer against its SDE: order and coefficient", optcert_cmd_converge},
    {"experiment", "scaling rules and SVAG on real networks", optcert_cmd_experiment},
    {NULL, NULL, NULL},
};

int optcert_exit_code(optcert_verdict verdict)
{
    static const int code[] = {OPTCERT_EXIT_PASSED, OPTCERT_EXIT_FAILED, OPTCERT_EXIT_INCONCLUSIVE};
    return code[verdict];
}
