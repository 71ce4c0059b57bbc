const grammar = /^([+ -]?)(0?)(\d{0,2})(,?)(?:\.(\d{1,2}))?([deEfFgG%]?)$/;

/** How a number is written: the parts of `+08,.1f`. */
export interface NumberFormat {
  readonly sign: string;
  readonly zeros: boolean;
  readonly width: number;
  readonly thousands: boolean;
  readonly precision: number | null;
  readonly type: string;
}

/** A format such as `.1f`, `+.3e`, `08.2f`, `,d`, `.1%`; undefined when it is none. */
export function parseFormat(text: string): NumberFormat | undefined {
  const found = grammar.exec(text);
  if (found === null) return undefined;
  const [, sign = '', zero = '', width = '', comma = '', precision, type = ''] = found;
  return {
    sign,
    zeros: zero !== '',
    width: Number(width),
    thousands: comma !== '',
    precision: precision === undefined ? null : Number(precision),
    type,
  };
}

/** A number as a format says; what is not finite is `nan`, `inf`, `-inf`. */
export function formatNumber(value: number, format: NumberFormat): string {
  const { sign, zeros, width, thousands } = format;
  const isNegative = value < 0 || Object.is(value, -0);
  const before = isNegative ? '-' : sign === '-' ? '' : sign;
  const bare = digitsOf(Math.abs(value), format);
  const grouped = thousands
    ? bare.replace(/^\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, ','))
    : bare;
  if (!zeros || !Number.isFinite(value)) return `${before}${grouped}`.padStart(width);
  return `${before}${grouped.padStart(width - before.length, '0')}`;
}

function digitsOf(value: number, { precision, type }: NumberFormat): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  const text = writtenAs(value, type.toLowerCase(), precision);
  return type === 'E' || type === 'G' ? text.toUpperCase() : text;
}

function writtenAs(value: number, type: string, precision: number | null): string {
  switch (type) {
    case 'd':
      return value.toFixed(0);
    case 'f':
      return value.toFixed(precision ?? 6);
    case '%':
      return `${(100 * value).toFixed(precision ?? 6)}%`;
    case 'e':
      return twoDigits(value.toExponential(precision ?? 6));
    default:
      return general(value, Math.max(1, precision ?? (type === 'g' ? 6 : 4)));
  }
}

/** So many digits without zeros at the end; with an exponent when it is small or large. */
function general(value: number, digits: number): string {
  const [mantissa = '', power = ''] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) return twoDigits(`${withoutZeros(mantissa)}e${power}`);
  return withoutZeros(value.toFixed(digits - 1 - exponent));
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `1.5e+03`, not `1.5e+3`. */
function twoDigits(text: string): string {
  return text.replace(/e([+-])(\d)$/, (_, sign: string, digit: string) => `e${sign}0${digit}`);
}
