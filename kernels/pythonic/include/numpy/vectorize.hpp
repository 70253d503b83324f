// Overlay of Pythran's header: np.vectorize(f)(x, ...) of uint64 arrays, by f on vectors of lanes.hpp, with the results in
// new arrays; f returns a tuple of uint64 or of float64. Arguments are arrays of one length, or numbers.
#ifndef PYTHONIC_INCLUDE_NUMPY_VECTORIZE_HPP
#define PYTHONIC_INCLUDE_NUMPY_VECTORIZE_HPP

#include "pythonic/include/types/ndarray.hpp"
#include "pythonic/include/types/tuple.hpp"
#include "pythonic/include/utils/functor.hpp"

#include <type_traits>
#include <utility>

PYTHONIC_NS_BEGIN

namespace numpy
{
  namespace details
  {
#ifdef COREPY_LANES
    using number = ::corepy::uint64s;
    constexpr long lanes = ::corepy::width;
    template <class T>
    using element = std::conditional_t<std::is_same<T, ::corepy::float64s>::value, double, uint64_t>;
#else
    using number = uint64_t;
    constexpr long lanes = 1;
    template <class T>
    using element = T;
#endif

    // What f is given for an argument.
    template <class T>
    T given(T const &);
    template <class pS>
    number given(types::ndarray<uint64_t, pS> const &);

    template <class F, class... A>
    using found_by = std::decay_t<decltype(F{}(given(std::declval<A>())...))>;
    template <class pS, class F, class... A>
    using found_arrays = types::array_tuple<
        types::ndarray<element<std::decay_t<decltype(std::get<0>(std::declval<found_by<F, A...>>()))>>, pS>,
        std::tuple_size<found_by<F, A...>>::value>;
  } // namespace details

  template <class F>
  struct vectorized {
    using callable = void;
    template <class pS, class... A>
    details::found_arrays<pS, F, types::ndarray<uint64_t, pS>, A...>
    operator()(types::ndarray<uint64_t, pS> const &first, A const &...rest) const;
  };

  template <class F>
  vectorized<F> vectorize(F const &);

  DEFINE_FUNCTOR(pythonic::numpy, vectorize);
} // namespace numpy
PYTHONIC_NS_END

#endif
