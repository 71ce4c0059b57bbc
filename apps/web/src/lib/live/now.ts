import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

// One ticking clock for the page: ages and elapsed times move together.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** This machine's time in ms, moving on once a second. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => (timer === undefined ? Date.now() - (Date.now() % 1000) : now),
    () => 0,
  );
}
