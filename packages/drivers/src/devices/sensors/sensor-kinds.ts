import { z } from 'zod';
import type { SensorFamily } from './chip/sensor.api.js';
import { adxl345, mma845x } from './kinds/accelerometers.js';
import { ads1115 } from './kinds/ads1115.js';
import { as7262, as7265x } from './kinds/as726x.js';
import { bme280, bmp280 } from './kinds/bme280.js';
import { bmp180 } from './kinds/bmp180.js';
import { ds18b20 } from './kinds/ds18b20.js';
import { gdk101 } from './kinds/gdk101.js';
import { gpioCounter } from './kinds/gpio-counter.js';
import { groveAdc } from './kinds/grove-adc.js';
import { hx711 } from './kinds/hx711.js';
import { ina219 } from './kinds/ina219.js';
import { max31855 } from './kinds/max31855.js';
import { max31865 } from './kinds/max31865.js';
import { mcp3008, mcp3208 } from './kinds/mcp3x08.js';
import { mlx90393 } from './kinds/mlx90393.js';
import { tcs34725 } from './kinds/tcs34725.js';
import { vl53l1x } from './kinds/vl53l1x.js';

/** Settings of one sensor: those of its kind. */
export const sensorSettings = z
  .discriminatedUnion('kind', [
    ads1115.settings,
    mcp3008.settings,
    mcp3208.settings,
    groveAdc.settings,
    ina219.settings,
    max31855.settings,
    max31865.settings,
    ds18b20.settings,
    bmp180.settings,
    bmp280.settings,
    bme280.settings,
    mma845x.settings,
    adxl345.settings,
    mlx90393.settings,
    vl53l1x.settings,
    hx711.settings,
    tcs34725.settings,
    as7262.settings,
    as7265x.settings,
    gdk101.settings,
    gpioCounter.settings,
  ])
  .meta({ title: 'Sensor' });

/** Settings of one sensor with all defaults filled in. */
export type SensorConfig = z.output<typeof sensorSettings>;

/** Every kind of sensor that there is. */
export const sensorKinds: readonly SensorFamily<SensorConfig>[] = [
  ads1115,
  mcp3008,
  mcp3208,
  groveAdc,
  ina219,
  max31855,
  max31865,
  ds18b20,
  bmp180,
  bmp280,
  bme280,
  mma845x,
  adxl345,
  mlx90393,
  vl53l1x,
  hx711,
  tcs34725,
  as7262,
  as7265x,
  gdk101,
  gpioCounter,
];

const byName = new Map(sensorKinds.map((kind) => [kind.kind, kind]));

/** The kind of a sensor's settings. */
export function kindOf(config: SensorConfig): SensorFamily<SensorConfig> {
  return byName.get(config.kind)!;
}
