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
    bool holds_nan(char const *data, npy_intp n)
    {
      std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t> found = 0;
      for (npy_intp i = 0; i < n; ++i)
        found |= (decltype(found))(((T const *)data)[i] != ((T const *)data)[i]);
      return found;
    }

    bool is_nan(unsigned char type, char const *at)
    {
      return type == NPY_DOUBLE ? holds_nan<double>(at, 1) : type == NPY_FLOAT && holds_nan<float>(at, 1);
    }

    // Block by block, by way of memory of its own: the output may be an input. `rare` gets its elements side by side.
    template <int nin>
    void run_with_rare(compiled_loop const &loop, char *const *args, npy_intp n, npy_intp const *steps)
    {
      npy_intp const size = loop.sizes[nin];
      block blocks[nin + 1], result;
      npy_intp index[block_size];
      npy_intp block_steps[nin + 1];
      char *rare_args[nin + 1];
      for (int i = 0; i <= nin; ++i)
        rare_args[i] = blocks[i].bytes;
      std::copy(steps, steps + nin, block_steps);
      block_steps[nin] = size;
      npy_intp const length = feeds_back<nin>(args, n, steps) ? 1 : block_size;
      for (npy_intp first = 0; first < n; first += length) {
        npy_intp const m = std::min(length, n - first);
        rest<nin + 1> here(args, first, steps);
        char *const out = here.args[nin];
        here.args[nin] = result.bytes;
        choose<nin, nin + 1>(loop, here.args, m, block_steps);
        if (size == 8 ? holds_nan<double>(result.bytes, m) : holds_nan<float>(result.bytes, m)) {
          npy_intp count = 0;
          for (npy_intp j = 0; j < m; ++j) {
            bool rare = is_nan(loop.types[nin], result.bytes + j * size);
            for (int i = 0; i < nin; ++i) {
              char const *const argument = here.args[i] + j * steps[i];
              rare = rare && !is_nan(loop.types[i], argument);
              std::memcpy(blocks[i].bytes + count * loop.sizes[i], argument, loop.sizes[i]);
            }
            index[count] = j;
            count += rare;
          }
          if (count)
            loop.rare->vectors(rare_args, count);
          for (npy_intp j = 0; j < count; ++j)
            std::memcpy(result.bytes + index[j] * size, blocks[nin].bytes + j * size, size);
        }
        if (steps[nin] == size)
          std::memcpy(out, result.bytes, m * size);
        else
          with_unsigned_of(size, [&](auto u) { scatter<decltype(u)>(out, steps[nin], result.bytes, m); });
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
        run_with_rare<nin>(loop, args, n, steps);
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
