// Overlay of Pythran's header: np.zeros that fails as np.empty does where there is no memory. Pythran's hands on what calloc
// gives, a null pointer too.
#ifndef PYTHONIC_NUMPY_ZEROS_HPP
#define PYTHONIC_NUMPY_ZEROS_HPP

#include "pythonic/include/numpy/zeros.hpp"

#include "pythonic/types/ndarray.hpp"
#include "pythonic/utils/functor.hpp"

#include <algorithm>

PYTHONIC_NS_BEGIN

namespace numpy
{
  template <class dtype>
  typename dtype::type zeros(std::tuple<> const &, dtype)
  {
    return 0;
  }

  template <class pS, class dtype>
  types::ndarray<typename dtype::type, sutils::shape_t<pS>> zeros(pS const &shape, dtype)
  {
    using T = typename dtype::type;
    types::ndarray<T, sutils::shape_t<pS>> made((sutils::shape_t<pS>)shape, builtins::None);
    std::fill_n(made.buffer, made.flat_size(), T(0));
    return made;
  }

  template <class dtype>
  types::ndarray<typename dtype::type, types::pshape<long>> zeros(long size, dtype d)
  {
    return zeros(types::pshape<long>(size), d);
  }

  template <long N, class dtype>
  types::ndarray<typename dtype::type, types::pshape<std::integral_constant<long, N>>>
  zeros(std::integral_constant<long, N>, dtype d)
  {
    return zeros(types::pshape<std::integral_constant<long, N>>({}), d);
  }
} // namespace numpy
PYTHONIC_NS_END

#endif
