import { z } from 'zod';

const channelKeys = z
  .strictObject({
    name: z.string().max(40).default('').meta({ title: 'Name', description: 'empty: that of the sensor' }),
    unit: z.string().max(20).default('').meta({ title: 'Unit', description: 'empty: that of the sensor' }),
    offset: z.number().default(0).meta({ title: 'Offset', description: 'taken off what the sensor gives' }),
    factor: z.number().default(1).meta({ title: 'Factor', description: 'times which the rest is taken' }),
    low: z.number().optional().meta({ title: 'Lower limit', description: 'a warning below it' }),
    high: z.number().optional().meta({ title: 'Upper limit', description: 'a warning above it' }),
  })
  .meta({ title: 'Channel' });

/** Settings of every sensor beside its kind. */
export const commonKeys = {
  name: z.string().max(40).default('').meta({ title: 'Name', description: 'empty: its kind' }),
  intervalS: z.number().min(0).max(86_400).default(0).meta({
    title: 'Own interval',
    unit: 's',
    description: '0: read every time; else its last value stands until the interval is over',
  }),
  channels: z.array(channelKeys).max(32).default([]).meta({
    title: 'Channels',
    description:
      'in the order of its values: names, units, calibration, limits; none: as the sensor has them',
  }),
};

/** Choice of an address at an I2C bus; the first is the usual one. */
export function i2cKeys<const A extends readonly [string, ...string[]]>(addresses: A) {
  return {
    bus: z.int().min(0).max(255).default(1).meta({ title: 'I2C bus', description: 'N of /dev/i2c-N' }),
    address: z.enum(addresses).prefault(addresses[0]).meta({ title: 'Address' }),
  };
}

/** Place of a chip at an SPI bus. */
export const spiKeys = {
  bus: z.int().min(0).max(255).default(0).meta({ title: 'SPI bus', description: 'B of /dev/spidevB.C' }),
  select: z
    .int()
    .min(0)
    .max(255)
    .default(0)
    .meta({ title: 'Select line', description: 'C of /dev/spidevB.C' }),
};

/** Chip of pins. */
export const gpioKeys = {
  chip: z.int().min(0).max(255).default(0).meta({
    title: 'Chip of pins',
    description: 'N of /dev/gpiochipN: 0 on a Raspberry Pi (4 with older systems on a Pi 5)',
  }),
};

/** A pin by the number that the chip gives it. */
export function pinKey(title: string, usual: number) {
  return z
    .int()
    .min(0)
    .max(1023)
    .default(usual)
    .meta({ title, description: 'number of the chip (GPIO 17 is 17), not of the connector' });
}
