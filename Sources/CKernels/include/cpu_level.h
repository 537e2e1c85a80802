#pragma once

/// The vector instruction sets a kernel is compiled for. Every level gives the same bits: kernels add in a
/// fixed order, never fuse multiply and add, and only the number of lanes worked on at once differs.
enum ck_level { CK_BASE = 0, CK_AVX2 = 1, CK_AVX512 = 2 };

/// The highest level this CPU runs (CK_BASE on any CPU that is not x86-64).
int ck_cpu_level(void);
