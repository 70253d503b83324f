#ifndef PYTHONIC_NUMPY_VECTORIZE_HPP
#define PYTHONIC_NUMPY_VECTORIZE_HPP

#include "pythonic/include/numpy/vectorize.hpp"

#include "pythonic/builtins/None.hpp"
#include "pythonic/types/ndarray.hpp"

#include <algorithm>

PYTHONIC_NS_BEGIN

namespace numpy
{
  namespace details
  {
    template <class T>
    T elements(T x)
    {
      return x;
    }
#ifdef COREPY_LANES
    using number = ::corepy::uint64s;
    constexpr long lanes = ::corepy::width;
    inline number elements(uint64_t const *x)
    {
      return ::corepy::load(x);
    }
    inline void put(number const &x, uint64_t *to)
    {
      ::corepy::store(x, to);
    }
#else
    constexpr long lanes = 1;
    inline uint64_t elements(uint64_t const *x)
    {
      return *x;
    }
    inline void put(uint64_t x, uint64_t *to)
    {
      *to = x;
    }
#endif

    // Arguments for the elements from i on; those of the last part, of fewer than lanes, are copied to buffers.
    template <class T>
    T from(T x, long)
    {
      return x;
    }
    inline uint64_t const *from(uint64_t const *x, long i)
    {
      return x + i;
    }
    template <class T>
    T padded(T x, long, uint64_t *)
    {
      return x;
    }
    inline uint64_t const *padded(uint64_t const *x, long n, uint64_t *buffer)
    {
      std::copy(x, x + n, buffer);
      return buffer;
    }
    template <class T>
    T argument(T x)
    {
      return x;
    }
    template <class pS>
    uint64_t const *argument(types::ndarray<uint64_t, pS> const &x)
    {
      return x.buffer;
    }

    // n is a multiple of lanes.
    template <class F, class... A>
    [[gnu::noinline]] void fill_pairs(uint64_t *first, uint64_t *second, long n, A... x)
    {
      for (long i = 0; i < n; i += lanes) {
        auto const both = F{}(elements(from(x, i))...);
        put(std::get<0>(both), first + i);
        put(std::get<1>(both), second + i);
      }
    }

    template <class F, class... A>
    void fill_all_pairs(uint64_t *first, uint64_t *second, long n, A... x)
    {
      long const whole = n / lanes * lanes, rest = n - whole;
      fill_pairs<F>(first, second, whole, x...);
      if (rest) {
        uint64_t given[sizeof...(A)][lanes] = {}, found[2][lanes], *buffer = given[0];
        fill_pairs<F>(found[0], found[1], lanes, padded(from(x, whole), rest, (buffer += lanes) - lanes)...);
        std::copy(found[0], found[0] + rest, first + whole);
        std::copy(found[1], found[1] + rest, second + whole);
      }
    }
  } // namespace details

  template <class F>
  template <class pS, class... A>
  types::array_tuple<types::ndarray<uint64_t, pS>, 2>
  vectorized<F>::operator()(types::ndarray<uint64_t, pS> const &x, A const &...rest) const
  {
    using array = types::ndarray<uint64_t, pS>;
    types::array_tuple<array, 2> made{{array(x._shape, builtins::None), array(x._shape, builtins::None)}};
    details::fill_all_pairs<F>(made[0].buffer, made[1].buffer, x.flat_size(), details::argument(x),
                               details::argument(rest)...);
    return made;
  }

  template <class F>
  vectorized<F> vectorize(F const &)
  {
    return {};
  }
} // namespace numpy
PYTHONIC_NS_END

#endif
