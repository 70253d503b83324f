// Overlay of Pythran's header: ldexp for scalars, inline and free of branches, so that loops over it vectorize.
#ifndef PYTHONIC_NUMPY_LDEXP_HPP
#define PYTHONIC_NUMPY_LDEXP_HPP

#include "pythonic/include/numpy/ldexp.hpp"

#include "pythonic/utils/functor.hpp"

#include <cstdint>
#include <cstring>

PYTHONIC_NS_BEGIN

namespace numpy
{
  namespace corepy
  {
    // any integer to int32 within +-limit
    template <class I>
    inline int32_t clamp_exponent(I e, int32_t limit)
    {
      using W = std::common_type_t<I, int32_t>;
      using S = std::make_signed_t<W>;
      W upper = W(e) > W(limit) ? W(limit) : W(e);
      return int32_t(S(upper) < S(-limit) ? S(-limit) : S(upper));
    }

    // 2**e for -1022 <= e <= 1023
    inline double power_of_two(int32_t e)
    {
      uint64_t bits = uint64_t(uint32_t(e + 1023)) << 52;
      double power;
      std::memcpy(&power, &bits, sizeof power);
      return power;
    }

    // Beyond +-2098 nothing changes anymore. Exponents outside the normal range are split so that the last
    // factor is 2**-1021 or smaller: if an earlier product rounds, then the result is 0 in any case, and no
    // subnormal result is rounded twice.
    inline double ldexp_(double x, int32_t e)
    {
      int32_t normal = e > 1022 ? 1022 : e;
      normal = normal < -1022 ? -1022 : normal;
      int32_t half = (e - normal) >> 1;
      double factor = power_of_two(half);
      return x * factor * factor * power_of_two(e - 2 * half);
    }
  } // namespace corepy

  template <class T, class I>
  inline std::conditional_t<std::is_same<T, float>::value, float, double> ldexp(T x, I e)
  {
    static_assert(std::is_arithmetic<T>::value && std::is_integral<I>::value, "scalars only");
    // in float64 any float32 scaled by up to 2**+-400 is exact: one rounding, in the conversion
    if constexpr (std::is_same<T, float>::value)
      return float(double(x) * corepy::power_of_two(corepy::clamp_exponent(e, 400)));
    else
      return corepy::ldexp_(double(x), corepy::clamp_exponent(e, 2100));
  }
} // namespace numpy
PYTHONIC_NS_END

#endif
