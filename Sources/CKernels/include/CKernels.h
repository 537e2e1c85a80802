#pragma once
#include "cpu_level.h"
#include "fbank.h"
#include "fir.h"
#include "image.h"
#include "normalize.h"
#include "pcm.h"
#include "product.h"
