#ifndef PYTHONIC_NUMPY_VECTORIZE_HPP
#define PYTHONIC_NUMPY_VECTORIZE_HPP

#include "pythonic/include/numpy/vectorize.hpp"

#include "pythonic/builtins/None.hpp"
#include "pythonic/types/ndarray.hpp"

#include <algorithm>
#include <array>

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
    inline number elements(uint64_t const *x)
    {
      return ::corepy::load<number>(x);
    }
    template <class T, class E>
    void put(T const &x, E *to)
    {
      ::corepy::store(x, to);
    }
#else
    inline uint64_t elements(uint64_t const *x)
    {
      return *x;
    }
    template <class T>
    void put(T x, T *to)
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

    template <class Found, class E, size_t... I>
    void put_each(Found const &found, E *const *to, long i, std::index_sequence<I...>)
    {
      (put(std::get<I>(found), to[I] + i), ...);
    }

    // n is a multiple of lanes.
    template <class F, class E, size_t K, class... A>
    [[gnu::noinline]] void fill(std::array<E *, K> to, long n, A... x)
    {
      for (long i = 0; i < n; i += lanes)
        put_each(F{}(elements(from(x, i))...), to.data(), i, std::make_index_sequence<K>());
    }

    template <class F, class E, size_t K, class... A>
    void fill_all(std::array<E *, K> to, long n, A... x)
    {
      long const whole = n / lanes * lanes, rest = n - whole;
      fill<F>(to, whole, x...);
      if (rest) {
        uint64_t given[sizeof...(A)][lanes] = {}, *buffer = given[0];
        E found[K][lanes];
        std::array<E *, K> into;
        for (size_t k = 0; k < K; k++)
          into[k] = found[k];
        fill<F>(into, lanes, padded(from(x, whole), rest, (buffer += lanes) - lanes)...);
        for (size_t k = 0; k < K; k++)
          std::copy(found[k], found[k] + rest, to[k] + whole);
      }
    }

    template <class Array, size_t... I>
    types::array_tuple<Array, sizeof...(I)> arrays_like(typename Array::shape_t const &shape, std::index_sequence<I...>)
    {
      return {{((void)I, Array(shape, builtins::None))...}};
    }
  } // namespace details

  template <class F>
  template <class pS, class... A>
  details::found_arrays<pS, F, types::ndarray<uint64_t, pS>, A...>
  vectorized<F>::operator()(types::ndarray<uint64_t, pS> const &x, A const &...rest) const
  {
    using found = details::found_arrays<pS, F, types::ndarray<uint64_t, pS>, A...>;
    using array = typename found::value_type;
    constexpr size_t K = std::tuple_size<found>::value;
    found made = details::arrays_like<array>(x._shape, std::make_index_sequence<K>());
    std::array<typename array::dtype *, K> to;
    for (size_t k = 0; k < K; k++)
      to[k] = made[k].buffer;
    details::fill_all<F>(to, x.flat_size(), details::argument(x), details::argument(rest)...);
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
