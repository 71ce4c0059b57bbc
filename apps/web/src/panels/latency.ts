import { useRef, useState } from 'react';
import { earliestTrigger } from '../lib/live/frame-marks';
import { useLiveClient } from '../lib/live/live-provider';

/** Drawings of how many ms are looked at together. */
const windowMs = 5000;
/** The text changes at most this often, ms. */
const pauseMs = 1000;
/** Data that is older was not triggered now, ms. */
const longestMs = 3_600_000;

/** Time from trigger to screen, out of the drawings of the last seconds. */
export class LatencyMeter {
  private drawn: { readonly atMs: number; readonly tookMs: number }[] = [];
  private toldAtMs = Number.NEGATIVE_INFINITY;
  private text = '';

  /** A drawing is on the screen. Says the median; empty while nothing sensible is known. */
  add(atMs: number, tookMs: number): string {
    this.drawn = [...this.drawn.filter((one) => atMs - one.atMs <= windowMs), { atMs, tookMs }];
    if (atMs - this.toldAtMs < pauseMs) return this.text;
    this.toldAtMs = atMs;
    const sorted = this.drawn.map((one) => one.tookMs).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    // A clock that goes wrong by more than the way takes says nothing, nor does a recording that is replayed.
    this.text = median >= 0 && median < longestMs ? `${latencyText(median)} from trigger to screen` : '';
    return this.text;
  }
}

function latencyText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** How long data takes to the screen by the server's clock, and the way to tell that a frame was drawn. */
export function useLatency(): readonly [text: string, drawn: (header: object) => void] {
  const client = useLiveClient();
  const meter = useRef<LatencyMeter | null>(null);
  const [text, setText] = useState('');
  return [
    text,
    (header) => {
      const triggeredAtMs = earliestTrigger(header);
      if (triggeredAtMs === null) return;
      meter.current ??= new LatencyMeter();
      const serverNowMs = Date.now() + (client?.clockOffsetMs() ?? 0);
      setText(meter.current.add(performance.now(), serverNowMs - triggeredAtMs));
    },
  ];
}
