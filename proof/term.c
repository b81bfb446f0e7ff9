#include "proof/term.h"

#include <string.h>

#include "proof/term_fold.h"

#define SLOTS_FIRST 1024

void term_init(struct terms *terms, struct arena *arena)
{
	*terms = (struct terms){ .arena = arena, .n_slots = SLOTS_FIRST };
	terms->slots = ARENA_NEW_N(arena, const struct term *, SLOTS_FIRST);
}

int64_t term_min(char type)
{
	return type == 'I' ? INT32_MIN : INT64_MIN;
}

int64_t term_max(char type)
{
	return type == 'I' ? INT32_MAX : INT64_MAX;
}

bool term_is_const(const struct term *term)
{
	return term->op == TERM_CONST && term->type != 'A';
}

static uint32_t hash_of(const struct term *like, const struct term *const *args)
{
	uint64_t hash = like->op * UINT64_C(0x9e3779b97f4a7c15) ^ (uint8_t)like->type;

	hash = (hash ^ like->bits) * UINT64_C(0xff51afd7ed558ccd);
	hash ^= hash >> 32;
	for (uint16_t i = 0; i < like->n_args; i++)
		hash = (hash ^ (args[i] ? args[i]->id + 1 : 0)) * UINT64_C(0x100000001b3);
	return (uint32_t)(hash ^ hash >> 29);
}

static bool is_like(const struct term *term, const struct term *like,
		    const struct term *const *args)
{
	return term->op == like->op && term->type == like->type &&
	       term->bits == like->bits && term->n_args == like->n_args &&
	       (like->n_args == 0 || !memcmp(term->args, args, like->n_args * sizeof(*args)));
}

static void grow(struct terms *terms)
{
	uint32_t n_slots = terms->n_slots * 2;
	const struct term **slots = ARENA_NEW_N(terms->arena, const struct term *, n_slots);

	for (uint32_t i = 0; i < terms->n_slots; i++)
		for (const struct term *at = terms->slots[i], *next; at; at = next) {
			struct term *moved = (struct term *)at;
			uint32_t slot = hash_of(at, at->args) & (n_slots - 1);

			next = at->next;
			moved->next = slots[slot];
			slots[slot] = moved;
		}
	terms->slots = slots;
	terms->n_slots = n_slots;
}

const struct term *term_make(struct terms *terms, const struct term *like,
			     const struct term *const *args)
{
	uint32_t hash = hash_of(like, args);
	struct term *made;

	for (const struct term *at = terms->slots[hash & (terms->n_slots - 1)]; at; at = at->next)
		if (is_like(at, like, args))
			return at;
	if (terms->n >= terms->n_slots)
		grow(terms);
	made = arena_memdup(terms->arena, like, sizeof(*like));
	if (like->n_args > 0)
		made->args = arena_memdup(terms->arena, args, like->n_args * sizeof(*args));
	made->id = terms->n++;
	made->next = terms->slots[hash & (terms->n_slots - 1)];
	terms->slots[hash & (terms->n_slots - 1)] = made;
	return made;
}

const struct term *term_const(struct terms *terms, char type, uint64_t bits)
{
	struct term like = { .op = TERM_CONST, .type = type, .bits = bits };

	if (type == 'I')
		like.bits = (uint64_t)(int64_t)(int32_t)bits;
	if (type == 'I' || type == 'L')
		like.lo = like.hi = (int64_t)like.bits;
	like.nonnull = type == 'A' && bits != 0;
	return term_make(terms, &like, NULL);
}

const struct term *term_null(struct terms *terms)
{
	return term_const(terms, 'A', 0);
}

const struct term *term_symbol_in(struct terms *terms, char type, int64_t lo, int64_t hi)
{
	struct term like = { .op = TERM_SYMBOL, .type = type, .bits = ++terms->n_symbols,
			     .lo = lo, .hi = hi };

	return term_make(terms, &like, NULL);
}

const struct term *term_symbol(struct terms *terms, char type)
{
	return term_symbol_in(terms, type, term_min(type), term_max(type));
}

/* ---- ranges ---- */

static bool fits(__int128 lo, __int128 hi, char type)
{
	return lo >= term_min(type) && hi <= term_max(type);
}

/* All bits up to the highest of a number that is not negative. */
static int64_t filled(int64_t number)
{
	for (unsigned shift = 1; shift < 64; shift *= 2)
		number |= number >> shift;
	return number;
}

static void product_range(char type, const int64_t a[2], const int64_t b[2], int64_t ret[2])
{
	__int128 lo = (__int128)a[0] * b[0], hi = lo;

	for (unsigned i = 1; i < 4; i++) {
		__int128 product = (__int128)a[i & 1] * b[i >> 1];

		lo = product < lo ? product : lo;
		hi = product > hi ? product : hi;
	}
	if (fits(lo, hi, type)) {
		ret[0] = (int64_t)lo;
		ret[1] = (int64_t)hi;
	}
}

static void shift_range(enum opcode opcode, char type, const int64_t a[2], const int64_t b[2],
			int64_t ret[2])
{
	unsigned width = type == 'I' ? 32 : 64;
	unsigned by = (unsigned)b[0] & (width - 1);

	if (b[0] != b[1])
		by = 0;		/* at least; right shifts only bring it closer to 0 */
	if (a[0] >= 0) {
		ret[0] = b[0] == b[1] ? a[0] >> by : 0;
		ret[1] = a[1] >> by;
	} else if (opcode == OPC_ishr || opcode == OPC_lshr) {
		ret[0] = a[0] >> by;
		ret[1] = a[1] < 0 ? (b[0] == b[1] ? a[1] >> by : -1) : a[1] >> by;
	} else if (by > 0) {
		ret[0] = 0;
		ret[1] = term_max(type) >> (by - 1);
	}
}

static void remainder_range(const int64_t a[2], const int64_t b[2], int64_t ret[2])
{
	int64_t most;

	if (b[0] == INT64_MIN || b[0] == INT32_MIN)
		return;
	most = (b[1] > -b[0] ? b[1] : -b[0]) - 1;
	if (most < 0)
		return;		/* by 0 */
	ret[0] = a[0] >= 0 ? 0 : a[0] > -most ? a[0] : -most;
	ret[1] = a[1] <= 0 ? 0 : a[1] < most ? a[1] : most;
}

static void quotient_range(char type, const int64_t a[2], const int64_t b[2], int64_t ret[2])
{
	int64_t most;

	if (a[0] >= 0 && b[0] >= 1) {
		ret[0] = a[0] / b[1];
		ret[1] = a[1] / b[0];
	} else if (b[0] == b[1] && b[0] > 1) {
		ret[0] = a[0] / b[0];
		ret[1] = a[1] / b[0];
	} else if (a[0] > term_min(type)) {
		most = a[1] > -a[0] ? a[1] : -a[0];
		ret[0] = -most;
		ret[1] = most;
	}
}

void term_range(enum opcode opcode, char type, const int64_t a[2], const int64_t b[2],
		int64_t ret[2])
{
	ret[0] = term_min(type);
	ret[1] = term_max(type);
	switch (opcode) {
	case OPC_iadd: case OPC_ladd:
		if (fits((__int128)a[0] + b[0], (__int128)a[1] + b[1], type)) {
			ret[0] = a[0] + b[0];
			ret[1] = a[1] + b[1];
		}
		break;
	case OPC_isub: case OPC_lsub:
		if (fits((__int128)a[0] - b[1], (__int128)a[1] - b[0], type)) {
			ret[0] = a[0] - b[1];
			ret[1] = a[1] - b[0];
		}
		break;
	case OPC_imul: case OPC_lmul:
		product_range(type, a, b, ret);
		break;
	case OPC_idiv: case OPC_ldiv:
		quotient_range(type, a, b, ret);
		break;
	case OPC_irem: case OPC_lrem:
		remainder_range(a, b, ret);
		break;
	case OPC_ishr: case OPC_iushr: case OPC_lshr: case OPC_lushr:
		shift_range(opcode, type, a, b, ret);
		break;
	case OPC_iand: case OPC_land:
		if (a[0] >= 0 || b[0] >= 0) {
			ret[0] = 0;
			ret[1] = a[0] < 0 ? b[1] : b[0] < 0 ? a[1] : a[1] < b[1] ? a[1] : b[1];
		}
		break;
	case OPC_ior: case OPC_lor: case OPC_ixor: case OPC_lxor:
		if (a[0] >= 0 && b[0] >= 0) {
			ret[0] = 0;
			ret[1] = filled(a[1] | b[1]);
		}
		break;
	default:
		break;
	}
}

/* ---- computing ---- */

static char result_type(enum opcode opcode)
{
	return opcode_info[opcode].pushes[0];
}

const struct term *term_unary(struct terms *terms, enum opcode opcode, const struct term *a)
{
	const struct term *folded = term_fold_unary(terms, opcode, a);
	struct term like = { .op = (uint16_t)opcode, .type = result_type(opcode), .n_args = 1 };
	int64_t zero[2] = { 0, 0 }, range[2], of[2] = { a->lo, a->hi };

	if (folded)
		return folded;
	range[0] = term_min(like.type);
	range[1] = term_max(like.type);
	if (opcode == OPC_ineg)
		term_range(OPC_isub, 'I', zero, of, range);
	else if (opcode == OPC_lneg)
		term_range(OPC_lsub, 'L', zero, of, range);
	else if (opcode == OPC_i2l)
		memcpy(range, of, sizeof(range));
	else if (opcode == OPC_arraylength)
		range[0] = 0;
	else
		term_fold_narrow_range(opcode, range);
	like.lo = range[0];
	like.hi = range[1];
	return term_make(terms, &like, &a);
}

const struct term *term_binary(struct terms *terms, enum opcode opcode,
			       const struct term *a, const struct term *b)
{
	struct term like = { .op = (uint16_t)opcode, .type = result_type(opcode), .n_args = 2 };
	const struct term *args[2] = { a, b }, *folded;
	int64_t range[2], of_a[2], of_b[2];

	term_fold_order(&opcode, args, terms);
	folded = term_fold_binary(terms, opcode, args[0], args[1]);
	if (folded)
		return folded;
	memcpy(of_a, (int64_t[]){ args[0]->lo, args[0]->hi }, sizeof(of_a));
	memcpy(of_b, (int64_t[]){ args[1]->lo, args[1]->hi }, sizeof(of_b));
	like.op = (uint16_t)opcode;
	if (opcode >= OPC_lcmp && opcode <= OPC_dcmpg) {
		range[0] = -1;
		range[1] = 1;
	} else {
		term_range(opcode, like.type, of_a, of_b, range);
	}
	like.lo = range[0];
	like.hi = range[1];
	return term_make(terms, &like, args);
}
