/** Coefficients of temperature and pressure, by the names of the data sheet (`dig_T1` is `t[0]`, `dig_P1` is `p[0]`). */
export interface Bmp280Calibration {
  readonly t: readonly number[];
  readonly p: readonly number[];
}

/** Those of humidity: `dig_H1` is `h[0]`. */
export interface Bme280Calibration extends Bmp280Calibration {
  readonly h: readonly number[];
}

/** Coefficients out of the 24 bytes from 0x88 on: the first of each without, the others with sign. */
export function bmp280Calibration(bytes: DataView): Bmp280Calibration {
  const at = (index: number): number =>
    index === 0 || index === 3 ? bytes.getUint16(2 * index, true) : bytes.getInt16(2 * index, true);
  return {
    t: [0, 1, 2].map(at),
    p: [3, 4, 5, 6, 7, 8, 9, 10, 11].map(at),
  };
}

/** Coefficients of humidity out of the byte at 0xA1 and the 7 bytes from 0xE1 on; two of them share a byte. */
export function bme280Humidity(first: number, bytes: DataView): number[] {
  const shared = bytes.getUint8(4);
  return [
    first,
    bytes.getInt16(0, true),
    bytes.getUint8(2),
    bytes.getInt8(3) * 16 + (shared & 0x0f),
    bytes.getInt8(5) * 16 + (shared >> 4),
    bytes.getInt8(6),
  ];
}

/** "Fine" temperature that the other formulas go by; temperature in degC is its 5120th part (Bosch BST-BME280-DS002, 8.1). */
export function fineTemperature({ t }: Bmp280Calibration, raw: number): number {
  const [t1, t2, t3] = t as [number, number, number];
  return (raw / 16_384 - t1 / 1024) * t2 + (raw / 131_072 - t1 / 8192) ** 2 * t3;
}

/** Pressure in Pa; NaN when the coefficients are none (a division by zero). */
export function bmp280Pascal({ p }: Bmp280Calibration, raw: number, fine: number): number {
  const [p1, p2, p3, p4, p5, p6, p7, p8, p9] = p as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const deviation = fine / 2 - 64_000;
  const offset = ((deviation * deviation * p6) / 32_768 + deviation * p5 * 2) / 4 + p4 * 65_536;
  const slope = (1 + ((p3 * deviation * deviation) / 524_288 + p2 * deviation) / 524_288 / 32_768) * p1;
  if (slope === 0) return Number.NaN;
  const pressure = ((1_048_576 - raw - offset / 4096) * 6250) / slope;
  return pressure + ((p9 * pressure * pressure) / 2_147_483_648 + (pressure * p8) / 32_768 + p7) / 16;
}

/** Relative humidity in %, 0 to 100. */
export function bme280Percent({ h }: Bme280Calibration, raw: number, fine: number): number {
  const [h1, h2, h3, h4, h5, h6] = h as [number, number, number, number, number, number];
  const deviation = fine - 76_800;
  const first = raw - (h4 * 64 + (h5 / 16_384) * deviation);
  const curved = 1 + (h6 / 67_108_864) * deviation * (1 + (h3 / 67_108_864) * deviation);
  const humidity = first * (h2 / 65_536) * curved;
  return Math.min(100, Math.max(0, humidity * (1 - (h1 * humidity) / 524_288)));
}
