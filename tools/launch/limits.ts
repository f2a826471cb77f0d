/**
 * Node options of the server. V8 sizes its heap by the machine's memory and then lets garbage lie: on a machine of
 * 24 GB a synchronisation of 65,000 resources held 800 MB of which 150 were in use. A bounded heap grows in smaller
 * steps (a bound of the whole old generation, and of each half of the new one, in MiB). Measured on 2 cores, halves
 * of 4 to 8 take less memory than 16 and 32 and no more time: they stay in the processor's cache.
 */
export const SERVER_NODE_OPTIONS: readonly string[] = [
  '--max-old-space-size=1024',
  '--max-semi-space-size=6',
];

/** Each thread that allocates keeps freed memory to itself in glibc; two such pools are enough for one busy thread. */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '2' };
