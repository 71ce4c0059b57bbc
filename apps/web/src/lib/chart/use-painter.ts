import { useCallback, useEffect, useRef } from 'react';

/**
 * Gathers drawing into animation frames: whatever is asked for between two of them is drawn once. The promise is
 * done when it was drawn, which a hidden page does not do: then the server sends nothing new.
 */
export function usePainter(draw: () => void): () => Promise<void> {
  const latest = useRef(draw);
  const waiting = useRef<{ frame: number; done: Promise<void> } | null>(null);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(
    () => () => {
      if (waiting.current !== null) cancelAnimationFrame(waiting.current.frame);
    },
    [],
  );
  return useCallback(() => {
    if (waiting.current !== null) return waiting.current.done;
    let frame = 0;
    const done = new Promise<void>((resolve) => {
      frame = requestAnimationFrame(() => {
        waiting.current = null;
        latest.current();
        resolve();
      });
    });
    waiting.current = { frame, done };
    return done;
  }, []);
}
