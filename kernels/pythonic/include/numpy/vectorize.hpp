// Overlay of Pythran's header: np.vectorize(f)(x, ...) of uint64 arrays, by f on vectors of lanes.hpp, with the results in
// new arrays; f returns a pair. Arguments are arrays of one length, or numbers.
#ifndef PYTHONIC_INCLUDE_NUMPY_VECTORIZE_HPP
#define PYTHONIC_INCLUDE_NUMPY_VECTORIZE_HPP

#include "pythonic/include/types/ndarray.hpp"
#include "pythonic/include/types/tuple.hpp"
#include "pythonic/include/utils/functor.hpp"

PYTHONIC_NS_BEGIN

namespace numpy
{
  template <class F>
  struct vectorized {
    using callable = void;
    template <class pS, class... A>
    types::array_tuple<types::ndarray<uint64_t, pS>, 2> operator()(types::ndarray<uint64_t, pS> const &first,
                                                                   A const &...rest) const;
  };

  template <class F>
  vectorized<F> vectorize(F const &);

  DEFINE_FUNCTOR(pythonic::numpy, vectorize);
} // namespace numpy
PYTHONIC_NS_END

#endif
