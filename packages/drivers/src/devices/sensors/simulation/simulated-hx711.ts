import type { SimulatedPins } from './simulated-ports.js';
import type { SimulatedWorld } from './simulated-world.js';

/** An HX711 with a bridge: its data line is low when a value is ready, and gives a bit with each clock. */
export function simulatedHx711(world: SimulatedWorld, dataPin: number, clockPin: number): SimulatedPins {
  let value = 0;
  let clocks = 0;
  const next = (): void => {
    const counts = world.value(`hx711 ${dataPin}`, { mean: 84_000, swing: 400, periodS: 40, noise: 25 });
    value = Math.round(counts) & 0xffffff;
    clocks = 0;
  };
  next();
  return {
    drive: (line, high) => {
      if (line === clockPin && high) clocks += 1;
    },
    level: (line) => {
      if (line !== dataPin || clocks === 0) return false;
      // 25 to 27 clocks are a whole reading: the next value is ready.
      if (clocks >= 25) next();
      return clocks > 0 && ((value >> (24 - clocks)) & 1) === 1;
    },
  };
}
