// libtorch asks for the memory of every intermediate result anew and gives it back at once. The system's allocator returns
// large pieces to the system, and a third of a training's time can go into having them mapped and cleared again; jemalloc,
// told so, keeps them. It reads this where it is linked; MALLOC_CONF in the environment has the last word.
#if defined(TWINSET_TORCH) && defined(__linux__)
extern "C" const char *malloc_conf;

// Large pieces come from the arenas of the small ones, and none is given up the moment that it is free: what lay unused for
// ten minutes is only marked, for the system to take where it is short of memory.
const char *malloc_conf = "oversize_threshold:0,dirty_decay_ms:600000,muzzy_decay_ms:-1,thp:always";
#endif
