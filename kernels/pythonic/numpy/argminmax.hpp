// Overlay of Pythran's header: np.argmin and np.argmax of contiguous vectors as NumPy defines them: the first NaN, or else the
// first of the best elements; for min.hpp and max.hpp that element itself. The best value is looked for, and then its place: to
// carry places along takes as many instructions again, in loops that gcc writes from Pythran's C++ twice as many (rows of 1 000
// float32: 195 ns; 90 to 120 here).
#ifndef PYTHONIC_NUMPY_ARGMINMAX_HPP
#define PYTHONIC_NUMPY_ARGMINMAX_HPP

#include "pythonic/builtins/ValueError.hpp"
#include "pythonic/include/numpy/minimum.hpp"
#include "pythonic/types/ndarray.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

#ifdef __SSE2__
#include <immintrin.h>
#endif

PYTHONIC_NS_BEGIN

namespace numpy
{
  namespace details
  {
    // Not 64 at AVX-512, whose comparisons give bits that become masks again: rows of up to 1 000 elements take 0.7 to 0.9 of
    // the time in vectors of AVX2 (Zen 4).
#if defined(__AVX2__)
    constexpr long vector_bytes = 32;
#else
    constexpr long vector_bytes = 16;
#endif

    // A bit for each byte of a mask.
    template <class Mask>
    inline uint64_t bits(Mask mask)
    {
#if defined(__AVX2__)
      return uint32_t(_mm256_movemask_epi8((__m256i)mask));
#elif defined(__SSE2__)
      return _mm_movemask_epi8((__m128i)mask);
#else
      unsigned char bytes[vector_bytes];
      std::memcpy(bytes, &mask, vector_bytes);
      uint64_t found = 0;
      for (long i = 0; i < vector_bytes; ++i)
        found |= uint64_t(bytes[i] & 1) << i;
      return found;
#endif
    }

    template <class T, bool smallest>
    struct extreme_place {
      typedef T simd __attribute__((vector_size(vector_bytes)));
      static constexpr long lanes = vector_bytes / sizeof(T), step = 4 * lanes;
      // Of the best block alone is the place looked for: rows of 1 000 float64 take 8 to 15 % longer with 8192 bytes.
      static constexpr long block = 2048 / sizeof(T);

      static simd load(T const *x)
      {
        simd loaded;
        std::memcpy(&loaded, x, sizeof loaded);
        return loaded;
      }

      static bool before(T value, T best)
      {
        return smallest ? value < best : value > best;
      }

      static simd better(simd value, simd best)
      {
        return (smallest ? value < best : value > best) ? value : best;
      }

      // By halves, in vectors as long as they have 16 bytes: lane by lane they would wait for memory.
      template <class Vector>
      static T best_lane(Vector best)
      {
        if constexpr (sizeof(Vector) > 16) {
          typedef T half __attribute__((vector_size(sizeof(Vector) / 2)));
          half low, high;
          std::memcpy(&low, &best, sizeof low);
          std::memcpy(&high, (char const *)&best + sizeof low, sizeof high);
          return best_lane<half>((smallest ? high < low : high > low) ? high : low);
        } else {
          T stored[sizeof(Vector) / sizeof(T)];
          std::memcpy(stored, &best, sizeof best);
          for (long half = sizeof(Vector) / sizeof(T) / 2; half; half /= 2)
            for (long j = 0; j < half; ++j)
              stored[j] = before(stored[j + half], stored[j]) ? stored[j + half] : stored[j];
          return stored[0];
        }
      }

      // Four of the best elements by turns, and sums: comparisons overlook NaN, sums do not. They have one where an element is
      // NaN, or where infinities of both signs are.
      struct kept {
        simd a, b, c, d, sums, others;

        [[gnu::always_inline]] void take(T const *x)
        {
          simd const p = load(x), q = load(x + lanes), r = load(x + 2 * lanes), s = load(x + 3 * lanes);
          a = better(p, a);
          b = better(q, b);
          c = better(r, c);
          d = better(s, d);
          if (std::is_floating_point<T>::value) {
            sums += p + q;
            others += r + s;
          }
        }
      };

      // Of at least `lanes` elements. What is left of a last step is taken together with some that were taken before.
      static T best_element(T const *x, long n, simd &sums)
      {
        simd a = load(x);
        if (n < step) {
          sums = a;
          for (long i = lanes; i < n; i += lanes) {
            simd const more = load(x + std::min(i, n - lanes));
            a = better(more, a);
            sums += more;
          }
          return best_lane(a);
        }
        simd const b = load(x + lanes), c = load(x + 2 * lanes), d = load(x + 3 * lanes);
        kept best{a, b, c, d, a + b, c + d};
        T const *next = x + step, *const last = x + n - step;
        for (; next + step <= last; next += 2 * step) {
          best.take(next);
          best.take(next + step);
        }
        if (next < last)
          best.take(next);
        best.take(last);
        sums = best.sums + best.others;
        return best_lane(better(better(best.a, best.b), better(best.c, best.d)));
      }

      // The first of at least `lanes` elements for which `sought` holds, -1 if there is none.
      template <class Sought>
      static long first(T const *x, long n, Sought sought)
      {
        long i = 0;
        for (; i + 2 * step <= n; i += 2 * step) {
          T const *const y = x + i;
          auto const p = sought(load(y)) | sought(load(y + lanes)), q = sought(load(y + 2 * lanes)) | sought(load(y + 3 * lanes)),
                     r = sought(load(y + 4 * lanes)) | sought(load(y + 5 * lanes)),
                     s = sought(load(y + 6 * lanes)) | sought(load(y + 7 * lanes));
          if (bits((p | q) | (r | s)))
            break;
        }
        for (; i < n; i += lanes) {
          long const at = std::min(i, n - lanes);
          if (uint64_t const found = bits(sought(load(x + at))))
            return at + __builtin_ctzll(found) / sizeof(T);
        }
        return -1;
      }

      static long nan(T const *x, long n)
      {
        return std::is_floating_point<T>::value ? first(x, n, [](simd value) { return value != value; }) : -1;
      }

      [[gnu::noinline]] static T element(T const *x, long n)
      {
        if (n < lanes)
          return x[short_place(x, n)];
        simd sums;
        T const best = best_element(x, n, sums);
        long const place = std::is_floating_point<T>::value && bits(sums != sums) ? nan(x, n) : -1;
        return place < 0 ? best : x[place];
      }

      static long short_place(T const *x, long n)
      {
        T best = x[0];
        for (long i = 0; i < n; ++i) {
          if (x[i] != x[i])
            return i;
          best = before(x[i], best) ? x[i] : best;
        }
        return std::find(x, x + n - 1, best) - x;
      }

      [[gnu::noinline]] static long of(T const *x, long n)
      {
        if (n < lanes)
          return short_place(x, n);
        long length = n, begin = 0;
        if (n > block) {
          long const blocks = (n + block - 1) / block;
          length = (n + blocks - 1) / blocks;
        }
        T best{};
        for (long i = 0; i < n; i += length) {
          // The last block may overlap the one before: what was met there is not better.
          long const at = std::min(i, n - length);
          simd sums;
          T const found = best_element(x + at, length, sums);
          if (std::is_floating_point<T>::value && bits(sums != sums)) {
            long const place = nan(x + at, length);
            if (place >= 0)
              return at + place;
          }
          if (i == 0 || before(found, best)) {
            best = found;
            begin = at;
          }
        }
        // Not found is what another thread has written over meanwhile.
        return begin + std::max(0L, first(x + begin, length, [best](simd value) { return value == simd{} + best; }));
      }
    };

    template <class E>
    long length_of(E const &expr)
    {
      static_assert(E::value == 1 && !E::is_strided, "contiguous vectors only");
      if (!expr.flat_size())
        throw types::ValueError("an empty slice has no extreme");
      return expr.flat_size();
    }

    template <bool smallest, class E>
    typename E::dtype best_of(E const &expr)
    {
      return extreme_place<typename E::dtype, smallest>::element(expr.buffer, length_of(expr));
    }
  } // namespace details

  template <class Op, class E>
  long argminmax(E const &expr)
  {
    constexpr bool smallest = std::is_same<typename Op::op, functor::minimum>::value;
    return details::extreme_place<typename E::dtype, smallest>::of(expr.buffer, details::length_of(expr));
  }
} // namespace numpy
PYTHONIC_NS_END

#endif
