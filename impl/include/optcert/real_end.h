/* SPDX-License-Identifier: Apache-2.0
 * Forgets the names of the working format. */
#undef OC_REAL
#undef OC_NAME
#undef OC_SQRT
#undef OC_MAX
#undef OC_ADD
#undef OC_SUB
#undef OC_MUL
#undef OC_DIV
#undef OC_LT
#undef OC_LE
