// What most kernels include, parsed once a level instead of once a module: 2 to 3 s of each module's compilation.
#include "../corepy.hpp"

#include <pythonic/builtins/getattr.hpp>
#include <pythonic/numpy/where.hpp>
#include <pythonic/python/exception_handler.hpp>
#include <pythonic/types/bool.hpp>
#include <pythonic/types/int.hpp>
#include <pythonic/types/ndarray.hpp>
#include <pythonic/types/str.hpp>
