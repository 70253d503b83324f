// Overlay of Pythran's header: frexp for scalars, inline and free of branches, so that loops over it vectorize.
#ifndef PYTHONIC_NUMPY_FREXP_HPP
#define PYTHONIC_NUMPY_FREXP_HPP

#include "pythonic/include/numpy/frexp.hpp"

#include "pythonic/utils/functor.hpp"

#include <cstdint>
#include <cstring>

PYTHONIC_NS_BEGIN

namespace numpy
{
  namespace corepy
  {
    // U: the unsigned integer of T's width; digits: T's stored mantissa bits; bias: the exponent field of 0.5
    template <class T, class U, int digits, int bias>
    inline std::tuple<T, int> frexp_(T x)
    {
      constexpr U field = ~U(0) >> (digits + 1); // the exponent field, shifted down
      constexpr U sign = ~(~U(0) >> 1);
      constexpr T up = T(U(1) << (digits + 1)); // makes subnormals normal
      U bits, normal_bits;
      std::memcpy(&bits, &x, sizeof bits);
      U magnitude = bits & ~sign;
      bool subnormal = magnitude < U(1) << digits;
      T normal = subnormal ? x * up : x;
      std::memcpy(&normal_bits, &normal, sizeof bits);
      U offset = subnormal ? U(bias + digits + 1) : U(bias);
      int32_t e = int32_t(((normal_bits >> digits) & field) - offset);
      U mantissa_bits = (normal_bits & ~(field << digits)) | U(bias) << digits;
      // 0, inf and NaN are returned as they are, with exponent 0
      bool ordinary = magnitude - 1 < (field << digits) - 1;
      mantissa_bits = ordinary ? mantissa_bits : bits;
      e = ordinary ? e : 0;
      T mantissa;
      std::memcpy(&mantissa, &mantissa_bits, sizeof mantissa);
      return std::tuple<T, int>(mantissa, e);
    }
  } // namespace corepy

  template <class T>
  inline std::tuple<std::conditional_t<std::is_same<T, float>::value, float, double>, int> frexp(T x)
  {
    static_assert(std::is_arithmetic<T>::value, "scalars only");
    if constexpr (std::is_same<T, float>::value)
      return corepy::frexp_<float, uint32_t, 23, 126>(x);
    else
      return corepy::frexp_<double, uint64_t, 52, 1022>(double(x));
  }
} // namespace numpy
PYTHONIC_NS_END

#endif
