#ifndef ENGINE_EXPRESS_H
#define ENGINE_EXPRESS_H
struct express;
#endif
