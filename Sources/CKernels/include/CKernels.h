#pragma once
#include "cpu_level.h"
