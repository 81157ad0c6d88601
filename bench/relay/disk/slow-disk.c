/*
 * Loaded before libc into the server that is measured: a disk with bad moments, the same for every server.
 * What a sync waits depends only on the seed and on how long ago the measurement began: mostly 0.2 ms, in
 * one tenth of a second out of ten 8 ms, and from time to time nothing is done for 300 ms. The file named by
 * BENCH_DISK_CLOCK holds when it began (ms since the epoch, a double); as long as it holds 0, nothing waits.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define SLOT_MS 100.0
#define STALL_MS 300.0
#define STALL_SLOTS 3
#define FAST_MS 0.2
#define SLOW_MS 8.0
#define SLOW_OF 10
#define STALL_OF 40

static volatile const double *began;
static uint64_t seed;

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("BENCH_DISK_CLOCK");
  const char *text = getenv("BENCH_DISK_SEED");
  seed = text ? strtoull(text, NULL, 10) : 1;
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *page = mmap(NULL, sizeof(double), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (page != MAP_FAILED) began = page;
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void wait_ms(double ms) {
  struct timespec time = {(time_t)(ms / 1e3), (long)((ms - 1e3 * (long)(ms / 1e3)) * 1e6)};
  nanosleep(&time, NULL);
}

/* splitmix64 */
static uint64_t chance(uint64_t slot) {
  uint64_t x = seed * 0x9E3779B97F4A7C15ull + slot * 0xD1B54A32D192ED03ull;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

static void wait_for_disk(void) {
  double start = began ? *began : 0;
  if (start == 0) return;
  double since = now_ms() - start;
  if (since < 0) return;
  uint64_t slot = (uint64_t)(since / SLOT_MS);
  double ms = chance(slot) % SLOW_OF == 0 ? SLOW_MS : FAST_MS;
  for (uint64_t back = 0; back < STALL_SLOTS && back <= slot; back++) {
    if ((chance(slot - back) >> 32) % STALL_OF != 0) continue;
    double left = (slot - back) * SLOT_MS + STALL_MS - since;
    if (left > ms) ms = left;
  }
  wait_ms(ms);
}

#define WRAP(name)                                                                                 \
  int name(int file) {                                                                             \
    static int (*real)(int);                                                                       \
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, #name);                                       \
    int result = real(file);                                                                       \
    wait_for_disk();                                                                               \
    return result;                                                                                 \
  }

WRAP(fsync)
WRAP(fdatasync)
