#include <string>

#include "guarded.h"

namespace {
thread_local std::string last_error;
}

void torch_lite::set_last_error(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear(); // no memory for the message: the status alone has to do
    }
}

const char* tl_last_error() {
    return last_error.c_str();
}
