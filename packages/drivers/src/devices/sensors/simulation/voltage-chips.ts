import { ads1115Ranges } from '../kinds/ads1115.js';
import { big, little, RegisterChip, type SimulatedI2cChip, type SimulatedSpiChip } from './simulated-chip.js';
import type { SimulatedWorld } from './simulated-world.js';

/** Voltage of an input of a simulated converter, V. */
function inputVolts(world: SimulatedWorld, place: string, input: number): number {
  return world.value(`${place} ${input}`, {
    mean: 0.5 + 0.35 * input,
    swing: 0.25,
    periodS: 20 + 7 * input,
    noise: 0.002,
  });
}

const differences = [
  [0, 1],
  [0, 3],
  [1, 3],
  [2, 3],
] as const;

/** Registers of an ADS1115: a conversion is done as soon as it is asked for. */
export function simulatedAds1115(world: SimulatedWorld, place: string): SimulatedI2cChip {
  const registers = [0, 0x8583, 0x8000, 0x7fff];
  let pointer = 0;
  const convert = (configuration: number): number => {
    const code = (configuration >> 12) & 7;
    const volts = (input: number): number => inputVolts(world, place, input);
    const pair = differences[code];
    const input = pair === undefined ? volts(code - 4) : volts(pair[0]) - volts(pair[1]);
    const fullScale = Number(ads1115Ranges[Math.min(5, (configuration >> 9) & 7)]);
    return Math.max(-32_768, Math.min(32_767, Math.round((input / fullScale) * 32_768)));
  };
  return {
    transfer: ([first, high, low], readLength) => {
      if (first !== undefined) pointer = first & 3;
      if (high !== undefined && low !== undefined) {
        registers[pointer] = (high << 8) | low;
        if (pointer === 1 && high >= 0x80) registers[0] = convert(registers[1]!);
      }
      return big(registers[pointer]!).slice(0, readLength);
    },
  };
}

/** An MCP3008 (10 bits) or MCP3208 (12 bits): the answer comes while the question is asked. */
export function simulatedMcp(
  world: SimulatedWorld,
  place: string,
  bits: 10 | 12,
  referenceV: number,
): SimulatedSpiChip {
  return {
    transfer: ([first = 0, second = 0]) => {
      const asked = bits === 10 ? second >> 4 : ((first & 3) << 2) | (second >> 6);
      const input = asked & 7;
      const other = input ^ 1;
      const volts =
        asked >= 8
          ? inputVolts(world, place, input)
          : inputVolts(world, place, input) - inputVolts(world, place, other);
      const most = 2 ** bits - 1;
      const code = Math.max(0, Math.min(most, Math.floor((volts / referenceV) * 2 ** bits)));
      return [0, ...big(code)];
    },
  };
}

/** The Grove Base Hat. */
export function simulatedGroveAdc(world: SimulatedWorld, place: string): SimulatedI2cChip {
  return {
    transfer: ([register = 0]) => {
      if (register === 0) return little(0x0004);
      return register >= 0x20 && register < 0x28
        ? little(1000 * inputVolts(world, place, register - 0x20))
        : [0, 0];
    },
  };
}

/** An INA219 that watches a supply of 5 V with a load; works current and power out as the data sheet says. */
export function simulatedIna219(world: SimulatedWorld, place: string, shuntOhm: number): SimulatedI2cChip {
  const registers = [0x399f, 0, 0, 0, 0, 0];
  let pointer = 0;
  const measure = (): void => {
    const amps = world.value(`${place} load`, { mean: 0.4, swing: 0.1, periodS: 30, noise: 0.002 });
    const volts = world.value(`${place} supply`, { mean: 5.02, swing: 0.01, periodS: 60, noise: 0.001 });
    const shunt = Math.round((amps * shuntOhm) / 10e-6);
    const current = Math.trunc((shunt * registers[5]!) / 4096);
    const bus = Math.round(volts / 0.004);
    registers[1] = shunt & 0xffff;
    registers[2] = (bus << 3) | 2;
    registers[4] = current & 0xffff;
    registers[3] = Math.trunc((Math.abs(current) * bus) / 5000);
  };
  return {
    transfer: ([first, high, low], readLength) => {
      if (first !== undefined) pointer = Math.min(5, first);
      if (high !== undefined && low !== undefined) registers[pointer] = (high << 8) | low;
      else measure();
      return big(registers[pointer]!).slice(0, readLength);
    },
  };
}

/** A TCS34725 under a lamp. */
export function simulatedTcs34725(world: SimulatedWorld, place: string): SimulatedI2cChip {
  const chip = new RegisterChip();
  chip.set(0x12, 0x44);
  const shares = [1, 0.42, 0.35, 0.24];
  return {
    transfer: ([command = 0, ...values], readLength) => {
      const register = command & 0x1f;
      const most = Math.min(65_535, 1024 * (256 - chip.registers[1]!));
      const light = world.value(`${place} light`, { mean: 0.45, swing: 0.1, periodS: 40, noise: 0.003 });
      if ((chip.registers[0]! & 3) === 3) chip.set(0x13, 0x11);
      shares.forEach((share, index) => chip.set(0x14 + 2 * index, ...little(light * share * most)));
      return chip.transfer([register, ...values], readLength);
    },
  };
}
