// What the loops of a ufunc share, whatever their kernel: declared here, compiled once a level (ufunc_loop.cpp and
// ufunc_registration.cpp), and linked into every module with elementwise kernels.
#ifndef COREPY_UFUNC_HPP
#define COREPY_UFUNC_HPP

#include <Python.h>

#include "numpy/arrayobject.h"
#include "numpy/dtype_api.h"
#include "numpy/ufuncobject.h"

namespace corepy
{
  constexpr int most_operands = 8;

  // What the last argument, if integer, must not hold: zeros for divisions, negative numbers for powers.
  enum class refused : char { nothing, zero, negative };

  // A kernel, compiled for one signature. A loop that this signature does not need is null.
  struct compiled_loop {
    using contiguous = void (*)(char *const *args, npy_intp n);
    using strided = void (*)(char *const *args, npy_intp n, npy_intp const *steps);

    int nin, nargs;
    unsigned char types[most_operands];
    npy_intp sizes[most_operands];
    contiguous vectors;       // all operands side by side
    contiguous first_vector;  // the other arguments are broadcast scalars
    contiguous second_vector; // the first argument is a broadcast scalar
    contiguous reversed;      // x[::-1]
    strided one_by_one;       // ufunc.reduce and its siblings
    // What it learns when its module is loaded.
    refused refuses;
    compiled_loop *rare;
  };

  // What NumPy calls, by way of ufunc_wrapper. The last argument, if integer, is looked at before the kernel runs, since
  // x // 0 would end the process.
  using run_function = int(compiled_loop const &, PyArrayMethod_Context *, char *const *args, npy_intp n, npy_intp const *steps);
  template <int nin, int nout>
  run_function run;

  int refuse(refused what, PyArrayMethod_Context *context);

  PyObject *make_ufunc(PyUFuncGenericFunction *functions, int ntypes, int nin, char const *kernel_name,
                       char const *doc);
} // namespace corepy

#endif
