// Included first in every compiled kernel (-include): what all modules share, and the proof that the overlay is in effect.
#ifndef COREPY_HPP
#define COREPY_HPP

#include <Python.h>

#include <initializer_list>
#include <ostream>

#include "numpy/arrayobject.h"
#include "numpy/arrayscalars.h"

namespace corepy
{
  // Pythran asks for type, rank and strides only: a byte-swapped array would be read as native, a misaligned one may
  // crash, a subclass would lose its meaning. This also costs half of PyArg_ParseTupleAndKeywords.
  inline int parse_arguments(PyObject *args, PyObject *kw, std::initializer_list<PyObject **> targets)
  {
    if (kw || PyTuple_GET_SIZE(args) != (Py_ssize_t)targets.size())
      return 0;
    Py_ssize_t i = 0;
    for (PyObject **target : targets) {
      PyObject *given = PyTuple_GET_ITEM(args, i++);
      if (PyArray_Check(given) &&
          !(PyArray_CheckExact(given) && PyArray_ISCARRAY_RO(reinterpret_cast<PyArrayObject *>(given))))
        return 0;
      *target = given;
    }
    return 1;
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

  // Pythran drops the reference that PyArray_DescrFromType gave it, a leak of one reference a call.
  inline PyObject *scalar(void *value, PyArray_Descr *descr)
  {
    PyObject *made = PyArray_Scalar(value, descr, nullptr);
    Py_DECREF(descr);
    return made;
  }
} // namespace corepy

#undef PyArray_Scalar
#define PyArray_Scalar(value, descr, base) corepy::scalar(value, descr)
#define PyArg_ParseTupleAndKeywords(args, kw, format, names, ...) corepy::parse_arguments(args, kw, {__VA_ARGS__})
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

#include "lanes.hpp"

// The text of a TypeError, inlined into every exported function and sixty times into itself: 110 kB and 9 s of gcc each.
PYTHONIC_NS_BEGIN
namespace python
{
  [[gnu::noinline, gnu::cold]] inline void PyObject_TypePrettyPrinter(std::ostream &, PyObject *);
  [[gnu::noinline, gnu::cold]] inline std::nullptr_t raise_invalid_argument(char const[], char const[], PyObject *, PyObject *);
} // namespace python
PYTHONIC_NS_END

#include <pythonic/python/core.hpp>
#include <pythonic/include/numpy/frexp.hpp>
#include <pythonic/include/numpy/ldexp.hpp>
#include <pythonic/include/types/numpy_ufunc.hpp>
#if !defined(COREPY_OVERLAY_UFUNC) || !defined(COREPY_OVERLAY_LDEXP) || !defined(COREPY_OVERLAY_FREXP)
#error "Corepy's overlay headers are not found ahead of Pythran's: -I<source>/kernels must come first."
#endif

#endif
