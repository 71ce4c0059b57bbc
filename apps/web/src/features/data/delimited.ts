/** Text whose lines are rows of columns. */
export interface DelimitedText {
  readonly separator: string;
  /** Names of the columns; empty when the text has none that fit. */
  readonly head: readonly string[];
  readonly comments: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const separators = ['\t', ';', ','];
const number = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$|^[+-]?(nan|inf|infinity)$/i;

/**
 * Rows of a CSV or TSV text, with lines that begin with `#` as comments: the last of them in front of the rows names the
 * columns when it has as many. Undefined when the lines have no separator in common.
 */
export function readDelimited(lines: readonly string[]): DelimitedText | undefined {
  const comments = lines.filter((line) => line.startsWith('#'));
  const content = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const separator = separators.find((one) => {
    const counts = content.slice(0, 20).map((line) => cellsOf(line, one).length);
    return counts.length > 0 && Math.min(...counts) > 1;
  });
  if (separator === undefined) return undefined;
  const rows = content.map((line) => cellsOf(line, separator));
  const first = rows[0]!;
  if (first.every((cell) => !isNumber(cell) && cell !== ''))
    return { separator, head: first, comments, rows: rows.slice(1) };
  const named = firstComments(lines)
    .map((line) => cellsOf(line.replace(/^#\s*/, ''), separator))
    .map(namesIn)
    .findLast(({ names, open }) => (open ? names.length > 1 : names.length === first.length));
  return { separator, head: named?.names ?? [], comments, rows };
}

export function isNumber(cell: string): boolean {
  return number.test(cell);
}

function firstComments(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return end < 0 ? lines : lines.slice(0, end);
}

/** picoCosmo names the first columns and leaves the others to `...`. */
function namesIn(cells: readonly string[]): { readonly names: readonly string[]; readonly open: boolean } {
  const end = cells.findIndex((cell) => cell.startsWith('...'));
  return { names: end < 0 ? cells : cells.slice(0, end), open: end >= 0 };
}

/** Cells of a line; in quotes the separator is text, and two quotes are one. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let [cell, quoted] = ['', false];
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if (sign === '"' && quoted && line[at + 1] === '"') {
      cell += sign;
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell.trim()];
}
