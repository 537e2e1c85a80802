#include <FLAC/stream_decoder.h>
#include <FLAC/stream_encoder.h>
#include <FLAC/metadata.h>

/// The library's version; Swift sees the pointer itself as a mutable global and refuses it.
static inline const char *flac_version(void) { return FLAC__VERSION_STRING; }
