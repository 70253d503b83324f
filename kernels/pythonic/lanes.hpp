// Vectors of uint32 and uint64 that a function written for numbers is called with: see numpy/vectorize.hpp.
//
// gcc's vectorizer has no product of two uint32: below AVX-512 it makes three multiplications and four other instructions of
// the one that there is (vpmuludq). Here each number has 64 bits of a vector, so that the product falls into place.
#ifndef COREPY_LANES_HPP
#define COREPY_LANES_HPP

#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#define COREPY_LANES
#include <immintrin.h>

namespace corepy
{
#if defined(__AVX512F__)
  typedef uint64_t simd __attribute__((vector_size(64)));
  inline simd product(simd a, simd b)
  {
    return (simd)_mm512_mul_epu32((__m512i)a, (__m512i)b);
  }
#elif defined(__AVX2__)
  typedef uint64_t simd __attribute__((vector_size(32)));
  inline simd product(simd a, simd b)
  {
    return (simd)_mm256_mul_epu32((__m256i)a, (__m256i)b);
  }
#else
  typedef uint64_t simd __attribute__((vector_size(16)));
  inline simd product(simd a, simd b)
  {
    return (simd)_mm_mul_epu32((__m128i)a, (__m128i)b);
  }
#endif

  // Four vectors at once hide how long a product takes: 1.1 ns a word of Philox instead of 1.7 with one (AVX2, Zen 3).
  constexpr long each_vector = sizeof(simd) / sizeof(uint64_t), width = 4 * each_vector;
  constexpr uint64_t lower_half = 0xffffffff;

  struct uint64s {
    simd a, b, c, d;
  };
  // Each is the lower half of 64 bits, whose upper half may be anything.
  struct uint32s {
    simd a, b, c, d;
    uint32s(simd a, simd b, simd c, simd d) : a(a), b(b), c(c), d(d) {}
    uint32s(uint32_t x) : a(simd{} + x), b(a), c(a), d(a) {}
  };
  // uint32s as uint64, with upper halves still to be cleared, which a product does not need.
  struct widened {
    simd a, b, c, d;
  };

  template <class To, class Operation, class... From>
  [[gnu::always_inline]] inline To each(Operation operation, From const &...x)
  {
    return {operation(x.a...), operation(x.b...), operation(x.c...), operation(x.d...)};
  }

  inline uint32s operator^(uint32s const &x, uint32s const &y)
  {
    return each<uint32s>([](simd p, simd q) { return p ^ q; }, x, y);
  }
  inline uint32s operator+(uint32s const &x, uint32s const &y)
  {
    return each<uint32s>([](simd p, simd q) { return p + q; }, x, y);
  }
  inline uint64s operator+(uint64s const &x, uint64s const &y)
  {
    return each<uint64s>([](simd p, simd q) { return p + q; }, x, y);
  }
  inline uint64s operator*(widened const &x, uint64_t y)
  {
    if (y > lower_half)
      return each<uint64s>([y](simd p) { return product(p, simd{} + y) + (product(p, simd{} + (y >> 32)) << 32); }, x);
    return each<uint64s>([y](simd p) { return product(p, simd{} + y); }, x);
  }
  inline uint64s operator<<(widened const &x, uint64_t n)
  {
    return each<uint64s>([n](simd p) { return (n >= 32 ? p : p & lower_half) << n; }, x);
  }
  inline uint64s operator>>(uint64s const &x, uint64_t n)
  {
    return each<uint64s>([n](simd p) { return p >> n; }, x);
  }
  inline uint64s operator|(widened const &x, uint64s const &y)
  {
    return each<uint64s>([](simd p, simd q) { return (p & lower_half) | q; }, x, y);
  }

  inline simd load_vector(uint64_t const *from)
  {
    simd x;
    std::memcpy(&x, from, sizeof x);
    return x;
  }
  inline uint64s load(uint64_t const *from)
  {
    return {load_vector(from), load_vector(from + each_vector), load_vector(from + 2 * each_vector),
            load_vector(from + 3 * each_vector)};
  }
  inline void store(uint64s const &x, uint64_t *to)
  {
    std::memcpy(to, &x.a, sizeof x.a);
    std::memcpy(to + each_vector, &x.b, sizeof x.b);
    std::memcpy(to + 2 * each_vector, &x.c, sizeof x.c);
    std::memcpy(to + 3 * each_vector, &x.d, sizeof x.d);
  }
} // namespace corepy

PYTHONIC_NS_BEGIN
namespace numpy
{
  namespace details
  {
    inline corepy::uint32s uint32(corepy::uint64s const &x)
    {
      return {x.a, x.b, x.c, x.d};
    }
    inline corepy::widened uint64(corepy::uint32s const &x)
    {
      return {x.a, x.b, x.c, x.d};
    }
  } // namespace details
} // namespace numpy
PYTHONIC_NS_END

#endif

#endif
