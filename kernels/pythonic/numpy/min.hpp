// Overlay of Pythran's header: np.min of a contiguous vector, by argminmax.hpp.
#ifndef PYTHONIC_NUMPY_MIN_HPP
#define PYTHONIC_NUMPY_MIN_HPP

#include "pythonic/include/numpy/min.hpp"

#include "pythonic/numpy/argminmax.hpp"
#include "pythonic/numpy/reduce.hpp"
#include "pythonic/operator_/imin.hpp"

PYTHONIC_NS_BEGIN

namespace numpy
{
  template <class... Args>
  auto min(Args &&...args) -> decltype(reduce<operator_::functor::imin>(std::forward<Args>(args)...))
  {
    return details::best_of<true>(std::forward<Args>(args)...);
  }
} // namespace numpy
PYTHONIC_NS_END

#endif
