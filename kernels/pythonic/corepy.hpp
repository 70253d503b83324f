// Included first in every compiled kernel (-include): what all modules share, and the proof that the overlay is in effect.
#ifndef COREPY_HPP
#define COREPY_HPP

#include <Python.h>

#include <initializer_list>

#include "numpy/arrayobject.h"
#include "numpy/arrayscalars.h"

namespace corepy
{
  // Elements of the arrays of the call that is being prepared; the GIL is held then.
  inline npy_intp elements = 0;

  // Arguments in a C array in place of a tuple, half of the cost of PyArg_ParseTupleAndKeywords. Pythran asks for type, rank and
  // strides only: a byte-swapped array would be read as native, a misaligned one may crash, a subclass would lose its meaning.
  // Of an int beyond int64 it would make another number, and leave an exception behind.
  inline bool take_arguments(PyObject *const *given, Py_ssize_t count, std::initializer_list<PyObject **> targets)
  {
    if (count != (Py_ssize_t)targets.size())
      return false;
    elements = 0;
    for (PyObject **target : targets) {
      if (PyArray_Check(*given) &&
          !(PyArray_CheckExact(*given) && PyArray_ISCARRAY_RO(reinterpret_cast<PyArrayObject *>(*given))))
        return false;
      int overflow = 0;
      if (PyLong_CheckExact(*given))
        PyLong_AsLongLongAndOverflow(*given, &overflow);
      if (overflow)
        return false;
      *target = *given++;
    }
    return true;
  }

  // To give up the GIL and to take it again costs 50 ns, and more where others want it: short calls keep it.
  inline PyThreadState *release_gil()
  {
    return elements < 2048 ? nullptr : PyEval_SaveThread();
  }

  inline void retake_gil(PyThreadState *saved)
  {
    if (saved)
      PyEval_RestoreThread(saved);
  }

  // Scalars come back as NumPy's own, as from any NumPy function, not as Python's.
  inline PyObject *float64_scalar(double value)
  {
    PyObject *scalar = PyArrayScalar_New(Double);
    if (scalar)
      PyArrayScalar_ASSIGN(scalar, Double, value);
    return scalar;
  }

  inline PyObject *int64_scalar(long value)
  {
    PyObject *scalar = PyArrayScalar_New(Long);
    if (scalar)
      PyArrayScalar_ASSIGN(scalar, Long, value);
    return scalar;
  }

  inline PyObject *float32_scalar(float value)
  {
    PyObject *scalar = PyArrayScalar_New(Float);
    if (scalar)
      PyArrayScalar_ASSIGN(scalar, Float, value);
    return scalar;
  }

  // Pythran drops the reference that PyArray_DescrFromType gave it, a leak of one reference a call.
  inline PyObject *scalar(void *value, PyArray_Descr *descr)
  {
    PyObject *made = descr->type_num == NPY_FLOAT ? float32_scalar(*static_cast<float *>(value))
                                                  : PyArray_Scalar(value, descr, nullptr);
    Py_DECREF(descr);
    return made;
  }
} // namespace corepy

#undef PyArray_Scalar
#define PyArray_Scalar(value, descr, base) corepy::scalar(value, descr)
// Pythran hands on what it takes for a tuple and a dictionary: a C array and its length, as METH_FASTCALL says.
#undef METH_VARARGS
#define METH_VARARGS METH_FASTCALL
#undef METH_KEYWORDS
#define METH_KEYWORDS 0
#define PyArg_ParseTupleAndKeywords(args, kw, format, names, ...)                                                                \
  corepy::take_arguments(reinterpret_cast<PyObject *const *>(args), reinterpret_cast<Py_ssize_t>(kw), {__VA_ARGS__})
#define PyEval_SaveThread corepy::release_gil
#define PyEval_RestoreThread corepy::retake_gil
#define PyFloat_FromDouble corepy::float64_scalar
#undef PyInt_FromLong
#define PyInt_FromLong corepy::int64_scalar
#undef PyInt_CheckExact
#define PyInt_CheckExact PyLong_CheckExact
#undef PyInt_AsLong
#define PyInt_AsLong PyLong_AsLong
#undef Py_RETURN_TRUE
#define Py_RETURN_TRUE PyArrayScalar_RETURN_TRUE
#undef Py_RETURN_FALSE
#define Py_RETURN_FALSE PyArrayScalar_RETURN_FALSE

#include <pythonic/core.hpp>
// Before the headers whose conversions of numbers it adds to.
#include "lanes.hpp"
#include <pythonic/python/core.hpp>
#include <pythonic/types/ndarray.hpp>

PYTHONIC_NS_BEGIN
// Arguments are borrowed: the caller holds them, and no kernel returns one. Pythran counts references to them, which takes a
// malloc for each call and a check at the end of each slice, in the middle of loops.
template <class T, class... S>
struct from_python<types::ndarray<T, types::pshape<S...>>> {
  static bool is_convertible(PyObject *given)
  {
    auto *array = reinterpret_cast<PyArrayObject *>(given);
    return PyArray_Check(given) && PyArray_TYPE(array) == c_type_to_numpy_type<T>::value && PyArray_NDIM(array) == sizeof...(S);
  }

  static types::ndarray<T, types::pshape<S...>> convert(PyObject *given)
  {
    auto *array = reinterpret_cast<PyArrayObject *>(given);
    types::ndarray<T, types::pshape<S...>> borrowed;
    borrowed.buffer = static_cast<T *>(PyArray_DATA(array));
    borrowed._shape = types::pshape<S...>(PyArray_DIMS(array));
    borrowed._strides = types::make_strides(borrowed._shape);
    npy_intp size = 1;
    for (size_t i = 0; i < sizeof...(S); ++i)
      size *= PyArray_DIM(array, i);
    corepy::elements += size;
    return borrowed;
  }
};

namespace python
{
  // Instead of Pythran's text about each argument, 110 kB and 9 s of gcc for each function. Users do not meet it: fronts check.
  inline std::nullptr_t refuse(char const name[], char const prototypes[])
  {
    PyErr_Format(PyExc_TypeError, "%s takes no such arguments. There are:%s", name, prototypes);
    return nullptr;
  }
} // namespace python
PYTHONIC_NS_END
#define raise_invalid_argument(name, prototypes, args, kw) refuse(name, prototypes)

#include <pythonic/include/numpy/frexp.hpp>
#include <pythonic/include/numpy/ldexp.hpp>
#include <pythonic/include/types/numpy_ufunc.hpp>
#if !defined(COREPY_OVERLAY_UFUNC) || !defined(COREPY_OVERLAY_LDEXP) || !defined(COREPY_OVERLAY_FREXP)
#error "Corepy's overlay headers are not found ahead of Pythran's: -I<source>/kernels must come first."
#endif

#endif
