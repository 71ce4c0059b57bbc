import { useEffect, useRef } from 'react';
import { isTyping } from '../keyboard/keys';

interface RowKeys {
  readonly enabled: boolean;
  readonly count: number;
  readonly active: number;
  readonly move: (index: number) => void;
  readonly open: (index: number) => void;
  readonly toggle: (index: number) => void;
}

/** Keys j, k, Enter, x over the rows of a table. */
export function useRowKeys(keys: RowKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { enabled, count, active, move, open, toggle } = latest.current;
      if (!enabled || count === 0 || isTyping(event.target)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const onControl = event.target instanceof HTMLElement && event.target.closest('a,button') !== null;
      if (event.key === 'j') move(Math.min(count - 1, active + 1));
      else if (event.key === 'k') move(Math.max(0, active - 1));
      else if (event.key === 'Enter' && active >= 0 && !onControl) open(active);
      else if (event.key === 'x' && active >= 0) toggle(active);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
