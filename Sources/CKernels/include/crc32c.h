#pragma once
#include <stddef.h>
#include <stdint.h>

/// Whether this CPU has instructions for CRC-32C (Castagnoli).
int ck_has_crc32c(void);

/// The state of a CRC-32C after `count` more bytes; only where ck_has_crc32c. It begins with all bits set, and the CRC is
/// the state with all bits turned.
uint32_t ck_crc32c(uint32_t state, const uint8_t *bytes, size_t count);
