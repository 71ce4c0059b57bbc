import { type AnalysisReport, numberText } from '@countroom/contracts';
import { textTable } from '../../terminal/text-table.js';

/** A report of an analysis for people: verdict, remarks, numbers with their errors and units, and tables. */
export function reportText({ table, verdict, remarks, numbers, tables }: AnalysisReport): string {
  const values = numbers.map((number) => [`  ${number.label}`, numberText(number)]);
  const rows = tables.flatMap(({ title, columns, rows: lines }) => [
    `  ${title}`,
    indented(
      textTable(
        columns.map((column) => column.trim()),
        lines.map((line) => line.map((cell) => (cell === null ? '' : String(cell)))),
      ),
    ),
  ]);
  return [
    `${table}: ${verdict}`,
    ...remarks.map((remark) => `  ${remark}`),
    ...(values.length === 0 ? [] : [textTable(['', ''], values)]),
    ...rows,
  ].join('\n');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
