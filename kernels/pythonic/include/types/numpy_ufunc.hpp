// Shadows Pythran's header of this name: how an `export ufunc` kernel becomes a numpy.ufunc.
//
// Pythran's own loop walks byte strides, which gcc cannot vectorize (5-10x slower), and its loops can neither raise nor
// opt out of floating-point warnings. Here a kernel gets
//   - a unit-stride loop, a loop for each operand that is a broadcast scalar, and block-wise copies for other strides;
//   - NumPy's public ArrayMethod API (NumPy >= 2.0) instead of the legacy table, so that a loop can return an error and
//     status flags raised by discarded SIMD lanes stay unseen;
//   - two outputs where it returns a tuple of two (`modf`);
//   - its public name (`exp_` is `exp`) and its loops in NumPy's order of promotion;
//   - its `__rare` variant (`sin__rare`), to which elements go whose result is NaN though no argument is: what few
//     elements need costs the others nothing, and no element's bits depend on its neighbors;
//   - a type resolver whose errors say what is accepted.
#ifndef PYTHONIC_INCLUDE_TYPES_NUMPY_UFUNC_HPP
#define PYTHONIC_INCLUDE_TYPES_NUMPY_UFUNC_HPP
#define COREPY_OVERLAY_UFUNC 1

#include "numpy/dtype_api.h"
#include "numpy/ufuncobject.h"

#include "pythonic/types/int.hpp"
#include "pythonic/types/tuple.hpp"

#include <algorithm>
#include <cfenv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#if defined(__clang__)
#define COREPY_IVDEP _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define COREPY_IVDEP _Pragma("GCC ivdep")
#else
#define COREPY_IVDEP
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
    template <class R>
    constexpr bool is_pair = (unsigned char)c_type_to_numpy_type<R>::value >= 16;

    // A bool array made by a view can hold any byte: reading one as a C++ bool is undefined, so bools are read as bytes.
    template <class T>
    using stored_t = std::conditional_t<std::is_same_v<T, bool>, unsigned char, T>;

    template <class T>
    struct vector_operand {
      stored_t<T> const *data;
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
      T operator[](npy_intp) const
      {
        return value;
      }
    };

    template <class T>
    struct reversed_operand { // x[::-1]
      stored_t<T> const *last;
      T operator[](npy_intp i) const
      {
        return vector_operand<T>{last}[-i];
      }
    };

    template <class F, class R, class... Operands>
    void unit_stride(R *out, npy_intp n, Operands... in)
    {
      COREPY_IVDEP
      for (npy_intp i = 0; i < n; ++i)
        out[i] = F{}(in[i]...);
    }

    template <class F, class R, class... A>
    __attribute__((noinline)) void unit_vectors(R *out, npy_intp n, vector_operand<A>... in)
    {
      unit_stride<F>(out, n, in...);
    }

    template <class F, class First, class Second, class... A>
    __attribute__((noinline)) void unit_pairs(First *first, Second *second, npy_intp n, vector_operand<A>... in)
    {
      COREPY_IVDEP
      for (npy_intp i = 0; i < n; ++i) {
        auto const both = F{}(in[i]...);
        first[i] = std::get<0>(both);
        second[i] = std::get<1>(both);
      }
    }

    template <size_t>
    struct unsigned_of_size;
    template <>
    struct unsigned_of_size<1> {
      using type = uint8_t;
    };
    template <>
    struct unsigned_of_size<2> {
      using type = uint16_t;
    };
    template <>
    struct unsigned_of_size<4> {
      using type = uint32_t;
    };
    template <>
    struct unsigned_of_size<8> {
      using type = uint64_t;
    };

    // Copies of fixed stride vectorize, those of a run-time stride do not: -1 is what x[::-1] gives.
    template <class U>
    __attribute__((noinline)) void gather(U *to, char const *from, npy_intp step, npy_intp n)
    {
      if (step == -(npy_intp)sizeof(U)) {
        U const *last = (U const *)from;
        for (npy_intp i = 0; i < n; ++i)
          to[i] = *(last - i);
      } else {
        for (npy_intp i = 0; i < n; ++i, from += step)
          to[i] = *(U const *)from;
      }
    }

    template <class U>
    __attribute__((noinline)) void scatter(char *to, npy_intp step, U const *from, npy_intp n)
    {
      if (step == -(npy_intp)sizeof(U)) {
        U *last = (U *)to;
        for (npy_intp i = 0; i < n; ++i)
          *(last - i) = from[i];
      } else {
        for (npy_intp i = 0; i < n; ++i, to += step)
          *(U *)to = from[i];
      }
    }

    // 256 elements of 8 bytes for each of four operands are 8 KB: they stay in the first-level cache.
    constexpr npy_intp block_size = 256;

    template <class T>
    struct block {
      alignas(64) stored_t<T> buffer[block_size];

      // so that std::tuple does not clear the buffer first
      block() {}

      vector_operand<T> load(char const *from, npy_intp step, npy_intp n)
      {
        if (step == (npy_intp)sizeof(T))
          return {(stored_t<T> const *)from};
        gather((typename unsigned_of_size<sizeof(T)>::type *)buffer, from, step, n);
        return {buffer};
      }

      // Where the results of m elements go: to their place or, if that is strided, first to the block.
      T *target(char *to, npy_intp step)
      {
        return step == (npy_intp)sizeof(T) ? (T *)to : (T *)buffer;
      }

      void store(char *to, npy_intp step, npy_intp n)
      {
        if (step != (npy_intp)sizeof(T))
          scatter(to, step, (typename unsigned_of_size<sizeof(T)>::type const *)buffer, n);
      }
    };

    template <class F, class R, class... A, size_t... I>
    void any_stride(char *const *args, npy_intp n, npy_intp const *steps, std::index_sequence<I...>)
    {
      std::tuple<block<A>...> in;
      block<R> result;
      npy_intp const out_step = steps[sizeof...(A)];
      for (npy_intp first = 0; first < n; first += block_size) {
        npy_intp const m = std::min(block_size, n - first);
        char *out = args[sizeof...(A)] + first * out_step;
        unit_vectors<F, R, A...>(result.target(out, out_step), m,
                                 std::get<I>(in).load(args[I] + first * steps[I], steps[I], m)...);
        result.store(out, out_step, m);
      }
    }

    // Two outputs. NumPy never feeds them back as inputs: reduce and its siblings are for ufuncs of one.
    template <class F, class R, class... A, size_t... I>
    void run_pair(char *const *args, npy_intp n, npy_intp const *steps, std::index_sequence<I...>)
    {
      constexpr size_t nin = sizeof...(A);
      using first_type = std::tuple_element_t<0, R>;
      using second_type = std::tuple_element_t<1, R>;
      std::tuple<block<A>...> in;
      block<first_type> first;
      block<second_type> second;
      for (npy_intp done = 0; done < n; done += block_size) {
        npy_intp const m = std::min(block_size, n - done);
        char *to_first = args[nin] + done * steps[nin], *to_second = args[nin + 1] + done * steps[nin + 1];
        unit_pairs<F, first_type, second_type, A...>(first.target(to_first, steps[nin]),
                                                     second.target(to_second, steps[nin + 1]), m,
                                                     std::get<I>(in).load(args[I] + done * steps[I], steps[I], m)...);
        first.store(to_first, steps[nin], m);
        second.store(to_second, steps[nin + 1], m);
      }
    }

    // ufunc.reduce and .accumulate feed the output back as an input: one element after the other.
    template <class F, class R, class... A, size_t... I>
    void one_by_one(char *const *args, npy_intp n, npy_intp const *steps, std::index_sequence<I...>)
    {
      for (npy_intp i = 0; i < n; ++i)
        *(R *)(args[sizeof...(A)] + i * steps[sizeof...(A)]) =
            F{}(vector_operand<A>{(stored_t<A> const *)(args[I] + i * steps[I])}[0]...);
    }

    inline bool feeds_back(char *const *args, npy_intp n, npy_intp const *steps, int nin)
    {
      npy_intp const out_step = steps[nin];
      if (out_step == 0)
        return n > 1;
      uintptr_t const out = (uintptr_t)args[nin];
      uintptr_t const out_last = out + (n - 1) * out_step;
      for (int i = 0; i < nin; ++i) {
        uintptr_t const in = (uintptr_t)args[i];
        uintptr_t const in_last = in + (n - 1) * steps[i];
        // Elements have at most 8 bytes; a false alarm for neighbors costs speed on one call, nothing else.
        bool const apart = std::max(in, in_last) + 8 <= std::min(out, out_last) ||
                           std::max(out, out_last) + 8 <= std::min(in, in_last);
        if (!apart && (in != out || steps[i] != out_step))
          return true;
      }
      return false;
    }

    // What the last argument, if integer, must not hold: zeros for divisions, negative numbers for powers.
    enum class refused : char { nothing, zero, negative };

    template <class T, class Test>
    bool holds(Test test, char const *data, npy_intp n, npy_intp step)
    {
      T found = 0;
      if (step == -(npy_intp)sizeof(T))
        return holds<T>(test, data + (n - 1) * step, n, -step);
      if (step == (npy_intp)sizeof(T)) {
        T const *p = (T const *)data;
        for (npy_intp i = 0; i < n; ++i)
          found |= (T)test(p[i]);
      } else {
        for (npy_intp i = 0; i < (step ? n : 1); ++i)
          found |= (T)test(*(T const *)(data + i * step));
      }
      return found;
    }

    template <class T>
    bool holds_refused(refused what, char const *data, npy_intp n, npy_intp step)
    {
      if (what == refused::zero)
        return holds<T>([](T x) { return x == 0; }, data, n, step);
      if (std::is_signed_v<T> && what == refused::negative)
        return holds<T>([](T x) { return x < 0; }, data, n, step);
      return false;
    }

    inline PyObject *corepy_error(char const *name, PyObject *fallback)
    {
      PyObject *errors = PyImport_ImportModule("corepy.errors");
      PyObject *error = errors ? PyObject_GetAttrString(errors, name) : nullptr;
      Py_XDECREF(errors);
      if (error)
        return error;
      PyErr_Clear();
      Py_INCREF(fallback);
      return fallback;
    }

    inline int refuse(refused what, PyArrayMethod_Context *context)
    {
      PyGILState_STATE state = PyGILState_Ensure();
      char const *name = context->caller ? ((PyUFuncObject *)context->caller)->name : "ufunc";
      if (what == refused::zero)
        PyErr_Format(PyExc_ZeroDivisionError, "corepy.%s: integer division by zero", name);
      else
        PyErr_Format(PyExc_ValueError,
                     "corepy.%s: an integer raised to a negative integer. Convert first, for example with "
                     "x.astype(numpy.float64).",
                     name);
      PyGILState_Release(state);
      return -1;
    }

    // How many elements come before one that begins a cache line, in the operand of the widest elements: vectors that
    // straddle lines cost up to a third in the second-level cache.
    inline npy_intp until_aligned(char *const *args, npy_intp const *steps, npy_intp const *sizes, int nargs)
    {
      int widest = -1;
      for (int i = 0; i < nargs; ++i)
        if (steps[i] == sizes[i] && (widest < 0 || sizes[i] >= sizes[widest]))
          widest = i;
      return widest < 0 ? 0 : (npy_intp)(-(uintptr_t)args[widest] % 64) / sizes[widest];
    }

    template <class F, class R, class... A, size_t... I>
    __attribute__((noinline)) void run(char *const *args, npy_intp n, npy_intp const *steps, std::index_sequence<I...> operands)
    {
      constexpr size_t nin = sizeof...(A);
      using arguments = std::tuple<A...>;
      // Only kernels of two arguments are reduced: the others need not be compiled once more.
      if constexpr (nin == 2) {
        if (feeds_back(args, n, steps, nin))
          return one_by_one<F, R, A...>(args, n, steps, operands);
      }
      R *out = (R *)args[nin];
      bool const unit_out = steps[nin] == (npy_intp)sizeof(R);
      bool const unit[] = {(steps[I] == (npy_intp)sizeof(A))...};
      if (unit_out && std::min({unit[I]...}))
        return unit_vectors<F, R, A...>(out, n, vector_operand<A>{(stored_t<A> const *)args[I]}...);
      // x[::-1] of 8 bytes without the copy takes 0.8 of the time; narrower elements gain nothing.
      if constexpr (nin <= 2 && sizeof(R) == 8 && std::min({sizeof(A)...}) == 8) {
        if (unit_out && std::min({steps[I] == -8 ...}))
          return unit_stride<F>(out, n, reversed_operand<A>{(stored_t<A> const *)args[I]}...);
      }
      if constexpr (nin == 2) {
        using first = std::tuple_element_t<0, arguments>;
        using second = std::tuple_element_t<1, arguments>;
        vector_operand<first> x{(stored_t<first> const *)args[0]};
        vector_operand<second> y{(stored_t<second> const *)args[1]};
        if (unit_out && unit[0] && steps[1] == 0)
          return unit_stride<F>(out, n, x, scalar_operand<second>{y[0]});
        if (unit_out && unit[1] && steps[0] == 0)
          return unit_stride<F>(out, n, scalar_operand<first>{x[0]}, y);
      } else if constexpr (nin == 3) {
        using first = std::tuple_element_t<0, arguments>;
        using second = std::tuple_element_t<1, arguments>;
        using third = std::tuple_element_t<2, arguments>;
        if (unit_out && unit[0] && steps[1] == 0 && steps[2] == 0)
          return unit_stride<F>(out, n, vector_operand<first>{(stored_t<first> const *)args[0]},
                                scalar_operand<second>{vector_operand<second>{(stored_t<second> const *)args[1]}[0]},
                                scalar_operand<third>{vector_operand<third>{(stored_t<third> const *)args[2]}[0]});
      }
      any_stride<F, R, A...>(args, n, steps, operands);
    }

    // run, from an element that begins a cache line on.
    template <class F, class R, class... A, size_t... I>
    void run_aligned(char *const *args, npy_intp n, npy_intp const *steps, std::index_sequence<I...> operands)
    {
      constexpr size_t nargs = sizeof...(A) + 1;
      constexpr npy_intp sizes[] = {(npy_intp)sizeof(A)..., (npy_intp)sizeof(R)};
      npy_intp const head = n >= 1024 ? until_aligned(args, steps, sizes, nargs) : 0;
      char *rest[nargs];
      for (size_t i = 0; i < nargs; ++i)
        rest[i] = args[i] + head * steps[i];
      if (head)
        run<F, R, A...>(args, head, steps, operands);
      run<F, R, A...>(rest, n - head, steps, operands);
    }

    // NumPy asks for the flags that a call has raised where it converts arguments to another dtype, though the loop says
    // that it reports none: those of the kernel, of discarded lanes too, are taken back.
    class kept_status
    {
#ifdef __SSE2__
      static constexpr unsigned reported = 0x1d; // all but denormal and inexact
      unsigned const before = _mm_getcsr();

    public:
      ~kept_status()
      {
        if (_mm_getcsr() & ~before & reported)
          _mm_setcsr(before);
      }
#else
      static constexpr int reported = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW;
      int const before = std::fetestexcept(reported);

    public:
      ~kept_status()
      {
        if (int const raised = std::fetestexcept(reported) & ~before)
          std::feclearexcept(raised);
      }
#endif
    };

    template <class T>
    bool is_nan(T x)
    {
      return x != x;
    }

    template <class R>
    bool holds_nan(R const *data, npy_intp n)
    {
      using U = typename unsigned_of_size<sizeof(R)>::type;
      U found = 0;
      for (npy_intp i = 0; i < n; ++i)
        found |= (U)is_nan(data[i]);
      return found;
    }

    // Block by block, by way of memory of its own: the output may be an input. `rare` gets its elements side by side.
    template <class F, class R, class... A, size_t... I>
    void run_with_rare(char *const *args, npy_intp n, npy_intp const *steps, PyArrayMethod_StridedLoop *rare,
                       std::index_sequence<I...> operands)
    {
      constexpr size_t nin = sizeof...(A);
      std::tuple<block<A>...> in;
      block<R> result, replacement;
      npy_intp index[block_size];
      char *const rare_args[] = {(char *)std::get<I>(in).buffer..., (char *)replacement.buffer};
      npy_intp const rare_steps[] = {(npy_intp)sizeof(A)..., (npy_intp)sizeof(R)};
      npy_intp const length = feeds_back(args, n, steps, nin) ? 1 : block_size;
      for (npy_intp first = 0; first < n; first += length) {
        npy_intp const m = std::min(length, n - first);
        char *const block_args[] = {args[I] + first * steps[I]..., (char *)result.buffer};
        npy_intp const block_steps[] = {steps[I]..., (npy_intp)sizeof(R)};
        run<F, R, A...>(block_args, m, block_steps, operands);
        if (holds_nan(result.buffer, m)) {
          npy_intp count = 0;
          for (npy_intp i = 0; i < m; ++i) {
            auto const x = std::make_tuple(*(A const *)(block_args[I] + i * steps[I])...);
            if (is_nan(result.buffer[i]) && !std::max({is_nan(std::get<I>(x))...})) {
              ((std::get<I>(in).buffer[count] = std::get<I>(x)), ...);
              index[count++] = i;
            }
          }
          if (count)
            rare(nullptr, rare_args, &count, rare_steps, nullptr);
          for (npy_intp j = 0; j < count; ++j)
            result.buffer[index[j]] = replacement.buffer[j];
        }
        char *const out = args[nin] + first * steps[nin];
        if (steps[nin] == (npy_intp)sizeof(R))
          std::memcpy(out, result.buffer, m * sizeof(R));
        else
          scatter(out, steps[nin], (typename unsigned_of_size<sizeof(R)>::type const *)result.buffer, m);
      }
    }

    constexpr int all_types[] = {NPY_BOOL, NPY_BYTE,  NPY_UBYTE,    NPY_SHORT,     NPY_USHORT, NPY_INT,   NPY_UINT,
                                 NPY_LONG, NPY_ULONG, NPY_LONGLONG, NPY_ULONGLONG, NPY_FLOAT,  NPY_DOUBLE};

    inline PyUFunc_TypeResolutionFunc *numpy_resolver = nullptr;

    inline bool documented(PyUFuncObject *ufunc, char const *sentence)
    {
      return ufunc->doc && std::strstr(ufunc->doc, sentence);
    }

    inline int no_loop(PyUFuncObject *ufunc, PyArrayObject **operands)
    {
      std::string given, accepted;
      for (int i = 0; i < ufunc->nin; ++i)
        given += std::string(i ? ", " : "") + PyArray_DESCR(operands[i])->typeobj->tp_name;
      for (int loop = 0; loop < ufunc->ntypes; ++loop) {
        accepted += loop ? "; " : "";
        for (int i = 0; i < ufunc->nin; ++i) {
          PyArray_Descr *descr = PyArray_DescrFromType(ufunc->types[loop * ufunc->nargs + i]);
          accepted += std::string(i ? ", " : "") + (descr->typeobj->tp_name + std::strlen("numpy."));
          Py_DECREF(descr);
        }
      }
      PyObject *error = corepy_error("DTypeError", PyExc_TypeError);
      PyErr_Format(error, "corepy.%s: no loop for (%s). It accepts (%s). Convert first, for example with x.astype(numpy.float64).",
                   ufunc->name, given.c_str(), accepted.c_str());
      Py_DECREF(error);
      return -1;
    }

    // Runs when no loop matches exactly; NumPy caches what it answers. NumPy's own search then finds the first loop that
    // all arguments cast to safely, which would take float16 for float32 and bool for int8 silently. What a kernel's
    // docstring says in these fixed words holds: backend/reference.py reads the same sentences.
    inline int resolve_types(PyUFuncObject *ufunc, NPY_CASTING casting, PyArrayObject **operands, PyObject *type_tuple,
                             PyArray_Descr **out)
    {
      bool only_bool = true, only_integers = true;
      for (int i = 0; i < ufunc->nin; ++i) {
        int const type = PyArray_TYPE(operands[i]);
        only_bool = only_bool && type == NPY_BOOL;
        only_integers = only_integers && type < NPY_FLOAT;
        if (std::find(std::begin(all_types), std::end(all_types), type) == std::end(all_types))
          return no_loop(ufunc, operands);
      }
      if (only_bool && documented(ufunc, "If every argument is bool."))
        return no_loop(ufunc, operands);
      if (only_integers && type_tuple == nullptr && documented(ufunc, "Integers are divided as float64.")) {
        for (int i = 0; i < ufunc->nargs; ++i)
          out[i] = PyArray_DescrFromType(NPY_DOUBLE);
        return 0;
      }
      int const status = numpy_resolver(ufunc, casting, operands, type_tuple, out);
      if (status < 0 && type_tuple == nullptr && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        return no_loop(ufunc, operands);
      }
      return status;
    }

    // What a loop learns when its module is loaded, by being called without arguments.
    struct instructions {
      refused refuses = refused::nothing;
      PyArrayMethod_StridedLoop *rare = nullptr;
    };

    struct loop {
      std::vector<char> types;
      PyArrayMethod_StridedLoop *function;
      instructions learned;

      void instruct()
      {
        function(nullptr, nullptr, nullptr, nullptr, reinterpret_cast<NpyAuxData *>(&learned));
      }
    };

    struct made_ufunc {
      PyObject *ufunc;
      std::vector<loop> loops, rare;
    };

    inline int add_loop(PyUFuncObject *ufunc, loop const &added)
    {
      std::vector<PyArray_DTypeMeta *> dtypes;
      for (char type : added.types) {
        PyArray_Descr *descr = PyArray_DescrFromType(type);
        dtypes.push_back((PyArray_DTypeMeta *)Py_TYPE(descr));
        Py_DECREF(descr);
      }
      PyType_Slot slots[] = {{NPY_METH_strided_loop, reinterpret_cast<void *>(added.function)}, {0, nullptr}};
      PyArrayMethod_Spec spec = {
          ufunc->name, ufunc->nin, ufunc->nout, NPY_NO_CASTING, NPY_METH_NO_FLOATINGPOINT_ERRORS, dtypes.data(), slots};
      return PyUFunc_AddLoopFromSpec((PyObject *)ufunc, &spec);
    }

    // NumPy takes the first loop that all arguments cast to safely, so loops ascend by their widest argument; the rest of
    // the order only makes `types` the same everywhere.
    inline void list_types(PyUFuncObject *ufunc, std::vector<loop> &loops)
    {
      auto key = [&](loop const &l) {
        return std::make_pair(*std::max_element(l.types.begin(), l.types.begin() + ufunc->nin), l.types);
      };
      std::sort(loops.begin(), loops.end(), [&](loop const &a, loop const &b) { return key(a) < key(b); });
      char *types = (char *)std::malloc(loops.size() * ufunc->nargs);
      for (size_t i = 0; i < loops.size(); ++i)
        std::copy(loops[i].types.begin(), loops[i].types.end(), types + i * ufunc->nargs);
      std::free((void *)ufunc->types);
      ufunc->types = types;
      ufunc->ntypes = (int)loops.size();
    }

    // Kernels whose names agree up to a double underscore (remainder, remainder__large) are loops of one ufunc, but for
    // those named __rare, to which the loop of the same types turns. NumPy keeps the pointers to name, documentation and
    // types for its life, which is that of the process.
    inline PyObject *make_ufunc(PyUFuncGenericFunction *functions, char *types, int ntypes, int nin,
                                char const *kernel_name, char const *doc)
    {
      static std::map<std::string, made_ufunc> all;
      std::string name = kernel_name;
      bool const is_rare = name.find("__rare") != std::string::npos;
      name = name.substr(0, name.find("__"));
      if (name.back() == '_')
        name.pop_back();
      made_ufunc &made = all[name];
      if (!made.ufunc) {
        int const nout = (unsigned char)types[nin] < 16 ? 1 : 2;
        made.ufunc = PyUFunc_FromFuncAndData(nullptr, nullptr, nullptr, 0, nin, nout, PyUFunc_None, strdup(name.c_str()), "", 0);
        if (!made.ufunc)
          return nullptr;
        numpy_resolver = ((PyUFuncObject *)made.ufunc)->type_resolver;
        ((PyUFuncObject *)made.ufunc)->type_resolver = resolve_types;
      }
      PyUFuncObject *ufunc = (PyUFuncObject *)made.ufunc;
      if (*doc)
        ufunc->doc = doc;
      for (int i = 0; i < ntypes; ++i) {
        unsigned char const *given = (unsigned char const *)types + i * (nin + 1);
        std::vector<char> all_types(given, given + nin);
        if (given[nin] >= 16)
          all_types.push_back(given[nin] / 16);
        all_types.push_back(given[nin] % 16);
        loop const added = {all_types, reinterpret_cast<PyArrayMethod_StridedLoop *>(functions[i]), {}};
        (is_rare ? made.rare : made.loops).push_back(added);
        if (!is_rare && add_loop(ufunc, added) < 0)
          return nullptr;
      }
      list_types(ufunc, made.loops);
      for (loop &l : made.loops) {
        if (documented(ufunc, "ZeroDivisionError"))
          l.learned.refuses = refused::zero;
        if (documented(ufunc, "raised to a negative integer."))
          l.learned.refuses = refused::negative;
        for (loop const &rare : made.rare)
          if (rare.types == l.types)
            l.learned.rare = rare.function;
        l.instruct();
      }
      Py_INCREF(made.ufunc);
      return made.ufunc;
    }
  } // namespace detail

  // The loop NumPy calls. Called without arguments, when the module is loaded, it learns what its kernel documents as an
  // error for integers; the last argument is then looked at before the kernel runs, since x // 0 would end the process.
  template <typename F, typename R, typename... A>
  int ufunc_wrapper(PyArrayMethod_Context *context, char *const *args, npy_intp const *dimensions, npy_intp const *steps,
                    NpyAuxData *auxdata)
  {
    using last_type = std::tuple_element_t<sizeof...(A) - 1, std::tuple<A...>>;
    static detail::instructions learned;
    if (args == nullptr) {
      learned = *reinterpret_cast<detail::instructions *>(auxdata);
      return 0;
    }
    if constexpr (std::is_integral_v<last_type> && !std::is_same_v<last_type, bool>) {
      constexpr size_t last = sizeof...(A) - 1;
      if (detail::holds_refused<last_type>(learned.refuses, args[last], dimensions[0], steps[last]))
        return detail::refuse(learned.refuses, context);
    }
    auto const operands = std::index_sequence_for<A...>{};
    detail::kept_status const status;
    if constexpr (detail::is_pair<R>) {
      detail::run_pair<F, R, A...>(args, dimensions[0], steps, operands);
    } else {
      if constexpr (std::is_floating_point_v<R>) {
        if (learned.rare) {
          detail::run_with_rare<F, R, A...>(args, dimensions[0], steps, learned.rare, operands);
          return 0;
        }
      }
      detail::run_aligned<F, R, A...>(args, dimensions[0], steps, operands);
    }
    return 0;
  }
} // namespace types
PYTHONIC_NS_END

// The generated module calls PyUFunc_FromFuncAndData after this header: its arguments go to make_ufunc.
inline PyObject *corepy_make_ufunc(PyUFuncGenericFunction *functions, char *types, int ntypes, int nin, char const *name,
                                   char const *doc)
{
  return pythonic::types::detail::make_ufunc(functions, types, ntypes, nin, name, doc);
}
#undef PyUFunc_FromFuncAndData
#define PyUFunc_FromFuncAndData(functions, data, types, ntypes, nin, nout, identity, name, doc, unused)                \
  corepy_make_ufunc(functions, types, ntypes, nin, name, doc)

#endif
