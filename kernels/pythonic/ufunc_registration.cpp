// How kernels become numpy.ufuncs when their module is loaded: names, loops in NumPy's order of promotion, and errors that say
// what is accepted. NumPy's public ArrayMethod API (NumPy >= 2.0) takes the place of the legacy table, so that a loop can
// return an error and status flags raised by discarded SIMD lanes stay unseen.
#include "ufunc.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace corepy
{
  namespace
  {
    constexpr int all_types[] = {NPY_BOOL, NPY_BYTE,  NPY_UBYTE,    NPY_SHORT,     NPY_USHORT, NPY_INT,   NPY_UINT,
                                 NPY_LONG, NPY_ULONG, NPY_LONGLONG, NPY_ULONGLONG, NPY_FLOAT,  NPY_DOUBLE};

    PyUFunc_TypeResolutionFunc *numpy_resolver = nullptr;

    PyObject *corepy_error(char const *name, PyObject *fallback)
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

    bool documented(PyUFuncObject *ufunc, char const *sentence)
    {
      return ufunc->doc && std::strstr(ufunc->doc, sentence);
    }

    int no_loop(PyUFuncObject *ufunc, PyArrayObject **operands)
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
    int resolve_types(PyUFuncObject *ufunc, NPY_CASTING casting, PyArrayObject **operands, PyObject *type_tuple,
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

    struct registered_loop {
      compiled_loop *compiled;
      PyArrayMethod_StridedLoop *function;

      explicit registered_loop(PyUFuncGenericFunction wrapper)
          : compiled(nullptr), function(reinterpret_cast<PyArrayMethod_StridedLoop *>(wrapper))
      {
        function(nullptr, nullptr, nullptr, nullptr, reinterpret_cast<NpyAuxData *>(&compiled));
      }

      // NumPy takes the first loop that all arguments cast to safely, so loops ascend by their widest argument; the rest of
      // the order only makes `types` the same everywhere.
      bool operator<(registered_loop const &other) const
      {
        unsigned char const *const a = compiled->types, *const b = other.compiled->types;
        int const nin = compiled->nin, nargs = compiled->nargs;
        unsigned char const widest_a = *std::max_element(a, a + nin), widest_b = *std::max_element(b, b + nin);
        return widest_a != widest_b ? widest_a < widest_b : std::lexicographical_compare(a, a + nargs, b, b + nargs);
      }
    };

    struct made_ufunc {
      PyObject *ufunc;
      std::vector<registered_loop> loops;
      std::map<std::string, std::vector<registered_loop>> rare;
    };

    int add_loop(PyUFuncObject *ufunc, registered_loop const &added)
    {
      PyArray_DTypeMeta *dtypes[most_operands];
      for (int i = 0; i < ufunc->nargs; ++i) {
        PyArray_Descr *descr = PyArray_DescrFromType(added.compiled->types[i]);
        dtypes[i] = (PyArray_DTypeMeta *)Py_TYPE(descr);
        Py_DECREF(descr);
      }
      PyType_Slot slots[] = {{NPY_METH_strided_loop, reinterpret_cast<void *>(added.function)}, {0, nullptr}};
      PyArrayMethod_Spec spec = {
          ufunc->name, ufunc->nin, ufunc->nout, NPY_NO_CASTING, NPY_METH_NO_FLOATINGPOINT_ERRORS, dtypes, slots};
      return PyUFunc_AddLoopFromSpec((PyObject *)ufunc, &spec);
    }

    void list_types(PyUFuncObject *ufunc, std::vector<registered_loop> &loops)
    {
      std::sort(loops.begin(), loops.end());
      char *types = (char *)std::malloc(loops.size() * ufunc->nargs);
      for (size_t i = 0; i < loops.size(); ++i)
        std::copy_n(loops[i].compiled->types, ufunc->nargs, types + i * ufunc->nargs);
      std::free((void *)ufunc->types);
      ufunc->types = types;
      ufunc->ntypes = (int)loops.size();
    }

    PyObject *empty_ufunc(std::string const &name, int nin, int nout)
    {
      PyObject *made = PyUFunc_FromFuncAndData(nullptr, nullptr, nullptr, 0, nin, nout, PyUFunc_None, strdup(name.c_str()), "", 0);
      if (made) {
        numpy_resolver = ((PyUFuncObject *)made)->type_resolver;
        ((PyUFuncObject *)made)->type_resolver = resolve_types;
      }
      return made;
    }
  } // namespace

  int refuse(refused what, PyArrayMethod_Context *context)
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

  // Kernels whose names agree up to a double underscore (remainder, remainder__large) are loops of one ufunc, but for
  // those named __rare, to which the loop of the same types turns, and __rarer, to which __rare does. NumPy keeps the pointers
  // to name, documentation and types for its life, which is that of the process.
  PyObject *make_ufunc(PyUFuncGenericFunction *functions, int ntypes, int nin, char const *kernel_name,
                       char const *doc)
  {
    static std::map<std::string, made_ufunc> all;
    if (PyArray_ImportNumPyAPI() < 0 || PyUFunc_ImportUFuncAPI() < 0)
      return nullptr;
    std::string name = kernel_name;
    bool const is_rare = name.find("__rare") != std::string::npos;
    name = name.substr(0, name.find("__"));
    if (name.back() == '_')
      name.pop_back();
    std::vector<registered_loop> const given(functions, functions + ntypes);
    made_ufunc &made = all[name];
    if (!made.ufunc && !(made.ufunc = empty_ufunc(name, nin, given[0].compiled->nargs - nin)))
      return nullptr;
    PyUFuncObject *ufunc = (PyUFuncObject *)made.ufunc;
    if (*doc)
      ufunc->doc = doc;
    for (registered_loop const &loop : given) {
      (is_rare ? made.rare[kernel_name] : made.loops).push_back(loop);
      if (!is_rare && add_loop(ufunc, loop) < 0)
        return nullptr;
    }
    list_types(ufunc, made.loops);
    for (registered_loop const &loop : made.loops) {
      if (documented(ufunc, "ZeroDivisionError"))
        loop.compiled->refuses = refused::zero;
      if (documented(ufunc, "raised to a negative integer."))
        loop.compiled->refuses = refused::negative;
      compiled_loop *commoner = loop.compiled;
      for (auto const &variant : made.rare)
        for (registered_loop const &rare : variant.second)
          if (std::equal(rare.compiled->types, rare.compiled->types + ufunc->nargs, loop.compiled->types)) {
            commoner->rare = rare.compiled;
            commoner = rare.compiled;
          }
    }
    Py_INCREF(made.ufunc);
    return made.ufunc;
  }
} // namespace corepy
