import { dimensions, type Unit } from './unit.js';

/** [length, mass, time, current, temperature, angle, pixel, count] */
type Powers = readonly number[];

interface Definition {
  /** Written-out names; they take written-out prefixes. */
  readonly names: readonly string[];
  /** Short signs; they take prefix signs. */
  readonly signs: readonly string[];
  readonly coefficient: number;
  readonly exponent: number;
  readonly powers: Powers;
}

function define(
  names: string,
  signs: string,
  powers: Partial<Record<(typeof dimensions)[number], number>>,
  coefficient = 1,
  exponent = 0,
): Definition {
  const list = (text: string) => text.split(' ').filter((word) => word !== '');
  return {
    names: list(names),
    signs: list(signs),
    coefficient,
    exponent,
    powers: dimensions.map((dimension) => powers[dimension] ?? 0),
  };
}

const energy = { length: 2, mass: 1, time: -2 };
const voltage = { length: 2, mass: 1, time: -3, current: -1 };

/**
 * The units that a configuration may name. The list follows what LEGEND configurations may write (the reference
 * looks names up in pint), restricted to what detector work needs, and every single letter that is a unit there.
 */
const definitions: readonly Definition[] = [
  define('meter metre', 'm', { length: 1 }),
  define('gram', 'g', { mass: 1 }, 1, -3),
  define('second sec', 's', { time: 1 }),
  define('ampere amp', 'A', { current: 1 }),
  define('kelvin', 'K', { temperature: 1 }),
  define('radian', 'rad', { angle: 0 }),
  define('degree deg', '', {}, Math.PI / 180),
  define('minute', 'min', { time: 1 }, 60),
  define('hour hr', 'h', { time: 1 }, 3600),
  define('day', 'd', { time: 1 }, 86_400),
  define('week', '', { time: 1 }, 604_800),
  define('year annum', 'a', { time: 1 }, 31_557_600),
  define('hertz', 'Hz', { time: -1 }),
  define('becquerel', 'Bq', { time: -1 }),
  define('newton', 'N', { length: 1, mass: 1, time: -2 }),
  define('joule', 'J', energy),
  define('electron_volt', 'eV', energy, 1.602176634, -19),
  define('watt', 'W', { length: 2, mass: 1, time: -3 }),
  define('volt', 'V', voltage),
  define('coulomb', 'C', { time: 1, current: 1 }),
  define('ohm', '', { ...voltage, current: -2 }),
  define('siemens', 'S', { length: -2, mass: -1, time: 3, current: 2 }),
  define('farad', 'F', { length: -2, mass: -1, time: 4, current: 2 }),
  define('henry', 'H', { length: 2, mass: 1, time: -2, current: -2 }),
  define('weber', 'Wb', { length: 2, mass: 1, time: -2, current: -1 }),
  define('tesla', 'T', { mass: 1, time: -2, current: -1 }),
  define('gauss', 'G', { mass: 1, time: -2, current: -1 }, 1, -4),
  define('pascal', 'Pa', { length: -1, mass: 1, time: -2 }),
  define('bar', '', { length: -1, mass: 1, time: -2 }, 1, 5),
  define('torr', '', { length: -1, mass: 1, time: -2 }, 133.322368421),
  define('liter litre', 'l L', { length: 3 }, 1, -3),
  define('foot', 'ft', { length: 1 }, 3048, -4),
  define('inch', '', { length: 1 }, 254, -4),
  define('mil thou', '', { length: 1 }, 254, -7),
  define('are', '', { length: 2 }, 1, 2),
  define('barn', 'b', { length: 2 }, 1, -28),
  define('pole rod', '', { length: 1 }, 50_292, -4),
  define('point', '', { length: 1 }, 3.527777777777778, -4),
  define('tonne ton', 't', { mass: 1 }, 1, 3),
  define('unified_atomic_mass_unit', 'u', { mass: 1 }, 1.66053906892, -27),
  define('dalton', 'Da', { mass: 1 }, 1.66053906892, -27),
  define('speed_of_light', 'c', { length: 1, time: -1 }, 299_792_458),
  define('elementary_charge', 'e', { time: 1, current: 1 }, 1.602176634, -19),
  define('boltzmann_constant', 'k', { ...energy, temperature: -1 }, 1.380649, -23),
  define('molar_gas_constant', 'R', { ...energy, temperature: -1 }, 8.314462618),
  define('calorie', 'cal', energy, 4.184),
  define('poise', 'P', { length: -1, mass: 1, time: -1 }, 1, -1),
  define('molar', 'M', { length: -3 }, 6.02214076, 26),
  define('neper', 'Np', {}),
  define('byte', 'B', {}, 8),
  define('bel', 'dB', {}),
  define('bit', '', {}),
  define('count', '', {}),
  define('pixel', '', { pixel: 1 }),
  define('pe', '', { count: 1 }),
  define('mu', '', {}),
  define('sigma stefan_boltzmann_constant', '', { mass: 1, time: -3, temperature: -4 }, 5.670374419, -8),
  define('dimensionless', '', {}),
  define('cmil', '', { length: 2 }, 5.067074790975, -10),
  define('planck_constant', 'D U', { length: 0 }),
];

const prefixes: readonly (readonly [name: string, sign: string, exponent: number])[] = [
  ['yocto', 'y', -24],
  ['zepto', 'z', -21],
  ['atto', 'a', -18],
  ['femto', 'f', -15],
  ['pico', 'p', -12],
  ['nano', 'n', -9],
  ['micro', 'u', -6],
  ['milli', 'm', -3],
  ['centi', 'c', -2],
  ['deci', 'd', -1],
  ['deca', 'da', 1],
  ['hecto', 'h', 2],
  ['kilo', 'k', 3],
  ['mega', 'M', 6],
  ['giga', 'G', 9],
  ['tera', 'T', 12],
  ['peta', 'P', 15],
  ['exa', 'E', 18],
  ['zetta', 'Z', 21],
  ['yotta', 'Y', 24],
];

function table(): Map<string, Unit> {
  const units = new Map<string, Unit>();
  const add = (text: string, definition: Definition, exponent: number) => {
    if (units.has(text)) return;
    const { coefficient, powers } = definition;
    units.set(text, { text, coefficient, exponent: definition.exponent + exponent, powers });
  };
  for (const definition of definitions) {
    for (const word of [...definition.signs, ...definition.names]) add(word, definition, 0);
    for (const name of definition.names) add(`${name}s`, definition, 0);
  }
  for (const definition of definitions) {
    for (const [name, sign, exponent] of prefixes) {
      for (const word of definition.signs) add(`${sign}${word}`, definition, exponent);
      for (const word of definition.names) add(`${name}${word}`, definition, exponent);
    }
  }
  return units;
}

const units = table();

/** The unit of that name, or undefined. Names are case-sensitive: `ns`, `us`, `MHz`, `keV`, `m`, `dt` (decitonne!). */
export function unitOf(name: string): Unit | undefined {
  return units.get(name);
}

/**
 * The unit behind the text of a column's attribute, when it is a physical one: a name, or names joined by `*`, `/`
 * (`1/ns`). Undefined for free texts such as `ADC`.
 */
export function parseUnit(text: string | undefined): Unit | undefined {
  if (text === undefined) return undefined;
  return units.get(text.trim());
}
