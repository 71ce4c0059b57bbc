/** A table in plain text: columns as wide as their longest entry, two blanks apart. An empty head is left out. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = head.some((title) => title !== '') ? [head, ...rows] : rows;
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      widths
        .map((width, column) => (line[column] ?? '').padEnd(width))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
