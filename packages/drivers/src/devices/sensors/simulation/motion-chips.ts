import { standardGravity } from '../kinds/accelerometers.js';
import { mlx90393Microtesla } from '../kinds/mlx90393.js';
import { big, little, RegisterChip, type SimulatedI2cChip } from './simulated-chip.js';
import { roomTemperature, type SimulatedWorld } from './simulated-world.js';

/** Acceleration along x, y and z of something that swings and hangs level, in g. */
function gravities(world: SimulatedWorld, place: string): number[] {
  return ['x', 'y', 'z'].map((axis, index) =>
    world.value(`${place} ${axis}`, {
      mean: index === 2 ? 1 : 0,
      swing: index === 2 ? 0.02 : 0.2,
      periodS: 2,
      noise: 0.004 / standardGravity,
    }),
  );
}

/** An MMA8451, 8452 or 8453 by its identity; gives values while it is awake. */
export function simulatedMma845x(world: SimulatedWorld, place: string, identity = 0x1a): SimulatedI2cChip {
  const bits = { 0x1a: 14, 0x2a: 12, 0x3a: 10 }[identity] ?? 14;
  const chip = new RegisterChip({
    reads: (register) => {
      if (register !== 0 || (chip.registers[0x2a]! & 1) === 0) return;
      const range = 2 << (chip.registers[0x0e]! & 3);
      const codes = gravities(world, place).map((g) => {
        const code = Math.round((g / range) * 2 ** (bits - 1)) << (16 - bits);
        return Math.max(-32_768, Math.min(32_767, code));
      });
      chip.set(0, 0x0f, ...codes.flatMap((code) => big(code)));
    },
  });
  chip.set(0x0d, identity);
  return chip;
}

/** An ADXL345 in full resolution; gives values while it measures. */
export function simulatedAdxl345(world: SimulatedWorld, place: string): SimulatedI2cChip {
  const chip = new RegisterChip({
    reads: (register) => {
      if (register !== 0x32 || (chip.registers[0x2d]! & 8) === 0) return;
      chip.set(0x32, ...gravities(world, place).flatMap((g) => little(g * 256)));
    },
  });
  chip.set(0, 0xe5);
  return chip;
}

/** An MLX90393 in the field of the Earth. */
export function simulatedMlx90393(world: SimulatedWorld, place: string): SimulatedI2cChip {
  const registers = new Map<number, number>();
  let measured: number[] | undefined;
  const measure = (): number[] => {
    const gain = (registers.get(0) ?? 0) >> 4;
    const celsius = world.value('temperature', roomTemperature);
    const fields = [18, 2, 44].map((mean, index) =>
      world.value(`${place} ${index}`, { mean, swing: 3, periodS: 25, noise: 0.3 }),
    );
    const codes = fields.map(
      (field, index) => field / mlx90393Microtesla(1, gain & 7, index === 2 ? 'z' : 'x'),
    );
    return [...big(46_244 + 45.2 * (celsius - 25)), ...codes.flatMap((code) => big(code))];
  };
  return {
    transfer: ([command = 0, high = 0, low = 0, place2 = 0], readLength) => {
      const status = [0];
      if (command === 0x60) registers.set(place2 >> 2, (high << 8) | low);
      else if (command === 0x3f) measured = measure();
      else if (command === 0x4f) {
        if (measured === undefined) status[0] = 0x10;
        else status.push(...measured);
        measured = undefined;
      }
      return Array.from({ length: readLength }, (_, index) => status[index] ?? 0);
    },
  };
}

/** A VL53L1X before something that moves; a measurement is ready as soon as it was begun or cleared. */
export function simulatedVl53l1x(world: SimulatedWorld, place: string): SimulatedI2cChip {
  const registers = new Uint8Array(0x200);
  registers[0xe5] = 1;
  registers.set([0xea, 0xcc], 0x10f);
  registers[0x31] = 2;
  return {
    transfer: ([high = 0, low = 0, ...values], readLength) => {
      const from = (high << 8) | low;
      registers.set(values, from);
      if (from === 0x87 || (from === 0x86 && registers[0x87] === 0x40)) {
        const away = world.value(`${place} distance`, { mean: 900, swing: 400, periodS: 10, noise: 3 });
        registers.set(big(Math.max(0, away)), 0x96);
        registers[0x89] = 9;
        registers[0x31] = 3;
      }
      return Array.from({ length: readLength }, (_, index) => registers[from + index] ?? 0);
    },
  };
}
