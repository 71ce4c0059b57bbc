import type { Curve } from '../waveforms/prepare';
import { divisions, toDivision, type Vertical } from './vertical';

/** Part of the screen that is faded at once: less would not change eight bits of transparency. */
const leastFade = 0.1;

/** Curve to leave on the screen, where it stands and in which colour. */
export interface Afterglow {
  readonly curve: Curve;
  readonly view: Vertical;
  readonly color: string;
}

/** What is taken of the light on the screen after a time, for a time constant; infinite: nothing. */
export function fadedPart(elapsedS: number, constantS: number): number {
  return Number.isFinite(constantS) && constantS > 0 ? 1 - Math.exp(-elapsedS / constantS) : 0;
}

/** A screen on which curves glow on: each is drawn once, and all fade together. */
export class Phosphor {
  private fadedAtMs = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Draws curves over what glows from before. `range`: times at the left and right edge, ns. */
  draw(
    glows: readonly Afterglow[],
    range: readonly [number, number],
    constantS: number,
    nowMs: number,
  ): void {
    const pen = this.canvas.getContext('2d');
    if (pen === null) return;
    this.fit();
    this.fade(pen, constantS, nowMs);
    const { width, height } = this.canvas;
    const [from, to] = range;
    pen.lineWidth = Math.max(1, window.devicePixelRatio);
    pen.globalAlpha = 0.5;
    for (const { curve, view, color } of glows) {
      pen.strokeStyle = color;
      pen.beginPath();
      for (let index = 0; index < curve.times.length; index += 1) {
        const x = ((curve.times[index]! - from) / (to - from)) * width;
        const y = (0.5 - toDivision(curve.values[index]!, view) / divisions) * height;
        if (index === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      }
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  clear(): void {
    this.canvas.getContext('2d')?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  // A canvas whose size is set forgets what was on it, so only when it has changed.
  private fit(): void {
    const width = Math.round(this.canvas.clientWidth * window.devicePixelRatio);
    const height = Math.round(this.canvas.clientHeight * window.devicePixelRatio);
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  private fade(pen: CanvasRenderingContext2D, constantS: number, nowMs: number): void {
    const part = fadedPart((nowMs - this.fadedAtMs) / 1000, constantS);
    if (part > 0 && part < leastFade) return;
    this.fadedAtMs = nowMs;
    if (part === 0) return;
    pen.globalCompositeOperation = 'destination-out';
    pen.globalAlpha = part;
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    pen.globalCompositeOperation = 'source-over';
    pen.globalAlpha = 1;
  }
}
