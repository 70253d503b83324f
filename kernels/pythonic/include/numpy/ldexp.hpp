// Overlay of Pythran's header: ldexp for scalars, inline and free of branches, so that loops over it vectorize.
#ifndef PYTHONIC_INCLUDE_NUMPY_LDEXP_HPP
#define PYTHONIC_INCLUDE_NUMPY_LDEXP_HPP

#define COREPY_OVERLAY_LDEXP

#include "pythonic/include/utils/functor.hpp"

#include <type_traits>

PYTHONIC_NS_BEGIN

namespace numpy
{
  // float32 stays float32; float64 and integers give float64
  template <class T, class I>
  std::conditional_t<std::is_same<T, float>::value, float, double> ldexp(T x, I e);

  DEFINE_FUNCTOR(pythonic::numpy, ldexp);
} // namespace numpy
PYTHONIC_NS_END

#endif
