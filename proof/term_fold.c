#include "proof/term_fold.h"

#include <math.h>
#include <string.h>

static bool is_value(const struct term *term, int64_t value)
{
	return term_is_const(term) && (term->type == 'I' || term->type == 'L') &&
	       (int64_t)term->bits == value;
}

/* ---- constants ---- */

static double double_of(const struct term *term)
{
	uint32_t low = (uint32_t)term->bits;
	float single;
	double ret;

	if (term->type == 'F') {
		memcpy(&single, &low, sizeof(single));
		return (double)single;
	}
	memcpy(&ret, &term->bits, sizeof(ret));
	return ret;
}

static const struct term *make_double(struct terms *terms, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return term_const(terms, 'D', isnan(value) ? UINT64_C(0x7ff8000000000000) : bits);
}

static const struct term *make_float(struct terms *terms, float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return term_const(terms, 'F', isnan(value) ? 0x7fc00000 : bits);
}

/* Of two floats the double's result, rounded, is the float's (+ - * /). */
static const struct term *floating(struct terms *terms, enum opcode opcode,
				   const struct term *a, const struct term *b)
{
	double x = double_of(a), y = double_of(b), result;

	switch (opcode) {
	case OPC_fadd: case OPC_dadd: result = x + y; break;
	case OPC_fsub: case OPC_dsub: result = x - y; break;
	case OPC_fmul: case OPC_dmul: result = x * y; break;
	case OPC_fdiv: case OPC_ddiv: result = x / y; break;
	case OPC_frem: case OPC_drem: result = fmod(x, y); break;
	case OPC_fcmpl: case OPC_dcmpl:
		return term_const(terms, 'I', (uint64_t)(x > y ? 1 : x == y ? 0 : -1));
	case OPC_fcmpg: case OPC_dcmpg:
		return term_const(terms, 'I', (uint64_t)(x < y ? -1 : x == y ? 0 : 1));
	default: return NULL;
	}
	return a->type == 'F' ? make_float(terms, (float)result) : make_double(terms, result);
}

static const struct term *integral(struct terms *terms, enum opcode opcode,
				   const struct term *a, const struct term *b)
{
	unsigned width = a->type == 'I' ? 32 : 64, by = (unsigned)b->bits & (width - 1);
	int64_t x = (int64_t)a->bits, y = (int64_t)b->bits;
	uint64_t ux = a->bits, uy = b->bits, result;

	switch (opcode) {
	case OPC_iadd: case OPC_ladd: result = ux + uy; break;
	case OPC_isub: case OPC_lsub: result = ux - uy; break;
	case OPC_imul: case OPC_lmul: result = ux * uy; break;
	case OPC_idiv: case OPC_ldiv:
		if (y == 0)
			return NULL;
		result = y == -1 ? 0 - ux : (uint64_t)(x / y);
		break;
	case OPC_irem: case OPC_lrem:
		if (y == 0)
			return NULL;
		result = y == -1 ? 0 : (uint64_t)(x % y);
		break;
	case OPC_ishl: case OPC_lshl: result = ux << by; break;
	case OPC_ishr: case OPC_lshr: result = (uint64_t)(x >> by); break;
	case OPC_iushr: result = (uint32_t)ux >> by; break;
	case OPC_lushr: result = ux >> by; break;
	case OPC_iand: case OPC_land: result = ux & uy; break;
	case OPC_ior: case OPC_lor: result = ux | uy; break;
	case OPC_ixor: case OPC_lxor: result = ux ^ uy; break;
	case OPC_lcmp: return term_const(terms, 'I', (uint64_t)(x < y ? -1 : x > y));
	default: return NULL;
	}
	return term_const(terms, a->type, result);
}

/* ---- order ---- */

static bool commutes(enum opcode opcode)
{
	switch (opcode) {
	case OPC_iadd: case OPC_ladd: case OPC_fadd: case OPC_dadd:
	case OPC_imul: case OPC_lmul: case OPC_fmul: case OPC_dmul:
	case OPC_iand: case OPC_land: case OPC_ior: case OPC_lor:
	case OPC_ixor: case OPC_lxor:
		return true;
	default:
		return false;
	}
}

void term_fold_order(enum opcode *opcode, const struct term **args, struct terms *terms)
{
	const struct term *swapped = args[0];

	if ((*opcode == OPC_isub || *opcode == OPC_lsub) && term_is_const(args[1])) {
		*opcode = *opcode == OPC_isub ? OPC_iadd : OPC_ladd;
		args[1] = term_const(terms, args[1]->type, 0 - args[1]->bits);
	}
	if (!commutes(*opcode) || term_is_const(args[1]))
		return;
	if (term_is_const(args[0]) || args[0]->id > args[1]->id) {
		args[0] = args[1];
		args[1] = swapped;
	}
}

/* ---- one operand or both tell the result ---- */

static const struct term *fold_sum(struct terms *terms, enum opcode opcode,
				   const struct term *a, const struct term *b)
{
	if (is_value(b, 0))
		return a;
	if (!term_is_const(b) || a->op != opcode || !term_is_const(a->args[1]))
		return NULL;
	return term_binary(terms, opcode, a->args[0],
			   term_const(terms, a->type, a->args[1]->bits + b->bits));
}

static const struct term *fold_product(struct terms *terms, bool is_long,
				       const struct term *a, const struct term *b)
{
	if (is_value(b, 0) || is_value(b, 1))
		return is_value(b, 0) ? b : a;
	return is_value(b, -1) ? term_unary(terms, is_long ? OPC_lneg : OPC_ineg, a) : NULL;
}

/* (x + y) - y and the like. */
static const struct term *fold_difference(struct terms *terms, bool is_long,
					  const struct term *a, const struct term *b)
{
	enum opcode sum = is_long ? OPC_ladd : OPC_iadd;

	if (a == b)
		return term_const(terms, a->type, 0);
	if (is_value(a, 0))
		return term_unary(terms, is_long ? OPC_lneg : OPC_ineg, b);
	if (a->op == sum && (a->args[0] == b || a->args[1] == b))
		return a->args[a->args[0] == b];
	return NULL;
}

static const struct term *fold_floating(struct terms *terms, enum opcode opcode,
					const struct term *a, const struct term *b)
{
	static const uint64_t float_zero = 0x80000000, double_zero = UINT64_C(1) << 63;
	bool is_double = b->type == 'D';
	double value;

	if (!term_is_const(b))
		return NULL;
	value = double_of(b);
	switch (opcode) {
	case OPC_fadd: case OPC_dadd:	/* x + -0.0; but -0.0 + 0.0 is 0.0 */
		return b->bits == (is_double ? double_zero : float_zero) ? a : NULL;
	case OPC_fsub: case OPC_dsub:
		return b->bits == 0 ? a : NULL;
	case OPC_fmul: case OPC_dmul: case OPC_fdiv: case OPC_ddiv:
		if (value == -1)
			return term_unary(terms, is_double ? OPC_dneg : OPC_fneg, a);
		return value == 1 ? a : NULL;
	default:
		return NULL;
	}
}

static const struct term *fold_bits(enum opcode opcode, const struct term *a,
				    const struct term *b)
{
	bool is_and = opcode == OPC_iand || opcode == OPC_land;
	int64_t neutral = is_and ? -1 : 0, absorbing = is_and ? 0 : -1;

	if (a == b || is_value(b, neutral))
		return a;
	return is_value(b, absorbing) ? b : NULL;
}

static const struct term *fold_algebra(struct terms *terms, enum opcode opcode,
				       const struct term *a, const struct term *b)
{
	unsigned width = a->type == 'I' ? 31 : 63;

	switch (opcode) {
	case OPC_iadd: case OPC_ladd:
		return fold_sum(terms, opcode, a, b);
	case OPC_isub: case OPC_lsub:
		return fold_difference(terms, opcode == OPC_lsub, a, b);
	case OPC_imul: case OPC_lmul:
		return fold_product(terms, opcode == OPC_lmul, a, b);
	case OPC_idiv: case OPC_ldiv:
		return is_value(b, 0) ? NULL
		     : fold_product(terms, opcode == OPC_ldiv, a, b);
	case OPC_irem: case OPC_lrem:
		return is_value(b, 1) || is_value(b, -1) ? term_const(terms, a->type, 0) : NULL;
	case OPC_ishl: case OPC_lshl: case OPC_ishr: case OPC_lshr:
	case OPC_iushr: case OPC_lushr:
		return (term_is_const(b) && !(b->bits & width)) || is_value(a, 0) ? a : NULL;
	case OPC_iand: case OPC_land: case OPC_ior: case OPC_lor:
		return fold_bits(opcode, a, b);
	case OPC_ixor: case OPC_lxor:
		return a == b ? term_const(terms, a->type, 0) : is_value(b, 0) ? a : NULL;
	case OPC_lcmp:
		return a == b ? term_const(terms, 'I', 0) : NULL;
	default:
		return fold_floating(terms, opcode, a, b);
	}
}

const struct term *term_fold_binary(struct terms *terms, enum opcode opcode,
				    const struct term *a, const struct term *b)
{
	if (!term_is_const(a) || !term_is_const(b))
		return fold_algebra(terms, opcode, a, b);
	if (a->type == 'F' || a->type == 'D')
		return floating(terms, opcode, a, b);
	return integral(terms, opcode, a, b);
}

/* ---- one operand ---- */

void term_fold_narrow_range(enum opcode opcode, int64_t range[2])
{
	switch (opcode) {
	case OPC_i2b: range[0] = INT8_MIN; range[1] = INT8_MAX; break;
	case OPC_i2c: range[0] = 0; range[1] = UINT16_MAX; break;
	case OPC_i2s: range[0] = INT16_MIN; range[1] = INT16_MAX; break;
	default: break;
	}
}

/* (byte) (x + 256) is (byte) x: what is cut off does not matter. */
static const struct term *without_high_bits(struct terms *terms, enum opcode opcode,
					    const struct term *a)
{
	uint64_t kept = opcode == OPC_i2b ? UINT8_MAX
		      : opcode == OPC_i2c || opcode == OPC_i2s ? UINT16_MAX : 0;

	if (!kept || a->n_args != 2 || !a->args[1] || !term_is_const(a->args[1]))
		return NULL;
	if (a->op == OPC_iadd && !(a->args[1]->bits & kept))
		return term_unary(terms, opcode, a->args[0]);
	if (a->op == OPC_iand && (a->args[1]->bits & kept) == kept)
		return term_unary(terms, opcode, a->args[0]);
	return NULL;
}

static const struct term *fold_conversion(struct terms *terms, enum opcode opcode,
					  const struct term *a)
{
	int64_t range[2] = { 0, -1 };

	if (opcode == OPC_l2i && a->op == OPC_i2l)
		return a->args[0];
	term_fold_narrow_range(opcode, range);
	if (range[0] <= a->lo && a->hi <= range[1])
		return a;
	if (!term_is_const(a))
		return without_high_bits(terms, opcode, a);
	switch (opcode) {
	case OPC_i2b: return term_const(terms, 'I', (uint64_t)(int64_t)(int8_t)a->bits);
	case OPC_i2c: return term_const(terms, 'I', (uint16_t)a->bits);
	case OPC_i2s: return term_const(terms, 'I', (uint64_t)(int64_t)(int16_t)a->bits);
	case OPC_i2l: return term_const(terms, 'L', a->bits);
	case OPC_l2i: return term_const(terms, 'I', a->bits);
	case OPC_i2d: return make_double(terms, (double)(int64_t)a->bits);
	case OPC_i2f: return make_float(terms, (float)(int64_t)a->bits);
	case OPC_f2d: return make_double(terms, double_of(a));
	case OPC_d2f: return make_float(terms, (float)double_of(a));
	default: return NULL;
	}
}

const struct term *term_fold_unary(struct terms *terms, enum opcode opcode,
				   const struct term *a)
{
	if (opcode < OPC_ineg || opcode > OPC_dneg)
		return opcode == OPC_arraylength ? NULL : fold_conversion(terms, opcode, a);
	if (a->op == opcode)
		return a->args[0];
	if (!term_is_const(a))
		return NULL;
	if (a->type == 'I' || a->type == 'L')
		return term_const(terms, a->type, 0 - a->bits);
	return a->type == 'F' ? term_const(terms, 'F', a->bits ^ 0x80000000)
			      : term_const(terms, 'D', a->bits ^ UINT64_C(1) << 63);
}
