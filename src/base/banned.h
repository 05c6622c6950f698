/* banned: functions that this project does not use, as compile errors. Included by the Makefile into every file. */
#ifndef TT_BASE_BANNED_H
#define TT_BASE_BANNED_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__GNUC__)
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok strtok_r gets
#pragma GCC poison localtime localtime_r gmtime mktime ctime asctime
#pragma GCC poison atoi atol atof strtod strtof system popen setlocale
#endif

#endif
