import {
  bme280Humidity,
  bme280Percent,
  bmp280Calibration,
  bmp280Pascal,
  fineTemperature,
} from '../kinds/bme280.formula.js';
import { bmp180Calibration, bmp180Values } from '../kinds/bmp180.js';
import { oneWireCheck } from '../kinds/ds18b20.js';
import { platinumRatio } from '../kinds/max31865.js';
import {
  big,
  inverse,
  little,
  RegisterChip,
  type SimulatedI2cChip,
  type SimulatedSpiChip,
} from './simulated-chip.js';
import { airHumidity, airPressure, roomTemperature, type SimulatedWorld } from './simulated-world.js';

/** Coefficients of the example of the data sheet (BST-BMP180-DS000, section 3.5). */
const bmp180Coefficients = [408, -72, -14_383, 32_741, 32_757, 23_153, 6190, 4, -32_768, -8711, 2868];

/** A BMP180 whose raw values give the weather of the world. */
export function simulatedBmp180(world: SimulatedWorld): SimulatedI2cChip {
  const calibration = bmp180Calibration(
    new DataView(Uint8Array.from(bmp180Coefficients.flatMap((value) => big(value))).buffer),
  );
  let rawTemperature = 27_898;
  const chip = new RegisterChip({
    wrote: (register, value) => {
      if (register !== 0xf4) return;
      if (value === 0x2e) {
        const celsius = world.value('temperature', roomTemperature);
        rawTemperature = inverse((raw) => bmp180Values(calibration, raw, 0, 0).celsius, celsius, 0, 65_535);
        chip.set(0xf6, ...big(rawTemperature));
        return;
      }
      const oss = value >> 6;
      const pascal = 100 * world.value('pressure', airPressure);
      const raw = inverse(
        (code) => bmp180Values(calibration, rawTemperature, code, oss).pascal,
        pascal,
        0,
        2 ** (16 + oss) - 1,
      );
      const bits = raw << (8 - oss);
      chip.set(0xf6, (bits >> 16) & 0xff, (bits >> 8) & 0xff, bits & 0xff);
    },
  });
  chip.set(0xaa, ...bmp180Coefficients.flatMap((value) => big(value)));
  chip.set(0xd0, 0x55);
  return chip;
}

/** Coefficients of the example of the data sheet (BST-BMP280-DS001, section 3.12), and usual ones of humidity. */
const bmp280Coefficients = [
  27_504, 26_435, -1000, 36_477, -10_685, 3024, 2855, 140, -7, 15_500, -14_600, 6000,
];
const humidityBytes = [0x6e, 0x01, 0x00, 0x13, 0x26, 0x03, 0x1e];
const humidityFirst = 75;

/** A BMP280 or (with humidity) BME280 whose raw values give the weather of the world. */
export function simulatedBme280(world: SimulatedWorld, humid: boolean): SimulatedI2cChip {
  const bytes = Uint8Array.from(bmp280Coefficients.flatMap((value) => little(value)));
  const calibration = {
    ...bmp280Calibration(new DataView(bytes.buffer)),
    h: bme280Humidity(humidityFirst, new DataView(Uint8Array.from(humidityBytes).buffer)),
  };
  const twenty = (raw: number): number[] => [raw >> 12, (raw >> 4) & 0xff, (raw & 0x0f) << 4];
  const chip = new RegisterChip({
    wrote: (register, value) => {
      if (register !== 0xf4 || (value & 3) !== 1) return;
      const celsius = world.value('temperature', roomTemperature);
      const temperature = inverse((raw) => fineTemperature(calibration, raw) / 5120, celsius, 0, 0xfffff);
      const fine = fineTemperature(calibration, temperature);
      const pascal = 100 * world.value('pressure', airPressure);
      const pressure = inverse((raw) => bmp280Pascal(calibration, raw, fine), pascal, 0, 0xfffff);
      chip.set(0xf7, ...twenty(pressure), ...twenty(temperature));
      if (!humid) return;
      const percent = world.value('humidity', airHumidity);
      chip.set(0xfd, ...big(inverse((raw) => bme280Percent(calibration, raw, fine), percent, 0, 0xffff)));
    },
  });
  chip.set(0x88, ...bytes);
  chip.set(0xa1, humidityFirst);
  chip.set(0xe1, ...humidityBytes);
  chip.set(0xd0, humid ? 0x60 : 0x58);
  return chip;
}

/** A MAX31855 with a thermocouple in a furnace. */
export function simulatedMax31855(world: SimulatedWorld, place: string): SimulatedSpiChip {
  return {
    transfer: () => {
      const hot = world.value(`${place} furnace`, { mean: 420, swing: 60, periodS: 120, noise: 0.3 });
      const cold = world.value('temperature', roomTemperature);
      const word = (Math.round(hot * 4) << 18) | ((Math.round(cold * 16) & 0xfff) << 4);
      return [word >>> 24, (word >> 16) & 0xff, (word >> 8) & 0xff, word & 0xff];
    },
  };
}

/** A MAX31865 with a platinum thermometer in a bath. */
export function simulatedMax31865(
  world: SimulatedWorld,
  place: string,
  nominalOhm: number,
  referenceOhm: number,
): SimulatedSpiChip {
  const registers = new Uint8Array(8);
  return {
    transfer: ([command = 0, ...values]) => {
      const from = command & 7;
      if (command >= 0x80) {
        registers.set(values, from);
        if ((registers[0]! & 0x20) !== 0) {
          const bath = world.value(`${place} bath`, { mean: 37, swing: 0.5, periodS: 300, noise: 0.01 });
          const code = Math.round(((platinumRatio(bath) * nominalOhm) / referenceOhm) * 32_768);
          registers.set(big(code << 1), 1);
          registers[0]! &= ~0x20;
        }
        registers[0]! &= ~0x02;
        return [0, ...values.map(() => 0)];
      }
      return [0, ...values.map((_, index) => registers[(from + index) & 7]!)];
    },
  };
}

/** The text of the kernel's driver for a DS18B20. */
export function simulatedDs18b20(world: SimulatedWorld, device: string, damaged: boolean): string {
  const celsius = world.value(`temperature ${device}`, roomTemperature);
  const memory = [...little(Math.round(celsius * 16)), 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10];
  memory.push(oneWireCheck(memory) ^ (damaged ? 1 : 0));
  const bytes = memory.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const check = memory.at(-1)!.toString(16).padStart(2, '0');
  return `${bytes} : crc=${check} ${damaged ? 'NO' : 'YES'}\n${bytes} t=${Math.round(celsius * 1000)}\n`;
}
