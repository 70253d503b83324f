// Overlay of Pythran's header: frexp for scalars, inline and free of branches, so that loops over it vectorize.
#ifndef PYTHONIC_INCLUDE_NUMPY_FREXP_HPP
#define PYTHONIC_INCLUDE_NUMPY_FREXP_HPP

#define COREPY_OVERLAY_FREXP

#include "pythonic/include/utils/functor.hpp"

#include <tuple>
#include <type_traits>

PYTHONIC_NS_BEGIN

namespace numpy
{
  // float32 stays float32; float64 and integers give float64
  template <class T>
  std::tuple<std::conditional_t<std::is_same<T, float>::value, float, double>, int> frexp(T x);

  DEFINE_FUNCTOR(pythonic::numpy, frexp);
} // namespace numpy
PYTHONIC_NS_END

#endif
