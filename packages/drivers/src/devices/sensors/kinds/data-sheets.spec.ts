import { describe, expect, it } from 'vitest';
import { adxl345Acceleration, mma845xAcceleration, standardGravity } from './accelerometers.js';
import { ads1115Volts } from './ads1115.js';
import {
  bme280Humidity,
  bme280Percent,
  bmp280Calibration,
  bmp280Pascal,
  fineTemperature,
} from './bme280.formula.js';
import { bmp180Values } from './bmp180.js';
import { ds18b20Celsius, oneWireCheck, scratchPad } from './ds18b20.js';
import { gdk101Dose } from './gdk101.js';
import { hx711Counts } from './hx711.js';
import { ina219BusVolts, ina219Scale } from './ina219.js';
import { max31855Reading } from './max31855.js';
import { platinumCelsius, platinumRatio } from './max31865.js';
import { mcp3x08Code, mcp3x08Request } from './mcp3x08.js';
import { mlx90393Celsius, mlx90393Microtesla } from './mlx90393.js';
import { tcs34725Exposure } from './tcs34725.js';
import { vl53l1xSettings } from './vl53l1x.js';

/** Words of data sheets are written in binary groups there: `0110 0100 0000 00`. */
const bits = (text: string): number => Number.parseInt(text.replaceAll(' ', ''), 2);

describe('values of the makers’ data sheets', () => {
  it.each([
    [0x7fff, 0.999969],
    [1, 1 / 32_768],
    [0, 0],
    [-1, -1 / 32_768],
    [-32_768, -1],
  ])('ADS1115: code %d is %d of the full scale (SBAS444, table 2)', (code, share) => {
    expect(ads1115Volts(code, 1)).toBeCloseTo(share, 6);
    expect(ads1115Volts(code, 4.096)).toBeCloseTo(4.096 * share, 5);
  });

  it('MCP3008 and MCP3208: the bytes of figures 6-1, single and differential', () => {
    expect(mcp3x08Request(10, 8)).toEqual([1, 0x80, 0]);
    expect(mcp3x08Request(10, 15)).toEqual([1, 0xf0, 0]);
    expect(mcp3x08Request(12, 8)).toEqual([0x06, 0, 0]);
    expect(mcp3x08Request(12, 15)).toEqual([0x07, 0xc0, 0]);
    expect(mcp3x08Request(12, 1)).toEqual([0x04, 0x40, 0]);
    expect(mcp3x08Code(10, Uint8Array.of(0xff, 0xfe, 0x01))).toBe(0x201);
    expect(mcp3x08Code(12, Uint8Array.of(0xff, 0xef, 0xff))).toBe(0xfff);
  });

  it('INA219: the example of a 10 A load at 12 V (SBOS448, section 8.5.1 and table 8)', () => {
    const { calibration, ampsPerCount, wattsPerCount } = ina219Scale(0.002, 15, 1e-3);
    expect(calibration).toBe(0x5000);
    expect(ampsPerCount).toBeCloseTo(1e-3, 12);
    const shunt = Math.round(0.02 / 10e-6);
    const current = Math.trunc((shunt * calibration) / 4096);
    expect(current * ampsPerCount).toBeCloseTo(10, 9);
    expect(ina219BusVolts(0x5d98)).toBeCloseTo(11.98, 9);
    const power = Math.trunc((current * (0x5d98 >> 3)) / 5000);
    expect([current, power]).toEqual([10_000, 0x1766]);
    expect(power * wattsPerCount).toBeCloseTo(119.8, 6);
  });

  it.each([
    ['0110 0100 0000 00', 1600],
    ['0011 1110 1000 00', 1000],
    ['0000 0110 0100 11', 100.75],
    ['0000 0001 1001 00', 25],
    ['0000 0000 0000 00', 0],
    ['1111 1111 1111 11', -0.25],
    ['1111 1111 1111 00', -1],
    ['1111 0000 0110 00', -250],
  ])('MAX31855: thermocouple %s is %d degC (19-5793, table 4)', (code, celsius) => {
    expect(max31855Reading((bits(code) << 18) | 0).thermocouple).toBe(celsius);
  });

  it.each([
    ['0111 1111 0000', 127],
    ['0110 0100 1001', 100.5625],
    ['0001 1001 0000', 25],
    ['0000 0000 0000', 0],
    ['1111 1111 1111', -0.0625],
    ['1111 1111 0000', -1],
    ['1110 1100 0000', -20],
    ['1100 1001 0000', -55],
  ])('MAX31855: cold junction %s is %d degC (19-5793, table 5)', (code, celsius) => {
    expect(max31855Reading(bits(code) << 4)).toEqual({ thermocouple: 0, chip: celsius, fault: 0 });
  });

  it.each([
    [-200, 18.52],
    [-100, 60.26],
    [-50, 80.31],
    [0, 100],
    [25, 109.73],
    [100, 138.51],
    [200, 175.86],
    [500, 280.98],
    [850, 390.48],
  ])('platinum: %d degC is %d ohm of a Pt100 (IEC 60751), there and back', (celsius, ohm) => {
    expect(100 * platinumRatio(celsius)).toBeCloseTo(ohm, 2);
    expect(platinumCelsius(platinumRatio(celsius))).toBeCloseTo(celsius, 6);
  });

  it.each([
    [0x07d0, 125],
    [0x0550, 85],
    [0x0191, 25.0625],
    [0x00a2, 10.125],
    [0x0008, 0.5],
    [0x0000, 0],
    [0xfff8, -0.5],
    [0xff5e, -10.125],
    [0xfe6f, -25.0625],
    [0xfc90, -55],
  ])('DS18B20: %d is %d degC (19-7487, table 1)', (code, celsius) => {
    expect(ds18b20Celsius(code & 0xff, code >> 8)).toBe(celsius);
  });

  it('DS18B20: the text of the kernel, its check sum, and what is none', () => {
    const memory = scratchPad(
      '50 05 4b 46 7f ff 0c 10 1c : crc=1c YES\n50 05 4b 46 7f ff 0c 10 1c t=85000\n',
    )!;
    expect(memory.slice(0, 2)).toEqual([0x50, 0x05]);
    expect(oneWireCheck(memory)).toBe(0);
    expect(oneWireCheck([...memory.slice(0, 8), 0x1d])).not.toBe(0);
    // Application note 27: the check sum of this address is 0xA2.
    expect(oneWireCheck([0x02, 0x1c, 0xb8, 0x01, 0, 0, 0])).toBe(0xa2);
    expect(scratchPad('nothing')).toBeUndefined();
  });

  it('BMP180: the worked example gives 15.0 degC and 69964 Pa (BST-BMP180-DS000, section 3.5)', () => {
    const calibration = {
      ac1: 408,
      ac2: -72,
      ac3: -14_383,
      ac4: 32_741,
      ac5: 32_757,
      ac6: 23_153,
      b1: 6190,
      b2: 4,
      mb: -32_768,
      mc: -8711,
      md: 2868,
    };
    expect(bmp180Values(calibration, 27_898, 23_843, 0)).toEqual({ celsius: 15, pascal: 69_964 });
  });

  it('BMP280: the worked example gives 25.08 degC and 100653 Pa (BST-BMP280-DS001, section 3.12)', () => {
    const values = [27_504, 26_435, -1000, 36_477, -10_685, 3024, 2855, 140, -7, 15_500, -14_600, 6000];
    const bytes = new DataView(new ArrayBuffer(24));
    values.forEach((value, index) => bytes.setInt16(2 * index, value, true));
    const calibration = bmp280Calibration(bytes);
    expect([...calibration.t, ...calibration.p]).toEqual(values);
    const fine = fineTemperature(calibration, 519_888);
    expect(fine / 5120).toBeCloseTo(25.08, 2);
    expect(bmp280Pascal(calibration, 415_148, fine)).toBeCloseTo(100_653.27, 1);
    expect(bmp280Pascal({ ...calibration, p: calibration.p.map(() => 0) }, 1, fine)).toBeNaN();
  });

  it('BME280: humidity as the whole-number formula of the data sheet gives it (BST-BME280-DS002, section 4.2.3)', () => {
    const h = bme280Humidity(
      75,
      new DataView(Uint8Array.of(0x6e, 0x01, 0x00, 0x13, 0x26, 0x03, 0x1e).buffer),
    );
    expect(h).toEqual([75, 366, 0, 0x136, 0x32, 30]);
    // Six bits of the first and all of the second byte: negative coefficients keep their sign.
    const negative = bme280Humidity(0, new DataView(Uint8Array.of(0, 0, 0, 0xff, 0xf0, 0xff, 0x80).buffer));
    expect(negative.slice(3)).toEqual([-16, -1, -128]);
    for (const [raw, fine] of [
      [30_281, 128_422],
      [25_000, 90_000],
      [36_000, 160_000],
    ] as const) {
      expect(bme280Percent({ t: [], p: [], h }, raw, fine)).toBeCloseTo(wholeNumberHumidity(h, raw, fine), 1);
    }
    expect(bme280Percent({ t: [], p: [], h }, 0, 128_422)).toBe(0);
    expect(bme280Percent({ t: [], p: [], h }, 65_535, 128_422)).toBe(100);
  });

  it('accelerometers: codes of their tables', () => {
    expect(mma845xAcceleration(0x7ffc, 2) / standardGravity).toBeCloseTo(1.99976, 5);
    expect(mma845xAcceleration(-0x8000, 8) / standardGravity).toBe(-8);
    expect(adxl345Acceleration(256) / standardGravity).toBe(1);
    expect(adxl345Acceleration(1) / standardGravity).toBeCloseTo(0.0039, 4);
  });

  it('MLX90393, HX711, TCS34725, GDK101, VL53L1X: scales and signs', () => {
    expect(mlx90393Microtesla(100, 7, 'x')).toBeCloseTo(15, 9);
    expect(mlx90393Microtesla(-100, 0, 'z')).toBeCloseTo(-121, 9);
    expect(mlx90393Celsius(46_244)).toBe(25);
    expect([0x7fffff, 0x800000, 0xffffff].map(hx711Counts)).toEqual([8_388_607, -8_388_608, -1]);
    expect(tcs34725Exposure(2.4)).toEqual({ steps: 1, most: 1024 });
    expect(tcs34725Exposure(154)).toEqual({ steps: 64, most: 65_535 });
    expect(gdk101Dose(1, 25)).toBe(1.25);
    const settings = vl53l1xSettings();
    expect(settings.length).toBe(91);
    expect([
      settings[0x31 - 0x2d],
      settings[0x46 - 0x2d],
      settings[0x80 - 0x2d],
      settings[0x87 - 0x2d],
    ]).toEqual([2, 0x20, 0xff, 0]);
  });
});

/** The maker's formula in whole numbers of 32 bits, % RH. */
function wholeNumberHumidity(h: readonly number[], raw: number, fine: number): number {
  const [h1, h2, h3, h4, h5, h6] = h.map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const x = BigInt(fine) - 76_800n;
  const first = ((BigInt(raw) << 14n) - (h4 << 20n) - h5 * x + 16_384n) >> 15n;
  const second =
    ((((((x * h6) >> 10n) * (((x * h3) >> 11n) + 32_768n)) >> 10n) + 2_097_152n) * h2 + 8192n) >> 14n;
  const product = first * second;
  const bent = product - (((((product >> 15n) * (product >> 15n)) >> 7n) * h1) >> 4n);
  return Number(bent >> 12n) / 1024;
}
