import { useRef, useState } from 'react';

/** What a live panel says beside its plot; changes at most twice a second, however fast frames come. */
export interface FrameFacts {
  readonly dataAtMs: number | null;
  readonly channels: readonly string[];
  readonly dropped: number;
  readonly note: string;
}

const none: FrameFacts = { dataAtMs: null, channels: [], dropped: 0, note: '' };
const leastPauseMs = 500;

/** Facts of the newest frame, drawn at a human pace. */
export function useFrameFacts(): readonly [FrameFacts, (facts: FrameFacts) => void] {
  const [facts, setFacts] = useState(none);
  const last = useRef(0);
  return [
    facts,
    (next) => {
      const now = performance.now();
      if (now - last.current < leastPauseMs && next.channels.length === facts.channels.length) return;
      last.current = now;
      setFacts(next);
    },
  ];
}
