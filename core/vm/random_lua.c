#include <math.h>

#include "base/chance.h"
#include "vm/inside.h"

static uint64_t rotate(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

/* xoshiro256** (Blackman, Vigna 2018), its state filled by SplitMix64 from the seed. */
static uint64_t next_bits(vm *m)
{
    uint64_t *s = m->random;
    if (!m->seeded) {
        uint64_t state = m->seed;
        for (int i = 0; i < 4; i++)
            s[i] = chance_next(&state);
        m->seeded = true;
    }
    uint64_t out = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return out;
}

/* Uniform in [0, span]: draws again above the largest mask that fits, as Lua's own does. */
static uint64_t below(vm *m, uint64_t span)
{
    uint64_t mask = span;
    for (int shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    uint64_t bits = next_bits(m) & mask;
    while (bits > span)
        bits = next_bits(m) & mask;
    return bits;
}

/* math.random with the arguments of Lua 5.4's. */
int random_number(lua_State *L)
{
    vm *m = vm_of(L);
    lua_Integer low = 1, high;
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, ldexp((double)(next_bits(m) >> 11), -53));
        return 1;
    case 1:
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)next_bits(m));
            return 1;
        }
        break;
    case 2:
        low = luaL_checkinteger(L, 1);
        high = luaL_checkinteger(L, 2);
        break;
    default:
        return luaL_error(L, "wrong number of arguments");
    }
    luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
    uint64_t step = below(m, (uint64_t)high - (uint64_t)low);
    lua_pushinteger(L, (lua_Integer)((uint64_t)low + step));
    return 1;
}

void vm_seed(vm *m, uint64_t seed)
{
    m->seed = seed;
    m->seeded = false;
}

bool vm_drew(const vm *m)
{
    return m->seeded;
}
