import type { RowValue } from './marks';
import { formatNumber, type NumberFormat, parseFormat } from './number-format';
import type { TierColumn } from './tiers';

interface Field {
  readonly name: string;
  readonly format: NumberFormat;
  /** As it stands in the template. */
  readonly formatText: string;
}
type Template = readonly (string | Field)[];

/** Names that stand for the curve itself. */
const ofCurve = new Set(['row', 'table']);
const mostShown = 3;

/** The parts of `{dsp/trapEmax:.1f} keV in {table}`, with `{{` and `}}` for braces; a text says what is wrong with it. */
export function parseTemplate(text: string): Template | string {
  const parts: (string | Field)[] = [];
  for (const [whole, field] of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (whole === '{' || whole === '}') return `a brace ${whole} stands alone; write ${whole}${whole} for it`;
    if (field === undefined) {
      parts.push(whole === '{{' ? '{' : whole === '}}' ? '}' : whole);
      continue;
    }
    const [name = '', ...rest] = field.split(':');
    const formatText = rest.join(':').trim();
    const format = parseFormat(formatText);
    if (name.trim() === '') return `${whole} names no column`;
    if (format === undefined) return `${formatText} is no format for numbers; .1f, .3e, .4g and d are`;
    parts.push({ name: name.trim(), format, formatText });
  }
  return parts;
}

/** The template with `trapEmax` as `dsp/trapEmax`, the first tier that has it; what is wrong with it instead of it. */
export function resolveTemplate(
  text: string,
  columns: readonly Pick<TierColumn, 'token' | 'name'>[],
): { readonly text: string; readonly fault: string | null } {
  const template = parseTemplate(text);
  if (typeof template === 'string') return { text: '', fault: template };
  const unknown: string[] = [];
  const resolved = template.map((part) => {
    if (typeof part === 'string') return part.replaceAll(/[{}]/g, (brace) => brace + brace);
    const token = ofCurve.has(part.name) ? part.name : tokenOf(part.name, columns);
    if (token === undefined) unknown.push(part.name);
    return `{${token ?? part.name}${part.formatText === '' ? '' : `:${part.formatText}`}}`;
  });
  return {
    text: resolved.join(''),
    fault: unknown.length === 0 ? null : `there is no column ${unknown.join(', ')}`,
  };
}

/** Columns that a template needs. */
export function templateTokens(text: string): readonly string[] {
  const template = parseTemplate(text);
  if (typeof template === 'string') return [];
  return template.flatMap((part) => (typeof part === 'string' || ofCurve.has(part.name) ? [] : [part.name]));
}

/** The text of a curve's legend; a column without a value is `–`. */
export function templateText(
  text: string,
  curve: { readonly row: number; readonly table: string },
  column: (token: string) => RowValue | undefined,
): string {
  const template = parseTemplate(text);
  if (typeof template === 'string') return '';
  return template
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.name === 'table') return curve.table;
      const values = part.name === 'row' ? [curve.row] : column(part.name)?.values;
      if (values === undefined) return '–';
      const shown = values.slice(0, mostShown).map((value) => valueText(value, part));
      return [...shown, ...(values.length > mostShown ? ['…'] : [])].join(', ');
    })
    .join('');
}

function valueText(value: number, { format, formatText }: Field): string {
  // Four digits would cut whole numbers such as those of rows.
  return formatText === '' && Number.isInteger(value) ? String(value) : formatNumber(value, format);
}

function tokenOf(name: string, columns: readonly Pick<TierColumn, 'token' | 'name'>[]): string | undefined {
  return columns.find((column) => column.token === name || column.name === name)?.token;
}
