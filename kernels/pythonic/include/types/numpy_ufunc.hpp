// Shadows Pythran's header of this name: how an `export ufunc` kernel becomes a numpy.ufunc.
//
// Pythran's own loop walks byte strides, which gcc cannot vectorize (5-10x slower), and its loops can neither raise nor
// opt out of floating-point warnings. Here a kernel gets
//   - a unit-stride loop, and loops for operands that are broadcast scalars or reversed;
//   - what ufunc_loop.cpp makes of them: any stride by way of blocks, errors, elements for its `__rare` variant;
//   - what ufunc_registration.cpp gives it: its public name, NumPy's order of promotion, errors that say what is accepted;
//   - two outputs where it returns a tuple of two (`modf`).
#ifndef PYTHONIC_INCLUDE_TYPES_NUMPY_UFUNC_HPP
#define PYTHONIC_INCLUDE_TYPES_NUMPY_UFUNC_HPP
#define COREPY_OVERLAY_UFUNC 1

#include "pythonic/flags.hpp"
#include "pythonic/ufunc.hpp"

#include "pythonic/types/int.hpp"
#include "pythonic/types/tuple.hpp"

#include <algorithm>
#include <tuple>

#if defined(__clang__)
#define COREPY_IVDEP _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define COREPY_IVDEP _Pragma("GCC ivdep")
#else
#define COREPY_IVDEP
#endif

// Four vectors at a time, of kernels of few operations: at AVX2 the loop's own instructions cost them up to half the time
// (invert in place 1.8 times as fast, ceil and sign 1.5 to 1.8). Nothing is gained at AVX-512, nor where flags come out.
#if defined(__GNUC__) && !defined(__clang__) && !defined(__AVX512F__)
#define COREPY_UNROLL _Pragma("GCC unroll 4")
#else
#define COREPY_UNROLL
#endif

PYTHONIC_NS_BEGIN

// The generated module has one number for the result's type; that of two results is made of theirs, which are below 16.
template <class First, class Second>
struct c_type_to_numpy_type<std::tuple<First, Second>>
    : std::integral_constant<int, (char)(c_type_to_numpy_type<First>::value * 16 + c_type_to_numpy_type<Second>::value)> {
};
template <class T>
struct c_type_to_numpy_type<types::array_tuple<T, 2>> : c_type_to_numpy_type<std::tuple<T, T>> {
};

namespace types
{
  namespace detail
  {
    template <class T>
    constexpr unsigned char number_of = c_type_to_numpy_type<T>::value;

    // A bool array made by a view can hold any byte: reading one as a C++ bool is undefined, so bools are read as bytes.
    template <class T>
    using stored_t = std::conditional_t<std::is_same_v<T, bool>, unsigned char, T>;

    template <class T>
    struct vector_operand {
      stored_t<T> const *data;
      explicit vector_operand(char const *from) : data((stored_t<T> const *)from) {}
      T operator[](npy_intp i) const
      {
        if constexpr (std::is_same_v<T, bool>)
          return data[i] != 0;
        else
          return data[i];
      }
    };

    template <class T>
    struct scalar_operand {
      T value;
      explicit scalar_operand(char const *from) : value(vector_operand<T>(from)[0]) {}
      T operator[](npy_intp) const
      {
        return value;
      }
    };

    template <class T>
    struct reversed_operand {
      vector_operand<T> last;
      explicit reversed_operand(char const *from) : last(from) {}
      T operator[](npy_intp i) const
      {
        return last[-i];
      }
    };

    // tools/translate_kernels.py counts them.
    template <class F, class = void>
    constexpr bool has_few_operations = false;
    template <class F>
    constexpr bool has_few_operations<F, std::void_t<typename F::few_operations>> = true;

    // `width` is that of all arguments, 0 if they differ or flags are not to be packed by hand.
    template <class F, class R, size_t width, class... Operands>
    void fill(char *const *out, npy_intp n, Operands... in)
    {
      R *const results = (R *)out[0];
      npy_intp i = 0;
      if constexpr (width && std::is_same_v<R, bool>)
        i = corepy::fill_flags<std::conditional_t<width == 8, uint64_t, uint32_t>>(results, n,
                                                                                   [=](npy_intp j) { return F{}(in[j]...); });
      if constexpr (has_few_operations<F> && !std::is_same_v<R, bool>) {
        COREPY_IVDEP
        COREPY_UNROLL
        for (; i < n; ++i)
          results[i] = F{}(in[i]...);
      } else {
        COREPY_IVDEP
        for (; i < n; ++i)
          results[i] = F{}(in[i]...);
      }
    }

    template <class F, class First, class Second, class... Operands>
    void fill_pairs(char *const *out, npy_intp n, Operands... in)
    {
      First *const first = (First *)out[0];
      Second *const second = (Second *)out[1];
      COREPY_IVDEP
      for (npy_intp i = 0; i < n; ++i) {
        auto const both = F{}(in[i]...);
        first[i] = std::get<0>(both);
        second[i] = std::get<1>(both);
      }
    }

    // The loops of a kernel F of arguments A, numbered I.
    template <class F, class R, class Indices, class... A>
    struct loops;

    template <class F, class R, size_t... I, class... A>
    struct loops<F, R, std::index_sequence<I...>, A...> {
      static constexpr size_t nin = sizeof...(A);
      using first_argument = std::tuple_element_t<0, std::tuple<A...>>;
      // Flags of one integer are not: isnan and others do not even read it.
      static constexpr bool packed = nin > 1 || std::is_floating_point_v<first_argument>;

      template <template <class> class First, template <class> class Others>
      static void contiguous(char *const *args, npy_intp n)
      {
        constexpr size_t width = !packed ? 0 : ((sizeof(A) == 8) && ...) ? 8 : ((sizeof(A) == 4) && ...) ? 4 : 0;
        fill<F, R, width>(args + nin, n, std::conditional_t<I == 0, First<A>, Others<A>>(args[I])...);
      }

      static void one_by_one(char *const *args, npy_intp n, npy_intp const *steps)
      {
        for (npy_intp i = 0; i < n; ++i)
          *(R *)(args[nin] + i * steps[nin]) = F{}(vector_operand<A>(args[I] + i * steps[I])[0]...);
      }

      static constexpr corepy::compiled_loop compiled()
      {
        corepy::compiled_loop loop{};
        loop.nin = nin;
        loop.nargs = nin + 1;
        ((loop.types[I] = number_of<A>, loop.sizes[I] = sizeof(A)), ...);
        loop.types[nin] = number_of<R>;
        loop.sizes[nin] = sizeof(R);
        loop.vectors = contiguous<vector_operand, vector_operand>;
        if constexpr (nin > 1)
          loop.first_vector = contiguous<vector_operand, scalar_operand>;
        if constexpr (nin == 2)
          loop.second_vector = contiguous<scalar_operand, vector_operand>;
        // Without the copy x[::-1] of 8 bytes takes 0.8 of the time, 0.6 where flags are packed by hand; narrower elements gain
        // nothing.
        if constexpr (nin <= 2 && std::min({sizeof(A)...}) == 8 &&
                      (sizeof(R) == 8 || (std::is_same_v<R, bool> && packed && corepy::packs_flags)))
          loop.reversed = contiguous<reversed_operand, reversed_operand>;
        // Only a result of the first argument's type can take its place.
        if constexpr (nin == 2 && std::is_same_v<R, first_argument>)
          loop.one_by_one = one_by_one;
        return loop;
      }
    };

    // Two results. NumPy never feeds them back as arguments.
    template <class F, class First, class Second, size_t... I, class... A>
    struct loops<F, std::tuple<First, Second>, std::index_sequence<I...>, A...> {
      static constexpr size_t nin = sizeof...(A);

      static void vectors(char *const *args, npy_intp n)
      {
        fill_pairs<F, First, Second>(args + nin, n, vector_operand<A>(args[I])...);
      }

      static constexpr corepy::compiled_loop compiled()
      {
        return {nin,
                nin + 2,
                {number_of<A>..., number_of<First>, number_of<Second>},
                {sizeof(A)..., sizeof(First), sizeof(Second)},
                vectors};
      }
    };

    template <class F, class T, size_t... I, class... A>
    struct loops<F, array_tuple<T, 2>, std::index_sequence<I...>, A...>
        : loops<F, std::tuple<T, T>, std::index_sequence<I...>, A...> {
    };
  } // namespace detail

  // The loop NumPy calls; without arguments it tells its registration what it was compiled to.
  template <typename F, typename R, typename... A>
  int ufunc_wrapper(PyArrayMethod_Context *context, char *const *args, npy_intp const *dimensions, npy_intp const *steps,
                    NpyAuxData *auxdata)
  {
    static corepy::compiled_loop loop = detail::loops<F, R, std::index_sequence_for<A...>, A...>::compiled();
    if (args == nullptr) {
      *reinterpret_cast<corepy::compiled_loop **>(auxdata) = &loop;
      return 0;
    }
    return corepy::run<sizeof...(A), detail::number_of<R> < 16 ? 1 : 2>(loop, context, args, dimensions[0], steps);
  }
} // namespace types
PYTHONIC_NS_END

// The generated module calls PyUFunc_FromFuncAndData after this header.
#undef PyUFunc_FromFuncAndData
#define PyUFunc_FromFuncAndData(functions, data, types, ntypes, nin, nout, identity, name, doc, unused)                \
  corepy::make_ufunc(functions, ntypes, nin, name, doc)

#endif
