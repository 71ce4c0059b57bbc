/** How values become a line of text. */
export interface LineFormat {
  readonly separator: ',' | ';' | '\t';
  readonly decimalComma: boolean;
  /** Significant digits. */
  readonly digits: number;
}

/** A column of a recording. */
export interface LoggedColumn {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
}

/** A number with so many significant digits in its shortest form, as `%g` writes it; `nan` for no number. */
export function shortNumber(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0';
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trimmed(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trimmed(value.toFixed(digits - 1 - exponent));
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Values as one line. */
export function valueLine(
  values: readonly number[],
  { separator, decimalComma, digits }: LineFormat,
): string {
  const texts = values.map((value) => shortNumber(value, digits));
  return (decimalComma ? texts.map((text) => text.replace('.', ',')) : texts).join(separator);
}

/** Head of a recording as PhyPiDAQ writes it: date, interval, and `name:label(unit)` of every column. */
export function headLines(
  begin: Date,
  intervalS: number,
  columns: readonly LoggedColumn[],
  { separator }: LineFormat,
): string[] {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [begin.getFullYear() % 100, begin.getMonth() + 1, begin.getDate()].map(two).join('');
  const time = [begin.getHours(), begin.getMinutes()].map(two).join('');
  const tags = columns.map(({ name, label, unit }) => `${name}:${label}(${unit})`);
  return [
    `# PhyPiDAQ Data recorder  ${date}-${time}`,
    `#   logging interval ${intervalS}`,
    `# ${tags.join(separator)}`,
  ];
}
