// Vectors of uint32, uint64 and float64 that a function written for numbers is called with: see numpy/vectorize.hpp.
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
  typedef double floats __attribute__((vector_size(64)));
  inline simd product(simd a, simd b)
  {
    return (simd)_mm512_mul_epu32((__m512i)a, (__m512i)b);
  }
#elif defined(__AVX2__)
  typedef uint64_t simd __attribute__((vector_size(32)));
  typedef double floats __attribute__((vector_size(32)));
  inline simd product(simd a, simd b)
  {
    return (simd)_mm256_mul_epu32((__m256i)a, (__m256i)b);
  }
#else
  typedef uint64_t simd __attribute__((vector_size(16)));
  typedef double floats __attribute__((vector_size(16)));
  inline simd product(simd a, simd b)
  {
    return (simd)_mm_mul_epu32((__m128i)a, (__m128i)b);
  }
#endif

  // Two vectors at once hide how long a product takes: 1.9 ns a number of random() instead of 2.5 with one; three and four
  // are no faster (AVX2, Zen 3).
  constexpr long each_vector = sizeof(simd) / sizeof(uint64_t), width = 2 * each_vector;
  constexpr uint64_t lower_half = 0xffffffff;

  struct uint64s {
    simd a, b;
  };
  // Each is the lower half of 64 bits, whose upper half may be anything.
  struct uint32s {
    simd a, b;
    uint32s(simd a, simd b) : a(a), b(b) {}
    uint32s(uint32_t x) : a(simd{} + x), b(a) {}
  };
  struct int32s {
    simd a, b;
  };
  // uint32s as uint64, with upper halves still to be cleared, which a product does not need.
  struct widened {
    simd a, b;
  };
  struct float64s {
    floats a, b;
  };

  template <class To, class Operation, class... From>
  [[gnu::always_inline]] inline To each(Operation operation, From const &...x)
  {
    return {operation(x.a...), operation(x.b...)};
  }

  inline uint32s operator^(uint32s const &x, uint32s const &y)
  {
    return each<uint32s>([](simd p, simd q) { return p ^ q; }, x, y);
  }
  inline uint32s operator+(uint32s const &x, uint32s const &y)
  {
    return each<uint32s>([](simd p, simd q) { return p + q; }, x, y);
  }
  inline uint32s operator>>(uint32s const &x, uint32_t n)
  {
    return each<uint32s>([n](simd p) { return (p & lower_half) >> n; }, x);
  }
  inline uint64s operator+(uint64s const &x, uint64s const &y)
  {
    return each<uint64s>([](simd p, simd q) { return p + q; }, x, y);
  }
  inline uint64s operator+(uint64s const &x, widened const &y)
  {
    return each<uint64s>([](simd p, simd q) { return p + (q & lower_half); }, x, y);
  }
  inline uint64s operator*(widened const &x, widened const &y)
  {
    return each<uint64s>([](simd p, simd q) { return product(p, q); }, x, y);
  }
  // for numbers of 32 bits
  inline uint64s operator*(widened const &x, uint64_t y)
  {
    return each<uint64s>([y](simd p) { return product(p, simd{} + y); }, x);
  }
  inline uint64s operator<<(widened const &x, uint64_t n)
  {
    return each<uint64s>([n](simd p) { return (n >= 32 ? p : p & lower_half) << n; }, x);
  }
  inline uint64s operator<<(uint64s const &x, uint64_t n)
  {
    return each<uint64s>([n](simd p) { return p << n; }, x);
  }
  inline uint64s operator>>(uint64s const &x, uint64_t n)
  {
    return each<uint64s>([n](simd p) { return p >> n; }, x);
  }
  inline uint64s operator|(widened const &x, uint64s const &y)
  {
    return each<uint64s>([](simd p, simd q) { return (p & lower_half) | q; }, x, y);
  }
  inline float64s operator+(double x, float64s const &y)
  {
    return each<float64s>([x](floats p) { return x + p; }, y);
  }
  inline float64s operator+(float64s const &x, float64s const &y)
  {
    return each<float64s>([](floats p, floats q) { return p + q; }, x, y);
  }
  inline float64s operator*(float64s const &x, double y)
  {
    return each<float64s>([y](floats p) { return p * y; }, x);
  }

  // The 32 bits, their sign inverted, are the last of a float64 between 2**52 and 2**53: exact at every level.
  inline float64s to_float64(int32s const &x)
  {
    return each<float64s>(
        [](simd p) {
          simd const moved = (p & lower_half) ^ (simd{} + 0x4330000080000000);
          floats y;
          std::memcpy(&y, &moved, sizeof y);
          return y - (0x1p52 + 0x1p31);
        },
        x);
  }

  template <class To, class From>
  To load(From const *from)
  {
    To x;
    std::memcpy(&x.a, from, sizeof x.a);
    std::memcpy(&x.b, from + each_vector, sizeof x.b);
    return x;
  }
  template <class From, class To>
  void store(From const &x, To *to)
  {
    std::memcpy(to, &x.a, sizeof x.a);
    std::memcpy(to + each_vector, &x.b, sizeof x.b);
  }
} // namespace corepy

PYTHONIC_NS_BEGIN
namespace numpy
{
  namespace details
  {
    inline corepy::uint32s uint32(corepy::uint64s const &x)
    {
      return {x.a, x.b};
    }
    inline corepy::int32s int32(corepy::uint32s const &x)
    {
      return {x.a, x.b};
    }
    inline corepy::widened uint64(corepy::uint32s const &x)
    {
      return {x.a, x.b};
    }
    inline corepy::float64s float64(corepy::int32s const &x)
    {
      return corepy::to_float64(x);
    }
  } // namespace details
} // namespace numpy
PYTHONIC_NS_END

#endif

#endif
