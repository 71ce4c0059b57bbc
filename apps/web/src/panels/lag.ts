import { useEffect, useRef, useState } from 'react';

/** Pictures of how many ms count for the warning. */
const windowMs = 5000;
/** Share of lost pictures from which the page is said to be too slow. */
const tolerable = 0.1;

interface Count {
  readonly atMs: number;
  readonly taken: number;
  readonly lost: number;
}

/** Counts pictures that were shown and those that came too fast for this page. */
export class LagMeter {
  private counts: Count[] = [];
  private taken = 0;

  /** A frame came; `lost` is how many never did, so far. Says whether the page is too slow; empty: it is not. */
  add(nowMs: number, lost: number): string {
    this.taken += 1;
    const before = this.counts.at(-1);
    // A new connection counts from the beginning.
    if (before !== undefined && lost < before.lost) this.counts = [];
    this.counts = [
      ...this.counts.filter(({ atMs }) => nowMs - atMs <= windowMs),
      { atMs: nowMs, taken: this.taken, lost },
    ];
    const [first] = this.counts;
    if (first === undefined) return '';
    const left = lost - first.lost;
    const all = left + this.taken - first.taken;
    return left > 1 && left > tolerable * all ? `too slow: ${left} of ${all} pictures left out` : '';
  }
}

/** Warning of a panel whose page is too slow for its frames, and the way to tell it of a frame. */
export function useLag(): readonly [string, (lost: number) => void] {
  const meter = useRef<LagMeter | null>(null);
  const over = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState('');
  useEffect(() => () => clearTimeout(over.current), []);
  return [
    text,
    (lost) => {
      meter.current ??= new LagMeter();
      const warning = meter.current.add(performance.now(), lost);
      setText(warning);
      // Where no frame comes any more, none is left out either.
      clearTimeout(over.current);
      if (warning !== '') over.current = setTimeout(() => setText(''), windowMs);
    },
  ];
}

/** The same for panels that are drawn anew with each frame; `dataAtMs` tells frames apart. */
export function useLagOf(dataAtMs: number | null, dropped: number): string {
  const [text, note] = useLag();
  const latest = useRef(note);
  useEffect(() => {
    latest.current = note;
  });
  useEffect(() => {
    if (dataAtMs !== null) latest.current(dropped);
  }, [dataAtMs, dropped]);
  return text;
}
