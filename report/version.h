/* What this program calls itself, in reports and in --version. */
#ifndef REPORT_VERSION_H
#define REPORT_VERSION_H

#define VERSION "0.1.0"

#endif
