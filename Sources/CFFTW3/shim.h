#include <fftw3.h>

/// "fftw-3.3.10-..."; Swift cannot see an array of unknown length.
static inline const char *fftwf_version_text(void) { return fftwf_version; }
