import type { SimulatedI2cChip } from './simulated-chip.js';
import type { SimulatedWorld } from './simulated-world.js';

/** An AS7262 (one chip) or AS7265x (three behind one address): virtual registers behind three real ones. */
export function simulatedAs726x(world: SimulatedWorld, place: string, chips: 1 | 3): SimulatedI2cChip {
  const registers = Array.from({ length: chips }, () => new Uint8Array(256));
  for (const own of registers) own.set([0x40, chips === 1 ? 0x3e : 0x41]);
  let chosen = 0;
  let pending: number | undefined;
  let answer: number | undefined;
  const measure = (own: Uint8Array): void => {
    const bytes = new DataView(own.buffer);
    for (let colour = 0; colour < 6; colour++) {
      const light = world.value(`${place} ${chosen} ${colour}`, {
        mean: 120 + 30 * colour,
        swing: 20,
        periodS: 30,
        noise: 1,
      });
      bytes.setFloat32(0x14 + 4 * colour, light);
    }
    own[0x04]! |= 2;
  };
  const write = (value: number): void => {
    const own = registers[chosen]!;
    if (pending !== undefined) {
      if (pending === 0x4f) chosen = Math.min(chips - 1, value);
      else own[pending] = value;
      if (pending === 0x04) measure(own);
      pending = undefined;
    } else if (value >= 0x80) pending = value & 0x7f;
    else answer = own[value];
  };
  return {
    transfer: ([register = 0, value], readLength) => {
      if (register === 1 && value !== undefined) write(value);
      if (readLength === 0) return [];
      if (register === 0) return [answer === undefined ? 0 : 1];
      const given = answer ?? 0;
      answer = undefined;
      return [given];
    },
  };
}

/** A GDK101 in the natural background: about 0.1 µSv/h. */
export function simulatedGdk101(world: SimulatedWorld, place: string): SimulatedI2cChip {
  const dose = (noise: number): number[] => {
    const rate = world.value(`${place} dose`, { mean: 0.11, swing: 0.01, periodS: 600, noise });
    const hundredths = Math.max(0, Math.round(100 * rate));
    return [Math.trunc(hundredths / 100), hundredths % 100];
  };
  return {
    transfer: ([command]) => {
      if (command === 0xa0) return [1, 0];
      if (command === 0xb0) return [world.timeS < 600 ? 1 : 2, 0];
      if (command === 0xb2) return dose(0.01);
      if (command === 0xb3) return dose(0.03);
      return command === 0xb4 ? [0, 6] : [0, 0];
    },
  };
}
