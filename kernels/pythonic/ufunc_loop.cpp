// What surrounds a kernel's loops when NumPy calls them: strides, alignment, integers that are refused, status flags, and the
// few elements for which a kernel has a `__rare` variant.
#include "ufunc.hpp"

#include <algorithm>
#include <cfenv>
#include <cstdint>
#include <cstring>
#include <type_traits>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace corepy
{
  namespace
  {
    // 256 elements of 8 bytes for each of four operands are 8 KB: they stay in the first-level cache.
    constexpr npy_intp block_size = 256;

    struct block {
      alignas(64) char bytes[block_size * 8];
    };

    // Copies of fixed stride vectorize, those of a run-time stride do not: -1 is what x[::-1] gives.
    template <class U>
    void gather(void *to, char const *from, npy_intp step, npy_intp n)
    {
      U *const target = (U *)to;
      if (step == -(npy_intp)sizeof(U)) {
        U const *last = (U const *)from;
        for (npy_intp i = 0; i < n; ++i)
          target[i] = *(last - i);
      } else {
        for (npy_intp i = 0; i < n; ++i, from += step)
          target[i] = *(U const *)from;
      }
    }

    template <class U>
    void scatter(char *to, npy_intp step, void const *from, npy_intp n)
    {
      U const *const source = (U const *)from;
      if (step == -(npy_intp)sizeof(U)) {
        U *last = (U *)to;
        for (npy_intp i = 0; i < n; ++i)
          *(last - i) = source[i];
      } else {
        for (npy_intp i = 0; i < n; ++i, to += step)
          *(U *)to = source[i];
      }
    }

    template <class Function>
    void with_unsigned_of(npy_intp size, Function function)
    {
      if (size == 8)
        function(uint64_t());
      else if (size == 4)
        function(uint32_t());
      else if (size == 2)
        function(uint16_t());
      else
        function(uint8_t());
    }

    template <int nin, int nargs>
    void any_stride(compiled_loop const &loop, char *const *args, npy_intp n, npy_intp const *steps)
    {
      block blocks[nargs];
      char *block_args[nargs];
      for (npy_intp first = 0; first < n; first += block_size) {
        npy_intp const m = std::min(block_size, n - first);
        for (int i = 0; i < nargs; ++i) {
          char *const at = args[i] + first * steps[i];
          bool const direct = steps[i] == loop.sizes[i];
          block_args[i] = direct ? at : blocks[i].bytes;
          if (!direct && i < nin)
            with_unsigned_of(loop.sizes[i], [&](auto u) { gather<decltype(u)>(block_args[i], at, steps[i], m); });
        }
        loop.vectors(block_args, m);
        for (int i = nin; i < nargs; ++i)
          if (block_args[i] == blocks[i].bytes)
            with_unsigned_of(loop.sizes[i], [&](auto u) {
              scatter<decltype(u)>(args[i] + first * steps[i], steps[i], block_args[i], m);
            });
      }
    }

    // ufunc.reduce and .accumulate feed the output back as an input: one element after the other.
    template <int nin>
    bool feeds_back(char *const *args, npy_intp n, npy_intp const *steps)
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

    template <int nin, int nargs>
    void choose(compiled_loop const &loop, char *const *args, npy_intp n, npy_intp const *steps)
    {
      if (loop.one_by_one && feeds_back<nin>(args, n, steps))
        return loop.one_by_one(args, n, steps);
      unsigned unit = 0, scalar = 0, reversed = 0;
      for (int i = 0; i < nargs; ++i) {
        unit |= (unsigned)(steps[i] == loop.sizes[i]) << i;
        scalar |= (unsigned)(steps[i] == 0) << i;
        reversed |= (unsigned)(steps[i] == -loop.sizes[i]) << i;
      }
      constexpr unsigned inputs = (1u << nin) - 1, outputs = (1u << nargs) - 1 - inputs;
      if (unit == (inputs | outputs))
        return loop.vectors(args, n);
      if ((unit & outputs) == outputs) {
        if (loop.first_vector && unit & 1 && (scalar & inputs) == (inputs & ~1u))
          return loop.first_vector(args, n);
        if (loop.second_vector && unit & 2 && scalar & 1)
          return loop.second_vector(args, n);
        if (loop.reversed && (reversed & inputs) == inputs)
          return loop.reversed(args, n);
      }
      any_stride<nin, nargs>(loop, args, n, steps);
    }

    // How many elements come before one that begins a cache line, in the operand of the widest elements: vectors that
    // straddle lines cost up to a third in the second-level cache.
    template <int nargs>
    npy_intp until_aligned(compiled_loop const &loop, char *const *args, npy_intp const *steps)
    {
      int widest = -1;
      for (int i = 0; i < nargs; ++i)
        if (steps[i] == loop.sizes[i] && (widest < 0 || loop.sizes[i] >= loop.sizes[widest]))
          widest = i;
      return widest < 0 ? 0 : (npy_intp)(-(uintptr_t)args[widest] % 64) / loop.sizes[widest];
    }

    // The operands from element `first` on.
    template <int nargs>
    struct rest {
      char *args[nargs];
      rest(char *const *from, npy_intp first, npy_intp const *steps)
      {
        for (int i = 0; i < nargs; ++i)
          args[i] = from[i] + first * steps[i];
      }
    };

    // From an element that begins a cache line on.
    template <int nin, int nargs>
    void run_aligned(compiled_loop const &loop, char *const *args, npy_intp n, npy_intp const *steps)
    {
      npy_intp const head = n >= 1024 ? until_aligned<nargs>(loop, args, steps) : 0;
      if (!head)
        return choose<nin, nargs>(loop, args, n, steps);
      choose<nin, nargs>(loop, args, head, steps);
      choose<nin, nargs>(loop, rest<nargs>(args, head, steps).args, n - head, steps);
    }

    template <class T>
    bool holds_nan(T const *data, npy_intp n)
    {
      std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t> found = 0;
      for (npy_intp i = 0; i < n; ++i)
        found |= (decltype(found))(data[i] != data[i]);
      return found;
    }

    // Without branches: 0.3 ns an element, however many are found (with them 3 ns for 1 in 60).
    template <class T>
    npy_intp places_of_nan(T const *data, npy_intp n, npy_intp *places)
    {
      npy_intp count = 0;
      for (npy_intp i = 0; i < n; ++i) {
        places[count] = i;
        count += data[i] != data[i];
      }
      return count;
    }

    template <class T, int nin>
    void run_with_rare(compiled_loop const &loop, char *const *args, npy_intp n, npy_intp const *steps);

    // What is NaN in a block of results though no argument is, anew: these elements side by side.
    template <class T, int nin>
    void mend(compiled_loop const &rare, char *const *args, npy_intp const *steps, T *result, npy_intp n)
    {
      block blocks[nin + 1];
      npy_intp places[block_size], rare_steps[nin + 1];
      char *rare_args[nin + 1];
      for (int i = 0; i <= nin; ++i) {
        rare_args[i] = blocks[i].bytes;
        rare_steps[i] = sizeof(T);
      }
      npy_intp const found = places_of_nan(result, n, places);
      npy_intp count = 0;
      for (npy_intp k = 0; k < found; ++k) {
        npy_intp const j = places[k];
        bool numbers = true;
        for (int i = 0; i < nin; ++i) {
          T const x = *(T const *)(args[i] + j * steps[i]);
          numbers &= x == x;
          ((T *)rare_args[i])[count] = x;
        }
        places[count] = j;
        count += numbers;
      }
      // whole vectors: those left over would be taken one by one, each in the time of a vector
      npy_intp whole = count;
      for (; count > 3 && whole % (64 / sizeof(T)); ++whole)
        for (int i = 0; i < nin; ++i)
          ((T *)rare_args[i])[whole] = *(T const *)rare_args[i];
      if (whole && rare.rare)
        run_with_rare<T, nin>(rare, rare_args, whole, rare_steps);
      else if (whole)
        rare.vectors(rare_args, whole);
      for (npy_intp k = 0; k < count; ++k)
        result[places[k]] = ((T const *)rare_args[nin])[k];
    }

    // Block by block, by way of memory of its own: the output may be an input.
    template <class T, int nin>
    void run_with_rare(compiled_loop const &loop, char *const *args, npy_intp n, npy_intp const *steps)
    {
      block memory;
      T *const result = (T *)memory.bytes;
      npy_intp block_steps[nin + 1];
      std::copy(steps, steps + nin, block_steps);
      block_steps[nin] = sizeof(T);
      npy_intp const length = feeds_back<nin>(args, n, steps) ? 1 : block_size;
      for (npy_intp first = 0; first < n; first += length) {
        npy_intp const m = std::min(length, n - first);
        rest<nin + 1> here(args, first, steps);
        char *const out = here.args[nin];
        here.args[nin] = memory.bytes;
        choose<nin, nin + 1>(loop, here.args, m, block_steps);
        if (holds_nan(result, m))
          mend<T, nin>(*loop.rare, here.args, steps, result, m);
        if (steps[nin] == sizeof(T))
          std::memcpy(out, result, m * sizeof(T));
        else
          scatter<T>(out, steps[nin], result, m);
      }
    }

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

    bool holds_refused(refused what, unsigned char type, npy_intp size, char const *data, npy_intp n, npy_intp step)
    {
      if (type == NPY_BOOL || type >= NPY_FLOAT)
        return false;
      bool found = false;
      with_unsigned_of(size, [&](auto u) {
        using U = decltype(u);
        if (what == refused::zero)
          found = holds<U>([](U x) { return x == 0; }, data, n, step);
        else if (type == NPY_BYTE || type == NPY_SHORT || type == NPY_INT || type == NPY_LONG || type == NPY_LONGLONG)
          found = holds<U>([](U x) { return (std::make_signed_t<U>)x < 0; }, data, n, step);
      });
      return found;
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
  } // namespace

  template <int nin, int nout>
  int run(compiled_loop const &loop, PyArrayMethod_Context *context, char *const *args, npy_intp n, npy_intp const *steps)
  {
    constexpr int last = nin - 1;
    if (loop.refuses != refused::nothing &&
        holds_refused(loop.refuses, loop.types[last], loop.sizes[last], args[last], n, steps[last]))
      return refuse(loop.refuses, context);
    kept_status const status;
    if constexpr (nout == 1) {
      if (loop.rare) {
        if (loop.types[nin] == NPY_DOUBLE)
          run_with_rare<double, nin>(loop, args, n, steps);
        else
          run_with_rare<float, nin>(loop, args, n, steps);
        return 0;
      }
    }
    run_aligned<nin, nin + nout>(loop, args, n, steps);
    return 0;
  }

  template run_function run<1, 1>;
  template run_function run<2, 1>;
  template run_function run<3, 1>;
  template run_function run<4, 1>;
  template run_function run<1, 2>;
  template run_function run<2, 2>;
} // namespace corepy
