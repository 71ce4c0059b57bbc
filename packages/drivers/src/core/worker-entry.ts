/**
 * Address of a thread's entry file beside the calling module. Threads load built JavaScript only, so a module
 * that runs from `src` (in tests) gets the entry of the last build.
 */
export function workerEntry(name: string, moduleUrl: string): URL {
  return new URL(name, moduleUrl.replace('/packages/drivers/src/', '/packages/drivers/dist/'));
}
